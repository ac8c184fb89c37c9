import Foundation
import Testing

@testable import FeedDoctor

/// Files that are large, deep, false or made to hang a reader.
@Suite struct HostileFeedTests {
  struct File: Decodable { var `do`: String }

  static let folder = Feeds.fixtures.appending(path: "hostile/ics")

  static let names: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.filter { $0.hasSuffix(".ics") }.sorted()
  }()

  static func manifest() throws -> [String: File] {
    try JSONDecoder().decode(
      [String: File].self, from: Data(contentsOf: folder.appending(path: "MANIFEST.json")))
  }

  @Test(arguments: names)
  func `a hostile file is examined within a second`(name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: name)))
    let clock = ContinuousClock()
    var examination = FeedDoctor.examine([])
    let time = clock.measure { examination = FeedDoctor.examine(bytes, surroundings: Feeds.surroundings) }
    #expect(time < .seconds(1))
    #expect(!examination.findings.isEmpty)
  }

  @Test(arguments: names)
  func `what an import must refuse is an error`(name: String) throws {
    guard try Self.manifest()[name]?.do == "reject" else { return }
    let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: name)))
    // BYSETPOS in a weekly rule, and UNTIL before the start, are no fault of the format where readers agree.
    #expect(FeedDoctor.examine(bytes, surroundings: Feeds.surroundings).worst == .error)
  }

  private static func feed(_ lines: [String]) -> [UInt8] { Array(lines.map { $0 + "\r\n" }.joined().utf8) }

  @Test func `a zone of ten thousand daily rules ends soon`() {
    let part = ["BEGIN:STANDARD", "DTSTART:16010101T000000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0100"]
    let rules = Array(repeating: "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", count: 10_000)
    let bytes = Self.feed(
      ["BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "TZID:Europe/Paris"] + part + rules
        + ["END:STANDARD", "END:VTIMEZONE", "END:VCALENDAR"])
    let time = ContinuousClock().measure { _ = FeedDoctor.examine(bytes, surroundings: Feeds.surroundings) }
    #expect(time < .seconds(10))
  }

  @Test func `thousands of recurring events end soon`() {
    let event = [
      "BEGIN:VEVENT", "UID:a", "DTSTART:19000101T000000Z", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "END:VEVENT",
    ]
    let bytes = Self.feed(
      ["BEGIN:VCALENDAR"] + Array(repeating: event, count: 5000).flatMap { $0 } + ["END:VCALENDAR"])
    let time = ContinuousClock().measure { _ = FeedDoctor.examine(bytes, surroundings: Feeds.surroundings) }
    #expect(time < .seconds(10))
  }

  @Test func `what is larger than 16 MiB is not looked at`() {
    let bytes = [UInt8](repeating: 0x41, count: FeedBounds.octets + 1)
    #expect(FeedDoctor.examine(bytes).codes == ["too_large@0"])
  }

  @Test func `too many lines and a line too long are said`() {
    var bytes = Self.feed(["BEGIN:VCALENDAR"])
    bytes += Array(repeating: Array("A:1\r\n".utf8), count: FeedBounds.lines).flatMap { $0 }
    #expect(FeedDoctor.examine(bytes).findings.contains { $0.code == .tooManyLines && $0.line == FeedBounds.lines + 1 })
    let long = Self.feed(["BEGIN:VCALENDAR", "X-A:" + String(repeating: "x", count: 70_000), "END:VCALENDAR"])
    #expect(FeedDoctor.examine(long).codes.contains("line_too_long@2"))
  }

  @Test func `of one code twenty findings are listed and the rest counted`() {
    let bytes = Self.feed(["BEGIN:VCALENDAR"] + Array(repeating: "NO COLON", count: 50) + ["END:VCALENDAR"])
    let examination = FeedDoctor.examine(bytes)
    #expect(examination.findings.count { $0.code == .badContentLine } == 20)
    #expect(examination.unlisted[.badContentLine] == 30)
  }

  @Test func `a feed of more than a mebibyte is large`() throws {
    let base = String(decoding: try Feeds.bytes("good/base.ics"), as: UTF8.self)
    let padding = String(repeating: "X-PAD:" + String(repeating: "x", count: 60) + "\r\n", count: 16_000)
    let bytes = Array(base.replacingOccurrences(of: "BEGIN:VEVENT", with: padding + "BEGIN:VEVENT").utf8)
    #expect(FeedDoctor.examine(bytes, surroundings: Feeds.surroundings).codes == ["large_feed@0"])
  }

  @Test func `what only our own import refuses is a note`() throws {
    let base = String(decoding: try Feeds.bytes("good/base.ics"), as: UTF8.self)
    let event = base.replacingOccurrences(
      of: "END:VEVENT", with: "EXDATE;VALUE=PERIOD:20260601T200000Z/PT1H\r\nEND:VEVENT")
    let findings = FeedDoctor.examine(Array(event.utf8), surroundings: Feeds.surroundings).findings
    #expect(findings.map(\.code) == [.importRefuses] && findings.first?.severity == .note)
  }

  @Test func `control characters never reach a subject`() {
    let bytes = Self.feed(["BEGIN:VCALENDAR", "NO\u{1B}[31m\u{202E} COLON", "END:VCALENDAR"])
    for finding in FeedDoctor.examine(bytes).findings {
      #expect(finding.subject.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E && $0.value != 0x7F })
      #expect(finding.subject.unicodeScalars.count <= 80)
    }
  }
}
