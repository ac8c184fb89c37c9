import Testing

@testable import ICalendar

struct PropertyNameTests {
  private static func read(_ name: String) throws -> PropertyName {
    let text = UnfoldedText(Array("\(name):1".utf8), lines: 1, lineOctets: 100) { _ in }
    return try #require(ContentLine(text.lines[0], in: text)).property
  }

  @Test("Each name is known in whatever case, and nothing that is longer, shorter or different is taken for it")
  func names() throws {
    for name in PropertyName.allCases where name != .other {
      let text = name.text
      #expect(try PropertyNameTests.read(text) == name)
      #expect(try PropertyNameTests.read(text.lowercased()) == name)
      #expect(try PropertyNameTests.read(text + "-") == .other)
      #expect(try PropertyNameTests.read("-" + text) == .other)
      for index in text.utf8.indices {
        var other = text
        other.replaceSubrange(index...index, with: "9")
        #expect(try PropertyNameTests.read(other) == .other, "\(other)")
      }
    }
    #expect(try PropertyNameTests.read("X-MICROSOFT-CDO-BUSYSTATUS") == .other)
  }

  @Test("The names are those of the standards")
  func spelling() {
    #expect(
      PropertyName.allCases.map(\.text) == [
        "", "BEGIN", "END", "VERSION", "UID", "SUMMARY", "DESCRIPTION", "STATUS", "SEQUENCE", "TRANSP", "URL",
        "LOCATION", "ORGANIZER", "PRIORITY", "GEO", "CLASS", "CREATED", "DTSTAMP", "LAST-MODIFIED", "COMPLETED",
        "ACKNOWLEDGED", "DTSTART", "DTEND", "DUE", "DURATION", "RRULE", "EXRULE", "EXDATE", "RDATE", "RECURRENCE-ID",
        "FREEBUSY", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "TZUNTIL", "TRIGGER", "REPEAT", "PERCENT-COMPLETE",
        "REFRESH-INTERVAL", "X-LIC-ERROR",
      ])
  }
}
