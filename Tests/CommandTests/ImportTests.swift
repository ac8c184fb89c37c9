import Foundation
import JSONText
import TestSupport
import Testing

/// `import`, from real files, with the real program.
@Suite struct ImportTests {
  static let now = "2026-11-23T11:00:00+01:00"

  /// Two that are allowed: a Sunday, and a weekday night. Source: contract, article 5.
  static let good = """
    title,start,end,duration,component,impact
    Database migration,2026-12-06T01:00,,2h,application;flux,outage
    Version 5.2,2026-12-08T01:00,2026-12-08T02:30,,,degraded

    """
  /// The third is on a weekday afternoon, the fourth overlaps the first.
  static let mixed =
    good + "Afternoon,2026-12-09T14:00,,1h,,\nOverlap,2026-12-06T02:00,,1h,,\n"

  static func write(_ text: String, _ name: String, _ program: Program) throws -> String {
    let path = program.path(name)
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  static func titles(_ program: Program) throws -> [String] {
    (try program.run("list", "--json").json().array ?? []).compactMap { $0["title"]?.string }
  }

  @Test func `A file whose rows are all allowed is recorded, and once only`() throws {
    let program = try Program(now: Self.now)
    let file = try Self.write(Self.good, "plan.csv", program)
    let answer = try program.run("import", file, "--json")
    #expect(answer.status == 0)
    let rows = try answer.json().array ?? []
    try #require(rows.map { $0["line"]?.integer } == [2, 3])
    #expect(rows.map { $0["status"]?.string } == ["recorded", "recorded"])
    #expect(rows.map { $0["change"]?["id"]?.string } == ["CHG-2026-0001", "CHG-2026-0002"])
    #expect(rows[0]["change"]?["start"]?.string == "2026-12-06T01:00:00+01:00")
    #expect(rows[0]["change"]?["components"]?.array == ["application", "flux"])
    #expect(rows[1]["change"]?["end"]?.string == "2026-12-08T02:30:00+01:00")
    #expect(rows[1]["change"]?["impact"]?.string == "degraded")

    let again = try program.run("import", file, "--json")
    #expect(again.status == 0)
    #expect(try again.json().array?.map { $0["status"]?.string } == ["already_imported", "already_imported"])
    // The same work in another format is the same work.
    let lines = """
      {"title":"Version 5.2","start":"2026-12-08T00:00:00Z","duration":"1h30","impact":"degraded"}
      {"title":"Version 5.2","start":"2026-12-13T01:00","duration":"1h30","impact":"degraded"}

      """
    let other = try program.run("import", try Self.write(lines, "plan.jsonl", program), "--json").json().array ?? []
    #expect(other.map { $0["status"]?.string } == ["already_imported", "recorded"])
    #expect(try Self.titles(program) == ["Database migration", "Version 5.2", "Version 5.2"])
    #expect(try program.run("register", "verify").status == 0)
  }

  @Test func `One refused row, and nothing is recorded`() throws {
    let program = try Program(now: Self.now)
    let answer = try program.run("import", try Self.write(Self.mixed, "plan.csv", program), "--json")
    #expect(answer.status == 3)
    let rows = try answer.json().array ?? []
    #expect(rows.map { $0["status"]?.string } == ["allowed", "allowed", "refused", "refused"])
    #expect(rows.allSatisfy { $0["change"] == nil })
    let broken = rows.map { row in
      (row["findings"]?.array ?? []).filter { $0["ok"]?.bool == false }.compactMap { $0["code"]?.string }
    }
    #expect(broken == [[], [], ["outside_window"], ["overlap"]])
    // The change that it overlaps was never made: its line is named instead.
    let overlap = rows.last?["findings"]?.array?.first { $0["code"]?.string == "overlap" }
    #expect(overlap?["lines"] == [2])
    #expect(overlap?["changes"] == [])
    #expect(overlap?["message"]?.string?.contains("line 2") == true)
    #expect(!answer.output.contains("CHG-"))
    #expect(try Self.titles(program).isEmpty)
  }

  @Test(arguments: [
    ([], ["Database migration", "Version 5.2"]),
    (["--drafts"], ["Database migration", "Overlap", "Version 5.2", "Afternoon"]),
  ])
  func `Going on records the allowed rows, and drafts when asked`(flags: [String], titles: [String]) throws {
    let program = try Program(now: Self.now)
    let file = try Self.write(Self.mixed, "plan.csv", program)
    let answer = try program.run(["import", file, "--keep-going"] + flags)
    #expect(answer.status == 3)
    #expect(try Self.titles(program) == titles)
    #expect(answer.output.contains("CHG-2026-0001"))
    // Again: what is there stays once, what is refused stays refused.
    #expect(try program.run(["import", file, "--keep-going"] + flags).status == 3)
    #expect(try Self.titles(program) == titles)
  }

  @Test func `A draft of an earlier import stands in nobody's way, and is shown as it has become`() throws {
    let program = try Program(now: Self.now)
    let file = try Self.write(Self.mixed, "plan.csv", program)
    #expect(try program.run("import", file, "--keep-going", "--drafts").status == 3)
    let more = try Self.write(Self.mixed + "One more,2027-01-10T01:00,,1h,,\n", "more.csv", program)
    _ = try program.run("import", more)
    #expect(try Self.titles(program).contains("One more"))
    #expect(try program.run("cancel", "CHG-2026-0001", "--reason", "Not needed").status == 0)
    let again = try program.run("import", more, "--json").json().array ?? []
    #expect(again.first?["status"] == "already_imported")
    #expect(again.first?["change"]?["state"] == "cancelled")
  }

  @Test func `Drafts without going on are a wrong usage`() throws {
    let program = try Program(now: Self.now)
    #expect(try program.run("import", try Self.write(Self.good, "p.csv", program), "--drafts").status == 64)
  }

  @Test func `A rehearsal has the verdicts and exit codes, and records nothing`() throws {
    let program = try Program(now: Self.now)
    let good = try program.run("import", try Self.write(Self.good, "good.csv", program), "--dry-run", "--json")
    #expect(good.status == 0)
    #expect(try good.json().array?.map { $0["status"]?.string } == ["allowed", "allowed"])
    #expect(try program.run("import", try Self.write(Self.mixed, "m.csv", program), "--dry-run").status == 3)
    #expect(try program.run("import", try Self.write("titel\nA\n", "b.csv", program), "--dry-run").status == 65)
    #expect(try Self.titles(program).isEmpty)
  }

  @Test func `Every wrong line is named, in both languages, and nothing is recorded`() throws {
    let program = try Program(now: Self.now)
    let file = try Self.write(
      """
      {"title":"Good","start":"2026-12-08T01:00","duration":"1h"}
      {"title":"Fold","start":"2027-10-31T02:30","duration":"1h"}
      {"title":"Gap","start":"2027-03-28T02:30","duration":"1h"}
      {"title":"Component","start":"2026-12-08T01:00","duration":"1h","components":["nothing"]}
      {"title":"Key","strat":"2026-12-08T01:00"}
      {"title":"Moment","planned_at":"2020-01-01T00:00:00Z","start":"2026-12-08T01:00","duration":"1h"}
      not json
      {"title":"Backwards","start":"2026-12-08T03:00","end":"2026-12-08T01:00"}
      {"start":"2026-12-10T01:00","duration":"1h"}
      {"title":"Update","start":"2026-12-10T01:00","duration":"1h","update":"5.2"}
      {"title":"Service","start":"2026-12-10T01:00","duration":"1h","service":"nowhere"}
      {"title":"Alongside","start":"2026-12-10T01:00","duration":"1h","alongside":"CHG-2020-0001"}

      """, "bad.ndjson", program)
    let answer = try program.run("import", file, "--json")
    #expect(answer.status == 65)
    let wrong = Array(2...12)
    for line in wrong { #expect(answer.errors.contains("bad.ndjson:\(line): "), "\(line)") }
    #expect(answer.errors.contains("“strat” is no field; did you mean “start”?"))
    #expect(answer.errors.contains("UTC+2") && answer.errors.contains("UTC+1"))
    #expect(answer.errors.contains("11 problems"))
    let rows = try answer.json().array ?? []
    #expect(rows.map { $0["line"]?.integer.map { Int($0) } } == Array(1...12))
    #expect(rows.filter { $0["status"]?.string == "malformed" }.count == 11)
    let french = try program.run("import", file, "--lang", "fr", "--keep-going")
    #expect(french.status == 65)
    #expect(french.errors.contains("vouliez-vous"))
    #expect(french.errors.contains("11 problèmes"))
    #expect(try Self.titles(program).isEmpty)
  }

  @Test(arguments: [[], ["--keep-going"]])
  func `A row that cannot be read stops the rows around it, going on or not`(flags: [String]) throws {
    let program = try Program(now: Self.now)
    let file = try Self.write(Self.good + "A\"b,2026-12-10T01:00,,1h,,\n", "plan.csv", program)
    let answer = try program.run(["import", file, "--json"] + flags)
    #expect(answer.status == 65)
    #expect(try answer.json().array?.map { $0["status"]?.string } == ["allowed", "allowed", "malformed"])
    #expect(try Self.titles(program).isEmpty)
  }

  @Test func `Without contracts the failure is one, not one a row`() throws {
    let program = try Program(now: Self.now)
    let answer = try program.run("import", try Self.write(Self.good, "p.csv", program), "--calendars", "/nonexistent")
    #expect(answer.status != 0)
    #expect(!answer.errors.contains("p.csv:"))
  }

  @Test func `Of many wrong lines fifty are shown and all counted`() throws {
    let program = try Program(now: Self.now)
    let answer = try program.run(
      ["import", "-", "--format", "jsonl"], input: String(repeating: "nothing\n", count: 120))
    #expect(answer.status == 65)
    #expect(answer.errors.contains("-:50: "))
    #expect(!answer.errors.contains("-:51: "))
    #expect(answer.errors.contains("120 problems"))
  }

  @Test func `Hidden characters are taken out with a warning, and never reach a terminal`() throws {
    let program = try Program(now: Self.now)
    let file = try Self.write(
      "title,start,duration\n\"a\u{202E}gpj\u{1B}[31m\",2026-12-08T01:00,1h\n", "plan.csv", program)
    let answer = try program.run("import", file)
    #expect(answer.status == 0)
    #expect(answer.errors.contains("plan.csv:2: warning: title: 2 "))
    #expect(try Self.titles(program) == ["agpj[31m"])
    let wrong = try program.run(
      "import", try Self.write("title,kind\nA,\u{1B}]0;x\u{7}\u{202E}\n", "wrong.csv", program))
    #expect(wrong.status == 65)
    #expect(
      !(answer.output + answer.errors + wrong.errors).unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E }
    )
  }

