import CivilTime
import Foundation
import Planning
import Testing

@testable import Files

@Suite struct BrokenContractTests {
  /// The shipped contract with one text replaced, and what is said about it.
  struct Row: CustomTestStringConvertible, Sendable {
    let old: String
    let new: String
    /// Part of the message, whose line is that of `at` in the changed file.
    let message: String
    let at: String
    var testDescription: String { new }

    init(_ old: String, _ new: String, _ message: String, at: String? = nil) {
      self.old = old
      self.new = new
      self.message = message
      self.at = at ?? new
    }
  }

  static let file = "services/profession-liberale.yaml"

  static let rows = [
    Row("notice: 48h", "notise: 48h", "unknown key `notise` in `planned-maintenance`; did you mean `notice`?"),
    Row("# qualification: after-take", "qualification: after-taking", "write after-take-in-charge or as-recorded"),
    Row("# subscriptions: closed", "subscriptions: yes", "write open or closed"),
    Row("notice: 48h", "notise: 48h", "missing key `notice` in `planned-maintenance`"),
    Row("notice: 48h", "notice: 2 days", "`notice` cannot be `2 days`; write a length of time such as 48h"),
    Row("notice: 48h", "notice: [48h]", "`notice` must be a text, not a list"),
    Row("organizer: maintenance@portal.example", "organizer: portal.example", "write a mail address"),
    Row("portal: https://portal", "portal: ftp://portal", "write an address that begins with https://"),
    Row("\"https://portal.example/support\"", "\"javascript:alert(1)\"", "`url` cannot be"),
    Row("name: Support, url", "name: Support, email: nobody, url", "`email` cannot be `nobody`"),
    Row("service: profession-liberale", "service: Profession_Libérale", "write small letters, digits and hyphens"),
    Row("source: Livret", "sourc: Livret", "did you mean `source`?"),
    Row("time-zone: Europe/Paris", "time-zone: Europe/Pariss", "no zone `Europe/Pariss`"),
    Row("time-zone: Europe/Paris", "time-zone: ../../etc/localtime", "is not the name of a time zone"),
    Row("fr/metropole ", "fr/metropol ", "did you mean `metropole`? (known: metropole, alsace-moselle"),
    Row("fr/metropole ", "xx/metropole ", "holidays/xx.yaml cannot be used"),
    Row("nights: 00:00-07:00", "nights: 00:00-25:00", "`nights` cannot be `00:00-25:00`; write a range"),
    Row("nights: 00:00-07:00", "nights: 07:00-07:00", "`nights` cannot be `07:00-07:00`"),
    Row("nights: 00:00-07:00", "nights: 00:00-24:00", "never closes", at: "clause: article 5\n      nights"),
    Row(
      "nights: 00:00-07:00", "nights: [22:00-10:00, 10:00-22:00]", "never closes", at: "clause: article 5\n      nights"
    ),
    Row("weekdays: [sunday] ", "weekdays: [monday-sunday] ", "never closes", at: "clause: article 5\n      nights"),
    Row(
      "nights: 00:00-07:00", "nights: [{ hours: 18:00-18:30, days: [monday-saturday] }, 18:30-18:00]", "never closes",
      at: "clause: article 5\n      nights"),
    Row("nights: 00:00-07:00", "nights: { hours: 00:00-07:00, days: [monday] }", "`nights` must be a list, not"),
    Row("nights: 00:00-07:00", "nights: [{ hours: 00:00-07:00 }]", "missing key `days` in `nights`"),
    Row("nights: 00:00-07:00", "nights: [{ hours: 00:00-07:00, days: [] }]", "there must be one at least"),
    Row("nights: 00:00-07:00", "nights: [{ hours: 00:00-07:00, days: [mondy] }]", "`days` cannot be `mondy`"),
    Row("nights: 00:00-07:00", "nights: [{ hours: 7-9, days: [monday] }]", "`hours` cannot be `7-9`"),
    Row("nights: 00:00-07:00", "nights: [{ hours: 00:00-07:00, day: monday }]", "did you mean `days`?"),
    Row("weekdays: [sunday] ", "weekdays: [sundy] ", "`weekdays` cannot be `sundy`"),
    Row("weekdays: [sunday] ", "weekdays: [sunday, sunday] ", "sunday stands twice in `weekdays`"),
    Row("holidays: true", "holidays: yes", "`holidays` must be true or false, not `yes`"),
    Row(
      "# any-time-environments: [preproduction]", "any-time-environments: [preprod]", "no environment of this service"),
    Row("keeps-notice }", "keep }", "write keeps-notice or plans-anew"),
    Row("target: 99 %", "target: 99.999 %", "at most two decimals"),
    Row("target: 99 %", "target: 0.99", "write a percentage"),
    Row("target: 99 %", "target: 101 %", "at most 100 %"),
    Row("hours: 07:00-20:00", "hours: 20:00-07:00", "write a range of times such as 07:00-20:00"),
    Row("share: 75 %", "share: 75,5 %", "`share`", at: "take-in-charge"),
    Row("[09:00-12:30, 14:30-17:30]", "[09:00-14:45, 14:30-17:30]", "overlap or are out of order"),
    Row("friday: [09", "thursday: [09", "thursday stands twice in `hours`"),
    Row("14 business days", "14 days", "write business days such as 14 business days"),
    Row("start: 2021-10-18", "start: 2021-02-29", "`start` cannot be `2021-02-29`"),
    Row("keep-past: 90 days", "keep-past: 90", "write a number of days such as 90 days"),
    Row("keep-past: 90 days", "keep-past: 90 days, portal: here", "write served or elsewhere"),
    Row("keep-past: 90 days", "keep-past: 90 days, send: later", "write automatic or reviewed"),
    Row(
      "{ keep-past: 90 days", "{ outages: all, keep-past: 90 days",
      "`outages` cannot be `all`; write none, status or full"),
    Row(
      "keep-past: 90 days", "keep-past: 90 days, availability: yes",
      "`availability` must be true or false, not `yes`"),
    Row(
      "url: \"https://portal.example/support\" }", "phone: ask us }",
      "`phone` cannot be `ask us`; write a number such as +33 1 23 45 67 89"),
    Row(
      "refuse-when-plannable: true }", "refuse-when-plannable: true, first-estimate: soon }",
      "`first-estimate` cannot be `soon`"),
    Row(
      "# gate: { opens: changes }", "gate: { opens: windows }", "`opens` cannot be `windows`; write changes or window"),
    Row("# gate: { opens: changes }", "gate: { open: window }", "did you mean `opens`?"),
    Row(
      "# gate: { opens: changes }", "approval: { clause: x, for: [emergency] }",
      "`emergency` is no kind of change that can be approved of this service (maintenance, update)"),
    Row(
      "# gate: { opens: changes }", "approval: { clause: x, by: engineer }",
      "`by` cannot be `engineer`; write release-manager or admin"),
    Row("# gate: { opens: changes }", "approval: { for: [update] }", "`clause`"),
    Row("# gate: { opens: changes }", "approval: { clause: x, for: [] }", "nothing to approve"),
    Row("# gate: { opens: changes }", "approval: { clause: x, four-eye: true }", "did you mean `four-eyes`?"),
    Row("[freezes/declaration-2035.ics]", "[../secret.ics]", "inside the calendars folder"),
    Row("[freezes/declaration-2035.ics]", "[freezes/none.ics]", "freezes/none.ics: no such file"),
    Row(
      "clients: []", "clients: [{ name: a, components: [flu] }]",
      "`flu` is no component of this service; did you mean `flux`?"),
    Row("clients: []", "clients: [{ name: a }, { name: a }]", "two clients are called `a`"),
    Row("clients: []", "clients:", "`clients` has no value"),
    Row("administration, flux]", "flux, { id: flux, fr: Flux }]", "`flux` stands twice in `components`"),
    Row("administration, flux]", "{ id: flux, fr: \"\" }]", "`fr` must be a text of 1 to 300 characters"),
    Row("administration, flux]", "{ id: flux, fr: \"a\\u0007b\" }]", "`fr` must be one line without control"),
    Row("administration, flux]", "{ id: flux, en: Data }]", "missing key `fr` in `components`"),
    Row("administration, flux]", "{ fr: Flux }]", "missing key `id` in `components`"),
    Row("administration, flux]", "{ id: flux, fr: F, public: false }]", "unknown key `public` in `components`"),
    Row(
      "environments: [production, preproduction]\nc", "environments: [{ id: production, public: false }]\nc",
      "`public`: clients work in `production`"),
    Row(
      "environments: [production, preproduction]\nc",
      "environments: [production, { id: preproduction, public: no }]\nc",
      "`public` must be true or false"),
    Row("clients: []", "portal: https://b.example", "key written twice: `portal`", at: "portal: https://portal"),
    Row("clients: []", "clients: [", "not YAML"),
    Row("clients: []", "clients: *nobody", "not YAML"),
  ]

