import Foundation
import JSONText
import TestSupport
import Testing

/// The account of a month, as the program writes it.
@Suite struct ReportVerbTests {
  /// December 2026 of the shipped contract: a plan that overran, one that was refused, an emergency that was recorded
  /// when it was over. The clock of the register goes from one command to the next.
  static func december() throws -> Program {
    let program = try Program(now: "2026-12-01T10:00:00+01:00")
    func run(_ now: String, _ arguments: String..., status: Int32 = 0) throws {
      let answer = try program.run(arguments, setting: ["PREAVIS_NOW": "2026-12-\(now):00+01:00"])
      try #require(answer.status == status, "\(arguments): \(answer.output) \(answer.errors)")
    }
    try run("01T10:00", "submit", "--start", "2026-12-08T01:00", "--duration", "2h", "--title", "Migration <b>")
    try run("01T11:00", "submit", "--start", "2026-12-09T14:00", "--duration", "2h", "--title", "By day", status: 3)
    try run("08T01:00", "start", "CHG-2026-0001")
    try run("08T03:30", "complete", "CHG-2026-0001", "--reason", "Slow disks")
    try run(
      "15T12:00", "emergency", "--start", "2026-12-15T10:00", "--end", "2026-12-15T11:00", "--title", "Disk full",
      "--reason", "Storage alarm")
    return program
  }

