import Foundation
import JSONText
import TestSupport
import Testing

/// What `availability` draws and writes besides its figures, and how it shows that it works.
@Suite struct AvailabilityFormatTests {
  /// November 2026: an overrun of 40 minutes across 07:00 on Tuesday 10, force majeure on Thursday 12, one that goes on.
  static func november() throws -> Program {
    let program = try Program(now: "2026-11-02T10:00:00+01:00")
    func run(_ now: String, _ arguments: String...) throws {
      let answer = try program.run(arguments, setting: ["PREAVIS_NOW": "2026-11-\(now):00+01:00"])
      try #require(answer.status == 0, "\(arguments): \(answer.output) \(answer.errors)")
    }
    try run("02T10:00", "submit", "--start", "2026-11-10T05:00", "--duration", "2h", "--title", "=Migration, \"<b>\"")
    try run("10T05:00", "start", "CHG-2026-0001")
    try run("10T07:40", "complete", "CHG-2026-0001", "--reason", "Slow disks")
    try run(
      "12T12:00", "outage", "record", "--start", "2026-11-12T09:00", "--end", "2026-11-12T10:00", "--cause",
      "force-majeure")
    try run("17T12:00", "outage", "record", "--start", "2026-11-17T11:30", "--cause", "incident")
    return program
  }

  static let noon = ["PREAVIS_NOW": "2026-11-17T12:00:00+01:00"]

  @Test func `A month is drawn in ASCII where the locale has no more, and in 80 columns`() throws {
    let program = try Self.november()
    func month(_ locale: [String: String]) throws -> [String] {
      let answer = try program.run(
        ["availability", "--month", "2026-11"], setting: Self.noon.merging(locale) { $1 })
      #expect(answer.status == 0)
      #expect(answer.lines().allSatisfy { $0.count <= 80 && !$0.hasSuffix(" ") })
      return answer.lines().map(String.init)
    }
    let blank = String(repeating: " ", count: 15)
    // Sunday 1 and Wednesday 11 are public holidays; days two columns wide, from Monday 2 on.
    let week = "· · · · ·"
    let rich = blank + "  \(week)     · ▂   ○ ·     · ▂ – – –     – – – – –     –"
    for locale in [["LANG": "fr_FR.UTF-8"], ["LC_ALL": "C.utf8", "LANG": "C"], ["LC_ALL": "", "LANG": "en_GB.UTF-8"]] {
      #expect(try month(locale.merging(["LC_CTYPE": ""]) { $1 }).contains(rich), "\(locale)")
    }
    let plain = rich.replacing("·", with: ".").replacing("▂", with: "1").replacing("○", with: "o")
      .replacing("–", with: "-")
    for locale in [
      ["LANG": "C"], ["LANG": ""], ["LC_ALL": "C", "LANG": "fr_FR.UTF-8"], ["LC_CTYPE": "fr_FR.ISO-8859-1"],
    ] {
      let lines = try month(locale)
      #expect(lines.contains(plain), "\(locale)")
      // PRT is 20 days of 13 h, 936,000 s; 9360 s allowed, 4200 s used: 26 of 58 cells.
      let bar = "[" + String(repeating: "#", count: 26) + String(repeating: ".", count: 32) + "]"
      #expect(lines.contains(blank + bar), "\(locale)")
    }
    let narrow = try program.run(
      ["availability", "--month", "2026-11"], setting: Self.noon.merging(["COLUMNS": "40"]) { $1 })
    #expect(narrow.lines().contains { $0.hasSuffix("]") && $0.count == 4 + 30 })
    #expect(narrow.lines().contains("     ·····  ·▂ ○·  ·▂–––  –––––  –"))
  }