  @Test(arguments: rows) func `what is wrong is named by file and line`(row: Row) throws {
    let bench = try Workbench()
    let text = try bench.text(Self.file)
    #expect(text.contains(row.old))
    let start = try #require(text.range(of: row.old))
    let changed = text.replacingCharacters(in: start, with: row.new)
    try bench.write(Self.file, Array(changed.utf8))
    let problems = ContractFolder(bench.path).check()
    let found = problems.filter { $0.file == "\(bench.path)/\(Self.file)" && $0.message.contains(row.message) }
    #expect(found.count == 1, "\(problems)")
    let place = try #require(changed.range(of: row.at))
    let line = changed[..<place.lowerBound].count { $0 == "\n" } + 1
    // The parser tells of an unclosed list or an unknown alias where it noticed it.
    if row.message != "not YAML" { #expect(found.first?.line == line, "\(problems)") }
    #expect(throws: FileProblems.self) { _ = try ContractFolder(bench.path).loadAll() }
  }

  @Test func `all problems of a file come at once, in order of lines`() throws {
    let bench = try Workbench()
    let text = try bench.text(Self.file).replacingOccurrences(of: "notice: 48h", with: "notice: 2d")
      .replacingOccurrences(of: "99 %", with: "99").replacingOccurrences(of: "sunday", with: "dimanche")
    try bench.write(Self.file, Array(text.utf8))
    let problems = ContractFolder(bench.path).check()
    #expect(problems.count == 3)
    #expect(problems.compactMap(\.line) == problems.compactMap(\.line).sorted())
    let first = try #require(problems.first)
    #expect(first.description == "\(first.file):\(first.line ?? 0): \(first.message)")
  }

  @Test func `versions stand in order and no date comes twice`() throws {
    for date in ["2021-10-18", "2020-01-01"] {
      let bench = try Workbench()
      let text = try bench.text(Self.file)
      let start = try #require(text.range(of: "  - effective-from"))
      let end = try #require(text.range(of: "clients: []"))
      let version = text[start.lowerBound..<end.lowerBound]
      let second = version.replacingOccurrences(of: "effective-from: 2021-10-18", with: "effective-from: \(date)")
      try bench.write(Self.file, Array(text.replacingCharacters(in: end, with: second + "clients: []").utf8))
      let problems = ContractFolder(bench.path).check()
      #expect(
        problems.map(\.message) == [
          "`effective-from`: \(date) is not after 2021-10-18; versions stand in order of their dates"
        ])
    }
  }

