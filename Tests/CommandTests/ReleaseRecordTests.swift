import Foundation
import JSONText
import TestSupport
import Testing

/// `release submit` and what comes after it. Times of the example are those that `ReleaseFileTests` works out by hand.
struct ReleaseRecordTests {
  private static let example = Project.root.appending(path: "examples/releases/winter.yaml").path
  private static let now = "2026-11-27T10:00:00+01:00"
  private static let planned = [
    "cache": "2026-12-13T00:00:00+01:00", "db": "2026-12-13T00:30:00+01:00", "app": "2026-12-13T02:30:00+01:00",
    "docs": "2026-12-13T03:15:00+01:00",
  ]

  /// A register in which the example is recorded as REL-2026-0001.
  private static func recorded(_ more: [String] = [], calendars: String? = nil) throws -> Program {
    let program = try Program(now: now)
    let answer = try submit(program, more, calendars: calendars)
    #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
    return program
  }

  @discardableResult
  private static func submit(
    _ program: Program, _ more: [String] = [], file: String = example, calendars: String? = nil
  ) throws -> Program.Answer {
    let extra = calendars.map { ["PREAVIS_CALENDARS": $0] } ?? [:]
    let search = more.contains("--as-planned") ? [] : ["--budget", "2000000"]
    return try program.run(["release", "submit", file] + search + more, setting: extra)
  }

  private static func starts(_ release: JSON) -> [String: String] {
    Dictionary(
      (release["changes"]?.array ?? []).map { ($0["name"]?.string ?? "", $0["start"]?.string ?? "") },
      uniquingKeysWith: { first, _ in first })
  }

  private static func show(_ program: Program) throws -> JSON {
    try program.run("release", "show", "REL-2026-0001", "--json").json()
  }

  /// States by name.
  private static func states(_ program: Program) throws -> [String: String] {
    Dictionary(
      (try show(program)["changes"]?.array ?? []).map { ($0["name"]?.string ?? "", $0["state"]?.string ?? "") },
      uniquingKeysWith: { first, _ in first })
  }

  private static func checkRegister(_ program: Program) throws {
    let verified = try program.run("register", "verify")
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
  }

  private static func events(_ program: Program) throws -> JSON? {
    try program.run("register", "info", "--json").json()["events"]
  }

  // MARK: Submitting

