import Foundation
import JSONText
import TestSupport
import Testing

/// `import FILE.ics`: calendars of strangers, read by a process of their own.
@Suite struct CalendarImportTests {
  static let calendars = Program.fixtures.appending(path: "hostile/ics")

  /// Files that the corpus would take or limit and that we refuse, and why: as `HostileFileTests` rules.
  static let alsoRefused: Set = [
    "dst_overlap.ics", "rrule_daily_never.ics", "rrule_count_max.ics", "rrule_until9999.ics",
    "uid_64k.ics",
  ]

  @Test(
    "Each file of the hostile corpus ends in time: refused with its name and why, or judged", .timeLimit(.minutes(20)))
  func hostileCorpus() throws {
    let program = try Program(now: "2026-05-23T11:00:00+02:00")
    let manifest = try JSON(
      parsing: String(contentsOf: Self.calendars.appending(path: "MANIFEST.json"), encoding: .utf8))
    let members = try #require(manifest.members)
    #expect(members.count == 64)
    var counts: [Int32: Int] = [:]
    let clock = ContinuousClock()
    for member in members {
      let path = Self.calendars.appending(path: member.key).path
      var answer = Program.Answer(status: -1, output: "", errors: "")
      let time = try clock.measure { answer = try program.run("import", path, "--dry-run") }
      #expect(time < .seconds(3), "\(member.key)")
      counts[answer.status, default: 0] += 1
      if member.value["do"]?.string == "accept", !Self.alsoRefused.contains(member.key) {
        // June 2026 has passed, so the rules refuse what the reader took; without an event there is nothing to refuse.
        #expect(answer.status == 3 || answer.output.contains("0 rows"), "\(member.key): \(answer.errors)")
      } else {
        #expect(answer.status == 65, "\(member.key): \(answer.output)")
        #expect(answer.errors.contains("/\(member.key):"), "\(member.key): \(answer.errors)")
        // Each fault of the file is told, and then that nothing was recorded.
        let lines = answer.errors.split(separator: "\n")
        #expect(lines.prefix(max(1, lines.count - 1)).allSatisfy { $0.contains("/\(member.key):") }, "\(answer.errors)")
      }
      #expect(!(answer.output + answer.errors).contains("limits"), "\(member.key)")
    }
    #expect(counts == [0: 2, 3: 21, 65: 41])
    #expect(try program.run("list", "--json").json().array == [])
  }

  static func calendar(_ events: [String]) -> String {
    let components = events.enumerated().map { index, event in
      "BEGIN:VEVENT\r\nUID:\(index)@test\r\n\(event.split(separator: "\n").map { "\($0)\r\n" }.joined())END:VEVENT\r\n"
    }
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + components.joined() + "END:VCALENDAR\r\n"
  }