  @Test func `a service in two files is refused, and an unknown one gets a hint`() throws {
    let bench = try Workbench()
    try bench.write("services/second.yaml", Array(try bench.text(Self.file).utf8))
    let folder = ContractFolder(bench.path)
    #expect(folder.check().map(\.file) == ["\(bench.path)/services/second.yaml"])
    #expect(throws: FileProblems.self) { _ = try folder.load(service: "profession-liberale") }
    let error = #expect(throws: FileProblems.self) { _ = try folder.load(service: "profession-liberal") }
    #expect(error?.description.contains("did you mean `profession-liberale`?") == true)
  }

  @Test func `a broken file of another service does not stop this one`() throws {
    let bench = try Workbench(["services/other.yaml": "service: other\n"])
    let folder = ContractFolder(bench.path)
    #expect(try folder.load(service: "profession-liberale").contract.service == "profession-liberale")
    #expect(folder.check().contains { $0.message == "missing key `versions`" && $0.line == 1 })
  }

  @Test func `problems of a freeze are passed on with file and line`() throws {
    let bench = try Workbench()
    let name = "freezes/declaration-2035.ics"
    let text = try bench.text(name).replacingOccurrences(of: "VALUE=DATE:20260422", with: "VALUE=DATE:20260431")
    try bench.write(name, Array(text.utf8))
    let problems = ContractFolder(bench.path).check()
    #expect(problems.map(\.file) == ["\(bench.path)/\(name)"])
    #expect(problems.first?.line == 8)
    #expect(problems.first?.message.hasPrefix("line") == false)
  }