  @Test func `A release is recorded with all of its changes, each of them a change like any other`() throws {
    let program = try Self.recorded(["--idempotency-key", "winter"])
    let release = try Self.show(program)
    #expect(Self.starts(release) == Self.planned)
    #expect(
      release["state"] == "planned" && release["title"] == "Hiver 2026" && release["reason"] == "Clôture annuelle")
    #expect(release["start"] == "2026-12-13T00:00:00+01:00" && release["end"] == "2026-12-13T03:30:00+01:00")
    #expect(release["history"]?.array?.map { $0["event"] } == ["submitted"])
    let changes = try program.run("list", "--json").json().array ?? []
    #expect(changes.count == 4 && changes.allSatisfy { $0["release"] == "REL-2026-0001" && $0["state"] == "planned" })
    #expect(try program.submit("2026-12-20T10:00").status == 0)
    #expect(try program.run("show", "5", "--json").json()["release"] == .null)
    #expect(try program.run("release", "list", "--json").json().array?.count == 1)
    // The same key, the same file: answered again, though its own changes now take the best times.
    let events = try Self.events(program)
    let again = try Self.submit(program, ["--idempotency-key", "winter", "--json"])
    #expect(try again.status == 0 && again.json()["id"] == "REL-2026-0001", "\(again.errors)")
    #expect(try Self.events(program) == events)
    let other = try Self.submit(program, ["--idempotency-key", "winter", "--except", "cache"])
    #expect(other.status == 64, "another request under that key: \(other.output)\(other.errors)")
    #expect(try Self.events(program) == events)
    try Self.checkRegister(program)
  }

  @Test func `What is said of it fits 80 columns in both languages`() throws {
    let program = try Self.recorded()
    for lang in ["en", "fr"] {
      for arguments in [["show", "1"], ["list"], ["reschedule", "1", "--by", "7d", "--reason", "The vendor is late"]] {
        let answer = try program.run(["release"] + arguments + ["--lang", lang])
        #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
        #expect(answer.output.contains("REL-2026-0001"))
        for line in answer.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
      }
    }
    let shown = try program.run("release", "show", "1", "--lang", "fr").output
    #expect(shown.contains("Nuit du samedi 26 au dimanche 27 décembre 2026") && shown.contains("reportée"), "\(shown)")
  }

  @Test func `A plan that was made before is kept to, and one that went stale is refused with what changed`() throws {
    let program = try Program(now: Self.now)
    let plan = ["release", "plan", Self.example, "--json", "--budget", "2000000", "-o", "plan.json"]
    #expect(try program.run(plan).status == 0)
    #expect(try program.submit("2026-12-13T01:00").status == 0)
    let stale = try Self.submit(program, ["--as-planned", "plan.json"])
    #expect(stale.status == 3 && stale.output.contains("CHG-2026-0001"), "\(stale.output)\(stale.errors)")
    #expect(stale.output.contains("What changed since the plan was made"), "\(stale.output)")
    let json = try Self.submit(program, ["--as-planned", "plan.json", "--json"])
    #expect(json.status == 3)
    let verdicts = try (json.json()["changes"]?.array ?? []).filter { $0["verdict"]?["status"] == "refused" }
    #expect(verdicts.map { $0["name"] } == ["db", "app"])
    #expect(try program.run("list", "--json").json().array?.count == 1, "nothing of it was recorded")
    #expect(try program.run("release", "list", "--json").json() == [])
    #expect(try program.run("cancel", "1", "--reason", "Made way").status == 0)
    let kept = try Self.submit(program, ["--as-planned", "plan.json", "--json"])
    #expect(kept.status == 0, "\(kept.output)\(kept.errors)")
    #expect(try Self.starts(kept.json()) == Self.planned)
    try Self.checkRegister(program)
  }

  /// Each with a word that the refusal has to hold: the file changed, or somebody edited the plan.
  @Test(arguments: [
    ("duration: 2h", "duration: 3h", "", "db took 2\u{202F}h when it was planned"),
    ("id: docs", "id: manual", "", "docs is in the plan, and not in the file"),
    ("title: X", "title: X", "2026-12-13T02:30:00+01:00>2026-12-13T00:15:00+01:00", "without waiting for db"),
    ("title: X", "title: X", "2026-12-13T00:30:00+01:00>2026-12-05T00:30:00+01:00", "alice"),
  ])
  func `Times that break what the file says are refused`(old: String, new: String, edit: String, words: String) throws {
    let program = try Program(now: Self.now)
    #expect(
      try program.run(
        "release", "plan", Self.example, "--json", "--budget", "2000000", "-o", "plan.json"
      ).status == 0)
    let text = try String(contentsOfFile: Self.example, encoding: .utf8).replacing(old, with: new)
    try Data(text.utf8).write(to: URL(fileURLWithPath: program.path("file.yaml")))
    var plan = try String(contentsOfFile: program.path("plan.json"), encoding: .utf8)
    let parts = edit.split(separator: ">").map(String.init)
    if parts.count == 2 {
      // Start alone: an end says how long it takes.
      plan = plan.replacing("\"start\": \"\(parts[0])\"", with: "\"start\": \"\(parts[1])\"")
        .replacing(/,\s*"end": "[^"]*"/, with: "")
    }
    try Data(plan.utf8).write(to: URL(fileURLWithPath: program.path("plan.json")))
    let answer = try Self.submit(program, ["--as-planned", "plan.json"], file: "file.yaml")
    #expect(answer.status == 3 && answer.errors.contains(words), "\(answer.output)\(answer.errors)")
    #expect(try program.run("list", "--json").json() == [])
  }

  @Test func `A release of which one change has no place is not submitted without it`() throws {
    let program = try Program(now: Self.now)
    let text = try String(contentsOfFile: Self.example, encoding: .utf8)
      .replacing("duration: 30m", with: "duration: 30m\n    deadline: 2026-11-28T10:00")
    try Data(text.utf8).write(to: URL(fileURLWithPath: program.path("file.yaml")))
    let answer = try Self.submit(program, file: "file.yaml")
    #expect(answer.status == 3 && answer.errors.contains("--except cache"), "\(answer.output)\(answer.errors)")
    let except = try Self.submit(program, ["--except", "cache", "--json"], file: "file.yaml")
    #expect(except.status == 0, "\(except.errors)")
    #expect(try Set(Self.starts(except.json()).keys) == ["db", "app", "docs"])
  }

  // MARK: Moving

  @Test func `All of it moves by as much, or nothing`() throws {
    let program = try Self.recorded()
    let events = try Self.events(program)
    // What clients were told and feel needs a reason; the documentation, which they do not feel, needs none.
    let silent = try program.run("release", "reschedule", "1", "--by", "7d")
    #expect(silent.status == 3 && silent.output.contains("Nothing was recorded"), "\(silent.output)")
    #expect(try Self.events(program) == events)
    let late = try program.run("release", "reschedule", "1", "--by", "-15d", "--reason", "Earlier")
    #expect(late.status == 3, "into the notice: \(late.output)")
    #expect(try Self.events(program) == events)
    // Each goes where another of them still is.
    let answer = try program.run(
      "release", "reschedule", "1", "--by", "30m", "--reason", "The vendor is late", "--json")
    #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
    #expect(
      try Self.starts(answer.json()) == [
        "cache": "2026-12-13T00:30:00+01:00", "db": "2026-12-13T01:00:00+01:00", "app": "2026-12-13T03:00:00+01:00",
        "docs": "2026-12-13T03:45:00+01:00",
      ])
    let release = try Self.show(program)
    #expect(release["history"]?.array?.map { $0["event"] } == ["submitted", "rescheduled"])
    #expect(release["history"]?.array?.last?["reason"] == "The vendor is late")
    let history = try program.run("history", "1", "--json").json().array ?? []
    #expect(history.count == 2)
    // 105 days later the clock changes: work from 01:00 on takes its two hours until 04:00, and meets what begins at 03:00.
    let night = try program.run("release", "reschedule", "1", "--by", "105d", "--reason", "Next year")
    #expect(night.status == 3 && night.output.contains("CHG-2026-0002"), "\(night.output)\(night.errors)")
    // A week later the hours are the same, in summer time.
    let far = try program.run("release", "reschedule", "1", "--by", "112d", "--reason", "Next year", "--json")
    #expect(try Self.starts(far.json())["cache"] == "2027-04-04T00:30:00+02:00", "\(far.output)\(far.errors)")
    #expect(try Self.starts(far.json())["app"] == "2027-04-04T03:00:00+02:00")
    let gap = try program.run("release", "reschedule", "1", "--by=-30m", "--reason", "Earlier")
    #expect(gap.status == 0, "\(gap.output)\(gap.errors)")
    try Self.checkRegister(program)
  }

  @Test func `It is placed anew where the contract has changed, and stays where nothing is better`() throws {
    let program = try Self.recorded()
    let run = ["release", "reschedule", "1", "--replan", "--budget", "2000000", "--reason", "The contract changed"]
    let same = try program.run(run)
    #expect(same.status == 64 && same.errors.contains("REL-2026-0001"), "\(same.output)\(same.errors)")
    let calendars = try program.calendars {
      $0.replacing("nights: 00:00-07:00", with: "nights: 04:00-07:00").replacing(
        "weekdays: [sunday]", with: "weekdays: []"
      )
      .replacing("holidays: true", with: "holidays: false")
    }
    let anew = try program.run(
      run + ["--json", "--idempotency-key", "anew"], setting: ["PREAVIS_CALENDARS": calendars])
    #expect(anew.status == 0, "\(anew.output)\(anew.errors)")
    let starts = try Self.starts(anew.json())
    #expect(
      ["db", "app", "cache"].allSatisfy {
        (starts[$0] ?? "").contains("T0") && (starts[$0] ?? "").dropFirst(11) >= "04"
      }, "\(starts)")
    // app follows db within 72 h, and cache lies in its window.
    #expect(starts["app"]?.prefix(10) == starts["cache"]?.prefix(10))
    let events = try Self.events(program)
    let again = try program.run(
      run + ["--json", "--idempotency-key", "anew"], setting: ["PREAVIS_CALENDARS": calendars])
    #expect(try again.status == 0 && Self.starts(again.json()) == starts, "\(again.errors)")
    #expect(try Self.events(program) == events)
    try Self.checkRegister(program)
  }

  @Test func `What has begun stays, and the rest is cancelled`() throws {
    let program = try Self.recorded()
    func at(_ now: String, _ arguments: String...) throws -> Program.Answer {
      try program.run(arguments, setting: ["PREAVIS_NOW": now])
    }
    #expect(try at("2026-12-13T00:00:00+01:00", "start", "1").status == 0)
    let cancelled = try at(
      "2026-12-13T00:10:00+01:00", "release", "cancel", "1", "--from", "2026-12-13T02:00", "--reason", "Stopped")
    #expect(cancelled.status == 0, "\(cancelled.output)\(cancelled.errors)")
    #expect(
      try Self.states(program) == ["cache": "in-progress", "db": "planned", "app": "cancelled", "docs": "cancelled"])
    #expect(try at("2026-12-13T00:20:00+01:00", "complete", "1").status == 0)
    #expect(try at("2026-12-13T00:21:00+01:00", "release", "cancel", "1", "--reason", "All").status == 0)
    #expect(
      try Self.states(program) == ["cache": "completed", "db": "cancelled", "app": "cancelled", "docs": "cancelled"])
    #expect(try Self.show(program)["state"] == "completed")
    #expect(try at("2026-12-13T00:22:00+01:00", "release", "cancel", "1", "--reason", "Again").status == 64)
    try Self.checkRegister(program)
  }

  @Test func `A change leaves and goes on alone`() throws {
    let program = try Self.recorded()
    let left = try program.run("release", "leave", "1", "--change", "1", "--json")
    #expect(left.status == 0, "\(left.output)\(left.errors)")
    #expect(try Set(Self.starts(left.json()).keys) == ["db", "app", "docs"])
    let change = try program.run("show", "1", "--json").json()
    #expect(change["release"] == .null && change["state"] == "planned" && change["revision"] == 0)
    #expect(try program.run("history", "1").output.contains("left its release"))
    #expect(try program.run("release", "leave", "1", "--change", "1").status == 64)
    #expect(try program.run("release", "reschedule", "1", "--by", "1d", "--reason", "Late").status == 0)
    #expect(try program.run("show", "1", "--json").json()["start"] == "2026-12-13T00:00:00+01:00")
    try Self.checkRegister(program)
  }

  // MARK: Announced as one

  @Test func `One notice tells the whole, in every kind and format, with all of its events`() throws {
    let program = try Self.recorded()
    func notice(_ more: String...) throws -> String {
      let answer = try program.run(["notice", "REL-2026-0001", "--lang", "fr"] + more)
      #expect(answer.status == 0, "\(more): \(answer.errors)")
      return answer.output
    }
    for format in ["markdown", "html", "text", "letter", "eml"] {
      let text = try notice("--format", format)
      #expect(text.contains("REL-2026-0001") && text.contains("CHG-2026-0002"), "\(format): \(text)")
    }
    let announced = try notice("--format", "text")
    #expect(announced.contains("Hiver 2026") && announced.contains("Motif\u{A0}: Clôture annuelle"), "\(announced)")
    #expect(announced.contains("Migration de la base de données"))
    let json = try JSON(parsing: notice("--json"))
    #expect(json["release"] == "REL-2026-0001" && json["kind"] == "announcement")
    #expect(json["facts"]?.array?.filter { $0["key"] == "change" }.count == 4)
    let calendar = try notice("--format", "ics")
    #expect(calendar.ranges(of: "BEGIN:VEVENT").count == 4 && calendar.ranges(of: "BEGIN:VCALENDAR").count == 1)
    #expect(try notice("--kind", "reminder").contains("Rappel"))
    #expect(try program.run("notice", "REL-2026-0001", "--kind", "started").status == 64)
    #expect(try program.run("notice", "REL-2026-0001", "--kind", "cancelled").status == 64)
    #expect(try program.run("release", "reschedule", "1", "--by", "7d", "--reason", "En retard").status == 0)
    let moved = try JSON(parsing: notice("--json"))
    #expect(moved["kind"] == "rescheduled" && moved["changes"]?.array?.count == 4, "\(moved)")
    #expect(try program.run("release", "cancel", "1", "--reason", "Abandon").status == 0)
    #expect(try notice("--format", "ics").contains("METHOD:CANCEL"))
    #expect(try notice().contains("n’aura pas lieu"))
    // Of one change its own event.
    let one = try program.run("notice", "CHG-2026-0001", "--format", "ics", "--lang", "fr")
    #expect(one.output.contains("BEGIN:VEVENT"), "\(one.errors)")
    #expect(try program.run("templates", "check").status == 0)
  }

  // MARK: Series and joint work

  /// Second Sundays of 2027, by hand: 10 January, 14 February, 14 March, 11 April.
  @Test func `What repeats is a release of occurrences`() throws {
    let program = try Program(now: Self.now)
    let run = [
      "submit", "--start", "2027-01-01T01:00", "--duration", "2h", "--title", "Sauvegarde", "--repeat",
      "FREQ=MONTHLY;BYDAY=2SU", "--json",
    ]
    let made = try program.run(run + ["--times", "4", "--idempotency-key", "s"])
    #expect(made.status == 0, "\(made.output)\(made.errors)")
    #expect(
      try Self.starts(made.json()) == [
        "1": "2027-01-10T01:00:00+01:00", "2": "2027-02-14T01:00:00+01:00", "3": "2027-03-14T01:00:00+01:00",
        "4": "2027-04-11T01:00:00+02:00",
      ])
    #expect(try made.json()["title"] == "Sauvegarde" && made.json()["id"] == "REL-2026-0001")
    #expect(try program.run(run + ["--times", "4", "--idempotency-key", "s"]).json()["id"] == "REL-2026-0001")
    let until = try program.run(run + ["--until", "2027-02-14"])
    #expect(until.status == 3, "the time is taken: \(until.output)")
    // On Saturdays at noon there is no window; each is told with its nearest place.
    let outside = ["submit", "--start", "2027-06-01T12:00", "--duration", "1h", "--title", "X"]
    let refused = try program.run(outside + ["--repeat", "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1", "--times", "2"])
    #expect(refused.status == 3 && refused.output.contains("Nearest place: Sat 5 Jun 2027 00:00"), "\(refused.output)")
    #expect(try program.run("list", "--json").json().array?.count == 4)
    for (options, words) in [
      (["--repeat", "FREQ=MONTHLY"], "--until"), (["--repeat", "MONTHLY", "--times", "2"], "--repeat"),
      (["--times", "2"], "--repeat"),
      (["--repeat", "FREQ=DAILY", "--times", "201"], "200"),
    ] {
      let answer = try program.run(outside + options)
      #expect(answer.status == 64 && answer.errors.contains(words), "\(options): \(answer.errors)")
    }
    try Self.checkRegister(program)
  }

  @Test func `Work in two services at one time is judged by both, and recorded in both or in none`() throws {
    let program = try Program(now: Self.now)
    let calendars = try program.calendars { $0.replacing("source: Livret", with: "source: Le livret") }
    let folder = URL(fileURLWithPath: calendars).appending(path: "services")
    let text = try String(contentsOf: folder.appending(path: "profession-liberale.yaml"), encoding: .utf8)
    // The other service may be stopped from four o'clock on, on weekdays only.
    let other = text.replacing("service: profession-liberale", with: "service: paie")
      .replacing("nights: 00:00-07:00", with: "nights: 04:00-07:00").replacing(
        "weekdays: [sunday]", with: "weekdays: []")
    try Data(other.utf8).write(to: folder.appending(path: "paie.yaml"))
    func submit(_ start: String, _ more: String...) throws -> Program.Answer {
      try program.run(
        [
          "submit", "--service", "profession-liberale", "--service", "paie", "--start", start, "--duration", "1h",
          "--title", "Réseau",
        ] + more, setting: ["PREAVIS_CALENDARS": calendars])
    }
    let early = try submit("2026-12-08T01:00")
    #expect(early.status == 3 && early.output.contains("article 5"), "\(early.output)\(early.errors)")
    #expect(try program.run("list", "--json").json() == [])
    let made = try submit("2026-12-08T04:00", "--json")
    #expect(made.status == 0, "\(made.output)\(made.errors)")
    #expect(try made.json()["services"] == ["profession-liberale", "paie"])
    #expect(try made.json()["changes"]?.array?.map { $0["id"] } == ["CHG-2026-0001", "CHG-2026-0002"])
    let again = try program.run(
      ["release", "reschedule", "1", "--replan", "--budget", "200000", "--reason", "Later"],
      setting: ["PREAVIS_CALENDARS": calendars])
    #expect(again.status == 64 || again.status == 0, "its file is read again: \(again.errors)")
    try Self.checkRegister(program)
  }

  @Test func `A change like another takes over what is not said`() throws {
    let program = try Program(now: Self.now)
    let first = try program.run(
      "submit", "--start", "2026-12-08T01:00", "--duration", "90m", "--title", "Version 5.2", "--title-en",
      "Release 5.2",
      "--update", "5.2", "--category", "evolution", "--component", "application", "--reason", "Demandée", "--impact",
      "degraded")
    #expect(first.status == 0, "\(first.errors)")
    let twin = try program.run(
      "submit", "--like", "1", "--start", "2026-12-15T01:00", "--title", "Version 5.3", "--json")
    #expect(twin.status == 0, "\(twin.output)\(twin.errors)")
    let (one, two) = (try program.run("show", "1", "--json").json(), try twin.json())
    for member in ["title_en", "components", "impact", "reason", "kind", "update", "service"] {
      #expect(two[member] == one[member], "\(member)")
    }
    #expect(two["title"] == "Version 5.3" && two["end"] == "2026-12-15T02:30:00+01:00")
    let untitled = try program.run("submit", "--start", "2026-12-22T01:00", "--duration", "1h")
    #expect(untitled.status == 64 && untitled.errors.contains("--title"), "\(untitled.errors)")
  }

  // MARK: Approval

  @Test func `Approval is asked and given for the whole`() throws {
    let program = try Program(now: Self.now)
    let calendars = try program.calendars {
      $0.replacing(
        "    time-zone: Europe/Paris\n",
        with: "    time-zone: Europe/Paris\n    approval: { clause: article 7, four-eyes: false }\n")
    }
    func run(_ arguments: String...) throws -> Program.Answer {
      try program.run(["release"] + arguments, setting: ["PREAVIS_CALENDARS": calendars])
    }
    #expect(try Self.submit(program, calendars: calendars).status == 0)
    #expect(try Set(Self.states(program).values) == ["requested"])
    let approved = try run("approve", "1")
    #expect(approved.status == 0, "\(approved.output)\(approved.errors)")
    #expect(try Set(Self.states(program).values) == ["planned"])
    // A move waits, and both times are held; approved as one, none stands in another's way.
    #expect(try run("reschedule", "1", "--by", "30m", "--reason", "The vendor is late").status == 0)
    #expect(try Self.starts(Self.show(program)) == Self.planned)
    #expect(try run("approve", "1").status == 0)
    #expect(try Self.starts(Self.show(program))["db"] == "2026-12-13T01:00:00+01:00")
    #expect(try run("reschedule", "1", "--by", "1d", "--reason", "Later still").status == 0)
    #expect(try run("decline", "1", "--reason", "Not again").status == 0)
    #expect(try Self.starts(Self.show(program))["db"] == "2026-12-13T01:00:00+01:00")
    #expect(try run("approve", "1").status == 3)
    try Self.checkRegister(program)
  }
}
