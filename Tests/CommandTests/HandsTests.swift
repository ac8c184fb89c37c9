import Foundation
import JSONText
import TestSupport
import Testing

/// What people type every day, in the words and lengths that they type it in.
@Suite struct HandsTests {
  static let id = "CHG-2026-0001"
  static let monday = ["PREAVIS_NOW": "2026-11-30T09:00:00+01:00"]

  /// Expected: `preavis show` of the whole identifier.
  @Test(arguments: ["1", "0001", "2026-1", "2026-0001", "chg-1", "CHG-2026-1"])
  func `A change goes by its number`(short: String) throws {
    let program = try Program.withOneChange()
    let whole = try program.run("show", Self.id)
    #expect(try program.run("show", short) == whole)
    #expect(try program.run("history", short).status == 0)
    #expect(try program.run("notice", short, "--format", "text") == program.run("notice", Self.id, "--format", "text"))
    #expect(try program.run("notices", "evidence", short).status == 0)
    #expect(try program.run("gate", "--change", short) == program.run("gate", "--change", Self.id))
    let beside = try program.submit("2026-11-29T02:00", "--alongside", short, "--json").json()
    #expect(beside["state"] == "planned" && beside["alongside"] == [.string(Self.id)])
  }

  @Test func `A number that several years have is this year's, or is asked for with its year`() throws {
    let program = try Program.withOneChange()
    let next = ["PREAVIS_NOW": "2027-01-10T09:00:00+01:00"]
    func submit(_ start: String, _ setting: [String: String]) throws {
      let arguments = ["submit", "--start", start, "--duration", "1h", "--title", "Next"]
      #expect(try program.run(arguments, setting: setting).status == 0)
    }
    #expect(try program.run(["show", "1"], setting: next).output.hasPrefix(Self.id), "the only one that there is")
    try submit("2027-01-17T01:00", next)
    #expect(try program.run(["show", "1"], setting: next).output.hasPrefix("CHG-2027-0001"))
    let last = ["PREAVIS_NOW": "2028-01-03T09:00:00+01:00"]
    for (lang, word) in [("en", "could be"), ("fr", "ce peut être")] {
      let answer = try program.run(["show", "1", "--lang", lang], setting: last)
      #expect(answer.status == 64 && answer.output.isEmpty)
      for part in [word, Self.id, "CHG-2027-0001"] { #expect(answer.errors.contains(part), "\(answer.errors)") }
    }
    let none = try program.run(["show", "9"], setting: last)
    #expect(none.status == 64 && none.errors.contains("CHG-2028-0009"), "\(none.errors)")
    for text in ["0", "1-1", "x", "12345678901", "CHG-"] { #expect(try program.run("show", text).status == 64) }
  }

  @Test func `Outages and grants go by their numbers too`() throws {
    let program = try Program.withOneChange()
    let start = ["outage", "record", "--start", "2026-11-19T10:00", "--cause", "incident"]
    #expect(try program.run(start).status == 0)
    #expect(try program.run("outage", "amend", "1", "--end", "2026-11-19T10:10").status == 0)
    #expect(try program.run("token", "create", "--name", "ada", "--role", "engineer").status == 0)
    #expect(try program.run("token", "revoke", "1", "--json").json()["state"] == "revoked")
    #expect(try program.run("token", "revoke", "2026-1").status == 64)
  }

  // MARK: Work that was carried out

  @Test func `Work that was carried out is closed by one command, with all that two would record`() throws {
    let one = try Program.withOneChange()
    let two = try Program.withOneChange()
    let closed = try one.run(["complete", "1", "--started", "01:05", "--ended", "02:50"], setting: Self.monday)
    #expect(closed.status == 0, "\(closed)")
    #expect(try two.run(["start", "1", "--at", "2026-11-29T01:05"], setting: Self.monday).status == 0)
    #expect(try two.run(["complete", "1", "--at", "2026-11-29T02:50"], setting: Self.monday).status == 0)
    func shown(_ program: Program) throws -> JSON {
      JSON.object((try program.run("show", Self.id, "--json").json().members ?? []).filter { $0.key != "uid" })
    }
    let json = try shown(one)
    #expect(try json == shown(two))
    #expect(json["actual_start"] == "2026-11-29T01:05:00+01:00" && json["actual_end"] == "2026-11-29T02:50:00+01:00")
    let events = try one.run("history", "1", "--json").json().array ?? []
    #expect(events.map { $0["event"]?.string } == ["planned", "started", "completed"])
    #expect(try one.run("register", "verify").status == 0)
  }

  @Test func `What lacks its reason is not even begun, and a retry records nothing twice`() throws {
    let program = try Program.withOneChange()
    func complete(_ more: String...) throws -> Program.Answer {
      try program.run(["complete", "1", "--json"] + more, setting: Self.monday)
    }
    // Announced from 01:00 to 03:00.
    for words in [["--started", "01:00", "--ended", "03:20"], ["--started", "00:40", "--ended", "02:00"]] {
      let refused = try program.run(["complete", "1", "--json"] + words, setting: Self.monday)
      #expect(refused.status == 3)
      let json = try refused.json()
      #expect(json["state"] == "planned")
      let failed = json["verdict"]?["findings"]?.array?.filter { $0["ok"] == false }.compactMap { $0["code"]?.string }
      #expect(failed == ["missing_reason"])
    }
    let words = ["--started", "01:00", "--ended", "03:20", "--reason", "Index", "--idempotency-key", "close"]
    let first = try program.run(["complete", "1", "--json"] + words, setting: Self.monday)
    let again = try program.run(["complete", "1", "--json"] + words, setting: Self.monday)
    #expect(first.status == 0 && again.status == 0)
    #expect(try first.json()["revision"] == again.json()["revision"])
    #expect(try first.json()["overrun_seconds"]?.integer == 1200)
    #expect(try program.run("history", "1").lines().count == 5, "[SIMULATION], planned, started, completed, its reason")
    // Another request under the key.
    #expect(try complete("--started", "01:01", "--ended", "03:20", "--idempotency-key", "close").status == 64)
    let running = try Program.withOneChange()
    let night = ["PREAVIS_NOW": "2026-11-29T02:00:00+01:00"]
    #expect(try running.run(["start", "1", "--at", "01:10"], setting: night).status == 0)
    let other = try running.run(["complete", "1", "--started", "01:00"], setting: night)
    #expect(other.status == 3 && other.output.contains("--reason"), "another start corrects the one on record")
    #expect(try running.run(["complete", "1", "--started", "01:10"], setting: night).status == 0)
  }

  @Test func `Work is extended by a length, and the same request again adds nothing`() throws {
    let program = try Program.withOneChange()
    let night = ["PREAVIS_NOW": "2026-11-29T02:00:00+01:00"]
    #expect(try program.run(["start", "1", "--at", "01:00"], setting: night).status == 0)
    let words = ["extend", "1", "--by", "30m", "--reason", "Index", "--json"]
    for _ in 0..<2 {
      let json = try program.run(words + ["--idempotency-key", "more"], setting: night).json()
      #expect(json["end"] == "2026-11-29T03:30:00+01:00")
    }
    #expect(try program.run(words, setting: night).json()["end"] == "2026-11-29T04:00:00+01:00")
    #expect(try program.run(words + ["--end", "05:00"], setting: night).status == 64)
    #expect(try program.run(["extend", "1", "--by", "0m", "--reason", "x"], setting: night).status == 64)
  }

  // MARK: Lists

  @Test func `A list shows what is to come, and says what it leaves out`() throws {
    let program = try Program.withOneChange()
    try program.submit("2026-12-06T01:00", "--environment", "preproduction")
    try program.submit("2026-12-13T01:00")
    try program.submit("2026-12-01T10:00")
    #expect(try program.run("cancel", "3", "--reason", "No").status == 0)
    func ids(_ words: String...) throws -> [String] {
      try program.run(words, setting: Self.monday).lines().filter { $0.hasPrefix("CHG") }.map { String($0.prefix(13)) }
    }
    #expect(
      try program.run(["complete", "1", "--started", "01:00", "--ended", "02:00"], setting: Self.monday).status == 0)
    #expect(try ids("ls") == ["CHG-2026-0004", "CHG-2026-0002"])
    #expect(try program.run(["list"], setting: Self.monday).output.contains("past: 2 (shown with --all)"))
    #expect(try ids("list", "--all") == ["CHG-2026-0004", "CHG-2026-0002", "CHG-2026-0003", "CHG-2026-0001"])
    #expect(try ids("list", "--state", "completed") == ["CHG-2026-0001"])
    #expect(try ids("list", "--state", "terminée") == ["CHG-2026-0001"])
    #expect(try ids("list", "--limit", "1") == ["CHG-2026-0004"])
    #expect(try ids("list", "--from", "2026-11-01", "--to", "2026-12-01") == ["CHG-2026-0001"])
    for line in try program.run(["list", "--all", "--lang", "fr"], setting: Self.monday).lines() {
      #expect(line.count <= 80, "\(line)")
      if line.contains("CHG-2026-0002") { #expect(line.contains("preprod")) }
    }
    // What other programs read stays all there is, by start.
    func json(_ words: String...) throws -> [String] {
      (try program.run(["list", "--json"] + words, setting: Self.monday).json().array ?? []).compactMap {
        $0["id"]?.string
      }
    }
    #expect(try json() == ["CHG-2026-0001", "CHG-2026-0004", "CHG-2026-0002", "CHG-2026-0003"])
    #expect(try json("--limit", "1") == ["CHG-2026-0004"])
    #expect(try json("--mine").count == 4)
    #expect(try program.run("list", "--limit", "0").status == 64)
  }

  @Test func `Whoever asks who they are is told the name that stands in the log`() throws {
    let program = try Program.withOneChange()
    let own = try program.run("whoami", "--json").json()
    let event = try #require(try program.run("history", "1", "--json").json().array?.first)
    #expect(own["name"] == event["body"]?["actor"] && own["role"]?.isNull == true)
    #expect(try program.run("whoami").output.contains("roles are not asked"))
  }

  // MARK: Words

  @Test(arguments: [
    (["sumbit", "--start", "x"], "Did you mean preavis submit?"), (["lst"], "Did you mean preavis list?"),
    (["outage", "lits"], "Did you mean preavis outage list?"), (["frobnicate"], "See: preavis --help"),
    (["token", "crate", "--name", "x"], "Did you mean preavis token create?"),
  ])
  func `A verb that is none is named with the nearest that is one`(arguments: [String], advice: String) throws {
    let program = try Program(isRegistered: false)
    let answer = try program.run(arguments)
    #expect(answer.status == 64 && answer.output.isEmpty)
    #expect(answer.errors.contains("there is no such verb. \(advice)"), "\(answer.errors)")
    #expect(try program.run(arguments + ["--lang", "fr"]).errors.contains("ce verbe n’existe pas"))
  }

  @Test func `What the program calls a value in French can be typed`() throws {
    let program = try Program.withOneChange()
    let made = try program.submit("2026-12-06T01:00", "--impact", "Dégradé", "--json").json()
    #expect(made["impact"] == "degraded")
    #expect(try program.submit("2026-12-13T01:00", "--impact", "panne", "--json").json()["impact"] == "outage")
    let told = ["notices", "published", "1", "--kind", "annonce", "--channel", "portail"]
    #expect(try program.run(told).status == 0)
    let cause = ["--start", "2026-11-19T10:00", "--end", "2026-11-19T10:10", "--cause", "force majeure", "--json"]
    #expect(try program.run(["outage", "record"] + cause).json()["cause"] == "force-majeure")
    #expect(try program.run("list", "--state", "en cours").status == 0)
    #expect(
      try program.run("submit", "--start", "2026-12-20T01:00", "--duration", "1h", "--title", "x", "--impact", "fort")
        .status == 64)
  }
}
