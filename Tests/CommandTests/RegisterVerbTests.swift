import Foundation
import JSONText
import TestSupport
import Testing

/// Making, marking and looking after a register; help and data files.
@Suite struct RegisterVerbTests {
  static let now = "2026-12-01T10:00:00+01:00"

  @Test(arguments: [
    ["submit", "--start", "2030-12-08T01:00", "--duration", "1h", "--title", "x"], ["list"],
    ["check", "--start", "2030-12-08T01:00", "--duration", "1h"], ["feed"], ["register", "info"],
  ])
  func `A normal register refuses to work with PREAVIS_NOW set`(arguments: [String]) throws {
    let program = try Program()
    let answer = try program.run(arguments, setting: ["PREAVIS_NOW": Self.now])
    #expect(answer.status == 64)
    #expect(answer.errors.contains("PREAVIS_NOW"))
    #expect(answer.output.isEmpty)
    #expect(try program.run("list", "--json").json() == [])
  }

  @Test func `A normal register cannot be made with PREAVIS_NOW set`() throws {
    let program = try Program(isRegistered: false)
    #expect(try program.run(["init"], setting: ["PREAVIS_NOW": Self.now]).status == 64)
    #expect(!FileManager.default.fileExists(atPath: program.path("register.sqlite")))
  }

  @Test func `A simulation keeps to PREAVIS_NOW and marks all it shows`() throws {
    let program = try Program(now: Self.now)
    let submitted = try program.submit("2026-12-06T01:00")
    #expect(submitted.status == 0)
    #expect(submitted.output.contains("SIMULATION"))
    let json = try program.run("show", "CHG-2026-0001", "--json").json()
    #expect(json["simulation"]?.bool == true)
    #expect(json["planned_at"]?.string == Self.now)
    for arguments in [["show", "CHG-2026-0001"], ["notice", "CHG-2026-0001"]] {
      #expect(try program.run(arguments).output.contains("SIMULATION"), "\(arguments)")
    }
    for lang in ["en", "fr"] {
      let feed = try program.run("feed", "--lang", lang).output
      #expect(feed.contains("SUMMARY:[SIMULATION] "))
      #expect(feed.contains("NAME:[SIMULATION] "))
    }
    #expect(try program.run("register", "info", "--json").json()["simulation"]?.string == "true")
  }

  @Test func `A normal register marks nothing as a simulation`() throws {
    let program = try Program()
    #expect(!(try program.run("feed").output.contains("SIMULATION")))
  }

  @Test func `A register that is there already is not made again`() throws {
    let program = try Program(now: Self.now)
    try program.submit("2026-12-06T01:00")
    #expect(try program.run("init", "--simulation").status == 1)
    #expect(try program.run("list", "--json").json().array?.count == 1)
  }

  @Test func `Without a register a verb says how to make one`() throws {
    let program = try Program(isRegistered: false)
    let answer = try program.run("list")
    #expect(answer.status == 1)
    #expect(answer.errors.contains("preavis init"))
    #expect(answer.output.isEmpty)
  }

  @Test func `A file that is no register is refused and left as it is`() throws {
    let program = try Program(isRegistered: false)
    let path = program.path("register.sqlite")
    let notes = Data(String(repeating: "notes\n", count: 200).utf8)
    try notes.write(to: URL(filePath: path))
    for arguments in [["list"], ["submit", "--start", "2030-12-08T01:00", "--duration", "1h", "--title", "x"]] {
      #expect(try program.run(arguments).status == 1)
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == notes)
  }

  @Test func `Verifying prints the root, and the checkpoint of info stays good`() throws {
    let program = try Program(now: Self.now)
    try program.submit("2026-12-06T01:00")
    let checkpoint = try #require(try program.run("register", "info", "--json").json()["checkpoint"]?.string)
    try program.submit("2026-12-08T01:00")
    let verified = try program.run("register", "verify", "--against", checkpoint, "--json")
    #expect(verified.status == 0)
    #expect(try verified.json()["events"]?.integer == 4)
    #expect(try verified.json()["changes"]?.integer == 2)
    #expect(try verified.json()["problems"] == [])
    let other = "3:" + String(repeating: "a", count: 64)
    #expect(try program.run("register", "verify", "--against", other).status == 1)
  }

