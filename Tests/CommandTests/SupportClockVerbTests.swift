import Foundation
import JSONText
import TestSupport
import Testing

/// `support-clock` and its report, as a shell runs them.
@Suite struct SupportClockVerbTests {
  static func widest(_ text: String) -> Int { text.split(separator: "\n").map(\.count).max() ?? 0 }

  @Test(arguments: [
    ("en", "Friday 13 March 2026, 17:00 (Paris time, UTC+1)", "earliest reading"),
    ("fr", "vendredi 13 mars 2026 à 17:00 (heure de Paris, UTC+1)", "« au plus tôt »"),
  ])
  func `Deadlines name weekday and zone, and the reading where qualification is unknown`(
    lang: String, take: String, reading: String
  ) throws {
    let program = try Program(isRegistered: false)
    let answer = try program.run("support-clock", "--at", "2026-03-12T15:30", "--lang", lang)
    #expect(answer.status == 0)
    let flat = answer.output.replacing("\u{A0}", with: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(flat.contains(take), "\(flat)")
    #expect(flat.contains(reading), "\(flat)")
    #expect(Self.widest(answer.output) <= 80, "\(answer.output)")
    // Article 12.3 cannot mean an earlier one, but a later one: days may run from the end of the eight hours.
    let days = ["en": "counted from the day of the registration", "fr": "comptés depuis le jour de l’enregistrement"]
    #expect(flat.contains(days[lang] ?? ""), "\(flat)")
    let known = try program.run(
      "support-clock", "--at", "2026-03-12T15:30", "--qualified-at", "2026-03-13T10:00", "--lang", lang)
    let words = known.output.replacing("\u{A0}", with: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(!words.contains(reading))
  }

  @Test func `The JSON holds what the cases call it, and only the criticality asked for`() throws {
    let program = try Program(isRegistered: false)
    let all = try program.run("support-clock", "--at", "2026-03-09T09:00", "--json").json()
    #expect(all["take_in_charge_deadline"]?.string == "2026-03-10T10:30:00+01:00")
    #expect(all["crit1_plan_deadline"]?.string == "2026-03-12T09:30:00+01:00")
    #expect(all["crit2_fix_deadline"]?.string == "2026-03-27T17:00:00+01:00")
    #expect(all["crit3_deadline"] == .null)
    #expect(all["reading"]?.string == "earliest")
    let one = try program.run(
      "support-clock", "--at", "2026-03-09T09:00", "--criticality", "1", "--qualified-at", "2026-03-10T09:00", "--json"
    ).json()
    #expect(one["crit1_plan_deadline"]?.string == "2026-03-12T09:30:00+01:00")
    #expect(one["reading"]?.string == "qualified" && one["qualification"]?.string == "after-take-in-charge")
    #expect(one["delays_from"]?.string == "2026-03-10T10:30:00+01:00" && all["delays_from"] == .null)
    #expect(one["crit2_fix_deadline"] == nil && one["crit3_deadline"] == nil)
  }

  /// Article 12.3 as the contract reads it: Tuesday 10:30 is the end of the time for taking in charge.
  @Test(arguments: [
    ("en", "the delays run from the end of the time for taking in charge"),
    ("fr", "les délais courent de la fin du délai de prise en charge"),
  ])
  func `A qualification before the time for taking in charge is over is told as one that moves nothing`(
    lang: String, sentence: String
  ) throws {
    let program = try Program(isRegistered: false)
    func text(_ qualified: String, _ calendars: [String] = []) throws -> String {
      let verb = ["support-clock", "--at", "2026-03-09T09:00", "--qualified-at", qualified, "--lang", lang]
      let answer = try program.run(verb + calendars)
      #expect(Self.widest(answer.output) <= 80, "\(answer.output)")
      return answer.output.replacing("\u{A0}", with: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    #expect(try text("2026-03-10T10:29").contains(sentence))
    #expect(try !text("2026-03-10T10:30").contains(sentence))
    #expect(try !text("2026-03-10T10:29", ["--calendars", program.calendarsAsRecorded()]).contains(sentence))
  }

  @Test func `A batch reads article 12.3 as the contract does`() throws {
    let program = try Program(isRegistered: false)
    let cases = try String(
      contentsOf: Program.fixtures.appending(path: "support-clock-random.jsonl"), encoding: .utf8
    ).split(separator: "\n").map { try JSON(parsing: String($0)) }
    let answer = try program.run(
      ["support-clock", "--batch", "-", "--calendars", program.calendarsAsRecorded()],
      input: cases.map { ($0["input"]?.text ?? "") + "\n" }.joined())
    let lines = answer.lines()
    try #require(lines.count == cases.count && cases.count == 1500)
    let wrong = try zip(lines, cases).compactMap { line, value in
      BatchTests.difference(try JSON(parsing: String(line)), try #require(value["as_recorded"]), String(line))
    }
    #expect(wrong.isEmpty, "\(wrong.count) wrong, first: \(wrong.prefix(3))")
  }

  @Test(arguments: [
    ([], "--at"), (["--at", "2026-03-29T02:30"], "UTC+2"), (["--at", "soon"], "soon"),
    (["--at", "2026-03-09T09:00", "--criticality", "4"], "--criticality 4"),
    (["--at", "2026-03-09T09:00", "--qualified-at", "2026-03-09T08:00"], "--qualified-at"),
    (["--at", "2026-03-09T09:00", "--batch", "x"], "--batch"),
  ])
  func `Wrong usage exits 64 and says what to write`(arguments: [String], named: String) throws {
    let answer = try Program(isRegistered: false).run(["support-clock"] + arguments)
    #expect(answer.status == 64)
    #expect(answer.errors.contains(named), "\(answer.errors)")
    #expect(answer.output.isEmpty)
  }

  @Test func `A batch answers bad lines in their place`() throws {
    let good = #"{"registered_at":"2026-03-09T09:00:00+01:00"}"#
    let lines = [
      good, "{}", "no", #"{"registered_at":7}"#, #"{"registered_at":"2026-03-29T02:30:00"}"#,
      #"{"registered_at":"2026-03-09T09:00:00Z","qualified_at":"2026-03-09T08:59:59Z"}"#,
      #"{"registered_at":"9999-12-30T09:00:00Z"}"#, good,
    ]
    let answer = try Program(isRegistered: false)
      .run(["support-clock", "--batch", "-"], input: lines.joined(separator: "\n"))
    #expect(answer.status == 65)
    let found = try answer.lines().map { try JSON(parsing: String($0)) }
    try #require(found.count == lines.count)
    #expect(found[7] == found[0])
    #expect(
      [1, 2, 3, 6].map { found[$0]["error"]?["code"]?.string } == [
        "missing_key", "invalid_json", "invalid_value", "invalid_value",
      ])
    #expect(found[4]["errors"]?.array?.first?["code"]?.string == "nonexistent_local_time")
    #expect(found[5]["errors"]?.array?.first?["field"]?.string == "qualified_at")
  }

  // MARK: Report

  static let requests = Program.fixtures.appending(path: "support-requests.csv").path

  /// A thousand Requests, with the moments of qualification that they have and without any.
  @Test(arguments: ["after-take-in-charge", "as-recorded"], ["with", "without"])
  func `The report counts as the independent program does`(reading: String, qualification: String) throws {
    let reports = try JSON(
      parsing: String(contentsOf: Program.fixtures.appending(path: "support-reports.json"), encoding: .utf8))
    let expected = try #require(reports[reading]?[qualification])
    let program = try Program(isRegistered: false)
    let asOf = try #require(expected["as_of"]?.string)
    let own = reading == "as-recorded" ? ["--calendars", try program.calendarsAsRecorded()] : []
    var input = try String(contentsOfFile: Self.requests, encoding: .utf8)
    if qualification == "without" {
      input = input.replacing("\r\n", with: "\n").split(separator: "\n").map { line in
        var cells = line.split(separator: ",", omittingEmptySubsequences: false)
        cells.remove(at: 4)
        return cells.joined(separator: ",")
      }.joined(separator: "\n")
    }
    let file = program.path("requests.csv")
    try Data(input.utf8).write(to: URL(filePath: file))
    let answer = try program.run(["support-clock", "report", file, "--as-of", asOf, "--json"] + own)
    #expect(answer.status == 0)
    #expect(BatchTests.difference(try answer.json(), expected, "") == nil)
    let piped = try program.run(["support-clock", "report", "-", "--as-of", asOf, "--json"] + own, input: input)
    #expect(piped.output == answer.output)
    // The same numbers as CSV.
    let csv = try program.run(["support-clock", "report", file, "--as-of", asOf, "--csv"] + own).lines()
    let head = csv[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let periods = try #require(expected["periods"]?.array)
    #expect(csv.count == periods.count + 2)
    for (line, period) in zip(csv.dropFirst(), periods) {
      let cells = Dictionary(
        uniqueKeysWithValues: zip(head, line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)))
      #expect(cells.count == head.count)
      for key in ["first", "last", "status"] { #expect(cells[key] == period[key]?.string) }
      for key in ["requests", "in_time", "late", "overdue", "open"] { #expect(cells[key] == period[key]?.text) }
      #expect(cells["criticality_1_undetermined"] == period["criticality_1"]?["undetermined"]?.text)
      #expect(cells["share_percent"] == period["share_percent"]?.string ?? "")
    }
  }

  @Test(arguments: ["en", "fr"])
  func `The report fits 80 columns and states what is none or provisional`(lang: String) throws {
    let program = try Program(isRegistered: false)
    let answer = try program.run(
      "support-clock", "report", Self.requests, "--as-of", "2026-11-20T10:00:00+01:00", "--lang", lang)
    #expect(answer.status == 0)
    #expect(Self.widest(answer.output) <= 80, "\(answer.output)")
    #expect(answer.output.contains(lang == "en" ? "none" : "sans objet"))
    #expect(answer.output.contains(lang == "en" ? "provisional" : "provisoire"))
    #expect(answer.errors.isEmpty)
  }

  static func rows(inTime: Int, late: Int) -> String {
    "registered_at,taken_in_charge_at\n"
      + String(repeating: "2026-03-09 09:00,2026-03-10 10:30\n", count: inTime)
      + String(repeating: "2026-03-09 09:00,2026-03-10T10:30:01\n", count: late)
  }

  @Test(arguments: [(3, 1, "met", "75.000000"), (74_999, 25_001, "breached", "74.999000")])
  func `75 % exactly is met and a thousandth less is breached, in every output`(
    inTime: Int, late: Int, status: String, share: String
  ) throws {
    let program = try Program(isRegistered: false)
    let input = Self.rows(inTime: inTime, late: late)
    let verb = ["support-clock", "report", "-", "--as-of", "2026-06-01T12:00"]
    let period = try program.run(verb + ["--json"], input: input).json()["periods"]?.array?.last
    #expect(period?["status"]?.string == status)
    #expect(period?["share_percent"]?.string == share)
    let csv = try program.run(verb + ["--csv"], input: input).lines().last ?? ""
    #expect(csv.contains(",\(share),75.00,\(status),"))
    let text = try program.run(verb, input: input).output
    #expect(text.contains(status == "met" ? "75.00" : "74.99"))
    #expect(text.contains(status == "met" ? "✓ met" : "✗ breached"))
    #expect(!text.contains(status == "met" ? "breached" : "✓ met"))
  }

  @Test func `A malformed row exits 65, and every problem is named by file and line`() throws {
    let program = try Program(isRegistered: false)
    let path = program.path("requests.csv")
    let rows = [
      "registered_at,taken_in_charge_at,criticality,qualified_at", "2026-03-09T09:00,2026-03-09T08:59,4,soon",
      "2026-03-29T02:30,,,", ",2026-03-09T09:00,,", "2026-03-09T09:00,,1", "2026-03-09,,,", "2030-01-01T09:00,,,",
      "2026-03-09T09:00,2026-03-09T09:00,1,2026-03-09T09:00", "evil\u{1B}[2J,,,",
    ]
    try Data(rows.joined(separator: "\n").utf8).write(to: URL(filePath: path))
    let answer = try program.run("support-clock", "report", path, "--as-of", "2026-06-01T12:00", "--json")
    #expect(answer.status == 65)
    #expect(answer.output.isEmpty)
    #expect(!answer.errors.contains("\u{1B}"))
    let lines = answer.errors.split(separator: "\n").compactMap { line in
      line.range(of: path + ":").map { String(line[$0.upperBound...].prefix { $0 != ":" }) }
    }
    #expect(lines == ["2", "2", "2", "3", "4", "5", "6", "7", "9"], "\(answer.errors)")
  }

  @Test func `Of many problems fifty are shown and the rest counted`() throws {
    let input = "registered_at,taken_in_charge_at\n" + String(repeating: "x,\n", count: 70)
    let answer = try Program(isRegistered: false).run(["support-clock", "report", "-"], input: input)
    #expect(answer.status == 65)
    #expect(answer.errors.components(separatedBy: "-:").count == 51)
    #expect(answer.errors.contains("20 more"))
  }

  @Test func `A file that is not there exits 1, and two forms at once 64`() throws {
    let program = try Program(isRegistered: false)
    let missing = try program.run("support-clock", "report", "missing.csv")
    #expect(missing.status == 1)
    #expect(missing.errors.contains("missing.csv"))
    #expect(try program.run("support-clock", "report", Self.requests, "--csv", "--json").status == 64)
  }
}