  @Test func `Many months and services have a line each, in 80 columns`() throws {
    let program = try Self.november()
    let folder = program.folder.appending(path: "calendars")
    try FileManager.default.copyItem(at: Program.root.appending(path: "calendars"), to: folder)
    let contract = folder.appending(path: "services/profession-liberale.yaml")
    let text = try String(contentsOf: contract, encoding: .utf8)
    let name = "another-service-with-a-long-name"
    try text.replacing("service: profession-liberale", with: "service: \(name)")
      .write(to: folder.appending(path: "services/\(name).yaml"), atomically: true, encoding: .utf8)
    let answer = try program.run(
      ["availability", "--from", "2026-10", "--to", "2026-11", "--calendars", folder.path], setting: Self.noon)
    #expect(answer.status == 0, "\(answer.errors)")
    #expect(answer.errors.isEmpty)
    #expect(answer.lines().allSatisfy { $0.count <= 80 })
    let drawn = answer.lines().filter { $0.hasSuffix("]") && !$0.hasPrefix("[") }
    #expect(drawn.count == 4)
    #expect(drawn.contains { $0.hasPrefix("profession-liberale") && $0.contains("2026-11   ·····  ·▂ ○·  ·▂") })
    let picture = try program.run(
      ["availability", "--format", "svg", "--month", "2026-11", "--calendars", folder.path], setting: Self.noon)
    #expect(picture.status == 64 && picture.errors.contains("--service"))
  }

