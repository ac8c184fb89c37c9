import Foundation
import JSONText
import TestSupport
import Testing

/// Rules that change under plans already made. Source: ../shared/faults.md, part A; each kind with its neighbours.
@Suite struct ConflictsVerbTests {
  static let now = "2026-10-19T09:00:00+02:00"

  /// A register beside a calendars folder of its own, which an operator edits.
  struct Bench {
    let program: Program
    let folder: URL

    init() throws {
      program = try Program(now: ConflictsVerbTests.now)
      folder = program.folder.appending(path: "calendars")
      try FileManager.default.copyItem(at: Program.root.appending(path: "calendars"), to: folder)
    }

    func run(_ arguments: String..., at now: String = ConflictsVerbTests.now) throws -> Program.Answer {
      try run(arguments, at: now)
    }

    func run(_ arguments: [String], at now: String = ConflictsVerbTests.now) throws -> Program.Answer {
      try program.run(arguments, setting: ["PREAVIS_CALENDARS": folder.path, "PREAVIS_NOW": now])
    }

    func plan(_ start: String, _ duration: String, _ more: String...) throws {
      let answer = try program.run(
        ["submit", "--start", start, "--duration", duration, "--title", "Work"] + more,
        setting: ["PREAVIS_CALENDARS": folder.path])
      try #require(answer.status == 0, "\(answer.output)\(answer.errors)")
    }

    func edit(_ name: String = "services/profession-liberale.yaml", _ change: (String) -> String) throws {
      let file = folder.appending(path: name)
      let old = try String(contentsOf: file, encoding: .utf8)
      let new = change(old)
      try #require(new != old)
      try Data(new.utf8).write(to: file)
    }

