import Foundation
import JSONText
import TestSupport
import Testing

/// What hands do by habit: an option typed twice, `make install` over an installation that somebody edited.
struct HabitTests {
  @Test(
    arguments: [
      (["check", "--start", "2026-12-06T01:00", "--duration", "1h", "--duration", "2h"], "--duration"),
      (["check", "--start=2026-12-06T01:00", "--start", "2026-12-07T01:00", "--duration", "1h"], "--start"),
      (["notices", "published", "CHG-2026-0001", "--channel", "portal", "--at", "09:00", "--at", "09:10"], "--at"),
      (["feed", "-o", "a.ics", "--output", "b.ics"], "-o --output"), (["feed", "-o", "a.ics", "-o", "b.ics"], "-o"),
      (["list", "--lang", "en", "--lang", "en"], "--lang"),
      (["report", "--month", "2026-10", "--month", "2026-11"], "--month"),
      (["support-clock", "--at", "2026-12-01T10:00", "--at", "2026-12-01T11:00", "--criticality", "1"], "--at"),
    ])
  func `An option that takes one value is not given two`(arguments: [String], name: String) throws {
    let program = try Program.withOneChange()
    // French has a blank before its colon.
    for (lang, words) in [("en", ": given twice, and"), ("fr", "\u{A0}: donné deux fois, pour")] {
      let answer = try program.run(arguments, setting: ["LANG": "\(lang)_FR.UTF-8"])
      #expect(answer.status == 64 && answer.output.isEmpty, "\(arguments)")
      if !arguments.contains("--lang") { #expect(answer.errors.contains("\(name)\(words)"), "\(answer.errors)") }
    }
    #expect(!FileManager.default.fileExists(atPath: program.path("b.ics")))
    #expect(try program.run("notices", "due", "--json").output.contains("announcement"))
  }

  /// Every verb and option, as the parser itself lists them.
  @Test func `No verb takes one value twice`() throws {
    let program = try Program(isRegistered: false)
    let root = try JSON(parsing: Array(program.run("--experimental-dump-help").output.utf8))
    var count = 0
    func walk(_ command: JSON, _ path: [String]) throws {
      for verb in command["subcommands"]?.array ?? [] {
        guard let name = verb["commandName"]?.string, name != "help" else { continue }
        try walk(verb, path + [name])
      }
      guard (command["subcommands"]?.array ?? []).isEmpty else { return }
      let single = (command["arguments"]?.array ?? []).filter {
        $0["kind"]?.string == "option" && $0["isRepeating"]?.bool != true
      }
      let names = single.compactMap { $0["names"]?.array?.last?["name"]?.string }.filter { $0 != "lang" }
      guard !names.isEmpty else { return }
      // One of each verb by turns, since each run is a process.
      let name = names[count % names.count]
      count += 1
      let answer = try program.run(path + ["--\(name)", "1", "--\(name)", "2"])
      #expect(answer.status == 64 && answer.output.isEmpty, "\(path) --\(name)")
      #expect(answer.errors.contains("--\(name): given twice"), "\(path) --\(name): \(answer.errors)")
    }
    try walk(#require(root["command"]), [])
    #expect(count > 60)
  }

  @Test(arguments: [
    ["windows", "--month", "2026-12", "--from", "2026-12-01"], ["windows", "--month", "2026-12", "--year", "2026"],
    ["windows", "--json", "--format", "ics"], ["windows", "--month", "2026-12", "--format", "ics"],
    ["holidays", "--json", "--format", "ics"], ["holidays", "--format", "svg"],
    ["annex", "--year", "2027", "--json", "--format", "html"],
    ["holidays", "--batch", "years.jsonl", "--year", "2026"],
    ["windows", "--batch", "x.jsonl", "--month", "2026-12"], ["slots", "--batch", "x.jsonl", "--count", "3"],
    ["check", "--batch", "x.jsonl", "--environment", "preproduction"],
    ["availability", "--batch", "x.jsonl", "--month", "2026-11"],
    ["support-clock", "--batch", "x", "--criticality", "1"],
    ["notices", "evidence", "CHG-2026-0001", "--check", "x.eml", "--csv"],
    [
      "submit", "--start", "2026-12-20T01:00", "--duration", "1h", "--title", "T", "--dry-run", "--idempotency-key",
      "k",
    ],
  ])
  func `An option that another would leave unsaid is refused`(arguments: [String]) throws {
    let answer = try Program.withOneChange().run(arguments)
    #expect(answer.status == 64 && answer.output.isEmpty, "\(arguments): \(answer)")
  }

  @Test func `The windows of a month are JSON too`() throws {
    let program = try Program(now: "2026-11-20T10:00:00+01:00")
    let month = try program.run("windows", "--month", "2026-12", "--json").json().array ?? []
    let range = try program.run("windows", "--from", "2026-12-01", "--to", "2027-01-01", "--json").json().array
    #expect(!month.isEmpty && month == range)
  }

  /// Whoever names the wrong change learns of it while nothing is recorded: it begins on 29 November at 01:00.
  @Test func `A start days ahead is told before it is recorded, and is no tick when it is`() throws {
    let program = try Program.withOneChange()
    let asked = try program.run("start", "CHG-2026-0001")
    #expect(asked.status == 3 && asked.output.contains("! That start is 8 days 15"), "\(asked)")
    #expect(try program.run("show", "CHG-2026-0001", "--json").json()["state"] == "planned")
    let told = try program.run("start", "CHG-2026-0001", "--reason", "Asked for by the client")
    #expect(told.status == 0 && told.output.contains("! That start is"), "\(told)")
  }

  @Test func `One that takes several may be given several times, and a flag twice is a flag`() throws {
    let program = try Program.withOneChange()
    let answer = try program.submit(
      "2026-12-06T01:00", "--component", "application", "--component", "flux", "--json", "--json")
    #expect(answer.status == 0)
    #expect(try answer.json()["components"] == ["application", "flux"])
  }

  /// Expected: what dpkg does with conffiles (Debian Policy, section 10.7.3).
  @Test func `An installation leaves what an operator edited, added or removed`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "preavis-install-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let (from, to) = (folder.appending(path: "from/data"), folder.appending(path: "to"))
    try FileManager.default.createDirectory(at: from, withIntermediateDirectories: true)
    func write(_ name: String, _ text: String, in place: URL) throws {
      try Data(text.utf8).write(to: place.appending(path: name))
    }
    func install() throws -> (said: String, files: [String: String]) {
      let process = Process()
      let pipe = Pipe()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = [
        "python3", Program.root.appending(path: "scripts/install_data.py").path, to.path, from.path,
      ]
      process.standardOutput = pipe
      try process.run()
      let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      let data = to.appending(path: "data")
      var files: [String: String] = [:]
      for name in try FileManager.default.contentsOfDirectory(atPath: data.path) {
        files[name] = try String(contentsOf: data.appending(path: name), encoding: .utf8)
      }
      return (said, files)
    }
    for name in ["same", "newer", "edited", "kept", "removed", "gone", "gone-edited"] { try write(name, "1", in: from) }
    #expect(try install().files.count == 7)
    let data = to.appending(path: "data")
    for name in ["edited", "kept", "gone-edited"] { try write(name, "mine", in: data) }
    try write("added", "mine", in: data)
    try FileManager.default.removeItem(at: data.appending(path: "removed"))
    for name in ["newer", "edited", "removed", "brought"] { try write(name, "2", in: from) }
    for name in ["gone", "gone-edited"] { try FileManager.default.removeItem(at: from.appending(path: name)) }
    let (said, files) = try install()
    #expect(
      files == [
        "same": "1", "newer": "2", "edited": "mine", "edited.new": "2", "kept": "mine", "gone-edited": "mine",
        "added": "mine", "brought": "2",
      ])
    #expect(said.contains("data/edited: was edited") && said.contains("data/removed: was removed"))
    #expect(!said.contains("kept"))
  }
}