  @Test func `Stops have a row each, and nothing that anyone typed is in it`() throws {
    let program = try Self.november()
    let answer = try program.run(
      ["availability", "--from", "2026-10", "--to", "2026-11", "--csv", "--stops"], setting: Self.noon)
    #expect(answer.status == 0)
    #expect(
      answer.output.components(separatedBy: "\r\n") == [
        "service,month,id,cause,environment,start,end,ongoing,seconds,counted_seconds,other_environment_seconds,"
          + "another_month_seconds,window_seconds,outside_reference_period_seconds,excluded_cause_seconds,"
          + "excused_seconds,counted_once_seconds,reasons,recorded_afterwards",
        "profession-liberale,2026-11,CHG-2026-0001,planned-maintenance,production,2026-11-10T05:00:00+01:00,"
          + "2026-11-10T07:40:00+01:00,false,9600,2400,0,0,7200,0,0,0,0,window,false",
        "profession-liberale,2026-11,OUT-2026-0001,force-majeure,production,2026-11-12T09:00:00+01:00,"
          + "2026-11-12T10:00:00+01:00,false,3600,0,0,0,0,0,3600,0,0,excluded_cause,false",
        "profession-liberale,2026-11,OUT-2026-0002,incident,production,2026-11-17T11:30:00+01:00,,true,1800,1800,"
          + "0,0,0,0,0,0,0,,false",
        "",
      ])
    let format = try program.run(
      ["availability", "--from", "2026-10", "--to", "2026-11", "--format", "csv", "--stops"], setting: Self.noon)
    #expect(format.output == answer.output)
  }

  @Test func `Formats are the flags, and what contradicts itself is wrong usage`() throws {
    let program = try Self.november()
    func run(_ arguments: String...) throws -> Program.Answer {
      try program.run(["availability"] + arguments, setting: Self.noon)
    }
    #expect(try run("--format", "json").output == run("--json").output)
    #expect(try run("--format", "csv").output == run("--csv").output)
    #expect(try run("--format", "text").output == run().output)
    #expect(try run("--format", "svg").output.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg "))
    #expect(try run("--format", "svg", "-o", program.path("m.svg")).output.isEmpty)
    #expect(FileManager.default.fileExists(atPath: program.path("m.svg")))
    for arguments in [
      ["--format", "pdf"], ["--format", "svg", "--json"], ["--format", "json", "--csv"], ["--csv", "--json"],
      ["--stops"],
      ["--stops", "--json"], ["--stops", "--format", "svg"], ["--format", "svg", "--from", "2026-10"],
      ["--simulate", "2026-11-23T06:00/2h", "--format", "svg"],
    ] {
      let answer = try program.run(["availability"] + arguments, setting: Self.noon)
      #expect(answer.status == 64, "\(arguments)")
      #expect(answer.output.isEmpty && !answer.errors.isEmpty, "\(arguments)")
    }
  }

  @Test func `The report of a month is a mail without an event; a corrected one is another of its thread`() throws {
    let program = try Self.november()
    func mail(_ now: String, _ more: String...) throws -> [String] {
      let answer = try program.run(
        ["notice", "--kind", "availability", "--month", "2026-11", "--format", "eml"] + more,
        setting: ["PREAVIS_NOW": now])
      #expect(answer.status == 0, "\(answer.errors)")
      #expect(!answer.output.contains("text/calendar") && !answer.output.contains("BEGIN:VCALENDAR"))
      #expect(answer.output.contains("Content-Type: multipart/alternative;"))
      // RFC 5322, section 2.1: lines end with CR LF, and nothing else does.
      #expect(answer.output.utf8.filter { $0 == 0x0A }.count == answer.output.components(separatedBy: "\r\n").count - 1)
      return answer.output.replacing("\r\n ", with: " ").components(separatedBy: "\r\n")
    }
    func header(_ name: String, _ lines: [String]) -> String? {
      lines.prefix { !$0.isEmpty }.first { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
    }
    let first = try mail("2026-11-17T12:00:00+01:00", "--to", "a@example.org", "--bcc", "b@example.org")
    #expect(header("To", first) == "a@example.org")
    #expect(header("Bcc", first) == "b@example.org")
    #expect(header("Content-Language", first) == "en")
    let id = try #require(header("Message-ID", first))
    #expect(id.hasPrefix("<availability.2026-11.profession-liberale."))
    #expect(header("Message-ID", try mail("2026-11-17T12:00:00+01:00")) == id)
    let later = try mail("2026-12-01T12:00:00+01:00")
    #expect(try #require(header("Message-ID", later)) != id)
    #expect(header("References", later) == header("References", first))
    #expect(try #require(header("References", first)) != id)
    #expect(
      try program.run("notice", "--kind", "availability", "--month", "2026-11", "--to", "a@example.org").status == 64)
    #expect(
      try program.run(
        "notice", "--kind", "availability", "--month", "2026-11", "--format", "eml", "--to", "a@b\nBcc: c@d"
      ).status == 64)
  }

  /// A terminal for standard error, as `script` (util-linux) lends one.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
  func `Long work shows how far it has come on a terminal, and nothing anywhere else`() throws {
    let program = try Self.november()
    let lines = String(repeating: AvailabilityTests.good + "\n", count: 3000)
    try lines.write(toFile: program.path("lines.jsonl"), atomically: true, encoding: .utf8)
    func shown(_ arguments: [String], _ name: String, redirect: String) throws -> (screen: String, answer: String) {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/script")
      let command = "'\(Program.executable.path)' \(arguments.joined(separator: " ")) \(redirect)"
      process.arguments = ["-qec", command, "/dev/null"]
      process.currentDirectoryURL = program.folder
      process.environment = [
        "PREAVIS_CALENDARS": Program.root.appending(path: "calendars").path, "LANG": "C.UTF-8", "TERM": "xterm",
        "PREAVIS_REGISTER": program.path("register.sqlite"), "PREAVIS_NOW": Self.noon["PREAVIS_NOW"] ?? "",
        "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin",
      ]
      try Data().write(to: program.folder.appending(path: name))
      let screen = try FileHandle(forWritingTo: program.folder.appending(path: name))
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = screen
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      return (
        try String(contentsOfFile: program.path(name), encoding: .utf8),
        (try? String(contentsOfFile: program.path("answer"), encoding: .utf8)) ?? ""
      )
    }
    let batch = ["availability", "--batch", program.path("lines.jsonl")]
    let piped = try program.run(batch)
    #expect(piped.status == 0 && piped.errors.isEmpty)
    let year = ["availability", "--from", "2026-01", "--to", "2026-12"]
    let quiet = try program.run(year, setting: Self.noon)
    #expect(quiet.errors.isEmpty)
    for (arguments, label, expected) in [(batch, "Batch", piped.output), (year, "Availability", quiet.output)] {
      let (screen, answer) = try shown(arguments, "screen.\(label)", redirect: "> answer")
      #expect(screen.contains("\r\(label) ") && screen.contains(" 100 %"))
      // Taken away at the end: the line is cleared. Source: ECMA-48, 8.3.41 (EL).
      #expect(screen.hasSuffix("\r\u{1B}[2K"))
      #expect(answer == expected)
    }
    // Where the answers themselves run over the terminal, they are the progress.
    let mixed = try shown(batch, "screen.mixed", redirect: "").screen
    #expect(!mixed.contains("Batch"))
  }
}
