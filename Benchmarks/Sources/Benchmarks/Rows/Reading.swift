import CivilTime
import ICalendar
import Peers

/// Events read back through libical, screen included, beside the same library in C without one.
struct Reading {
  /// As wide as a feed of 100,000 events needs; programs keep to the narrow ones.
  static let limits = {
    var limits = CalendarScreen.Limits()
    limits.octets = 1 << 30
    limits.lines = 10_000_000
    limits.components = 1_000_000
    return limits
  }()

  static func row(_ workload: Workload) throws -> Row {
    let items = workload.isQuick ? 3_000 : 10_000
    let bytes = try Writing.write(Writing.events(items, workload))
    let text = bytes + [0]
    var ours: [ReadEvent] = []
    var theirs: (count: Int64, sum: UInt64) = (0, 0)
    let rounds = try Rounds(workload.rounds) {
      try processorTime { ours = try LibicalReader.events(in: bytes, limits: limits) }
    } peer: {
      unsafe text.withUnsafeBytes { raw in
        let begin = peer_processor_seconds()
        let events = unsafe peer_events_read(raw.assumingMemoryBound(to: CChar.self).baseAddress)
        let seconds = peer_processor_seconds() - begin
        if let events = unsafe events {
          theirs = unsafe (peer_events_count(events), peer_events_checksum(events))
          unsafe peer_events_free(events)
        }
        return seconds
      }
    }
    try DifferentAnswers.check("reading", Int64(ours.count), theirs.count)
    try DifferentAnswers.check("reading", checksum(ours), theirs.sum)
    let sizes = [100, 1_000, 10_000]
    let files = try sizes.map { try Writing.write(Writing.events($0, workload)) }
    let growth = try Growth(sizes, rounds: workload.isQuick ? 2 : 5) { size in
      guard let bytes = sizes.firstIndex(of: size).map({ files[$0] }) else { return 0 }
      return try processorTime { ours = try LibicalReader.events(in: bytes, limits: limits) } / Double(size)
    }
    return Row(
      "reading them back", atLeast: 0.8, rounds: rounds, items: items, peer: "libical in C", growth: growth)
  }

  /// FNV-1a over what was copied, as `peer_events_checksum` makes it.
  private static func checksum(_ events: [ReadEvent]) -> UInt64 {
    var hash: UInt64 = 14_695_981_039_346_656_037
    func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
    func mix(_ text: String?) {
      for byte in (text ?? "").utf8 { mix(byte) }
      mix(0 as UInt8)
    }
    func mix(_ number: Int64) {
      for shift in stride(from: 0, to: 64, by: 8) { mix(UInt8(truncatingIfNeeded: number >> shift)) }
    }
    for event in events {
      mix(event.uid)
      mix(event.summary)
      mix(event.description)
      mix(event.url)
      mix(event.status)
      guard case .utc(let start) = event.start, case .utc(let end) = event.end else { continue }
      for moment in [start, end, event.stamp, event.lastModified] { mix(moment?.secondsSinceEpoch ?? 0) }
      mix(Int64(event.sequence))
      mix(event.isTransparent ? 1 as Int64 : 0)
    }
    return hash
  }
}
