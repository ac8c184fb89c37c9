import Foundation
import JSONText
import TestSupport
import Testing

/// What an edit of a contract would change, before it is in force. Expected values are reckoned by hand from the files.
@Suite struct ContractDiffTests {
  static let now = "2026-11-20T10:00:00+01:00"
  static let days = ["--from", "2026-12-01", "--to", "2026-12-08"]

  /// The contract with a second version, in force from December on, in which the nights are shorter.
  static func narrow(_ text: String) -> String {
    guard let first = text.range(of: "  - effective-from: 2021-10-18"), let end = text.range(of: "clients: []") else {
      return text
    }
    let version = text[first.lowerBound..<end.lowerBound]
      .replacing("2021-10-18\n    time-zone", with: "2026-12-01\n    time-zone")
      .replacing("nights: 00:00-07:00", with: "nights: 01:00-05:00")
    return "\(text[..<end.lowerBound])\(version)\(text[end.lowerBound...])"
  }

  static func diff(_ program: Program, _ new: String, _ more: [String] = days) throws -> (status: Int32, json: JSON) {
    let answer = try program.run(
      ["contract", "diff", Program.root.appending(path: "calendars").path, new, "--json"] + more)
    return (answer.status, try #require(try answer.json().array?.first, "\(answer.errors)"))
  }

  @Test(arguments: ["en", "fr"])
  func `The same contract has no difference`(lang: String) throws {
    let program = try Program(now: Self.now)
    let folder = Program.root.appending(path: "calendars").path
    let answer = try program.run("contract", "diff", folder, "--lang", lang)
    #expect(answer.status == 0)
    #expect(answer.output.contains(lang == "fr" ? "aucune différence" : "no difference"))
    let json = try Self.diff(program, folder).json
    for key in ["terms", "windows", "holidays", "freezes", "conflicts", "months"] {
      #expect(json[key]?.array?.isEmpty == true)
    }
  }

  @Test func `A stretch beyond which nothing can be planned is refused at once`() throws {
    let program = try Program(now: Self.now)
    let folder = Program.root.appending(path: "calendars").path
    for lang in ["en", "fr"] {
      let answer = try program.run(
        "contract", "diff", folder, "--from", "2026-01-01", "--to", "9999-01-01", "--lang", lang)
      #expect(answer.status == 64 && answer.output.isEmpty)
      #expect(answer.errors.contains(lang == "fr" ? "dix ans au plus" : "ten years at most"))
    }
    #expect(try program.run("contract", "diff", folder, "--from", "2026-01-01", "--to", "2036-01-01").status == 0)
  }

  /// Six nights of that week lose three hours each; Sunday 6 December is open all day under both.
  @Test func `A version with other nights changes the term from its day on, and the windows of each night`() throws {
    let program = try Program(now: Self.now)
    let (status, json) = try Self.diff(program, program.calendars { Self.narrow($0) })
    #expect(status == 0)
    let term = try #require(json["terms"]?.array?.first)
    #expect(json["terms"]?.array?.count == 1 && term["key"]?.string == "maintenance-window.nights")
    #expect(term["from"]?.string == "2026-12-01" && term["until"] == .null)
    #expect(term["before"]?.string == "00:00–07:00 every day" && term["after"]?.string == "01:00–05:00 every day")
    let windows = try #require(json["windows"]?.array)
    #expect(windows.map { $0["environment"]?.string } == ["production", "preproduction"])
    for window in windows {
      #expect(window["opened"]?.array?.isEmpty == true)
      let closed = try #require(window["closed"]?.array)
      let seconds: [Int64] = closed.compactMap { $0["seconds"]?.integer }
      #expect(closed.count == 12 && seconds.reduce(0, +) == 18 * 3600)
      #expect(closed.first?["start"]?.string == "2026-12-01T00:00:00+01:00")
      #expect(closed.last?["end"]?.string == "2026-12-07T07:00:00+01:00")
    }
  }

  /// The example of a plan that a later version makes impossible; the other stands.
  @Test(arguments: ["en", "fr"])
  func `Plans that the new contract refuses are named, and are exit 3`(lang: String) throws {
    let program = try Program(now: Self.now)
    _ = try program.run("submit", "--start", "2026-12-10T02:00", "--duration", "1h", "--title", "Index")
    _ = try program.run("submit", "--start", "2026-12-11T00:15", "--duration", "1h", "--title", "Base")
    let folder = try program.calendars { Self.narrow($0) }
    let (status, json) = try Self.diff(program, folder)
    #expect(status == 3)
    let conflicts = try #require(json["conflicts"]?.array)
    #expect(conflicts.map { $0["start"]?.string } == ["2026-12-11T00:15:00+01:00"])
    #expect(conflicts.first?["new"]?.bool == true)
    #expect(conflicts.first?["findings"]?.array?.map { $0["code"]?.string } == ["outside_window"])
    // In force now, it is no new one; the check of what is in force says it too.
    let known = try program.run("contract", "diff", folder, folder, "--json")
    #expect(known.status == 3)
    #expect(try known.json().array?.first?["conflicts"]?.array?.first?["new"]?.bool == false)
    let register = program.path("register.sqlite")
    let check = try program.run("contract", "check", "--calendars", folder, "--register", register, "--lang", lang)
    #expect(
      check.status == 3
        && check.output.contains(lang == "fr" ? "Plans qui seraient en conflit" : "would be in conflict"))
    // The register of the environment is one, too.
    #expect(try program.run("contract", "check", "--calendars", folder).status == 3)
    let none = ["PREAVIS_REGISTER": program.path("none.sqlite")]
    #expect(try program.run(["contract", "check", "--calendars", folder], setting: none).status == 0)
    #expect(try program.run("contract", "check", "--register", register).status == 0)
  }

