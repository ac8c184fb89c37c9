import Foundation
import JSONText
import TestSupport
import Testing

/// An outage as clients and their programs see it, and outages in bulk. Source: faults.md, 4 and 5; product.md, section 7.
@Suite struct OutagePublicationTests {
  private static let site = "site/profession-liberale"

  private static func program(_ outages: String? = nil) throws -> (program: Program, setting: [String: String]) {
    let program = try Program(now: "2026-10-19T09:00:00+02:00")
    let calendars = try program.calendarsWithClients()
    if let outages {
      let file = "\(calendars)/services/profession-liberale.yaml"
      let text = try String(contentsOfFile: file, encoding: .utf8)
        .replacing("publication: { keep-past", with: "publication: { outages: \(outages), keep-past")
      try Data(text.utf8).write(to: URL(filePath: file))
    }
    return (program, ["PREAVIS_CALENDARS": calendars])
  }

  private func exported(_ program: Program, _ setting: [String: String]) throws -> [String: String] {
    let answer = try program.run(["export", "--out", "site"], setting: setting)
    #expect(answer.status == 0, "\(answer.errors)")
    let names = [
      "summary": "api/v2/summary.json", "unresolved": "api/v2/incidents/unresolved.json",
      "incidents": "api/v2/incidents.json", "fr": "index.html", "en": "en/index.html", "atom": "feeds/atom.en.xml",
      "json": "feeds/feed.fr.json", "history.atom": "history.atom", "history.rss": "history.rss",
      "maintenances": "api/v2/scheduled-maintenances.json", "past": "en/past.html",
    ]
    return try names.mapValues { try String(contentsOfFile: program.path("\(Self.site)/\($0)"), encoding: .utf8) }
  }

  @Test func `Nobody hears that the service is back while an outage of it goes on`() throws {
    let (program, setting) = try Self.program()
    func run(_ arguments: String...) throws -> String {
      let answer = try program.run(arguments, setting: setting)
      #expect(answer.status == 0, "\(answer.errors)")
      return answer.output
    }
    _ = try run(
      "emergency", "--start", "2026-10-19T08:00", "--end", "2026-10-19T08:30", "--title", "T", "--reason", "R")
    let notice = ["notice", "CHG-2026-0001", "--lang", "en", "--format", "text"]
    let again = "The service was unavailable during the work, and is available again."
    #expect(try program.run(notice, setting: setting).output.contains(again))
    _ = try run("outage", "record", "--start", "2026-10-19T08:40", "--cause", "incident")
    #expect(try !program.run(notice, setting: setting).output.contains("again"))
  }

