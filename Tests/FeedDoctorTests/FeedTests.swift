import Foundation
import Testing

@testable import FeedDoctor

/// One file, one fault: the lines and codes of `Fixtures/feeds/MANIFEST.json` were written with the faults, by hand.
@Suite struct FeedTests {
  @Test(arguments: Feeds.manifest.keys.sorted())
  func `each feed has exactly the findings that were put into it`(path: String) throws {
    let expected = try #require(Feeds.manifest[path])
    let examination = try Feeds.examine(path, previous: expected.previous)
    #expect(examination.codes.sorted() == expected.findings.sorted(), "\(path) \(expected.why)")
  }

  @Test func `every file of the manifest's folders is in the manifest`() throws {
    for folder in ["good", "bad"] {
      let names = try FileManager.default.contentsOfDirectory(
        atPath: Feeds.fixtures.appending(path: "feeds/\(folder)").path())
      #expect(names.allSatisfy { Feeds.manifest["\(folder)/\($0)"] != nil })
    }
  }

  @Test func `every code of a file has a fixture`() {
    let seen = Set(Feeds.manifest.values.flatMap(\.findings).map { String($0.prefix { $0 != "@" }) })
    // Those need megabytes, or a file that the rules take and libical or our import does not; made in other tests.
    let elsewhere: Set<FindingCode> = [
      .tooLarge, .largeFeed, .lineTooLong, .tooManyLines, .tooManyComponents, .importRefuses, .libicalRefuses,
      .changeCalendarSize,
    ]
    let missing = FindingCode.allCases.filter {
      !$0.rawValue.hasPrefix("http_") && !elsewhere.contains($0) && !seen.contains($0.rawValue)
    }
    #expect(missing == [])
  }

  @Test(arguments: [
    "simple", "oneoff_utc", "oneoff_utc_next", "recurring_tzid", "allday", "maintnote_confirmed",
    "maintnote_cancelled", "vavailability",
  ])
  func `a feed that other programs' readers agree on has no error`(name: String) throws {
    #expect(try Feeds.examine("interop/\(name).ics").findings.filter { $0.severity == .error } == [])
  }

  @Test(arguments: ["demo.fr", "demo.en", "nothing-planned"])
  func `a feed of our own has neither error nor warning`(name: String) throws {
    // They were made in October 2026, so the present is left out.
    let surroundings = Surroundings(zones: Feeds.zones)
    let examination = FeedDoctor.examine(try Feeds.bytes("own/\(name).ics"), surroundings: surroundings)
    #expect(examination.eventCount > 0 && examination.findings.filter { $0.severity > .note } == [])
  }

  @Test func `findings come in the order of lines and the feed's own first`() throws {
    let lines = try Feeds.examine("bad/cut.ics").findings.map { $0.line ?? 0 }
    #expect(lines == lines.sorted() && !lines.isEmpty)
  }

  @Test func `a reader that is known to break has a problem and the others are well`() throws {
    let readers = try Feeds.examine("bad/sequence-text.ics").readers
    let broken = readers.filter { !$0.isOK }.map(\.reader)
    // Measured with SEQUENCE:v2: the Python readers complain, libical says 0.
    #expect(Set(broken) == [.pythonICalendar, .recurringICalEvents, .libical, .preavis])
    #expect(readers.map(\.reader) == Reader.allCases)
  }

  @Test func `a note is no problem of a reader`() throws {
    #expect(try Feeds.examine("good/availability.ics").readers.allSatisfy(\.isOK))
  }
}