  /// An hour of Monday 9 November 2026: November has 20 business days, 13 h of PRT each.
  @Test func `Months with stops whose judgement differs are named`() throws {
    let program = try Program(now: Self.now)
    let outage = [
      "outage", "record", "--start", "2026-11-09T10:00", "--end", "2026-11-09T11:00", "--cause", "incident",
    ]
    #expect(try program.run(outage).status == 0)
    let strict = try program.calendars { $0.replacing("target: 99 %", with: "target: 99.9 %") }
    let json = try Self.diff(program, strict).json
    let month = try #require(json["months"]?.array?.first)
    #expect(json["months"]?.array?.count == 1 && month["month"]?.string == "2026-11")
    #expect(month["before"]?["prt_seconds"]?.text == "936000")
    #expect(month["before"]?["td_percent"]?.string == "99.615385")
    #expect(month["before"]?["td_percent"]?.string == month["after"]?["td_percent"]?.string)
    #expect(month["before"]?["met"]?.bool == true && month["after"]?["met"]?.bool == false)
    let text = try program.run(
      "contract", "diff", Program.root.appending(path: "calendars").path, strict, "--lang", "fr")
    #expect(text.status == 0)
    #expect(text.output.contains("99,9\u{202F}% non respecté"), "\(text.output)")
    // The check of what is to come says the same of what is in force.
    let check = try program.run("contract", "check", "--calendars", strict, "--json")
    #expect(check.status == 0)
    #expect(try check.json().array == [month])
    #expect(try program.run("contract", "check", "--calendars", strict).output.contains("2026"))
    #expect(try program.run("contract", "check", "--json").json().array == [])
    let none = try program.calendars("later") { $0.replacing("hours: 07:00-20:00", with: "hours: 12:00-20:00") }
    let after = try #require(try Self.diff(program, none).json["months"]?.array?.first?["after"])
    #expect(after["ti_seconds"]?.integer == 0 && after["prt_seconds"]?.integer == 20 * 8 * 3600)
  }

  @Test func `Other holidays and freezes are told by their days`() throws {
    let program = try Program(now: Self.now)
    let folder = try program.calendars {
      $0.replacing("holidays: fr/metropole", with: "holidays: fr/alsace-moselle")
        .replacing("freezes: [freezes/declaration-2035.ics]", with: "freezes: []")
    }
    // Good Friday 2027 and 26 December, by the ordonnance of 16 August 1892.
    let json = try Self.diff(program, folder, ["--from", "2026-12-01", "--to", "2027-12-01"]).json
    #expect(json["holidays"]?.array?.map { $0["date"]?.string } == ["2026-12-26", "2027-03-26"])
    #expect(json["holidays"]?.array?.allSatisfy { $0["before"] == .null } == true)
    #expect(json["terms"]?.array?.map { $0["key"]?.string } == ["holidays"])
    #expect(json["freezes"]?.array?.isEmpty == false)
    #expect(json["freezes"]?.array?.allSatisfy { $0["new"]?.bool == false } == true)
  }

  @Test func `A file alone is compared with the holidays and freezes in force`() throws {
    let program = try Program(now: Self.now)
    let shipped = Program.root.appending(path: "calendars/services/profession-liberale.yaml")
    let text = try String(contentsOf: shipped, encoding: .utf8)
    let file = program.path("draft.yaml")
    try Data(text.replacing("notice: 48h", with: "notice: 72h").utf8).write(to: URL(filePath: file))
    let answer = try program.run("contract", "diff", file, "--json")
    #expect(answer.status == 0, "\(answer.errors)")
    let terms = try #require(try answer.json().array?.first?["terms"]?.array)
    // OLD is the draft here, and NEW what is in force.
    #expect(terms.map { $0["before"]?.string } == ["72\u{202F}h"])
    #expect(terms.map { $0["from"] } == [.null] && terms.map { $0["until"] } == [.null])
    try Data(text.replacing("notice: 48h", with: "notise: 48h").utf8).write(to: URL(filePath: file))
    let broken = try program.run("contract", "diff", file)
    #expect(broken.status == 65 && broken.errors.contains("\(file):"), "\(broken.errors)")
    try Data(text.replacing("service: profession-liberale", with: "service: paie").utf8).write(to: URL(filePath: file))
    #expect(try program.run("contract", "diff", file).status == 64)
    #expect(try program.run("contract", "diff", program.path("none.yaml")).status == 65)
  }
}