  @Test func `files too large, not UTF-8, empty or nested without end are named`() throws {
    let rows: [([UInt8], String, Int?)] = [
      (Array(repeating: UInt8(ascii: "#"), count: 256 * 1024 + 1), "larger than 256 KB", nil),
      (Array("service: a\nname: ".utf8) + [0xE9, 0x0A], "not UTF-8", 2),
      ([], "the file is empty", nil),
      (Array(repeating: UInt8(ascii: "["), count: 200_000), "not YAML", 1),
      (Array("service: a\u{7}\n".utf8), "not YAML", 1),
      (Array("- a\n".utf8), "the file must hold keys with values, not a list", 1),
      (Array("service: a\n---\nservice: b\n".utf8), "not YAML", 2),
    ]
    for (bytes, message, line) in rows {
      let bench = try Workbench()
      try bench.write("services/second.yaml", bytes)
      let problems = ContractFolder(bench.path).check().filter { $0.file.hasSuffix("second.yaml") }
      #expect(problems.first?.message.contains(message) == true, "\(problems)")
      #expect(problems.first?.line == line, "\(problems)")
    }
  }

  @Test(.timeLimit(.minutes(20))) func `a file of ten thousand mistakes is read to its end`() throws {
    let keys = (0..<10_000).map { "k\($0): a\n" }.joined()
    let bench = try Workbench(["services/second.yaml": "service: second\n" + keys])
    #expect(ContractFolder(bench.path).check().count > 10_000)
  }

  @Test func `holiday files are looked at too`() throws {
    let rows = [
      ("date: 05-08", "date: 02-30", "cannot be `02-30`"), ("easter: 39", "easter: x", "cannot be `x`"),
      ("date: 05-08", "dat: 05-08", "did you mean `date`?"),
      ("date: 05-08", "easter: 3, date: 05-08", "`date` or `easter`, not both"),
      ("since: 1982", "since: 1982, until: 1981", "the year lies before `since`"),
      ("until: 2017", "until: 2018", "holds twice in the same years in zone saint-martin"),
      ("country: fr", "country: be", "write `fr`"),
    ]
    for (old, new, message) in rows {
      let bench = try Workbench()
      let text = try bench.text("holidays/fr.yaml")
      #expect(text.contains(old))
      try bench.write("holidays/fr.yaml", Array(text.replacingOccurrences(of: old, with: new).utf8))
      let problems = ContractFolder(bench.path).check().filter { $0.file.hasSuffix("holidays/fr.yaml") }
      #expect(problems.contains { $0.message.contains(message) && $0.line != nil }, "\(problems)")
    }
  }
}
