import Foundation
import JSONText
import TestSupport
import Testing

/// What a new user stumbled over: each answer names the way out, and no fact is recorded that nobody meant.
@Suite struct StumbleTests {
  private static let tuesday = ["PREAVIS_NOW": "2026-12-01T09:00:00+01:00"]
  private static let monday = HandsTests.monday

  /// Work of Sunday 29 November, 01:00 to 03:00, that began at 01:12.
  private static func begun() throws -> Program {
    let program = try Program.withOneChange()
    let night = ["PREAVIS_NOW": "2026-11-29T01:12:00+01:00"]
    #expect(try program.run(["start", "1"], setting: night).status == 0)
    return program
  }

  @Test func `An hour alone ends the night that was worked, two days later too`() throws {
    let program = try Self.begun()
    let words = ["complete", "1", "--ended", "4h", "--reason", "Index", "--json"]
    let json = try program.run(words, setting: Self.tuesday).json()
    #expect(json["actual_end"] == "2026-11-29T04:00:00+01:00" && json["overrun_seconds"] == 3600)
  }

  @Test(arguments: [[], ["--ended", "23:00"]])
  func `An end long after the announced one is asked for with its day`(words: [String]) throws {
    let program = try Self.begun()
    let answer = try program.run(["complete", "1", "--reason", "Index"] + words, setting: Self.tuesday)
    #expect(answer.status == 64 && answer.errors.contains("with the day"), "\(answer.errors)")
    #expect(try program.run("show", "1", "--json").json()["state"] == "in-progress")
    let meant = ["complete", "1", "--reason", "Index", "--ended", "now"]
    #expect(try program.run(meant, setting: Self.tuesday).status == 0)
  }

  @Test func `A wrong end is corrected by the same words, and history keeps both with their reasons`() throws {
    let program = try Self.begun()
    #expect(
      try program.run(["complete", "1", "--ended", "now", "--reason", "Index"], setting: Self.tuesday).status == 0)
    let right = ["complete", "1", "--ended", "2026-11-29T02:50", "--json"]
    #expect(try program.run(right, setting: Self.tuesday).status == 3)
    let json = try program.run(right + ["--reason", "Typed wrong"], setting: Self.tuesday).json()
    #expect(json["actual_end"] == "2026-11-29T02:50:00+01:00" && json["overrun_seconds"] == nil)
    #expect(json["revision"] == 3)
    let history = try program.run("history", "1")
    for part in ["times corrected r3", "Typed wrong", "Index"] { #expect(history.output.contains(part)) }
    #expect(try program.run("register", "verify").status == 0)
    let notice = try program.run(["notice", "1", "--lang", "fr"], setting: Self.tuesday)
    #expect(notice.output.contains("Motif de la correction"))
  }

  @Test func `What is refused names the command that was meant`() throws {
    let program = try Program.withOneChange()
    let complete = try program.run(["complete", "1"], setting: Self.monday)
    let said = complete.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(complete.status == 3 && said.contains("preavis complete CHG-2026-0001 --started … --ended …"), "\(said)")
    let start = try program.run(["start", "1", "--json"], setting: Self.monday).json()
    let findings = start["verdict"]?["findings"]?.array ?? []
    #expect(findings.compactMap { $0["code"]?.string } == ["missing_reason", "started_late"])
    #expect(findings.last?["behind_seconds"] == 115_200 && findings.last?["in_window"] == false)
    let late = try program.run(
      ["complete", "1", "--started", "01:00", "--ended", "03:25", "--json"], setting: Self.monday
    ).json()
    #expect(late["verdict"]?["findings"]?.array?.last?["behind_seconds"] == 1500)
    let quoted = try program.run("check", "--start", "sunday", "1am", "--duration", "2h")
    #expect(quoted.status == 64 && quoted.errors.contains("--start \"sunday 1am\""), "\(quoted.errors)")
    let near = try program.run("check", "--dur", "2h")
    #expect(near.errors.contains("--duration"))
  }

