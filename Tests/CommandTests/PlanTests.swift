import JSONText
import TestSupport
import Testing

/// Requests at the command line: verdicts, exit codes, and the JSON that other programs rely on.
@Suite struct PlanTests {
  static let now = "2026-12-01T10:00:00+01:00"

  /// Source: docs/interface.md, "Stable JSON".
  static let stableKeys = [
    "id", "kind", "state", "service", "environment", "title", "start", "end", "actual_start", "actual_end", "revision",
    "impact", "planned_at", "verdict",
  ]

  @Test func `An allowed request exits 0 and prints the stable keys`() throws {
    let program = try Program(now: Self.now)
    let answer = try program.submit("2026-12-06T01:00", "--json")
    #expect(answer.status == 0)
    let json = try answer.json()
    for key in Self.stableKeys { #expect(json[key] != nil, "\(key)") }
    #expect(json["id"]?.string == "CHG-2026-0001")
    #expect(json["kind"]?.string == "maintenance")
    #expect(json["state"]?.string == "planned")
    #expect(json["environment"]?.string == "production")
    #expect(json["start"]?.string == "2026-12-06T01:00:00+01:00")
    #expect(json["end"]?.string == "2026-12-06T03:00:00+01:00")
    #expect(json["planned_at"]?.string == Self.now)
    #expect(json["actual_start"]?.isNull == true)
    #expect(json["revision"]?.integer == 0)
    #expect(json["impact"]?.string == "outage")
    #expect(json["verdict"]?["status"]?.string == "allowed")
    for finding in json["verdict"]?["findings"]?.array ?? [] {
      for key in ["code", "ok", "clause", "message"] { #expect(finding[key] != nil, "\(key)") }
      #expect(finding["ok"]?.bool == true)
    }
    let shown = try program.run("show", "CHG-2026-0001", "--json")
    #expect(try shown.json()["standing"]?["status"]?.string == "allowed")
    #expect(try shown.json().without("standing") == json)
  }

  @Test(arguments: ["en", "fr"])
  func `The last line of a refused request is the command with which its draft goes on`(lang: String) throws {
    let program = try Program(now: Self.now)
    let refused = try program.submit("2026-12-07T06:00", "--lang", lang)
    #expect(refused.status == 3)
    let line = try #require(refused.lines().last)
    #expect(line.hasPrefix("  preavis reschedule CHG-2026-0001 --start 2026-12-"))
    let words = line.split(separator: " ").dropFirst().map(String.init)
    #expect(try program.run(words).status == 0)
    #expect(try program.run("show", "CHG-2026-0001", "--json").json()["state"]?.string == "planned")
    // A plan that stays is none that goes on.
    let moved = try program.run("reschedule", "CHG-2026-0001", "--start", "2026-12-04T06:30", "--lang", lang)
    #expect(moved.status == 3)
    #expect(!moved.output.contains("preavis reschedule"))
  }

  @Test func `What is cancelled says that a new request is needed`() throws {
    let program = try Program(now: Self.now)
    try program.submit("2026-12-06T01:00")
    _ = try program.run("cancel", "CHG-2026-0001", "--reason", "x")
    let refused = try program.run("reschedule", "CHG-2026-0001", "--start", "2026-12-13T01:00", "--reason", "y")
    #expect(refused.status == 3)
    #expect(
      refused.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
        "a new one: preavis submit --start"))
  }

