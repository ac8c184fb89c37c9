import CivilTime
import Foundation
import JSONText
import TestSupport
import Testing

/// What is published, by the program itself: feeds of every profile, notices owed and given.
struct PublishTests {
  private static let now = "2026-11-20T10:00:00+01:00"

  /// The values of a property, unfolded.
  private static func values(_ name: String, _ feed: String) -> [String] {
    feed.replacingOccurrences(of: "\r\n ", with: "").components(separatedBy: "\r\n")
      .filter { $0.hasPrefix(name + ":") }.map { String($0.dropFirst(name.count + 1)) }
  }

  // MARK: Feeds

  @Test func `A client's feed holds what touches its components and no more`() throws {
    let program = try Program.withOneChange()
    let folder = try program.calendarsWithClients()
    func count(_ client: String) throws -> [String] {
      Self.values("UID", try program.run("feed", "--client", client, "--calendars", folder).output)
    }
    #expect(try count("Cabinet Martin").map { $0.hasPrefix("CHG-2026-0001-") } == [true])
    #expect(try count("Étude Léa & fils") == ["nothing-planned-profession-liberale@preavis"])
    let whole = try program.run("submit", "--start", "2026-12-06T01:00", "--duration", "1h", "--title", "All of it")
    #expect(whole.status == 0)
    #expect(try count("Étude Léa & fils").map { $0.hasPrefix("CHG-2026-0002-") } == [true])
    let unknown = try program.run("feed", "--client", "Nobody", "--calendars", folder)
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("Cabinet Martin, Étude Léa & fils"))
  }

  @Test func `A change that no longer touches a client is withdrawn from its calendar, not dropped`() throws {
    let program = try Program(now: Self.now)
    let folder = try program.calendarsWithClients()
    #expect(try program.submit("2026-11-29T01:00", "--component", "application", "--component", "flux").status == 0)
    #expect(
      try program.run("amend", "CHG-2026-0001", "--component", "flux", "--reason", "Only the interface").status == 0)
    let feed = try program.run("feed", "--client", "Cabinet Martin", "--calendars", folder).output
    #expect(Self.values("STATUS", feed) == ["CANCELLED"])
    #expect(Self.values("SUMMARY", feed).first?.contains("NO LONGER CONCERNS YOU") == true)
    let maintnote = try program.run(
      "feed", "--profile", "maintnote", "--client", "Cabinet Martin", "--calendars", folder
    ).output
    #expect(Self.values("X-MAINTNOTE-STATUS", maintnote) == ["CANCELLED"])
    let other = try program.run("feed", "--client", "Étude Léa & fils", "--calendars", folder).output
    #expect(Self.values("STATUS", other) == ["CONFIRMED"])
  }

  @Test func `Work that was never completed stays in the feeds and among what is owed`() throws {
    let program = try Program.withOneChange()
    func at(_ now: String, _ arguments: String...) throws -> Program.Answer {
      try program.run(arguments, setting: ["PREAVIS_NOW": now])
    }
    #expect(try at("2026-11-29T01:00:00+01:00", "start", "CHG-2026-0001").status == 0)
    let later = "2027-06-01T10:00:00+02:00"
    #expect(try at(later, "feed").output.contains("CHG-2026-0001"))
    #expect(try at(later, "notices", "due", "--json").json().array?.count == 2)
    // Urgent work of long ago that is recorded now is news.
    let old = try at(
      later, "emergency", "--start", "2027-01-05T10:00+01:00", "--end", "2027-01-05T11:00+01:00", "--title", "Patch",
      "--reason", "Leak")
    #expect(old.status == 0)
    #expect(try at(later, "feed").output.contains("CHG-2027-0001"))
    #expect(try at(later, "notices", "due", "--json").output.contains("regularisation"))
  }

  @Test func `What changed is told against what clients were told last`() throws {
    let program = try Program.withOneChange()
    func move(_ arguments: String...) throws { #expect(try program.run(arguments).status == 0) }
    try move("notices", "published", "CHG-2026-0001", "--kind", "announcement", "--channel", "portal")
    try move("reschedule", "CHG-2026-0001", "--start", "2026-12-06T01:00", "--reason", "Late")
    try move("reschedule", "CHG-2026-0001", "--start", "2026-12-13T01:00", "--reason", "Later")
    let text = try program.run("notice", "CHG-2026-0001", "--format", "text").output
    #expect(text.contains("Sunday 29 November 2026") && text.contains("Sunday 13 December 2026"))
    #expect(!text.contains("6 December"))
  }

  /// Source: maintenance-notification standard, draft 0.1.
  @Test func `MAINTNOTE names provider, account, objects, impact and status, without a method`() throws {
    let program = try Program.withOneChange()
    let folder = try program.calendarsWithClients()
    func read() throws -> String {
      try program.run("feed", "--profile", "maintnote", "--client", "Cabinet Martin", "--calendars", folder).output
    }
    let feed = try read()
    #expect(Self.values("METHOD", feed).isEmpty)
    #expect(Self.values("X-MAINTNOTE-PROVIDER", feed) == ["portal.example"])
    #expect(Self.values("X-MAINTNOTE-ACCOUNT", feed) == ["Cabinet Martin"])
    #expect(Self.values("X-MAINTNOTE-MAINTENANCE-ID", feed) == ["CHG-2026-0001"])
    #expect(Self.values("X-MAINTNOTE-OBJECT-ID", feed) == ["profession-liberale/application"])
    #expect(Self.values("X-MAINTNOTE-IMPACT", feed) == ["OUTAGE"])
    #expect(Self.values("X-MAINTNOTE-STATUS", feed) == ["CONFIRMED"])
    #expect(try program.run("cancel", "CHG-2026-0001", "--reason", "Not needed").status == 0)
    let cancelled = try read()
    #expect(Self.values("X-MAINTNOTE-STATUS", cancelled) == ["CANCELLED"])
    #expect(Self.values("STATUS", cancelled) == ["CANCELLED"])
    #expect(Self.values("SEQUENCE", cancelled) == ["1"])
    #expect(Self.values("UID", cancelled) == Self.values("UID", feed))
  }

  /// Source: AWS Systems Manager User Guide: an event opens the gate, so that none may stand for cancelled work.
  @Test func `A change calendar is closed by itself and open for what is planned only`() throws {
    let program = try Program.withOneChange()
    func read() throws -> String { try program.run("feed", "--profile", "change-calendar").output }
    let open = try read()
    #expect(Self.values("PRODID", open) == ["-//AWS//Change Calendar 1.0//EN"])
    #expect(Self.values("X-CALENDAR-TYPE", open) == ["DEFAULT_CLOSED"])
    #expect(Self.values("DTSTART", open) == ["20261129T000000Z"])
    #expect(try program.run("cancel", "CHG-2026-0001", "--reason", "Not needed").status == 0)
    let closed = try read()
    #expect(Self.values("UID", closed) == ["nothing-planned-profession-liberale@preavis"])
    #expect(Self.values("DTEND", closed).allSatisfy { $0 < "2026" })
  }

  /// Source: AWS Systems Manager User Guide: the files of a calendar may have 64 KB together. At 100 changes it had 105,568.
  @Test func `A change calendar is small, and says how many changes AWS takes where it takes not all`() throws {
    let program = try Program(now: "2026-10-19T09:00:00+02:00")
    // Titles of three lengths, so that no two events need be of one size; two a night, before a freeze in spring.
    let nights = try (0..<250).map { number in
      let day = try #require(CivilDate("2026-10-26")).advanced(byDays: number / 2)
      return
        "Migration \(String(repeating: "é", count: number % 3 * 9)) END:VEVENT,\(TimeText.date(day))T0\(4 + number % 2):00,1h"
    }
    let file = program.path("rows.csv")
    func record(_ rows: some Sequence<String>) throws {
      try Data((["title,start,duration"] + rows).joined(separator: "\n").utf8).write(to: URL(filePath: file))
      #expect(try program.run("import", file).status == 0)
    }
    try record(nights.prefix(100))
    let small = try program.run("feed", "--profile", "change-calendar")
    #expect(small.errors.isEmpty && small.output.utf8.count < 45_000)
    #expect(Self.values("DESCRIPTION", small.output).isEmpty)
    #expect(Self.values("SUMMARY", small.output).first == "[SIMULATION] CHG-2026-0001 Migration  END:VEVENT")
    try record(nights.dropFirst(100))
    let large = try program.run("feed", "--profile", "change-calendar", "--lang", "fr")
    #expect(large.status == 0)
    #expect(Self.values("DTSTART", large.output).count == 250)
    let octets = large.output.utf8.count
    // Reckoned from the file: what stands before the first event, the events one by one, the end.
    let parts = large.output.replacing("\r\n", with: "\n").components(separatedBy: "\nEND:VEVENT\n")
      .map { $0.utf8.count + $0.filter { $0 == "\n" }.count + "\r\nEND:VEVENT\r\n".utf8.count }
    let fitting = (1...250).filter { parts.prefix($0).reduce(0, +) + "END:VCALENDAR\r\n".utf8.count <= 65_536 }.max()
    let most = try #require(fitting)
    #expect(octets > 65_536 && (100..<250).contains(most))
    #expect(large.errors.contains("\(most) premiers des 250 changements tiennent"), "\(large.errors)")
    #expect(large.errors.contains("\u{202F}; AWS Change Calendar en accepte 65\u{202F}536"), "\(large.errors)")
    let calendar = program.path("calendar.ics")
    #expect(try program.run("feed", "--profile", "change-calendar", "-o", calendar).errors.contains("first \(most) of"))
    let doctor = try program.run("feed", "doctor", calendar, "--json").json()["findings"]?.array
    let finding = try #require(doctor?.first { $0["code"]?.string == "change_calendar_size" })
    #expect(finding["subject"]?.string?.hasSuffix(", \(most)/250") == true)
    #expect(try program.run("feed").errors.isEmpty)
  }

  @Test func `Alarms are added by choice, and never to cancelled work`() throws {
    let program = try Program.withOneChange()
    let feed = try program.run("feed", "--alarm", "1h", "--alarm", "24h").output
    #expect(Self.values("TRIGGER", feed) == ["-PT1H", "-PT24H"])
    #expect(!(try program.run("feed").output).contains("VALARM"))
    #expect(try program.run("cancel", "CHG-2026-0001", "--reason", "Not needed").status == 0)
    #expect(!(try program.run("feed", "--alarm", "1h").output).contains("VALARM"))
  }

  @Test func `One change is a message of its own, which cancels when the change is cancelled`() throws {
    let program = try Program.withOneChange()
    #expect(Self.values("METHOD", try program.run("feed", "CHG-2026-0001").output) == ["PUBLISH"])
    #expect(try program.run("feed", "CHG-2026-0001", "--method", "cancel").status == 64)
    #expect(try program.run("cancel", "CHG-2026-0001", "--reason", "Not needed").status == 0)
    #expect(Self.values("METHOD", try program.run("feed", "CHG-2026-0001").output) == ["CANCEL"])
    #expect(try program.submit("2026-11-21T12:00").status == 3)
    #expect(try program.run("feed", "CHG-2026-0002").status == 64)
  }

  @Test(arguments: [
    ["--of", "windows", "--profile", "maintnote"], ["--of", "holidays", "--alarm", "1h"],
    ["--of", "windows", "--client", "x"], ["--profile", "atom", "--client", "x"], ["--method", "cancel"],
    ["CHG-2026-0001", "--profile", "atom"], ["CHG-2026-0001", "--client", "x"], ["--profile", "rss"], ["--of", "all"],
  ])
  func `Options that would do nothing are refused`(arguments: [String]) throws {
    let answer = try Program.withOneChange().run(["feed"] + arguments)
    #expect(answer.status == 64)
    #expect(answer.output.isEmpty)
  }

  @Test func `The contract's own calendars are feeds`() throws {
    let program = try Program(now: Self.now)
    let windows = try program.run("feed", "--of", "windows").output
    // Sunday 29 November 2026 is open from 00:00 to Monday 07:00, Paris.
    #expect(windows.contains("DTSTART:20261128T230000Z\r\nDTEND:20261130T060000Z"))
    let holidays = try program.run("feed", "--of", "holidays", "--lang", "fr").output
    #expect(holidays.contains("DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261226"))
    let availability = try program.run("feed", "--of", "availability").output
    #expect(!availability.contains("VEVENT") && availability.contains("BEGIN:VAVAILABILITY"))
    #expect(try program.run("feed", "--of", "freezes").output.contains("BEGIN:VEVENT"))
  }

  // MARK: Notices

  @Test func `A notice that was published is owed no more, and stands in the history`() throws {
    let program = try Program.withOneChange()
    func owed() throws -> [String] {
      try program.run("notices", "due", "--json").json().array?.compactMap { $0["kind"]?.string } ?? []
    }
    #expect(try owed() == ["announcement"])
    let done = try program.run(
      "notices", "published", "CHG-2026-0001", "--kind", "announcement", "--channel", "portal", "--json")
    #expect(done.status == 0)
    let record = try #require(try done.json()["notices"]?.array?.first)
    #expect(record["kind"] == "announcement" && record["channel"] == "portal" && record["revision"] == 0)
    #expect(record["published_at"]?.string == Self.now)
    #expect(try owed().isEmpty)
    #expect(try done.json()["revision"] == 0)
    #expect(try program.run("history", "CHG-2026-0001").output.contains("notice published: "))
    #expect(try program.run("register", "verify").status == 0)
  }

  @Test func `Only what a change called for can be recorded`() throws {
    let program = try Program.withOneChange()
    #expect(
      try program.run("notices", "published", "CHG-2026-0001", "--kind", "cancelled", "--channel", "mail").status == 64)
    #expect(
      try program.run("notices", "published", "CHG-2026-0001", "--kind", "announcement", "--channel", "fax").status
        == 64)
    #expect(try program.run("notices", "due", "--json").json().array?.count == 1)
  }

  @Test func `The notices of one change are one thread of mail`() throws {
    let program = try Program.withOneChange()
    func header(_ name: String, _ mail: String) -> String? {
      mail.replacingOccurrences(of: "\r\n ", with: " ").components(separatedBy: "\r\n")
        .first { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
    }
    let first = try program.run("notice", "CHG-2026-0001", "--format", "eml", "--to", "a@example.org").output
    #expect(header("To", first) == "a@example.org")
    let root = try #require(header("Message-ID", first))
    #expect(header("References", first) == nil)
    #expect(try program.run("cancel", "CHG-2026-0001", "--reason", "Not needed").status == 0)
    let second = try program.run("notice", "CHG-2026-0001", "--format", "eml").output
    #expect(header("References", second) == root)
    #expect(header("In-Reply-To", second) == root)
    #expect(header("Message-ID", second) != root)
    #expect(second.contains("method=CANCEL") && first.contains("method=PUBLISH"))
    #expect(try program.run("notice", "CHG-2026-0001", "--format", "eml", "--to", "a@b\nBcc: c@d").status == 64)
    #expect(try program.run("notice", "CHG-2026-0001", "--to", "a@example.org").status == 64)
  }

  @Test func `A notice that runs ahead of one that is owed says which comes first`() throws {
    let program = try Program.withOneChange()
    #expect(
      try program.run("amend", "CHG-2026-0001", "--title", "Another title", "--reason", "Clearer").status == 0)
    let ahead = try program.run("notice", "CHG-2026-0001")
    #expect(ahead.status == 0 && ahead.output.contains("Another title"))
    #expect(ahead.errors.contains("(preavis notice CHG-2026-0001 --kind announcement)"), "\(ahead.errors)")
    #expect(try program.run("notice", "CHG-2026-0001", "--kind", "announcement", "--lang", "en").errors.isEmpty)
    let due = try program.run("notices", "due").output
    #expect(due.contains("\n  preavis notices publish CHG-2026-0001 --channel portal\n"), "\(due)")
    #expect(
      try program.run("notices", "published", "CHG-2026-0001", "--kind", "announcement", "--channel", "mail").status
        == 0)
    #expect(try program.run("notice", "CHG-2026-0001", "--lang", "en").errors.isEmpty)
  }

  // MARK: Doctor

  @Test func `The doctor finds nothing wrong with our feeds, and names what is wrong with others`() throws {
    let program = try Program.withOneChange()
    let file = program.path("feed.ics")
    #expect(try program.run("feed", "-o", file).status == 0)
    let good = try program.run("feed", "doctor", file)
    #expect(good.status == 0, "\(good.output)\(good.errors)")
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try Data(text.replacingOccurrences(of: "TRANSP:OPAQUE", with: "TRANSP:BUSY").utf8).write(to: URL(filePath: file))
    let bad = try program.run("feed", "doctor", file, "--json")
    #expect(bad.status == 1)
    #expect(try bad.json()["findings"]?.array?.first?["line"]?.integer != nil)
    #expect(try program.run("feed", "doctor", program.path("none.ics")).status == 1)
    #expect(try program.run("feed", "doctor", "ftp://example.org/x.ics").status == 64)
    #expect(try program.run("feed", "doctor", "http://127.0.0.1:9/x.ics").status == 69)
  }
}