  @Test func `Events become changes; cancelled ones are named and left out`() throws {
    let program = try Program(now: "2026-11-23T11:00:00+01:00")
    let text = Self.calendar([
      "DTSTART;TZID=Europe/Paris:20261206T010000\nDURATION:PT2H\nSUMMARY:Base\\, \u{202E}1\nDESCRIPTION:Un\\nDeux\nX-PREAVIS-IMPACT:DEGRADED",
      "DTSTART;VALUE=DATE:20261213\nSUMMARY:Dimanche",
      "DTSTART:20261220T010000Z\nDURATION:PT1H\nSTATUS:CANCELLED\nSUMMARY:Gone",
      "DTSTART;TZID=Europe/Paris:20270103T010000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3\nSUMMARY:Série",
    ])
    let answer = try program.run(["import", "-", "--format", "ics", "--json"], input: text)
    #expect(answer.status == 0)
    #expect(answer.errors.contains("-:3: warning: title: 1 "))
    #expect(answer.errors.contains("“Gone”"))
    let rows = try answer.json().array ?? []
    #expect(
      rows.map { $0["status"]?.string } == ["recorded", "recorded", "skipped", "recorded", "recorded", "recorded"])
    let changes = rows.compactMap { $0["change"] }
    try #require(changes.map { $0["title"]?.string } == ["Base, 1", "Dimanche", "Série", "Série", "Série"])
    #expect(changes[0]["description"]?.string == "Un\nDeux")
    #expect(changes[0]["impact"]?.string == "degraded")
    #expect(changes[1]["start"]?.string == "2026-12-13T00:00:00+01:00")
    #expect(changes[1]["end"]?.string == "2026-12-14T00:00:00+01:00")
    #expect(changes[4]["start"]?.string == "2027-01-17T01:00:00+01:00")
    let again = try program.run(["import", "-", "--format", "ics"], input: text)
    #expect(again.status == 0)
    #expect(again.output.contains("5 already imported"))
  }

  @Test func `An event that has changed moves its change, a cancelled one cancels it, never a second plan`() throws {
    let program = try Program(now: "2026-11-23T11:00:00+01:00")
    func run(_ events: [String], _ arguments: String...) throws -> (status: Int32, told: [String]) {
      let answer = try program.run(
        ["import", "-", "--format", "ics", "--json"] + arguments, input: Self.calendar(events))
      let rows = try answer.status == 65 ? [] : answer.json().array ?? []
      return (
        answer.status,
        rows.map { row in
          let change = row["change"]?["id"]?.string ?? row["target"]?.string ?? ""
          return "\(row["action"]?.string ?? row["status"]?.string ?? "") \(change)"
        }
      )
    }
    let one = "DTSTART;TZID=Europe/Brussels:20261206T010000\nDURATION:PT2H\nSUMMARY:One"
    let series = "DTSTART;TZID=Europe/Paris:20270103T010000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2\nSUMMARY:Two"
    #expect(
      try run([one, series]) == (0, ["submit CHG-2026-0001", "submit CHG-2026-0002", "submit CHG-2026-0003"]))
    #expect(
      try run([one, series]) == (0, ["unchanged CHG-2026-0001", "unchanged CHG-2026-0002", "unchanged CHG-2026-0003"]))
    let moved = one.replacing("20261206", with: "20261213") + "\nSEQUENCE:1"
    // Clients were told, and are owed a reason; nothing of the file is recorded without it.
    #expect(try run([moved]) == (3, ["move CHG-2026-0001"]))
    #expect(try run([moved], "--reason", "Supplier", "--dry-run") == (0, ["move CHG-2026-0001"]))
    #expect(try run([moved], "--reason", "Supplier") == (0, ["move CHG-2026-0001"]))
    #expect(try run([moved]) == (0, ["unchanged CHG-2026-0001"]))
    // Back where it was is news as well, and so is what was said before that.
    #expect(try run([one]) == (3, ["move CHG-2026-0001"]))
    let back = one + "\nSEQUENCE:2"
    #expect(try run([back], "--reason", "Supplier") == (0, ["move CHG-2026-0001"]))
    #expect(try run([back]) == (0, ["unchanged CHG-2026-0001"]))
    #expect(try run([moved], "--reason", "Supplier") == (0, ["move CHG-2026-0001"]))
    let change = try program.run("show", "1", "--json").json()
    #expect(change["start"]?.string == "2026-12-13T01:00:00+01:00" && change["revision"]?.integer == 3)
    let dropped = series + "\nEXDATE;TZID=Europe/Paris:20270110T010000"
    #expect(
      try run([moved + "\nSTATUS:CANCELLED", dropped], "--reason", "Supplier") == (
        0, ["cancel CHG-2026-0001", "cancel CHG-2026-0003", "unchanged CHG-2026-0002"]
      ))
    #expect(try run([one + "\nSTATUS:CANCELLED"]) == (0, ["unchanged CHG-2026-0001"]))
    #expect(try program.run("list", "--json", "--all").json().array?.count == 3)
  }

  /// What Excel saves in French. Right values: the times of the contract's zone that the cells say.
  @Test(arguments: [
    ("titre;début;fin;impact\nA;08/11/2026 01:00;08/11/2026 02:30;indisponible\n", "2026-11-08T02:30:00+01:00"),
    ("sep=;\r\nTitre;Début;Durée\r\nA;08/11/2026 01:00:00;1:30\r\n", "2026-11-08T02:30:00+01:00"),
    ("title\tstart\tduration\nA\t08/11/2026 01:00\t01:30:00\n", "2026-11-08T02:30:00+01:00"),
    ("\u{FEFF}titre;début;durée\nA;08/11/2026 01:00;1,5h\n", "2026-11-08T02:30:00+01:00"),
  ])
  func `A table of a French office is read as it is saved`(text: String, end: String) throws {
    let program = try Program(now: "2026-10-19T09:00:00+02:00")
    let answer = try program.run(["import", "-", "--format", "csv", "--json", "--lang", "fr"], input: text)
    let change = try answer.json().array?.first?["change"]
    #expect(answer.status == 0 && change?["title"]?.string == "A", "\(answer.errors)")
    #expect(change?["start"]?.string == "2026-11-08T01:00:00+01:00" && change?["end"]?.string == end)
    #expect(change?["impact"]?.string == "outage")
  }

  @Test func `Dates in both orders are refused, in one language as in the other`() throws {
    let program = try Program(now: "2026-10-19T09:00:00+02:00")
    let mixed = "title;start;duration\nA;25/12/2026 01:00;1h\nB;12/26/2026 01:00;1h\n"
    let answer = try program.run(["import", "-", "--format", "csv"], input: mixed)
    #expect(answer.status == 65 && answer.errors.contains("-:3: 25/12/2026 (line 2) has its day first"))
    let french = try program.run(["import", "-", "--format", "csv", "--lang", "fr"], input: mixed)
    #expect(french.status == 65 && french.errors.contains("-:3: "))
  }

  @Test func `What show and list print can be imported`() throws {
    let program = try Program(now: "2026-10-19T09:00:00+02:00")
    _ = try program.run(
      "submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title", "A", "--impact", "degraded")
    let shown = try program.run("show", "1", "--json").output.replacing("2026-12-06T", with: "2026-12-13T")
    let answer = try program.run(["import", "-", "--format", "jsonl", "--json"], input: shown)
    #expect(answer.status == 0, "\(answer.errors)")
    let change = try answer.json().array?.first?["change"]
    #expect(change?["id"]?.string == "CHG-2026-0002" && change?["impact"]?.string == "degraded")
    let listed = try program.run("list", "--json").output.replacing("-12-", with: "-11-")
    #expect(try program.run(["import", "-", "--format", "jsonl", "--dry-run"], input: listed).status == 0)
  }

  @Test func `A calendar that is too large is refused before anyone reads it`() throws {
    let program = try Program(now: "2026-11-23T11:00:00+01:00")
    let answer = try program.run(
      ["import", "-", "--format", "ics"], input: String(repeating: "X", count: (1 << 20) + 1))
    #expect(answer.status == 65)
    #expect(answer.errors.contains("1 MiB"))
  }

  @Test func `Rules that take longer than the limits end in time, and are refused`() throws {
    let program = try Program(now: "2026-11-23T11:00:00+01:00")
    // Each is bounded and sparse: leap days on a Monday, until the year 2200.
    let rule =
      "DTSTART:19040229T010000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=1;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;UNTIL=22000101T000000Z\nSUMMARY:x"
    let text = Self.calendar(Array(repeating: rule, count: 4000))
    let clock = ContinuousClock()
    var answer = Program.Answer(status: -1, output: "", errors: "")
    let time = try clock.measure { answer = try program.run(["import", "-", "--format", "ics"], input: text) }
    #expect(answer.status == 65)
    #expect(time < .seconds(3.5))
  }

  @Test func `The reader has set its limits before it reads`() throws {
    let process = Process()
    process.executableURL = Program.executable
    process.arguments = ["import-reader", "--zone", "Europe/Paris", "--lang", "en", "--now", "0"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    var limits = ""
    // It waits for its input, so its limits can be looked at; they are set within milliseconds.
    let deadline = ContinuousClock.now + .seconds(20)
    while !limits.contains("Max open files            11 "), ContinuousClock.now < deadline {
      limits = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/limits", encoding: .utf8)) ?? ""
    }
    func row(_ name: String) -> [Substring] {
      limits.split(separator: "\n").first { $0.hasPrefix(name) }?.dropFirst(26).split(separator: " ").prefix(2).map {
        $0
      } ?? []
    }
    #expect(row("Max cpu time") == ["2", "2"])
    #expect(row("Max file size") == ["0", "0"])
    #expect(row("Max core file size") == ["0", "0"])
    // Files of the tz database, until the foreign parser begins.
    #expect(row("Max open files") == ["11", "11"])
    #expect(row("Max address space") == ["536870912", "536870912"])
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 65)
    let answer = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    #expect(answer.contains("\"refused\""))
  }
}