  @Test func `A refused request exits 3, is kept as a draft, and names slots that would do`() throws {
    let program = try Program(now: Self.now)
    let answer = try program.submit("2026-12-07T10:00", "--json")
    #expect(answer.status == 3)
    let json = try answer.json()
    for key in Self.stableKeys { #expect(json[key] != nil, "\(key)") }
    #expect(json["state"]?.string == "refused")
    #expect(json["revision"]?.isNull == true)
    #expect(json["planned_at"]?.isNull == true)
    let verdict = try #require(json["verdict"])
    #expect(verdict["status"]?.string == "refused")
    let finding = try #require(verdict["findings"]?.array?.first { $0["ok"]?.bool == false })
    #expect(finding["code"]?.string == "outside_window")
    #expect(finding["clause"]?.string == "article 5")
    #expect(finding["outside_seconds"]?.integer == 7200)
    let slots = try #require(verdict["slots"]?.array)
    #expect(!slots.isEmpty)
    for slot in slots {
      let start = try #require(slot["start"]?.string)
      #expect(try program.run("check", "--start", start, "--duration", "2h").status == 0, "\(start)")
    }
  }

  @Test(arguments: [
    ("2026-12-03T10:00:00+01:00", "outside_window", 3), ("2026-12-06T01:00", "", 0),
    ("2026-12-06T01:00:00+01:00", "", 0), ("2026-12-06 01:00", "", 0), ("2026-12-06T00:00:00Z", "", 0),
    ("2026-12-02T01:00", "insufficient_notice", 3), ("2026-12-07T06:00", "outside_window", 3),
  ])
  func `The verdict of an interval records nothing`(start: String, code: String, status: Int32) throws {
    let program = try Program(now: Self.now)
    let answer = try program.run("check", "--start", start, "--duration", "2h", "--json")
    #expect(answer.status == status)
    let failed = try answer.json()["verdict"]?["findings"]?.array?.filter { $0["ok"]?.bool == false }
      .compactMap { $0["code"]?.string }
    #expect(code.isEmpty ? failed == [] : failed?.contains(code) == true)
    #expect(try program.run("list", "--json").json() == [])
  }

  @Test func `Exactly 48 hours ahead is allowed, one second less is not`() throws {
    let program = try Program(now: "2026-12-04T01:00:00+01:00")
    #expect(try program.run("check", "--start", "2026-12-06T01:00", "--duration", "1h").status == 0)
    let late = try program.run(
      ["check", "--start", "2026-12-06T01:00", "--duration", "1h"],
      setting: ["PREAVIS_NOW": "2026-12-04T01:00:01+01:00"])
    #expect(late.status == 3)
  }

  @Test(arguments: [
    ("2026-10-25T02:30", ["twice", "+02:00", "+01:00", "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00"]),
    ("2027-03-28T02:30", ["does not exist", "+01:00", "+02:00"]),
  ])
  func `A civil time in a clock change is refused with both offsets named`(start: String, words: [String]) throws {
    let program = try Program(now: "2026-10-01T10:00:00+02:00")
    for verb in [["check"], ["submit", "--title", "x"]] {
      let answer = try program.run(verb + ["--start", start, "--duration", "1h"])
      #expect(answer.status == 64)
      #expect(answer.output.isEmpty)
      for word in words { #expect(answer.errors.contains(word), "\(answer.errors)") }
    }
    #expect(try program.run("list", "--json").json() == [])
  }

  @Test func `Messages are in French where the language says so`() throws {
    let program = try Program(now: "2026-10-01T10:00:00+02:00")
    let start = "2026-10-25T02:30"
    #expect(try program.run("check", "--start", start, "--duration", "1h", "--lang", "fr").errors.contains("deux fois"))
    let byLocale = try program.run(
      ["check", "--start", start, "--duration", "1h"], setting: ["LANG": "fr_FR.UTF-8"])
    #expect(byLocale.errors.contains("deux fois"))
  }

  @Test(arguments: [
    ["submit", "--start", "2026-12-06", "--duration", "2h", "--title", "x"],
    ["submit", "--start", "tomorrow", "--duration", "2h", "--title", "x"],
    ["submit", "--start", "2026-12-06T01:00", "--title", "x"],
    ["submit", "--start", "2026-12-06T01:00", "--duration", "0h", "--title", "x"],
    ["submit", "--start", "2026-12-06T01:00", "--duration", "2d", "--title", "x"],
    ["submit", "--start", "2026-12-06T01:00", "--end", "2026-12-06T01:00", "--title", "x"],
    ["submit", "--start", "2026-12-06T01:00", "--end", "2026-12-06T00:00", "--title", "x"],
    ["submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title", ""],
    ["submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title", "two\nlines"],
    ["submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title", "x", "--service", "nobody"],
    ["submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title", "x", "--environment", "nowhere"],
    ["submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title", "x", "--component", "engine"],
    ["submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title", "x", "--impact", "loud"],
    ["submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title", "x", "--category", "correction"],
    ["submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title", "x", "--update", "5.2"],
    ["submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title", "x", "--idempotency-key", "a b"],
    ["submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title", "x", "--planned-at", "2026-01-01T00:00Z"],
    ["check", "--duration", "2h"], ["show", "CHG-1"], ["show", "CHG-2026-0001"], ["cancel", "CHG-2026-0001"],
    ["list", "--state", "gone"], ["feed", "--profile", "odd"], ["register", "verify", "--against", "12"],
    ["windows", "--month", "december"], ["holidays", "--zone", "moon", "--year", "2027"], ["nonsense"],
  ])
  func `A value that means nothing exits 64 with a message and records nothing`(arguments: [String]) throws {
    let program = try Program(now: Self.now)
    let answer = try program.run(arguments)
    #expect(answer.status == 64)
    #expect(answer.output.isEmpty)
    #expect(!answer.errors.isEmpty)
    #expect(try program.run("list", "--json").json() == [])
  }

  @Test func `The same key gives the same answer, another request with it exits 64`() throws {
    let program = try Program(now: Self.now)
    let first = try program.submit("2026-12-06T01:00", "--idempotency-key", "k1", "--json")
    let again = try program.submit("2026-12-06T01:00", "--idempotency-key", "k1", "--json")
    #expect(again.status == 0)
    #expect(again.output == first.output)
    #expect(try program.submit("2026-12-08T01:00", "--idempotency-key", "k1").status == 64)
    #expect(try program.run("list", "--json").json().array?.count == 1)
  }

  @Test func `A refusal that is asked again with its key exits 3 again`() throws {
    let program = try Program(now: Self.now)
    let first = try program.submit("2026-12-07T10:00", "--idempotency-key", "k1", "--json")
    let again = try program.submit("2026-12-07T10:00", "--idempotency-key", "k1", "--json")
    #expect(again.status == 3)
    #expect(again.output == first.output)
  }

  @Test func `An overlap is refused unless the request names the change`() throws {
    let program = try Program(now: Self.now)
    try program.submit("2026-12-06T01:00")
    let overlap = try program.submit("2026-12-06T02:00", "--json")
    #expect(overlap.status == 3)
    #expect(overlap.output.contains(#""code": "overlap""#))
    #expect(try program.submit("2026-12-06T02:00", "--alongside", "CHG-2026-0001").status == 0)
  }

  @Test func `Urgent work needs a reason and may be recorded after the fact`() throws {
    let program = try Program(now: Self.now)
    let work = ["emergency", "--start", "2026-12-01T09:00", "--duration", "30m", "--title", "Disk full", "--json"]
    let unexplained = try program.run(work)
    #expect(unexplained.status == 3)
    #expect(unexplained.output.contains("missing_reason"))
    let recorded = try program.run(work + ["--reason", "Storage alarm"])
    #expect(recorded.status == 0)
    #expect(try recorded.json()["state"]?.string == "completed")
    #expect(try recorded.json()["kind"]?.string == "emergency")
    #expect(try recorded.json()["actual_start"]?.string == "2026-12-01T09:00:00+01:00")
  }

  /// Urgent work may happen at any time. Source: contract, article 5.
  @Test func `A refused emergency is not sent to a window`() throws {
    let program = try Program(now: "2026-12-01T10:00:00+01:00")
    func urgent() throws -> Program.Answer {
      try program.run(
        "emergency", "--start", "2026-12-01T09:50", "--duration", "30m", "--title", "Patch", "--reason", "Leak",
        "--json")
    }
    #expect(try urgent().status == 0)
    let refused = try urgent()
    #expect(refused.status == 3)
    #expect(try refused.json()["verdict"]?["slots"] == nil, "\(refused.output)")
  }

  /// The step that its refusal names is walked by Tests/Scripts/steps.py.
  @Test func `Urgent work that could be planned is told when, its own time first`() throws {
    let program = try Program(now: Self.now)
    let work = ["emergency", "--duration", "2h", "--title", "Patch", "--reason", "Leak", "--json", "--start"]
    func starts(_ start: String) throws -> [String?]? {
      let answer = try program.run(work + [start])
      #expect(answer.status == 3)
      return try answer.json()["verdict"]?["slots"]?.array?.map { $0["start"]?.string }
    }
    #expect(try starts("2026-12-06T02:00")?.first == "2026-12-06T02:00:00+01:00")
    #expect(try starts("2026-12-08T10:00")?.first == "2026-12-09T00:00:00+01:00")
  }

  /// What JavaScript's toISOString writes, and neighbours: Python's isoformat, a comma, the last fraction of a second.
  @Test(arguments: [
    ("2026-12-06T00:00:00.000Z", "2026-12-06T01:00:00+01:00"),
    ("2026-12-06T01:00:00.123456+01:00", "2026-12-06T01:00:00+01:00"),
    ("2026-12-06T01:00:00,5", "2026-12-06T01:00:00+01:00"),
    ("20261206T000059.999999999Z", "2026-12-06T01:00:59+01:00"),
  ])
  func `A time with a fraction of a second is taken wherever times are typed, and the fraction left out`(
    written: String, meant: String
  ) throws {
    let program = try Program(now: Self.now)
    #expect(try program.run("check", "--start", written, "--duration", "1h", "--json").json()["start"]?.string == meant)
    #expect(try program.submit(written, "--json").json()["start"]?.string == meant)
    #expect(try program.run("gate", "--at", written, "--json").json()["at"]?.string == meant)
    let deadlines = try program.run("support-clock", "--at", written, "--qualified-at", written, "--json").json()
    #expect(deadlines["registered_at"]?.string == meant && deadlines["qualified_at"]?.string == meant)
    let quoted = written.contains(",") ? "\"\(written)\"" : written
    let requests = "registered_at,taken_in_charge_at\n\(quoted),\(quoted)\n"
    let report = try program.run(
      ["support-clock", "report", "-", "--as-of", "2027-01-01T00:00:00.000Z"], input: requests)
    #expect(report.status == 0, "\(report.errors)")
    let rows = [
      ("csv", "title,start,duration,alongside\nBase,\(quoted),1h,CHG-2026-0001\n"),
      ("jsonl", #"{"title":"Base","start":"\#(written)","duration":"1h","alongside":["CHG-2026-0001"]}"#),
    ]
    for (format, text) in rows {
      let row = try program.run(["import", "-", "--format", format, "--json", "--dry-run"], input: text)
      #expect(row.status == 0 && row.output.contains(meant), "\(row.output)\(row.errors)")
    }
    // Programs exchange whole seconds: the given schema of batches has no other form.
    let batch = try program.run(["support-clock", "--batch", "-"], input: #"{"registered_at":"\#(written)"}"#)
    #expect(
      batch.output.contains(#""errors":[{"field":"registered_at","code":"invalid_datetime"}]"#), "\(batch.output)")
  }
}