    /// Adds a freeze of whole days, up to and without the last.
    func freeze(_ first: String, _ end: String, rule: String = "") throws {
      let text = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Ops//EN
        BEGIN:VEVENT
        UID:year-end@example.org
        DTSTAMP:20261001T000000Z
        DTSTART;VALUE=DATE:\(first)
        DTEND;VALUE=DATE:\(end)
        SUMMARY:Year end
        \(rule)END:VEVENT
        END:VCALENDAR

        """
      let file = folder.appending(path: "freezes/declaration-2035.ics")
      try Data(text.replacing("\n", with: "\r\n").utf8).write(to: file)
    }

    /// A version from that day on, like the first but for what `change` does.
    func version(from day: String, _ change: (String) -> String) throws {
      try edit { text in
        guard let start = text.range(of: "  - effective-from"), let end = text.range(of: "\nclients:") else {
          return text
        }
        let old = String(text[start.lowerBound..<end.lowerBound])
        let new = change(old.replacing("2021-10-18\n    time-zone", with: "\(day)\n    time-zone"))
        return text.replacingCharacters(in: start.lowerBound..<end.lowerBound, with: old + new)
      }
    }

    /// The codes that refuse each plan, as `conflicts --json` has them; `show` says the same.
    func conflicts() throws -> [String: [String]] {
      let answer = try run("conflicts", "--json")
      let found = try #require(try answer.json().array)
      #expect(answer.status == (found.isEmpty ? 0 : 3))
      var codes: [String: [String]] = [:]
      for conflict in found {
        let id = conflict["change"]?.string ?? ""
        codes[id] = conflict["findings"]?.array?.compactMap { $0["code"]?.string }
        #expect(conflict["findings"]?.array?.allSatisfy { $0["ok"]?.bool == false } == true)
        let standing = try run("show", id, "--json").json()["standing"]
        #expect(standing?["status"]?.string == "refused")
        let refusing = standing?["findings"]?.array?.filter { $0["ok"]?.bool == false }
        #expect(refusing?.compactMap { $0["code"]?.string } == codes[id])
      }
      return codes
    }

    func gate(_ at: String) throws -> [String] {
      let json = try run("gate", "--at", at, "--json").json()
      return [json["state"]?.string ?? ""] + (json["reasons"]?.array ?? []).compactMap { $0["code"]?.string }
    }

    func calendar() throws -> String { try run("feed", "--profile", "change-calendar").output }
  }

  @Test func `A freeze that comes after the plan is told everywhere, and a freeze that goes is forgotten`() throws {
    let bench = try Bench()
    try bench.plan("2026-12-24T01:00", "2h")
    #expect(try bench.conflicts() == [:])
    #expect(try bench.calendar().contains("UID:CHG-2026-0001"))
    try bench.freeze("20261220", "20270104")
    #expect(try bench.conflicts() == ["CHG-2026-0001": ["freeze"]])
    let show = try bench.run("show", "CHG-2026-0001")
    #expect(show.output.contains("✓ No freeze at that time."), "the verdict on record stays")
    #expect(show.output.contains("✗ Today’s rules refuse this plan:\n  ✗ Frozen by “Year end”"))
    #expect(show.output.contains("Next allowed slots:\n  Mon 4 Jan 00:00–02:00"))
    #expect(try bench.run("list").output.contains("CHG-2026-0001  ✗ planned"))
    #expect(try bench.run("list", "--json").json().array?.first?["standing"]?["status"]?.string == "refused")
    let due = try bench.run("notices", "due", "--lang", "fr").output
    #expect(due.contains("[SIMULATION]\nEn conflit avec les règles d’aujourd’hui\nCHG-2026-0001"))
    #expect(try bench.run("notices", "due", "--json").json().array?.first?["kind"]?.string == "announcement")
    #expect(try bench.gate("2026-12-24T01:00") == ["CLOSED", "freeze"])
    #expect(try bench.run("gate", "--at", "2026-12-20T12:00", "--json").json()["next_transition"]?.isNull == true)
    #expect(!(try bench.calendar()).contains("UID:CHG-2026-0001"))
    let start = try bench.run("start", "CHG-2026-0001", at: "2026-12-24T01:00:00+01:00")
    #expect(start.status == 0 && start.output.contains("✗ Today’s rules refuse this plan:"), "\(start.output)")
    let again = try bench.run("show", "CHG-2026-0001", "--json", at: "2026-12-24T01:00:00+01:00").json()
    #expect(again["standing"]?["status"]?.string == "refused")
    #expect(try bench.run("conflicts", at: "2026-12-24T01:00:00+01:00").status == 0, "work under way is no plan")
    #expect(try bench.gate("2026-12-24T01:30") == ["CLOSED", "freeze"])
    try bench.freeze("20261225", "20270104")
    #expect(try bench.gate("2026-12-24T01:30") == ["OPEN", "change"])
    #expect(try bench.calendar().contains("UID:CHG-2026-0001"))
  }

  /// Neighbours: a freeze that touches, one that comes each year, one over urgent work.
  @Test func `Freezes that touch, that come each year, and those over urgent work`() throws {
    let bench = try Bench()
    try bench.plan("2026-12-20T00:00", "1h")
    try bench.plan("2026-12-21T00:00", "1h")
    try bench.freeze("20261220", "20261221")
    #expect(try bench.conflicts() == ["CHG-2026-0001": ["freeze"]])
    try bench.freeze("20241220", "20241221", rule: "RRULE:FREQ=YEARLY\n")
    #expect(try bench.conflicts() == ["CHG-2026-0001": ["freeze"]])
    let now = "2026-12-20T14:00:00+01:00"
    let urgent = try bench.run(
      "emergency", "--start", "2026-12-20T14:00", "--duration", "1h", "--title", "Disk", "--reason", "Full", at: now)
    #expect(urgent.status == 0, "\(urgent.output)")
    let shown = try bench.run("show", "CHG-2026-0003", "--json", at: now).json()
    #expect(shown["standing"]?["status"]?.string == "allowed")
    #expect(try bench.gate("2026-12-20T14:30") == ["OPEN", "change"])
    #expect(try bench.run("feed", "--profile", "change-calendar", at: now).output.contains("UID:CHG-2026-0003"))
  }

  @Test func `A version with a later night leaves 45 minutes outside, and the gate shut for all of it`() throws {
    let bench = try Bench()
    try bench.plan("2026-12-10T00:15", "1h")
    #expect(try bench.gate("2026-12-10T00:30") == ["OPEN", "change"])
    try bench.version(from: "2026-12-01") { $0.replacing("nights: 00:00-07:00", with: "nights: 01:00-05:00") }
    #expect(try bench.conflicts() == ["CHG-2026-0001": ["outside_window"]])
    let finding = try bench.run("conflicts", "--json").json().array?.first?["findings"]?.array?.first
    #expect(finding?["outside_seconds"]?.integer == 2700)
    #expect(try bench.gate("2026-12-10T00:30") == ["CLOSED", "outside_window"])
    #expect(try bench.gate("2026-12-10T01:05") == ["CLOSED", "outside_window"])
    #expect(!(try bench.calendar()).contains("UID:CHG-2026-0001"))
    #expect(try bench.calendar().contains("BEGIN:VEVENT"), "a calendar without an event is not taken")
    // Moved to what today's rules allow, it stands.
    let moved = try bench.run(
      "reschedule", "CHG-2026-0001", "--start", "2026-12-10T01:00", "--duration", "1h", "--reason", "New contract")
    #expect(moved.status == 0, "\(moved.output)")
    #expect(try bench.conflicts() == [:])
    #expect(try bench.gate("2026-12-10T01:05") == ["OPEN", "change"])
  }

  /// Neighbours: a day of the week, a public holiday of the file, the zone of the holidays.
  @Test func `Weekdays, holidays and their zones that change`() throws {
    let bench = try Bench()
    try bench.plan("2026-11-29T12:00", "1h")
    try bench.plan("2027-05-08T12:00", "1h")
    #expect(try bench.conflicts() == [:])
    try bench.edit { $0.replacing("weekdays: [sunday]", with: "weekdays: [saturday]") }
    #expect(try bench.conflicts() == ["CHG-2026-0001": ["outside_window"]])
    try bench.edit { $0.replacing("weekdays: [saturday]", with: "weekdays: [sunday]") }
    try bench.edit("holidays/fr.yaml") { text in
      text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.contains("05-08") }
        .joined(separator: "\n")
    }
    #expect(try bench.conflicts() == ["CHG-2026-0002": ["outside_window"]])
    // Saturday 26 December is a holiday in Alsace and Moselle alone.
    try bench.edit { $0.replacing("fr/metropole ", with: "fr/alsace-moselle ") }
    try bench.plan("2026-12-26T12:00", "1h")
    #expect(try bench.conflicts() == ["CHG-2026-0002": ["outside_window"]])
    try bench.edit { $0.replacing("fr/alsace-moselle ", with: "fr/metropole ") }
    #expect(try bench.conflicts().keys.sorted() == ["CHG-2026-0002", "CHG-2026-0003"])
  }

  @Test func `Components and environments that go make a conflict and shut nothing`() throws {
    let bench = try Bench()
    try bench.plan("2026-12-06T01:00", "1h", "--component", "flux")
    try bench.plan("2026-12-07T01:00", "1h", "--environment", "preproduction")
    try bench.edit { $0.replacing("[application, administration, flux]", with: "[application, administration]") }
    #expect(try bench.conflicts() == ["CHG-2026-0001": ["unknown_component"]])
    #expect(try bench.gate("2026-12-06T01:30") == ["OPEN", "change"])
    try bench.edit { $0.replacing("[production, preproduction]", with: "[production]") }
    #expect(
      try bench.conflicts() == ["CHG-2026-0001": ["unknown_component"], "CHG-2026-0002": ["unknown_environment"]])
    let french = try bench.run("conflicts", "--lang", "fr").output
    #expect(french.contains("✗ Absent du contrat désormais\u{A0}: composant flux."))
    #expect(try bench.run("show", "CHG-2026-0001").output.contains("component flux"))
  }

  @Test func `A plan whose time is over is in conflict no more; one without a known end is`() throws {
    let bench = try Bench()
    try bench.plan("2026-12-24T01:00", "2h")
    let urgent = try bench.run(
      "emergency", "--start", "2026-12-24T00:30", "--title", "Disk", "--reason", "Full", "--component", "flux",
      "--alongside", "CHG-2026-0001", at: "2026-12-23T12:00:00+01:00")
    #expect(urgent.status == 0, "\(urgent.output)")
    try bench.edit { $0.replacing("[application, administration, flux]", with: "[application, administration]") }
    try bench.freeze("20261220", "20270104")
    let (plan, open) = ("CHG-2026-0001", "CHG-2026-0002")
    let rows = [("02:59:59", [open, plan]), ("03:00:00", [open])]
    for (time, ids) in rows {
      let now = "2026-12-24T\(time)+01:00"
      let found = try bench.run("conflicts", "--json", at: now)
      #expect(found.status == 3)
      #expect(try found.json().array?.map { $0["change"]?.string } == ids, "\(time)")
      let standing = try bench.run("show", plan, "--json", at: now).json()["standing"]
      #expect(standing?.isNull == (ids.count == 1))
      let listed = try bench.run("list", "--json", at: now).json().array
      #expect(listed?.count { $0["standing"]?["status"] == "refused" } == ids.count)
    }
    let diff = try bench.run(
      "contract", "check", "--calendars", bench.folder.path, "--register", bench.program.path("register.sqlite"),
      "--json",
      at: "2026-12-24T03:00:00+01:00")
    #expect(try diff.json().array?.map { $0["change"]?.string } == [open])
  }

  @Test func `Only plans and work under way have a standing`() throws {
    let bench = try Bench()
    try bench.plan("2026-12-06T01:00", "1h")
    let draft = try bench.run("submit", "--start", "2026-12-07T12:00", "--duration", "1h", "--title", "Noon", "--json")
    #expect(draft.status == 3)
    _ = try bench.run("cancel", "CHG-2026-0001", "--reason", "No")
    for id in ["CHG-2026-0001", "CHG-2026-0002"] {
      #expect(try bench.run("show", id, "--json").json()["standing"]?.isNull == true)
    }
    #expect(try bench.run("conflicts").output == "[SIMULATION]\nToday’s rules refuse no plan.\n")
    #expect(try bench.run("conflicts", "--service", "nowhere").status == 64)
  }
}
