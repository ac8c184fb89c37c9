import Foundation
import JSONText
import TestSupport
import Testing

/// `~/.config/preavis/config.yaml`, and places that could be meant otherwise.
@Suite struct SettingsTests {
  /// A program whose home has that file, and no register in its environment.
  private static func program(_ text: String) throws -> (program: Program, home: [String: String]) {
    let program = try Program.withOneChange()
    let folder = program.path("home/.config/preavis")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/config.yaml"))
    return (program, ["HOME": program.path("home")])
  }

  private static func info(_ program: Program, _ more: [String] = [], _ setting: [String: String]) throws -> [String:
    String]
  {
    let json = try program.run(["register", "info", "--json"] + more, setting: setting).json()
    return Dictionary(uniqueKeysWithValues: (json.members ?? []).map { ($0.key, $0.value.string ?? "") })
  }

  @Test func `A flag goes before the environment, and that before the file`() throws {
    let (program, home) = try Self.program("register: ~/mine.sqlite\nlanguage: fr\n")
    let own = program.path("home/mine.sqlite")
    try FileManager.default.copyItem(atPath: program.path("register.sqlite"), toPath: own)
    let environment = try Self.info(program, [], home)
    #expect(environment["register_by"] == "environment" && environment["register"] == program.path("register.sqlite"))
    #expect(environment["language"] == "fr (settings)" && environment["settings"]?.hasSuffix("/config.yaml") == true)
    let flag = try Self.info(program, ["--register", own, "--lang", "en"], home)
    #expect(flag["register_by"] == "flag" && flag["register"] == own && flag["language"] == "en (flag)")
    // Foundation cannot take a variable away for one command alone: an empty one is no place.
    #expect(try program.run(["list"], setting: home).output.contains("planifiée"))
    #expect(try program.run(["list", "--lang", "en"], setting: home).output.contains("planned"))
    let other = home.merging(["XDG_CONFIG_HOME": "/nowhere"]) { $1 }
    #expect(try program.run(["list"], setting: other).output.contains("planned"), "another place has no file")
    let none = home.merging(["PREAVIS_CONFIG": ""]) { $1 }
    #expect(try Self.info(program, [], none)["settings"] == "-")
    #expect(try Self.info(program, [], [:])["settings"] == "-", "without a home there is none")
  }

  @Test(arguments: [
    ("register: ~/a\nservise: x\n", "config.yaml:2: unknown key `servise`; did you mean `service`?"),
    ("language: de\n", "config.yaml:1: `language` cannot be `de`; write fr or en"),
    ("register: mine.sqlite\n", "config.yaml:1: `register` cannot be `mine.sqlite`"),
    ("calendars: relative\n", "config.yaml:1: `calendars` cannot be `relative`"), ("- a\n", "must hold keys"),
  ])
  func `What is wrong in the file is said with its line`(text: String, message: String) throws {
    let (program, home) = try Self.program(text)
    let answer = try program.run(["list"], setting: home)
    #expect(answer.status == 65 && answer.output.isEmpty && answer.errors.contains(message), "\(answer)")
    #expect(try program.run(["deliveries", "run"], setting: home).status == 0, "what machines run reads none of it")
  }

  @Test func `A file that says nothing changes nothing, and a service is the default of verbs for one`() throws {
    let (program, home) = try Self.program("# later\n")
    #expect(try program.run(["list"], setting: home).status == 0)
    let (other, own) = try Self.program("service: paie\n")
    let answer = try other.run(["check", "--start", "2026-12-06T01:00", "--duration", "1h"], setting: own)
    #expect(answer.status == 64 && answer.errors.contains("config.yaml: service paie: unknown"), "\(answer.errors)")
    #expect(try other.run(["list"], setting: own).status == 0, "what is of all services stays so")
    let missing = ["PREAVIS_CONFIG": program.path("none.yaml")]
    #expect(try program.run(["list"], setting: missing).status == 65)
  }

  @Test(arguments: ["plans.example", "host.example:8443", "localhost:8080"])
  func `What is more like a server than like a file is asked about`(place: String) throws {
    let program = try Program(isRegistered: false)
    for (lang, word) in [("en", "is that a server or a file?"), ("fr", "est-ce un serveur ou un fichier")] {
      let answer = try program.run(["list", "--lang", lang], setting: ["PREAVIS_REGISTER": place])
      #expect(answer.status == 64 && answer.errors.contains(word) && answer.errors.contains("https://\(place)"))
    }
    #expect(try program.run("init", "--register", "./plans.example").status == 0)
    #expect(try program.run("init", "--register", "mine.sqlite").status == 0)
  }

  @Test func `A copy that would fall on a file is told how to go elsewhere`() throws {
    let program = try Program.withOneChange()
    try Data("x".utf8).write(to: URL(filePath: program.path("copy")))
    let answer = try program.run("register", "backup", "-o", program.path("copy"))
    #expect(answer.status != 0 && answer.errors.contains("-o") && !answer.errors.contains("--register"))
  }

  // MARK: A month

  @Test func `The papers of a month are what each verb writes of it, and overwrite nothing`() throws {
    let program = try Program.withOneChange()
    let december = ["PREAVIS_NOW": "2026-12-02T10:00:00+01:00"]
    let folder = program.path("november")
    let written = try program.run(["month", "2026-11", "--out", folder, "--json"], setting: december)
    #expect(written.status == 0, "\(written)")
    #expect(try written.json().array?.count == 10)
    func file(_ name: String) throws -> String {
      try String(contentsOfFile: "\(folder)/profession-liberale-2026-11-\(name)", encoding: .utf8)
    }
    func said(_ words: String...) throws -> String { try program.run(words, setting: december).output }
    for lang in ["fr", "en"] {
      #expect(
        try file("report.\(lang).html").trimmed
          == said("report", "--month", "2026-11", "--format", "html", "--lang", lang).trimmed)
      #expect(
        try file("availability.\(lang).svg")
          == said("availability", "--month", "2026-11", "--format", "svg", "--lang", lang))
      #expect(
        try file("notice.\(lang).txt").trimmed
          == said("notice", "--kind", "availability", "--month", "2026-11", "--format", "text", "--lang", lang).trimmed)
    }
    #expect(try file("availability.csv") == said("availability", "--month", "2026-11", "--csv"))
    let again = try program.run(["month", "--out", folder], setting: december)
    #expect(again.status == 64 && again.errors.contains("--replace") && again.errors.contains("and 9 more"))
    #expect(try program.run(["month", "--out", folder, "--replace"], setting: december).status == 0)
    #expect(try program.run(["month", "2026-13", "--out", folder], setting: december).status == 64)
    let running = try program.run("month", "2026-11", "--out", program.path("now"))
    #expect(running.status == 0 && running.output.contains("provisional"))
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .newlines) }
}
