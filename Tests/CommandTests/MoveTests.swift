import JSONText
import TestSupport
import Testing

/// A change through its life, as subscribers see it.
@Suite struct MoveTests {
  static let now = "2026-12-01T10:00:00+01:00"

  private func value(_ name: String, in feed: String) -> [String] {
    feed.split(separator: "\r\n").filter { $0.hasPrefix(name + ":") }.map { String($0.dropFirst(name.count + 1)) }
  }

  @Test func `A feed without changes holds one event that says so`() throws {
    let program = try Program(now: Self.now)
    for lang in ["en", "fr"] {
      let feed = try program.run("feed", "--lang", lang)
      #expect(feed.status == 0)
      #expect(value("BEGIN", in: feed.output) == ["VCALENDAR", "VEVENT"])
      #expect(value("UID", in: feed.output).count == 1)
    }
    // A draft is not published.
    try program.submit("2026-12-07T10:00")
    #expect(value("BEGIN", in: try program.run("feed").output) == ["VCALENDAR", "VEVENT"])
    #expect(!(try program.run("feed").output.contains("CHG-2026-0001")))
  }

  @Test func `Rescheduling and cancelling keep the UID and raise SEQUENCE`() throws {
    let program = try Program(now: Self.now)
    try program.submit("2026-12-06T01:00")
    let first = try program.run("feed").output
    let uid = value("UID", in: first)
    #expect(uid.count == 1)
    #expect(value("SEQUENCE", in: first) == ["0"])
    #expect(value("STATUS", in: first) == ["CONFIRMED"])
    #expect(value("DTSTART", in: first) == ["20261206T000000Z"])

    let moved = try program.run(
      "reschedule", "CHG-2026-0001", "--start", "2026-12-13T02:00", "--reason", "Vendor is late", "--json")
    #expect(moved.status == 0)
    #expect(try moved.json()["end"]?.string == "2026-12-13T04:00:00+01:00")
    let second = try program.run("feed").output
    #expect(value("UID", in: second) == uid)
    #expect(value("SEQUENCE", in: second) == ["1"])
    #expect(value("DTSTART", in: second) == ["20261213T010000Z"])

    #expect(try program.run("cancel", "CHG-2026-0001", "--reason", "Vendor withdrew the patch").status == 0)
    let third = try program.run("feed").output
    #expect(value("UID", in: third) == uid)
    #expect(value("SEQUENCE", in: third) == ["2"])
    #expect(value("STATUS", in: third) == ["CANCELLED"])
    #expect(value("TRANSP", in: third) == ["TRANSPARENT"])
  }

  @Test func `A refused reschedule exits 3 and leaves the feed as it was`() throws {
    let program = try Program(now: Self.now)
    try program.submit("2026-12-06T01:00")
    let before = try program.run("feed").output
    let refused = try program.run(
      "reschedule", "CHG-2026-0001", "--start", "2026-12-07T10:00", "--reason", "Try", "--json")
    #expect(refused.status == 3)
    #expect(try refused.json()["state"]?.string == "planned")
    #expect(try refused.json()["start"]?.string == "2026-12-06T01:00:00+01:00")
    #expect(try program.run("feed").output == before)
  }

