import Foundation
import JSONText
import TestSupport
import Testing

/// `release plan FILE`. Expected values are worked out by hand from release-planning.md; random files are judged by
/// Tests/Scripts/releases.py.
struct ReleaseFileTests {
  private static let example = Project.root.appending(path: "examples/releases/winter.yaml").path
  private static let now = "2026-11-27T10:00:00+01:00"

  private static func plan(
    _ program: Program, _ text: String, _ more: String..., lang: String = "en"
  ) throws -> Program.Answer {
    try program.run(
      ["release", "plan", "-", "--budget", "200000", "--lang", lang] + more, input: text)
  }

  /// A file of one change, with other members of the file and of the change.
  private static func file(_ more: String = "", change: String = "", id: String = "a", duration: String = "1h")
    -> String
  {
    """
    release: R
    \(more)
    changes:
      - id: \(id)
        title: A
        services: [profession-liberale]
        duration: \(duration)
        \(change)
    """
  }

  private static func starts(_ answer: Program.Answer) throws -> [String: String] {
    var starts: [String: String] = [:]
    for change in try answer.json()["changes"]?.array ?? [] {
      starts[change["id"]?.string ?? ""] = change["start"]?.string ?? "none"
    }
    return starts
  }

  /// One window holds all that clients see; a Sunday weighs least; Alice is away on the first of the two. The purge is short, so
  /// that it stands first: 3 × 30 + 4 × 150 + 3 × 195 is the least sum of priority and end.
  @Test func `The example is placed as a person would work it out`() throws {
    let program = try Program(now: Self.now)
    let answer = try program.run("release", "plan", Self.example, "--json", "--budget", "2000000")
    #expect(answer.status == 0, "\(answer.errors)")
    #expect(
      try Self.starts(answer) == [
        "cache": "2026-12-13T00:00:00+01:00", "db": "2026-12-13T00:30:00+01:00", "app": "2026-12-13T02:30:00+01:00",
        "docs": "2026-12-13T03:15:00+01:00",
      ])
    let json = try answer.json()
    #expect(json["proven"] == true && json["objective"]?.array?.prefix(3) == [40, 1, 195])
    // The first free time of each in turn: 1 December from 00:00 on, where a minute weighs eight times as much.
    #expect(json["slot_by_slot"]?["objective"]?.array?.prefix(3) == [40, 1, 1560])
    #expect(json["slot_by_slot"]?["ends"] == "2026-12-01T03:30:00+01:00" && json["slot_by_slot"]?["placed"] == 4)
    // 48 hours before the first visible start.
    #expect(json["submit_by"] == "2026-12-11T00:00:00+01:00")
    #expect(try program.run("list", "--json").json() == [])
  }

  @Test func `The table, the gains and the timeline fit 80 columns in both languages`() throws {
    let program = try Program(now: Self.now)
    let english = try program.run("release", "plan", Self.example, "--budget", "2000000").output
    #expect(english.contains("Night of Saturday 12 to Sunday 13 December 2026"))
    #expect(english.contains("00:30–02:30") && english.contains("alice"))
    #expect(english.contains("87\u{202F}% less use disturbed, done 12\u{A0}days later"))
    #expect(english.contains("Proven: no plan is better."))
    let french = try program.run("release", "plan", Self.example, "--budget", "2000000", "--lang", "fr").output
    #expect(french.contains("Nuit du samedi 12 au dimanche 13 décembre 2026"))
    let said = french.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(
      said.contains("terminé 12\u{A0}jours plus tard") && said.contains("Prouvé\u{A0}: aucun plan n’est meilleur."))
    for line in (english + french).split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test func `What the plan says can be imported as it stands`() throws {
    let program = try Program(now: Self.now)
    _ = try program.run("release", "plan", Self.example, "--format", "csv", "--budget", "2000000", "-o", "plan.csv")
    let answer = try program.run("import", "plan.csv")
    #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
    let listed = try program.run("list", "--json").json().array ?? []
    #expect(listed.count == 4 && listed.allSatisfy { $0["state"] == "planned" })
    // What is planned now is in the way of the same release.
    let again = try program.run("release", "plan", Self.example, "--json", "--budget", "200000")
    #expect(try Set(Self.starts(again).values).isDisjoint(with: listed.compactMap { $0["start"]?.string }))
    let free = try program.run(
      ["release", "plan", Self.example, "--json", "--budget", "2000000"]
        + listed.flatMap { ["--except", $0["id"]?.string ?? ""] })
    #expect(try Self.starts(free)["db"] == "2026-12-13T00:30:00+01:00")
  }

  @Test func `Every format is written at once, and nothing is overwritten`() throws {
    let program = try Program(now: Self.now)
    let run = ["release", "plan", Self.example, "--out", "plan", "--budget", "100000"]
    #expect(try program.run(run).status == 0)
    for format in ["svg", "html", "json", "csv", "ics"] {
      let text = try String(contentsOfFile: program.path("plan/plan.\(format)"), encoding: .utf8)
      #expect(text.contains("Migration de la base"), "\(format)")
    }
    #expect(try program.run(run).status == 64)
    #expect(try program.run(run + ["--replace"]).status == 0)
  }

  // MARK: Options

  @Test func `A pin, approval to come and what is left aside change the plan`() throws {
    let program = try Program(now: Self.now)
    let text = try String(contentsOfFile: Self.example, encoding: .utf8)
    let pinned = try Self.plan(program, text, "--json", "--pin", "db=2026-12-08T01:00", "--except", "cache")
    let starts = try Self.starts(pinned)
    #expect(starts["db"] == "2026-12-08T01:00:00+01:00" && starts["cache"] == nil)
    #expect(starts["app"] == "2026-12-08T03:00:00+01:00")
    // Notice counts from approval: 16 December 18:00 and 48 hours leave the night of the 19th.
    let approved = try Self.plan(program, text, "--json", "--approved-by", "2026-12-16T18:00")
    #expect(try Self.starts(approved)["db"]?.hasPrefix("2026-12-19") == true, "\(approved.output)")
    for (option, value) in [("--pin", "x=2026-12-08T01:00"), ("--pin", "db"), ("--except", "x"), ("--except", "db")] {
      let answer = try Self.plan(program, text, option, value)
      #expect(answer.status == 64 && answer.errors.contains(option), "\(answer.errors)")
    }
  }

  // MARK: Without a place

  /// By hand: now + 48 h is Sunday 29 November 10:00; the window of that Sunday ends on Monday 07:00.
  @Test(arguments: [
    ("deadline: 2026-11-29T12:00", "3h", "With 1\u{202F}h less notice"),
    ("deadline: 2026-11-29T12:00", "3h", "With a deadline 1\u{202F}h later"),
    ("deadline: 2026-11-29T12:00", "3h", "If it were 1\u{202F}h shorter"),
    (
      "deadline: 2026-11-30T00:00\npeople: { alice: { away: [2026-11-29] } }", "1h",
      "If alice were free on Sunday 29 November"
    ),
    ("not-before: 2026-12-01T05:00\ndeadline: 2026-12-02T00:00", "3h", "If it might start 1\u{202F}h earlier"),
  ])
  func `What has no place says by how much it misses one`(more: String, duration: String, words: String) throws {
    let program = try Program(now: Self.now)
    let crew = more.contains("alice") ? "crew: [alice]" : ""
    let answer = try Self.plan(program, Self.file(more, change: crew, duration: duration))
    let line = answer.output.replacing(/\s*\n\s+/, with: " ")
    #expect(line.contains(words), "\(answer.output)\(answer.errors)")
  }

  // MARK: Malformed

  @Test(arguments: [
    ("surprise: 1", "", "-:2: there is no key surprise", "il n’y a pas de clé surprise"),
    (
      "", "servces: [x]", "-:8: changes[0]: there is no key servces. Did you mean services?",
      "Vouliez-vous dire services"
    ),
    ("", "after: [b]", "-:8: changes[0].after[0]: no change of this file is called b", "ne s’appelle b"),
    ("", "after: [{ change: a, gap: 1h }]", "-:8: changes[0].after[0].gap: 1h: write 0h..72h", "écrivez 0h..72h"),
    ("", "after: [a]", "each waits for the next: a → a", "chacun attend le suivant"),
    ("", "deadline: 2026-12-20", "-:8: changes[0].deadline: deadline 2026-12-20: add a time", "ajoutez une heure"),
    ("", "deadline: 2027-03-28T02:30", "-:8: changes[0].deadline", "changes[0].deadline"),
    ("", "priority: 6", "-:8: changes[0].priority: 6: write 1 to 5", "écrivez 1 à 5"),
    ("", "rollback: 1 day", "-:8: changes[0].rollback: 1 day is no length", "n’est pas une durée"),
    ("", "impact: total", "-:8: changes[0].impact: impact total: unknown", "inconnu"),
    ("", "components: [moteur]", "-:8: changes[0].components: ", "moteur"),
    ("", "update: { version: \"1\" }", "-:8: changes[0].update: category is missing", "category manque"),
    ("people: { alice: { away: [2026-12-07/2026-12-05] } }", "", "-:2: people.alice.away", "people.alice.away"),
    ("people: { alice: }", "crew: [alise]", "did you mean alice?", "vouliez-vous dire alice"),
    ("usage: nowhere.csv", "", "-:2: usage: nowhere.csv cannot be read", "illisible"),
    ("  bad: [", "", "-:", "ni du YAML ni du JSON"),
  ])
  func `A file that cannot be read is refused with line, path and what to do`(
    more: String, change: String, english: String, french: String
  ) throws {
    let program = try Program(now: Self.now)
    let answer = try Self.plan(program, Self.file(more, change: change))
    #expect(answer.status == 65 && answer.output.isEmpty)
    #expect(answer.errors.contains(english), "\(answer.errors)")
    let other = try Self.plan(program, Self.file(more, change: change), lang: "fr")
    #expect(other.errors.contains(french), "\(other.errors)")
  }

  @Test func `Usage is read from a table, and what is wrong in it is named with its own line`() throws {
    let program = try Program(now: Self.now)
    let file = program.path("release.yaml")
    try Self.file("usage: usage.csv").write(toFile: file, atomically: true, encoding: .utf8)
    func plan(_ rows: String) throws -> Program.Answer {
      try ("weekday,hour,weight\n" + rows).write(
        toFile: program.path("usage.csv"), atomically: true, encoding: .utf8)
      return try program.run("release", "plan", file, "--json", "--budget", "200000")
    }
    // Nothing weighs anything but the hours before 05:00: the first night after them is the best.
    let free = try plan(
      "monday-sunday,0,9\nmonday-sunday,1,9\nmonday-sunday,2,9\nmonday-sunday,3,9\nmonday-sunday,4,9\n")
    #expect(try Self.starts(free)["a"] == "2026-11-29T10:00:00+01:00", "\(free.errors)")
    let bad = try plan("monday,0,1\nlundi,1,1\nmonday,24,1\nmonday,0,2\n")
    #expect(bad.status == 65)
    for place in ["usage.csv:3: weekday", "usage.csv:4: hour", "usage.csv:5: hour"] {
      #expect(bad.errors.contains(place), "\(bad.errors)")
    }
  }
}