  @Test func `Emergencies and updates come with their own columns`() throws {
    let program = try Program(now: Self.now)
    let file = try Self.write(
      """
      title;start;duration;kind;reason;update;category;training;interruption;documentation;idempotency_key
      Disk full;2026-11-23T09:00;30m;emergency;Storage alarm;;;;;;alarm-7
      Version 5.2;2026-12-08T10:00;1h;;;5.2;evolution;oui;non;https://portal.example/5.2;

      """, "plan.csv", program)
    let answer = try program.run("import", file, "--json")
    #expect(answer.status == 0)
    let changes = (try answer.json().array ?? []).compactMap { $0["change"] }
    try #require(changes.map { $0["kind"]?.string } == ["emergency", "update"])
    #expect(changes.map { $0["state"]?.string } == ["completed", "planned"])
    #expect(changes[1]["impact"]?.string == "none")
    #expect(changes[1]["update"]?["training"]?.bool == true)
    // The stated key is the register's own.
    let retry = try program.run(
      "emergency", "--start", "2026-11-23T09:00", "--duration", "30m", "--title", "Disk full", "--reason",
      "Storage alarm", "--idempotency-key", "alarm-7", "--json")
    #expect(try retry.json()["id"] == changes[0]["id"])
  }

  @Test func `What the program prints of a change can be imported once the register's keys are left out`() throws {
    let program = try Program(now: Self.now)
    let printed = try program.submit(
      "2026-12-08T01:00", "--update", "5.2", "--category", "evolution", "--component", "flux", "--json"
    ).json()
    let kept: Set = [
      "kind", "service", "environment", "components", "title", "description", "start", "end", "impact", "reason",
      "update",
    ]
    let row = JSON.object((printed.members ?? []).filter { kept.contains($0.key) })
    let other = try Program(now: Self.now)
    let answer = try other.run(["import", "-", "--format", "jsonl", "--json"], input: row.text + "\n")
    #expect(answer.status == 0)
    let change = try answer.json().array?.first?["change"]
    for key in kept { #expect(change?[key] == printed[key], "\(key)") }
  }

  @Test func `The table fits 80 columns and names the zone`() throws {
    let program = try Program(now: Self.now)
    let file = try Self.write(
      Self.mixed.replacing(
        "Overlap,2026-12-06T02:00,,1h", with: "\(String(repeating: "Long ", count: 30)),2026-12-06T23:00,,2h"),
      "plan.csv", program)
    for language in ["en", "fr"] {
      let answer = try program.run("import", file, "--keep-going", "--lang", language)
      #expect(answer.status == 3)
      for line in answer.lines() { #expect(line.count <= 80, "\(line)") }
      #expect(answer.output.contains(language == "fr" ? "(heure de Paris)" : "(Paris time)"))
    }
  }

  static let nameless: [(arguments: [String], status: Int32)] = [
    (["plan.txt"], 64), (["missing.csv"], 1), (["-"], 64), (["plan.csv", "--format", "xml"], 64),
  ]

  @Test(arguments: nameless)
  func `A file without a known format, or none, is named`(arguments: [String], status: Int32) throws {
    let program = try Program(now: Self.now)
    _ = try Self.write(Self.good, "plan.txt", program)
    _ = try Self.write(Self.good, "plan.csv", program)
    let answer = try program.run(["import"] + arguments)
    #expect(answer.status == status)
    #expect(answer.errors.contains(arguments.last == "xml" ? "xml" : arguments[0]))
  }

  @Test func `Nothing but answers and messages is written where there is no terminal`() throws {
    let program = try Program(now: Self.now)
    let answer = try program.run("import", try Self.write(Self.good, "plan.csv", program))
    #expect(answer.errors.isEmpty)
    #expect(!answer.output.contains("\r"))
  }
}