  /// Octet 80 of a file of SQLite is reserved for expansion, and 0 (sqlite.org/fileformat2.html, section 1.3).
  @Test func `What is found is told in words, and in stable codes with their members`() throws {
    let program = try Program(now: Self.now)
    try program.submit("2026-12-06T01:00")
    let file = URL(filePath: program.path("register.sqlite"))
    var bytes = try Data(contentsOf: file)
    bytes[80] = 1
    try bytes.write(to: file)
    let answer = try program.run("register", "verify", "--json")
    #expect(answer.status == 1)
    #expect(try answer.json()["events"]?.integer == 3)
    let message = "The beginning of the file is not that of a register (expansion)."
    #expect(
      try answer.json()["problems"] == [["code": "header", "field": "expansion", "message": .string(message)]])
    let words = try program.run("register", "verify", "--lang", "fr")
    #expect(words.status == 1)
    #expect(words.errors.contains("Le début du fichier n’est pas celui d’un registre (expansion)."))
    #expect(try program.run("register", "backup", "-o", program.path("copy.sqlite")).status == 1)
    #expect(try program.run("register", "restore", file.path, "--register", program.path("new.sqlite")).status == 1)
    #expect(!FileManager.default.fileExists(atPath: program.path("new.sqlite")))
    // A file that cannot be opened has a problem too.
    try Data(bytes.prefix(60)).write(to: file)
    let cut = try program.run("register", "verify", "--json")
    #expect(cut.status == 1)
    #expect(try cut.json()["problems"]?.array?.first?["code"]?.string != nil)
  }

  @Test func `A backup is a register of its own and never replaces a file`() throws {
    let program = try Program(now: Self.now)
    try program.submit("2026-12-06T01:00")
    let copy = program.path("backup.sqlite")
    #expect(try program.run("register", "backup", "-o", copy).status == 0)
    #expect(try program.run("register", "verify", "--register", copy).status == 0)
    #expect(try program.run("list", "--json").output == program.run("list", "--json", "--register", copy).output)
    #expect(try program.run("register", "backup", "-o", copy).status == 1)
    #expect(try program.run("register", "backup").status == 64)
  }

  @Test func `An answer in a file is the answer of standard output`() throws {
    let program = try Program(now: Self.now)
    try program.submit("2026-12-06T01:00")
    let path = program.path("feed.ics")
    let answer = try program.run("feed", "-o", path)
    #expect(answer.status == 0)
    #expect(answer.output.isEmpty)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == program.run("feed").output)
  }

  @Test func `Contracts and templates as shipped are in order`() throws {
    let program = try Program(isRegistered: false)
    #expect(try program.run("contract", "check").status == 0)
    #expect(try program.run("templates", "check").status == 0)
  }

  @Test func `A contract with an unknown key exits 65 and is named by file and line`() throws {
    let program = try Program(now: Self.now)
    let folder = program.folder.appending(path: "calendars")
    try FileManager.default.copyItem(at: Program.root.appending(path: "calendars"), to: folder)
    let file = folder.appending(path: "services/profession-liberale.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).count
    try Data((text + "surprise: true\n").utf8).write(to: file)
    let arguments = [
      ["contract", "check"], ["submit", "--start", "2026-12-06T01:00", "--duration", "1h", "--title", "x"],
    ]
    for arguments in arguments {
      let answer = try program.run(arguments + ["--calendars", folder.path])
      #expect(answer.status == 65)
      #expect(answer.errors.contains("profession-liberale.yaml:\(line)"), "\(answer.errors)")
    }
    #expect(try program.run("list", "--json").json() == [])
  }

  /// Source: ECMA-48 (what a terminal obeys); UAX #9.
  @Test(arguments: [
    ["check", "--start", "2026-12-06T01:00", "--duration", "1h", "--environment", "a\u{1B}[2J\u{202E}b"],
    ["check", "--start", "\u{1B}]0;x\u{7}", "--duration", "1h"],
    ["check", "--start", "2026-12-06T01:00", "--duration", "1h", "--service", "\u{9B}31m"],
    ["list", "--st\u{1B}[2Jate", "planned"], ["fo\u{1B}o"],
  ])
  func `What was typed is quoted without what a terminal would obey`(arguments: [String]) throws {
    let answer = try Program(now: Self.now).run(arguments)
    #expect(answer.status == 64)
    #expect(answer.output.isEmpty)
    #expect(answer.errors.contains("<U+"))
    #expect(
      answer.errors.unicodeScalars.allSatisfy {
        $0 == "\n" || !($0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0.value == 0x202E)
      })
  }

  static let verbs: [[String]] = [
    [], ["init"], ["check"], ["submit"], ["emergency"], ["import"], ["slots"], ["reschedule"], ["amend"], ["cancel"],
    ["start"],
    ["extend"], ["complete"], ["approve"], ["decline"], ["list"], ["show"], ["history"], ["windows"], ["holidays"],
    ["annex"],
    ["feed"], ["feed", "write"], ["feed", "doctor"], ["notice"],
    ["notices", "evidence"], ["notices", "due"], ["conflicts"], ["export"], ["serve"], ["gate"],
    ["notices", "write"], ["notices", "publish"], ["notices", "published"], ["notices", "send"], ["availability"],
    ["outage", "record"], ["outage", "end"], ["outage", "list"],
    ["outage", "amend"],
    ["outage", "void"], ["outage", "import"], ["release", "plan"], ["release", "submit"], ["release", "show"],
    ["release", "list"], ["release", "reschedule"], ["release", "cancel"], ["release", "approve"],
    ["release", "decline"],
    ["release", "leave"],
    ["contract", "check"], ["contract", "diff"], ["templates", "check"], ["register", "verify"], ["register", "info"],
    ["register", "backup"], ["register", "restore"], ["register", "accept"], ["gate", "override"],
    ["gate", "overrides"], ["support-clock"], ["support-clock", "report"], ["report"],
    ["token", "create"], ["token", "list"], ["token", "revoke"],
    ["private-feed", "create"], ["private-feed", "list"], ["private-feed", "revoke"],
    ["webhook", "create"], ["webhook", "list"], ["webhook", "test"], ["webhook", "rotate"], ["webhook", "revoke"],
    ["mailing", "create"], ["mailing", "import"], ["mailing", "list"], ["mailing", "bounced"], ["mailing", "bounces"],
    ["mailing", "revoke"],
    ["deliveries", "list"], ["deliveries", "run"], ["deliveries", "retry"], ["whoami"], ["month"],
  ]

  @Test(arguments: verbs)
  func `The help of every verb has an example`(verb: [String]) throws {
    let program = try Program(isRegistered: false)
    let answer = try program.run(verb + ["--help"])
    #expect(answer.status == 0)
    #expect(answer.output.contains("Example"))
    #expect(answer.output.contains("preavis \(verb.joined(separator: " "))"))
  }

  @Test func `Every verb that the program lists is in the table above`() throws {
    let program = try Program(isRegistered: false)
    /// The verbs below one, as its help lists them.
    func listed(_ verb: [String]) throws -> [[String]] {
      let help = try program.run(verb + ["--help"]).output
      guard let part = help.range(of: "SUBCOMMANDS:\n") else { return [] }
      return help[part.upperBound...].split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
        .compactMap { $0.split { " ,".contains($0) }.first.map(String.init) }
        .filter { $0.first?.isLowercase == true }.map { verb + [$0] }
    }
    var found: Set<[String]> = [[]]
    for verb in try listed([]) where verb != ["help"] {
      let below = try listed(verb)
      found.formUnion(below)
      // A verb that only holds others is not in the table.
      if below.isEmpty || Self.verbs.contains(verb) { found.insert(verb) }
    }
    #expect(found == Set(Self.verbs), "\(found.symmetricDifference(Self.verbs))")
  }
}