  @Test func `JSON has the figures`() throws {
    let program = try Self.december()
    let after = ["PREAVIS_NOW": "2027-01-02T10:00:00+01:00"]
    let answer = try program.run(["report", "--month", "2026-12", "--json"], setting: after)
    #expect(answer.status == 0, "\(answer.errors)")
    let json = try answer.json()
    #expect(json["planned"] == ["total": 2, "maintenance": 1, "emergency": 1, "update": 0])
    #expect(
      json["refused"] == [
        "requests": 1, "changes": 1, "by_rule": [["code": "outside_window", "requests": 1]],
      ])
    #expect(json["begun"]?["total"]?.integer == 2)
    #expect(json["completed"]?["total"]?.integer == 2)
    // The refused draft has the number between.
    #expect(
      json["emergencies"]
        == ["count": 1, "work": 2, "share_percent": "50.0", "recorded_afterwards": ["CHG-2026-0003"]])
    // From the 1st at 10:00 to the 8th at 01:00: 6 days and 15 hours.
    #expect(json["notice"]?["shortest_seconds"]?.integer == 572_400)
    #expect(json["notice"]?["median_seconds"]?.integer == 572_400)
    #expect(json["notice"]?["too_short"]?.integer == 0)
    #expect(json["overruns"]?["total_seconds"]?.integer == 1800)
    #expect(json["notices"]?["published"]?.integer == 0)
    #expect(json["notices"]?["late"]?.integer == 2)
    #expect(json["availability"]?["ti_seconds"]?.integer == 0)
    #expect(json["availability"]?["without_late_urgency"]?["ti_seconds"]?.integer == 3600)
    #expect(json["provisional"]?.bool == false)
    #expect(json["simulation"]?.bool == true)
    #expect(
      try program.run(["report", "--month", "2026-12", "--format", "json"], setting: after).output == answer.output)
    let middle = try program.run(["report", "--json"], setting: ["PREAVIS_NOW": "2026-12-20T10:00:00+01:00"]).json()
    #expect(middle["month"]?.string == "2026-12")
    #expect(middle["provisional"]?.bool == true)
  }

  @Test(arguments: ["en", "fr"])
  func `Text keeps to 80 columns, and the page is well-formed and says the same`(language: String) throws {
    let program = try Self.december()
    func run(_ format: String, _ month: String = "2026-12") throws -> String {
      let answer = try program.run(
        ["report", "--month", month, "--format", format, "--lang", language],
        setting: ["PREAVIS_NOW": "2026-12-20T10:00:00+01:00"])
      #expect(answer.status == 0, "\(answer.errors)")
      return answer.output
    }
    let text = try run("text")
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(text.hasPrefix("[SIMULATION]"))
    #expect(text.contains(language == "fr" ? "Préavis donnés" : "Notice given"))
    #expect(text.contains(language == "fr" ? "hors de la fenêtre\u{A0}: 1" : "outside the window: 1"))
    #expect(text.contains(language == "fr" ? "1 sur 2 (50,0" : "1 of 2 (50.0"))
    for month in ["2026-12", "2026-11", "2027-02"] {
      let page = try #require(PageReader(Array(try run("html", month).utf8)))
      #expect(page.attributes.isDisjoint(with: ["style", "onclick", "onload"]))
      #expect(page.elements["script"] == nil)
      #expect(Set(page.ids).count == page.ids.count)
      #expect(Set(page.labels).isSubset(of: page.ids))
      #expect(page.elements["svg"] == (month == "2026-12" ? 2 : 1))
      #expect(page.words.contains("[SIMULATION]"))
      // Text alternatives: a table beside each plot, and title and description in it.
      #expect(page.elements["desc"] == page.elements["svg"])
      if month == "2026-12" { #expect(page.words.contains(language == "fr" ? "1 sur 2 (50,0" : "1 of 2 (50.0")) }
    }
  }

  @Test func `The page is laid out for A4, and names the service and the month as people do`() throws {
    let program = try Self.december()
    func page(_ month: String, _ language: String = "fr") throws -> String {
      try program.run(
        ["report", "--month", month, "--format", "html", "--lang", language],
        setting: ["PREAVIS_NOW": "2026-12-20T10:00:00+01:00"]
      ).output
    }
    let french = try page("2026-12")
    #expect(french.contains("@page { size: A4;"))
    #expect(french.contains("Compte rendu de décembre 2026 – Cegid Profession Libérale</title>"))
    #expect(french.contains("<p>Cegid Profession Libérale, production, heure de Paris</p>"))
    #expect(try page("2026-10").contains("Compte rendu d’octobre 2026"))
    #expect(try page("2026-10", "en").contains("Account of October 2026"))
    // What is owed may be much: a table of its own, whose head comes again on each sheet.
    let heads = french.matches(of: /<thead>([\s\S]*?)<\/thead>/).map { String($0.1) }
    #expect(heads.contains { head in ["Changement", "Avis", "Dû le"].allSatisfy { head.contains(">\($0)<") } })
    let descriptions = french.matches(of: /<desc[^>]*>([^<]*)<\/desc>/).map { String($0.1) }
    #expect(descriptions.count == 2 && descriptions[0].contains(";"))
    for part in descriptions.flatMap({ $0.split(separator: ";").dropLast() }) {
      #expect(part.last == "\u{202F}", "\(part)")
    }
  }

  @Test func `What still goes on makes the availability of a month that is over provisional, in words`() throws {
    let program = try Program(now: "2026-12-01T10:00:00+01:00")
    func run(_ now: String, _ arguments: String...) throws -> String {
      let answer = try program.run(arguments, setting: ["PREAVIS_NOW": "\(now):00+01:00"])
      #expect(answer.status == 0, "\(answer.errors)")
      return answer.output
    }
    _ = try run("2026-12-01T10:00", "submit", "--start", "2026-12-08T01:00", "--duration", "2h", "--title", "Migration")
    #expect(!(try run("2026-12-02T10:00", "report", "--month", "2026-11", "--lang", "fr")).contains("Provisoire"))
    _ = try run("2026-12-08T01:00", "start", "CHG-2026-0001")
    let text = try run("2027-01-02T10:00", "report", "--month", "2026-12", "--lang", "fr")
    #expect(text.contains("Provisoire            CHG-2026-0001 est en cours\u{A0}: compté"))
    let page = try run("2027-01-02T10:00", "report", "--month", "2026-12", "--lang", "en", "--format", "html")
    #expect(page.contains("CHG-2026-0001 goes on: counted up to now"))
  }

  @Test(arguments: [
    ["report", "--month", "2026-13"], ["report", "--format", "pdf"], ["report", "--environment", "moon"],
    ["report", "--service", "moon"], ["report", "--json", "--format", "html"],
  ])
  func `What cannot be told is wrong usage`(arguments: [String]) throws {
    let answer = try Program(now: "2026-12-01T10:00:00+01:00").run(arguments)
    #expect(answer.status == 64)
    #expect(answer.output.isEmpty && !answer.errors.isEmpty)
  }
}
