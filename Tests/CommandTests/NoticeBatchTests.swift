import CivilTime
import Foundation
import JSONText
import TestSupport
import Testing

/// Notices written and recorded together: each once, each under a name of its own, and the same answer to the same key.
@Suite struct NoticeBatchTests {
  static let one = "CHG-2026-0001"

  static func told(_ program: Program, _ change: String = one) throws -> Int? {
    try program.run("notices", "evidence", change, "--json").json().array?.count
  }

  // MARK: Keys

  @Test(arguments: [
    ["CHG-2026-0001", "--channel", "portal"], ["CHG-2026-0001", "--channel", "portal", "--channel", "mail"],
    ["CHG-2026-0001", "CHG-2026-0002", "--channel", "portal"], ["--due", "--channel", "portal"],
    ["--due", "--channel", "portal", "--channel", "letter", "--json"],
  ])
  func `A key is answered again although what is owed has moved with the first answer`(words: [String]) throws {
    let program = try Program.withOneChange()
    try program.submit("2026-11-30T01:00")
    let command = ["notices", "published"] + words + ["--idempotency-key", "k"]
    let first = try program.run(command)
    let events = try Self.told(program)
    #expect(first.status == 0 && events == words.count { $0 == "--channel" }, "\(first)")
    try program.submit("2026-12-01T01:00")
    let again = try program.run(command)
    #expect(again.status == 0, "\(again.errors)")
    let shown = again.output.split(separator: "\n").filter { !$0.contains("Answered again: ") }
    #expect(shown == first.output.split(separator: "\n"), "\(again.output)")
    #expect(again.output.contains("Answered again: ") || words.contains("--json"))
    #expect(try Self.told(program) == events)
    // Another key, or none, is another request.
    #expect(try program.run(["notices", "published", "--due", "--channel", "portal"]).output.contains("CHG-2026-0003"))
    #expect(try program.run("register", "verify").status == 0)
  }

  @Test func `Published under a key, the same text is written again, whatever came since`() throws {
    let program = try Program.withOneChange()
    let command = ["notices", "publish", Self.one, "--channel", "portal", "--fragment", "--idempotency-key", "pk"]
    let first = try program.run(command)
    #expect(first.status == 0 && !first.output.isEmpty, "\(first.errors)")
    #expect(try program.run("reschedule", Self.one, "--start", "2026-12-06T01:00", "--reason", "Late").status == 0)
    let again = try program.run(command)
    #expect(again.status == 0 && again.output == first.output, "\(again)")
    let lines = try program.run("notices", "evidence", Self.one, "--json").json().array ?? []
    #expect(lines.map { $0["kind"]?.string } == ["announcement"])
  }

  @Test(arguments: ["en", "fr"])
  func `What stands no more is not published as news`(language: String) throws {
    let program = try Program.withOneChange()
    let old = ["notices", "publish", Self.one, "--kind", "announcement", "--channel", "portal", "--lang", language]
    let key = old + ["--idempotency-key", "k"]
    let first = try program.run(key)
    #expect(first.status == 0)
    #expect(try program.run("cancel", Self.one, "--reason", "No need").status == 0)
    let refused = try program.run(old)
    #expect(refused.status == 64 && refused.output.isEmpty, "\(refused)")
    #expect(refused.errors.contains("preavis notices published \(Self.one) --kind announcement --channel portal --at"))
    #expect(try program.run(key).output == first.output, "what was answered is answered again")
    #expect(try program.run("notices", "publish", Self.one, "--channel", "portal").status == 0)
    #expect(try Self.told(program) == 2)
  }

  @Test func `As many as are owed are recorded at once`() throws {
    let program = try Program(now: "2026-11-20T10:00:00+01:00")
    let first = try #require(CivilDate(year: 2026, month: 12, day: 4))
    let rows = (0..<400).map { index in
      let day = TimeText.date(first.advanced(byDays: index / 10))
      return #"{"title":"N\#(index)","start":"\#(day)T0\#(1 + index % 10 / 2):\#(index % 2 * 3)0","duration":"30m"}"#
    }
    let file = program.path("rows.jsonl")
    try Data(rows.joined(separator: "\n").utf8).write(to: URL(filePath: file))
    let imported = try program.run("import", file, "--keep-going", "--json")
    let owed = try program.run("notices", "due", "--within", "1m", "--json").json().array?.count ?? 0
    try #require(owed > 333, "\(imported.errors)")
    let recorded = try program.run(
      "notices", "published", "--due", "--channel", "portal", "--channel", "mail", "--channel", "letter", "--json")
    #expect(try recorded.json().array?.count == owed * 3, "\(recorded.errors)")
  }

  // MARK: Reminders

  /// A plan of 6 December at 01:00 of which nothing but reminders is owed.
  static func reminding(_ reminders: String) throws -> (Program, [String: String]) {
    let program = try Program(now: "2026-11-20T10:00:00+01:00")
    let calendars = try program.calendars("close") {
      $0.replacing("reminders: [48h, 24h]", with: "reminders: [\(reminders)]")
    }
    let setting = ["PREAVIS_CALENDARS": calendars]
    let plan = ["submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title", "Database migration"]
    #expect(try program.run(plan, setting: setting).status == 0)
    #expect(try program.run(["notices", "published", "--due", "--channel", "portal"], setting: setting).status == 0)
    return (program, setting)
  }

  @Test(arguments: [
    ("90m, 1h", "2026-12-05T22:00:00+01:00", "reminder-90m"), ("48h, 40h", "2026-12-03T23:30:00+01:00", "reminder-48h"),
  ])
  func `Reminders that one publication tells are one file and one event`(
    reminders: String, now: String, name: String
  ) throws {
    let (program, setting) = try Self.reminding(reminders)
    func run(_ words: String...) throws -> Program.Answer {
      try program.run(words, setting: setting.merging(["PREAVIS_NOW": now]) { $1 })
    }
    #expect(try run("notices", "due", "--within", "1m", "--json").json().array?.count == 1)
    let written = try run("notices", "write", "--due", "--out", "w", "--lang", "en")
    #expect(written.status == 0, "\(written.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: program.path("w")).sorted()
    #expect(names == ["2026-12-06-\(Self.one)-\(name).en.html", "index.html", "notices.json"])
    let recorded = try run("notices", "published", "--written", "w", "--channel", "portal")
    #expect(recorded.status == 0 && recorded.output.contains("1 notice recorded"), "\(recorded)")
    #expect(!recorded.output.contains("Answered again"))
    #expect(try run("notices", "published", "--due", "--channel", "portal", "--json").json() == [])
    #expect(try Self.told(program) == 2)
  }
}
