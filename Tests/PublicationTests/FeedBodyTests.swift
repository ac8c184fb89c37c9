import CivilTime
import Planning
import Publication
import Testing

/// The spliced feed is the feed that would be put together anew, after any run of changes.
struct FeedBodyTests {
  private static let header = Array("BEGIN\r\n".utf8)
  private static let footer = Array("END\r\n".utf8)

  /// What the feed has to be: events by start and identifier between head and foot.
  private static func assembled(_ events: [ChangeID: (start: Instant, body: [UInt8])]) -> [UInt8] {
    let ordered = events.sorted { ($0.value.start, $0.key) < ($1.value.start, $1.key) }
    return header + ordered.flatMap(\.value.body) + footer
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `Any run of new, moved, reworded and removed changes leaves the assembled feed`(seed: UInt64) {
    var state = seed
    func random(_ bound: UInt64) -> UInt64 {
      // Source: Knuth, MMIX linear congruential generator.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    var body = FeedBody(header: Self.header, footer: Self.footer)
    var events: [ChangeID: (start: Instant, body: [UInt8])] = [:]
    for step in 0..<600 {
      let id = ChangeID(year: 2026, number: Int(random(40)) + 1)
      if random(5) == 0 {
        body.remove(id)
        events[id] = nil
      } else {
        let start =
          random(3) == 0
          ? events[id]?.start ?? Instant(secondsSinceEpoch: 0)
          : Instant(
            secondsSinceEpoch: Int64(random(20)) * 3600)
        let text = Array("\(id) \(step)\(String(repeating: "x", count: Int(random(9))))\r\n".utf8)
        body.put(text, at: .init(start: start, id: id))
        events[id] = (start, text)
      }
      #expect(body.bytes == Self.assembled(events))
      #expect(body.count == events.count)
    }
  }
}