  @Test(arguments: [nil, "status", "full", "none"])
  func `An outage that goes on is told as the contract says, and never its evidence`(key: String?) throws {
    let (program, setting) = try Self.program(key)
    let recorded = try program.run(
      [
        "outage", "record", "--start", "2026-10-19T08:40", "--cause", "incident", "--title", "TITLE", "--evidence",
        "EVIDENCE", "--component", "administration",
      ], setting: setting)
    #expect(recorded.status == 0, "\(recorded.errors)")
    let files = try exported(program, setting)
    for (name, text) in files { #expect(!text.contains("EVIDENCE"), "\(name)") }
    let told = key != "none"
    for name in ["summary", "unresolved", "incidents", "atom", "json", "history.atom", "history.rss"] {
      #expect(files[name]?.contains("OUT-2026-0001") == told, "\(name)")
      #expect(files[name]?.contains("TITLE") == (key == "full"), "\(name)")
    }
    #expect(
      files["en"]?.contains("component has been unavailable since Monday 19 October 2026 at 08:40 (Paris time)") == told
    )
    #expect(
      files["fr"]?.contains(
        "composant administration est indisponible depuis le lundi 19 octobre 2026 à 8\u{202F}h\u{202F}40 (heure de Paris)"
      )
        == told)
    let summary = try JSON(parsing: try #require(files["summary"]))
    #expect(summary["status"]?["indicator"]?.string == (told ? "major" : "none"))
    let states = summary["components"]?.array?.map { $0["status"]?.string }
    #expect(states == (told ? ["operational", "major_outage", "operational"] : []))

    // The end.
    let later = setting.merging(["PREAVIS_NOW": "2026-10-19T10:00:00+02:00"]) { $1 }
    #expect(
      try program.run(["outage", "amend", "OUT-2026-0001", "--end", "2026-10-19T09:30"], setting: later).status == 0)
    let over = try exported(program, later)
    #expect(try JSON(parsing: try #require(over["unresolved"]))["incidents"] == [])
    #expect(over["incidents"]?.contains("resolved") == (key == "full"))
    #expect(over["atom"]?.contains("08:40 to 09:30") == told)
    for page in ["en", "past"] { #expect(over[page]?.contains("Past outages") == (key == "full")) }
    #expect(over["en"]?.contains("unavailable since") == false)

    // A week later the status is history's; a record of mistake is withdrawn.
    let week = setting.merging(["PREAVIS_NOW": "2026-10-27T10:00:00+01:00"]) { $1 }
    #expect(try exported(program, week)["atom"]?.contains("OUT-2026-0001") == (key == "full"))
    #expect(try program.run(["outage", "void", "OUT-2026-0001", "--reason", "EVIDENCE"], setting: week).status == 0)
    let withdrawn = try exported(program, week)
    #expect(withdrawn["atom"]?.contains("Outage withdrawn") == told)
    for (name, text) in withdrawn { #expect(!text.contains("EVIDENCE"), "\(name)") }
  }

  /// Source: contract, article 6. October 2026 has 22 working days of 13 hours: 50 minutes of 17,160 are 0.2913…%, and
  /// 99.7086… is rounded down. Before the first thing that was recorded, on 19 October, nothing is known.
  @Test func `The portal says how available the service was, where the contract says so`() throws {
    let (program, setting) = try Self.program("status, availability: true")
    let recorded = try program.run(
      ["outage", "record", "--start", "2026-10-19T08:10", "--end", "2026-10-19T09:00", "--cause", "incident"],
      setting: setting)
    #expect(recorded.status == 0, "\(recorded.errors)")
    let november = setting.merging(["PREAVIS_NOW": "2026-11-03T10:00:00+01:00"]) { $1 }
    let page = try #require(try exported(program, november)["fr"]).replacing("\u{202F}", with: " ")
      .replacing("\u{A0}", with: " ")
    let rows = page.matches(of: #/<th scope="row">([^<]*)<\/th>\n<td><strong>([^<]*)<\/strong><\/td>\n<td>([^<]*)</#)
    #expect(
      rows.map { "\($0.1) | \($0.2) | \($0.3)" } == [
        "Novembre 2026 | 100 % | 99 %, provisoire", "Octobre 2026 | 99,70 % | 99 %, respecté",
      ])
    let (plain, without) = try Self.program()
    #expect(try exported(plain, without)["fr"]?.contains("Disponibilité</h2>") == false)
  }

  /// Neighbours: a start that lies further back than anything is kept, an environment of the past at once.
  @Test(arguments: ["status", "full"])
  func `An outage that was told and is recorded elsewhere since is withdrawn or corrected, not passed over`(
    key: String
  ) throws {
    let moves: [(fields: [String], news: String, isKept: Bool)] = [
      (["--environment", "preproduction"], "Outage withdrawn", true),
      (
        ["--environment", "preproduction", "--start", "2025-10-19T08:40", "--end", "2025-10-19T09:00"],
        "Outage withdrawn", true
      ),
      (["--start", "2025-10-19T08:40", "--end", "2025-10-19T09:00"], "Outage corrected", false),
    ]
    for (fields, news, isKept) in moves {
      let (program, setting) = try Self.program(key)
      let old = try program.run(
        ["outage", "record", "--start", "2025-01-06T10:00", "--end", "2025-01-06T11:00", "--cause", "incident"],
        setting: setting)
      #expect(old.status == 0, "\(old.errors)")
      let recorded = try program.run(
        ["outage", "record", "--start", "2026-10-19T08:40", "--cause", "incident", "--title", "TITLE"], setting: setting
      )
      #expect(recorded.status == 0, "\(recorded.errors)")
      let later = setting.merging(["PREAVIS_NOW": "2026-10-19T10:00:00+02:00"]) { $1 }
      let amended = try program.run(["outage", "amend", "OUT-2026-0002", "--reason", "WHY"] + fields, setting: later)
      #expect(amended.status == 0, "\(amended.errors)")
      let files = try exported(program, later)
      #expect(files["atom"]?.contains(news) == true, "\(fields)")
      #expect(files["unresolved"]?.contains("OUT-") == false)
      // What was over long before it was recorded is no news.
      for (name, text) in files { #expect(!text.contains("OUT-2026-0001"), "\(name)") }
      for (now, isTold) in [
        ("2026-10-26T08:59:00+01:00", true), ("2026-10-27T10:00:00+01:00", key == "full" && isKept),
      ] {
        let then = setting.merging(["PREAVIS_NOW": now]) { $1 }
        #expect(try exported(program, then)["atom"]?.contains(news) == isTold, "\(fields) \(now)")
      }
    }
  }

  @Test func `Another title is news where titles are told`() throws {
    let (program, setting) = try Self.program("full")
    for arguments in [
      ["record", "--start", "2026-10-19T08:40", "--cause", "incident", "--title", "Login fails"],
      ["amend", "OUT-2026-0001", "--title", "Payslips fail"],
    ] {
      let answer = try program.run(["outage"] + arguments, setting: setting)
      #expect(answer.status == 0, "\(answer.errors)")
    }
    let files = try exported(program, setting)
    #expect(files["atom"]?.contains("Subject: Payslips fail.") == true)
    #expect(files["json"]?.contains("Objet\u{A0}: Payslips fail.") == true)
    #expect(files["unresolved"]?.contains("Objet\u{A0}: Payslips fail.") == true)
  }

  @Test func `A plan that passed without a start is told by the status page as by the portal`() throws {
    let (program, setting) = try Self.program()
    try program.submit("2026-10-25T01:00")
    let later = setting.merging(["PREAVIS_NOW": "2026-10-26T09:00:00+01:00"]) { $1 }
    let files = try exported(program, later)
    let plan = try JSON(parsing: try #require(files["maintenances"]))["scheduled_maintenances"]?.array?.first
    #expect(plan?["status"]?.string == "completed")
    let remark = "le déroulement de l’intervention reste à confirmer"
    #expect(plan?["incident_updates"]?.array?.first?["body"]?.string?.contains(remark) == true)
    #expect(files["fr"]?.contains(remark) == true)
  }

  @Test func `Outages in bulk are recorded all or none, once, and told by file and line`() throws {
    let (program, setting) = try Self.program()
    let good = """
      start;end;cause;title;component;evidence
      2026-10-12T10:05;2026-10-12T10:50;incident;Login fails;administration;Ticket 1
      2026-10-13T08:00;;incident;Slow;;

      """
    func run(_ text: String, _ more: String...) throws -> Program.Answer {
      try program.run(["outage", "import", "-", "--format", "csv", "--json"] + more, input: text, setting: setting)
    }
    func count() throws -> Int? { try program.run(["outage", "list", "--json"], setting: setting).json().array?.count }
    let rehearsed = try run(good, "--dry-run")
    #expect(rehearsed.status == 0, "\(rehearsed.errors)")
    #expect(try rehearsed.json().array?.map { $0["status"]?.string } == ["allowed", "allowed"])
    #expect(try count() == 0)
    let bad = try run(good + "2026-10-14T08:00;2026-10-14T07:00;incident;;;\n2026-10-14T08:00;;meteor;;;\n")
    #expect(bad.status == 65)
    #expect(bad.errors.contains("-:4: ") && bad.errors.contains("-:5: "), "\(bad.errors)")
    #expect(try count() == 0)
    let recorded = try run(good)
    #expect(recorded.status == 0, "\(recorded.errors)")
    let rows = try recorded.json().array ?? []
    #expect(rows.map { $0["status"]?.string } == ["recorded", "recorded"])
    #expect(rows[0]["outage"]?["components"] == ["administration"])
    #expect(rows[0]["outage"]?["start"]?.string == "2026-10-12T10:05:00+02:00")
    #expect(rows[1]["outage"]?["state"]?.string == "ongoing")
    #expect(try run(good).json().array?.map { $0["status"]?.string } == ["already_imported", "already_imported"])
    let lines =
      #"{"start":"2026-10-12T10:05","end":"2026-10-12T10:50","cause":"incident","title":"Login fails","components":["administration"],"evidence":"Ticket 1"}"#
    let same = try program.run(
      ["outage", "import", "-", "--format", "jsonl", "--json"], input: lines, setting: setting)
    #expect(try same.json().array?.map { $0["status"]?.string } == ["already_imported"])
    #expect(try count() == 2)
    let own = try program.run(
      ["outage", "import", "-", "--format", "jsonl"], input: #"{"id":"OUT-2026-0001"}"#, setting: setting)
    #expect(own.status == 65 && own.errors.contains("the register says that"), "\(own.errors)")
  }
}