  /// Sunday 6 December and the night to Monday 7 are one window; Monday 10:00 is in none. Source: contract, article 5.
  @Test func `A refused move names what was asked for, and says that the plan stands`() throws {
    let program = try Program(now: Self.now)
    try program.submit("2026-12-06T01:00")
    func refused(_ arguments: String...) throws -> String {
      let answer = try program.run(["reschedule", "CHG-2026-0001", "--start", "2026-12-07T10:00"] + arguments)
      #expect(answer.status == 3)
      return answer.output.split(separator: /\s+/).joined(separator: " ")
    }
    let english = try refused("--reason", "Try")
    #expect(
      english.contains(
        "Asked for Monday 7 December 2026, 10:00 to 12:00 (Paris time, UTC+1); the plan stands: Sunday 6 December 2026, 01:00 to 03:00 (Paris time, UTC+1)"
      ),
      "\(english)")
    let french = try refused("--reason", "Try", "--lang", "fr")
    #expect(
      french.contains(
        "Demandé : lundi 7 décembre 2026 de 10:00 à 12:00 (heure de Paris, UTC+1) ; le plan reste : dimanche 6 décembre 2026 de 01:00 à 03:00 (heure de Paris, UTC+1)"
      ), "\(french)")
    let json = try program.run(
      "reschedule", "CHG-2026-0001", "--start", "2026-12-07T10:00", "--reason", "Try", "--json"
    ).json()
    #expect(json["asked"] == ["start": "2026-12-07T10:00:00+01:00", "end": "2026-12-07T12:00:00+01:00"])
    // A draft has no plan to keep: it goes where it was to go.
    try program.submit("2026-12-08T10:00")
    let draft = try program.run("reschedule", "CHG-2026-0002", "--start", "2026-12-09T10:00", "--json").json()
    #expect(draft["start"] == "2026-12-09T10:00:00+01:00")
    #expect(draft["asked"] == nil)
    // What was asked for and allowed is where the change is.
    let moved = try program.run(
      "reschedule", "CHG-2026-0001", "--start", "2026-12-13T01:00", "--reason", "Vendor", "--json"
    ).json()
    #expect(moved["asked"] == nil)
  }

  @Test func `A revision that has moved on exits 75`() throws {
    let program = try Program(now: Self.now)
    try program.submit("2026-12-06T01:00")
    let stale = try program.run("cancel", "CHG-2026-0001", "--reason", "x", "--if-revision", "4")
    #expect(stale.status == 75)
    #expect(try program.run("cancel", "CHG-2026-0001", "--reason", "x", "--if-revision", "0").status == 0)
  }

  @Test func `Work that starts, is extended and ends keeps what was stated and what was recorded`() throws {
    let program = try Program(now: Self.now)
    try program.submit("2026-12-06T01:00")
    func at(_ now: String, _ arguments: String...) throws -> Program.Answer {
      try program.run(arguments + ["--json"], setting: ["PREAVIS_NOW": now])
    }
    let started = try at("2026-12-06T01:10:00+01:00", "start", "CHG-2026-0001", "--at", "2026-12-06T01:05")
    #expect(started.status == 0)
    #expect(try started.json()["state"]?.string == "in-progress")
    #expect(try started.json()["actual_start"]?.string == "2026-12-06T01:05:00+01:00")
    #expect(try started.json()["actual_start_recorded_at"]?.string == "2026-12-06T01:10:00+01:00")
    let extended = try at(
      "2026-12-06T02:30:00+01:00", "extend", "CHG-2026-0001", "--end", "2026-12-06T04:00", "--reason", "Longer")
    #expect(extended.status == 0)
    // An end after the announced one needs a reason.
    #expect(try at("2026-12-06T04:10:00+01:00", "complete", "CHG-2026-0001").status == 3)
    let completed = try at("2026-12-06T04:10:00+01:00", "complete", "CHG-2026-0001", "--reason", "Slow restart")
    #expect(completed.status == 0)
    #expect(try completed.json()["state"]?.string == "completed")
    // Announced until 03:00; the extension announces a later end and excuses nothing.
    #expect(try completed.json()["overrun_seconds"]?.integer == 4200)
    #expect(try completed.json()["planned_end"]?.string == "2026-12-06T03:00:00+01:00")
    #expect(try completed.json()["revision"]?.integer == 3)
    let history = try program.run("history", "CHG-2026-0001", "--json").json().array ?? []
    #expect(history.compactMap { $0["event"]?.string } == ["planned", "started", "extended", "completed"])
  }

  @Test func `A list is an array of changes, chosen by state and time`() throws {
    let program = try Program(now: Self.now)
    try program.submit("2026-12-13T01:00")
    try program.submit("2026-12-06T01:00")
    try program.submit("2026-12-07T10:00")
    func ids(_ more: String...) throws -> [String] {
      let list = try program.run(["list", "--json"] + more).json().array ?? []
      for entry in list { for key in PlanTests.stableKeys { #expect(entry[key] != nil, "\(key)") } }
      return list.compactMap { $0["id"]?.string }
    }
    #expect(try ids() == ["CHG-2026-0002", "CHG-2026-0003", "CHG-2026-0001"])
    #expect(try ids("--state", "planned") == ["CHG-2026-0002", "CHG-2026-0001"])
    #expect(try ids("--state", "refused") == ["CHG-2026-0003"])
    #expect(try ids("--from", "2026-12-10", "--to", "2027-01-01") == ["CHG-2026-0001"])
  }

  @Test func `An end is answered with when the work took place, and by how much it ran over`() throws {
    let program = try Program(now: Self.now)
    try program.submit("2026-12-06T01:00")
    func at(_ now: String, _ arguments: String...) throws -> String {
      let answer = try program.run(arguments, setting: ["PREAVIS_NOW": now])
      #expect(answer.status == 0, "\(answer.output)")
      return answer.output.split(separator: /\s+/).joined(separator: " ")
    }
    let begun = try at("2026-12-06T01:05:00+01:00", "start", "CHG-2026-0001")
    #expect(begun.contains("Actual start: Sunday 6 December 2026, 01:05 (Paris time, UTC+1)"), "\(begun)")
    let over = try at(
      "2026-12-06T03:10:00+01:00", "complete", "CHG-2026-0001", "--reason", "Slow disk", "--lang", "fr")
    #expect(
      over.contains(
        "Horaire réel : dimanche 6 décembre 2026 de 01:05 à 03:10 (heure de Paris, UTC+1) ; dépassement : 10 min"),
      "\(over)")
  }

  @Test func `What is cancelled is no plan that stands`() throws {
    let program = try Program(now: Self.now)
    try program.submit("2026-12-06T01:00")
    #expect(try program.run("cancel", "CHG-2026-0001", "--reason", "Not ready").status == 0)
    let answer = try program.run("reschedule", "CHG-2026-0001", "--start", "2026-12-13T01:00", "--reason", "Again")
    #expect(answer.status == 3)
    let text = answer.output.split(separator: /\s+/).joined(separator: " ")
    #expect(!text.contains("plan stands") && text.contains("on record: Sunday 6 December 2026"), "\(text)")
  }
}
