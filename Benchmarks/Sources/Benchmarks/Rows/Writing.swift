import CivilTime
import Foundation
import ICalendar
import Peers
import Publication
import Wording

/// Events as calendar text, beside libical, which builds a tree and prints it.
struct Writing {
  static func row(_ workload: Workload) throws -> Row {
    let items = 10_000
    let events = Writing.events(items, workload)
    let peer = PeerCalendar(events)
    var bytes: [UInt8] = []
    var text: [UInt8] = []
    let repetitions = 4
    let rounds = try Rounds(workload.rounds) {
      try processorTime {
        for _ in 0..<repetitions { bytes = try write(events) }
      }
    } peer: {
      let begin = peer_processor_seconds()
      let written = unsafe peer_calendar_write(peer.handle)
      let seconds = peer_processor_seconds() - begin
      if let written = unsafe written {
        text = unsafe Array(String(cString: written).utf8)
        unsafe free(written)
      }
      return seconds
    }
    // A reader finds the same events in both.
    let ours = try LibicalReader.events(in: bytes, limits: Reading.limits)
    try DifferentAnswers.check("writing", ours.count, items)
    try DifferentAnswers.check("writing", ours == (try LibicalReader.events(in: text, limits: Reading.limits)), true)
    let all = Writing.events(100_000, workload)
    let growth = try Growth([1_000, 10_000, 100_000], rounds: workload.isQuick ? 2 : 5) { size in
      try processorTime { bytes = try write(all[..<size]) } / Double(size)
    }
    return Row(
      "writing 10,000 events", atLeast: 15, rounds: rounds, items: items * repetitions, peerItems: items,
      peer: "libical in C", growth: growth)
  }

  static func events(_ count: Int, _ workload: Workload) -> [CalendarEvent] {
    workload.changes(count).map { workload.fragment.event(of: $0, contract: workload.contract, language: .french) }
  }

  static func write(_ events: some RandomAccessCollection<CalendarEvent>) throws -> [UInt8] {
    var writer = ContentLineWriter()
    writer.append(try CalendarHeader(prodID: "-//Preavis//Peer//EN").render())
    for index in events.indices { try events[index].write(to: &writer) }
    writer.append(CalendarHeader.footer)
    return writer.bytes
  }
}

/// The events in the peer's memory.
@safe final class PeerCalendar {
  let handle: OpaquePointer

  init(_ events: [CalendarEvent]) {
    unsafe handle = peer_calendar_new()
    for event in events {
      guard case .timed(let interval) = event.span else { continue }
      unsafe peer_calendar_add(
        handle, event.uid, event.stamp.secondsSinceEpoch, (event.created ?? event.stamp).secondsSinceEpoch,
        interval.start.secondsSinceEpoch, interval.end.secondsSinceEpoch, Int32(event.sequence), event.summary,
        event.description, event.url ?? "", "mailto:\(event.organizer?.address ?? "")", event.organizer?.name ?? "",
        event.categories.first ?? "", event.status == .cancelled ? 1 : 0, event.isTransparent ? 1 : 0)
    }
  }

  deinit { unsafe peer_calendar_free(handle) }
}