  @Test func `Whatever moves what clients read says how they are told`() throws {
    let program = try Program.withOneChange()
    #expect(try program.run("notices", "publish", "1", "--channel", "portal").status == 0)
    let moved = try program.run("reschedule", "1", "--start", "03:00", "--reason", "x")
    #expect(moved.output.contains("Sunday 29 November 2026, 03:00 to 05:00"), "\(moved.output)")
    let cancelled = try program.run("cancel", "1", "--reason", "x")
    for answer in [moved, cancelled] { #expect(answer.output.contains("preavis notices publish CHG-2026-0001")) }
  }

  @Test func `What is owed fits 80 columns and names the short way`() throws {
    let program = try Program.withOneChange()
    #expect(try program.submit("2026-11-30T01:00").status == 0)
    let late = ["PREAVIS_NOW": "2026-12-14T09:00:00+01:00"]
    for language in ["en", "fr"] {
      let due = try program.run(["notices", "due", "--lang", language], setting: late)
      #expect(due.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(due.output)")
      #expect(due.output.contains("preavis notices write --due --out"))
    }
  }

  @Test func `Clients are told in both languages unless somebody says one, and in none without a word`() throws {
    let program = try Program.withOneChange()
    #expect(try program.run("notices", "write", "--due", "-o", "all").status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: program.path("all"))
    #expect(names.count { $0.hasSuffix(".fr.html") } == 1 && names.count { $0.hasSuffix(".en.html") } == 1)
    #expect(try program.run("notice", "1").errors.contains("--lang fr"))
    #expect(try program.run("notice", "1", "--lang", "en").errors.isEmpty)
    #expect(try program.run("mailing", "create", "--to", "a@example.org", "--json").json()["language"] == "fr")
    #expect(try program.run("notices", "publish", "1", "--channel", "portal", "--subject").status == 64)
    #expect(try program.run("notices", "published", "--written", "all", "--channel", "portal").status == 0)
    for name in names where name.hasSuffix(".html") && name != "index.html" {
      let check = try program.run("notices", "evidence", "1", "--check", "all/\(name)")
      #expect(check.status == 0 && check.output.contains("CHG-2026-0001"), "\(check)")
    }
    #expect(try program.run("notices", "evidence", "1", "--check", "all/notices.json").status == 1)
    let owed = try program.run("notices", "due", "--json").json().array ?? []
    #expect(!owed.contains { $0["kind"] == "announcement" })
  }

  @Test func `An outage ends by its own verb, and a list begins with what is down`() throws {
    let program = try Program.withOneChange()
    let record = ["outage", "record", "--start", "2026-11-19T10:00", "--cause", "incident", "--title", "Login"]
    #expect(try program.run(record).status == 0)
    #expect(try program.run("ls").output.contains("OUT-2026-0001"))
    #expect(try program.run("outage", "list").output.contains("Login"))
    let ended = try program.run("outage", "end", "1", "--at", "2026-11-19T10:30", "--json").json()
    #expect(ended["end"] == "2026-11-19T10:30:00+01:00")
    #expect(try !program.run("ls").output.contains("OUT-2026-0001"))
  }

  @Test func `A list says what is late`() throws {
    let program = try Program.withOneChange()
    let night = ["PREAVIS_NOW": "2026-11-29T04:10:00+01:00"]
    #expect(try program.run(["ls"], setting: night).output.contains("not begun"))
    #expect(try program.run(["start", "1", "--at", "01:00"], setting: night).status == 0)
    #expect(try program.run(["ls", "--lang", "fr"], setting: night).output.contains("en retard"))
  }

  @Test func `A clock that is set without its offset is one of Paris, and one that is none makes no register`() throws {
    let program = try Program.withOneChange()
    let set = ["PREAVIS_NOW": "2026-11-29T02:00"]
    let json = try program.run(["start", "1", "--json"], setting: set).json()
    #expect(json["actual_start"] == "2026-11-29T02:00:00+01:00")
    let none = try Program(isRegistered: false)
    #expect(try none.run(["init", "--simulation"], setting: ["PREAVIS_NOW": "soon"]).status == 64)
  }

  @Test func `A month goes by its name with its year`() throws {
    let program = try Program.withOneChange()
    let named = try program.run("availability", "--month", "novembre 2026", "--json")
    #expect(try named.json() == program.run("availability", "--month", "2026-11", "--json").json())
    #expect(try program.run("availability", "--month", "november").errors.contains("November 2026"))
  }
}
