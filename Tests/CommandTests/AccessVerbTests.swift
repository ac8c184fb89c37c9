import Foundation
import JSONText
import TestSupport
import Testing

/// Tokens and private feeds as a shell sees them.
@Suite struct AccessVerbTests {
  static let now = "2026-12-01T10:00:00+01:00"
  static let sqlite = "/usr/bin/sqlite3"
  static let service = "profession-liberale"

  @Test(arguments: [[], ["--lang", "fr"]])
  func `A token stands alone on standard output and is shown once`(lang: [String]) throws {
    let program = try Program(now: Self.now)
    let answer = try program.run(["token", "create", "--name", "ada", "--role", "engineer", "--expires", "90d"] + lang)
    #expect(answer.status == 0)
    #expect(answer.lines().count == 1)
    let secret = String(answer.output.dropLast())
    #expect(secret.wholeMatch(of: /prv_[0-9A-Za-z]{49}/) != nil)
    #expect(answer.errors.contains("TOK-0001"))
    #expect(answer.errors.contains("SIMULATION"))
    #expect(!answer.errors.contains(secret))
    // 90 days of 24 hours after 09:00 UTC: in Paris the clock has not changed by then.
    let when = lang.isEmpty ? "Monday 1 March 2027, 10:00" : "lundi 1er mars 2027 à 10:00"
    #expect(answer.errors.contains(when), "\(answer.errors)")
    let random = secret.dropFirst(4)
    for arguments in [["token", "list"], ["token", "list", "--json"], ["token", "revoke", "TOK-0001"]] {
      let later = try program.run(arguments + lang)
      #expect(later.status == 0)
      #expect(!later.output.contains(random))
    }
    let file = try Data(contentsOf: URL(filePath: program.path("register.sqlite")))
    #expect(file.range(of: Data(random.utf8)) == nil)
    #expect(try program.run("register", "verify").status == 0)
  }

  @Test func `JSON says all but the secret, and the secret once`() throws {
    let program = try Program(now: Self.now)
    let created = try program.run(
      "token", "create", "--name", "bot", "--role", "release_manager", "--expires", "2027-03-28", "--json")
    #expect(created.status == 0)
    #expect(created.errors.isEmpty)
    let json = try created.json()
    #expect(json["id"]?.string == "TOK-0001")
    #expect(json["role"]?.string == "release-manager")
    #expect(json["state"]?.string == "active")
    #expect(json["created_at"]?.string == Self.now)
    // To the end of that day, on which the clock changes.
    #expect(json["expires_at"]?.string == "2027-03-29T00:00:00+02:00")
    #expect(json["secret"]?.string?.hasPrefix("prv_") == true)
    #expect(json["simulation"]?.bool == true)
    let listed = try program.run("token", "list", "--json").json().array ?? []
    #expect(listed.count == 1)
    #expect(listed[0]["secret"] == nil)
    #expect(listed[0]["last_used_at"] == .null)
    for key in ["id", "name", "role", "state", "created_at", "created_by", "expires_at", "revoked_at"] {
      #expect(listed[0][key] == json[key])
    }
    let after = ["PREAVIS_NOW": "2027-03-29T00:00:00+02:00"]
    #expect(
      try program.run(["token", "list", "--json"], setting: after).json().array?[0]["state"]?.string == "expired")
    let expired = try program.run(["token", "list", "--state", "active", "--json"], setting: after).json()
    #expect(expired == [])
  }

  @Test func `A token in a file is for its owner only, and one that cannot be handed out is revoked`() throws {
    let program = try Program(now: Self.now)
    let path = program.path("ops.token")
    let answer = try program.run("token", "create", "--name", "ops", "--role", "admin", "-o", path)
    #expect(answer.status == 0)
    #expect(answer.output.isEmpty)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("prv_"))
    let lost = try program.run(
      "token", "create", "--name", "lost", "--role", "admin", "-o", program.path("missing/ops.token"))
    #expect(lost.status == 1)
    #expect(lost.output.isEmpty)
    let states = try program.run("token", "list", "--json").json().array?.compactMap { $0["state"]?.string }
    #expect(states == ["active", "revoked"])
  }

  @Test func `Revoking twice says so and records once`() throws {
    let program = try Program(now: Self.now)
    _ = try program.run("token", "create", "--name", "ada", "--role", "engineer")
    #expect(try program.run("token", "revoke", "tok-0001", "--json").json()["state"]?.string == "revoked")
    let events = try program.run("register", "verify", "--json").json()["events"]
    let again = try program.run("token", "revoke", "TOK-0001")
    #expect(again.status == 0)
    #expect(again.output.contains("before"))
    #expect(try program.run("register", "verify", "--json").json()["events"] == events)
    // The name is free again.
    #expect(try program.run("token", "create", "--name", "ada", "--role", "engineer").status == 0)
  }

  @Test(arguments: [
    ["token", "create", "--name", "ada"], ["token", "create", "--role", "admin"],
    ["token", "create", "--name", "", "--role", "admin"], ["token", "create", "--name", "a/b", "--role", "admin"],
    ["token", "create", "--name", "a\u{202E}b", "--role", "admin"],
    ["token", "create", "--name", "ADA", "--role", "admin"], ["token", "create", "--name", "x", "--role", "root"],
    ["token", "create", "--name", "x", "--role", "admin", "--expires", "0d"],
    ["token", "create", "--name", "x", "--role", "admin", "--expires", "-1d"],
    ["token", "create", "--name", "x", "--role", "admin", "--expires", "99999d"],
    ["token", "create", "--name", "x", "--role", "admin", "--expires", "9999999999999999999d"],
    ["token", "create", "--name", "x", "--role", "admin", "--expires", "2026-11-30"],
    ["token", "create", "--name", "x", "--role", "admin", "--expires", "9999-12-31"],
    ["token", "create", "--name", "x", "--role", "admin", "--expires", "2027-03-28T02:30"],
    ["token", "create", "--name", "x", "--role", "admin", "--expires", "tomorrow"],
    ["token", "revoke", "TOK-0009"], ["token", "revoke", "ada"], ["token", "list", "--state", "lost"],
    ["private-feed", "create", "--client", "Nobody"], ["private-feed", "create", "--service", service],
    ["private-feed", "create", "--client", "x", "--service", "nope"],
    ["private-feed", "create", "--client", "x", "--component", "flux"],
    ["private-feed", "create", "--client", "x", "--service", service, "--component", "nope"],
    ["private-feed", "create", "--client", "x", "--service", service, "--component", "nope:flux"],
    ["private-feed", "create", "--client", "x", "--service", service, "--service", service],
    ["private-feed", "create", "--client", "a\nb", "--service", service],
    ["private-feed", "revoke", "PFD-0001"], ["private-feed", "revoke", "x"],
  ])
  func `What is wrong as typed is named, exits 64 and records nothing`(arguments: [String]) throws {
    let program = try Program(now: Self.now)
    _ = try program.run("token", "create", "--name", "ada", "--role", "engineer")
    for lang in ["en", "fr"] {
      let answer = try program.run(arguments + ["--lang", lang])
      #expect(answer.status == 64)
      #expect(answer.output.isEmpty)
      #expect(!answer.errors.isEmpty)
    }
    #expect(try program.run("register", "verify", "--json").json()["events"]?.integer == 2)
  }

  @Test func `What is mistaken for an identifier may be a secret and is not repeated`() throws {
    let program = try Program(now: Self.now)
    let secret = "prv_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg0fKJuz"
    for verb in ["token", "private-feed"] {
      let answer = try program.run(verb, "revoke", secret)
      #expect(answer.status == 64)
      #expect(!answer.errors.contains(secret))
    }
  }

  @Test func `The address of a private feed stands alone on standard output and is shown once`() throws {
    let program = try Program(now: Self.now)
    let arguments = [
      "private-feed", "create", "--client", "Cabinet Martin", "--service", Self.service, "--component", "flux",
    ]
    let french = try program.run(arguments)
    #expect(french.status == 0)
    #expect(french.errors.contains("PFD-0001"))
    let pattern = /https:\/\/portal.example\/maintenance\/private\/([a-z2-7]{32})\/maintenance\.(fr|en)\.ics\n/
    let match = try #require(try pattern.wholeMatch(in: french.output))
    #expect(match.2 == "fr")
    let english = try program.run(arguments + ["--lang", "en"])
    #expect(try pattern.wholeMatch(in: english.output)?.2 == "en")
    let json = try program.run(arguments + ["--json"]).json()
    #expect(json["addresses"]?.members?.map(\.key) == ["maintenance.fr.ics", "maintenance.en.ics", "maintnote.ics"])
    #expect(json["services"] == [["service": .string(Self.service), "components": ["flux"]]])
    for arguments in [
      ["private-feed", "list"], ["private-feed", "list", "--json"], ["private-feed", "revoke", "PFD-0001"],
    ] {
      let later = try program.run(arguments)
      #expect(later.status == 0)
      #expect(!later.output.contains(match.1))
      #expect(later.output.contains("Cabinet Martin"))
    }
    let active = try program.run("private-feed", "list", "--state", "active", "--json").json().array
    #expect(active?.compactMap { $0["id"]?.string } == ["PFD-0002", "PFD-0003"])
    let verified = try program.run("register", "verify", "--json").json()
    #expect(verified["private_feeds"]?.integer == 3)
    #expect(verified["problems"] == [])
  }

  @Test func `A list has its columns below each other, within 80 of them`() throws {
    let program = try Program(now: Self.now)
    for (name, role) in [("ada", "admin"), ("a pipeline with a long name", "release-manager"), ("bo", "engineer")] {
      #expect(try program.run("token", "create", "--name", name, "--role", role, "--expires", "90d").status == 0)
    }
    _ = try program.run("token", "revoke", "TOK-0002")
    for lang in ["en", "fr"] {
      let lines = try program.run("token", "list", "--lang", lang).lines()
      let heads = lines.filter { $0.hasPrefix("TOK-") }
      #expect(heads.count == 3)
      for word in [" ada", " a pipeline", " bo"] {
        let place = heads.compactMap { $0.range(of: word)?.lowerBound.utf16Offset(in: $0) }
        #expect(place == [heads[0].range(of: " ada")?.lowerBound.utf16Offset(in: heads[0])], "\(heads)")
      }
      #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines)")
    }
  }

  @Test func `The first example of private-feed create is one that works with the shipped contract`() throws {
    let program = try Program(now: Self.now)
    let help = try program.run("private-feed", "create", "--help").output
    let examples = try #require(help.split(separator: "Examples:").last)
    let text = examples.replacing("\\\n", with: " ")
    let line = try #require(text.split(separator: "\n").first { $0.contains("preavis private-feed create") })
    var words: [String] = []
    for (index, part) in line.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
      words += index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
    }
    #expect(words.count > 5, "\(words)")
    #expect(try program.run(Array(words.dropFirst())).status == 0, "\(words)")
  }

  @Test func `A client of the contract file needs no service to be named`() throws {
    let program = try Program(now: Self.now)
    let folder = program.folder.appending(path: "calendars")
    try FileManager.default.copyItem(at: Program.root.appending(path: "calendars"), to: folder)
    let file = folder.appending(path: "services/profession-liberale.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let named = text.replacing("clients: []", with: "clients: [{ name: Cabinet Martin, components: [flux] }]")
    try #require(named != text)
    try Data(named.utf8).write(to: file)
    let answer = try program.run(
      "private-feed", "create", "--client", "Cabinet Martin", "--calendars", folder.path, "--json")
    #expect(answer.status == 0)
    #expect(try answer.json()["by_contract"]?.bool == true)
    #expect(try answer.json()["services"] == [])
    let other = try program.run("private-feed", "create", "--client", "Martin", "--calendars", folder.path)
    #expect(other.status == 64)
    #expect(other.errors.contains("Cabinet Martin"))
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: sqlite), "edits a register with sqlite3"))
  func `A row edited by hand is found by verify, in both languages`() throws {
    let program = try Program(now: Self.now)
    _ = try program.run("token", "create", "--name", "ada", "--role", "engineer")
    try edit(program, "UPDATE grants SET content = json_set(content, '$.role', 'admin')")
    for (lang, word) in [("en", "differs"), ("fr", "diffère")] {
      let answer = try program.run("register", "verify", "--lang", lang)
      #expect(answer.status == 1)
      #expect(answer.errors.contains("TOK-0001"))
      #expect(answer.errors.contains(word))
    }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: sqlite), "edits a register with sqlite3"))
  func `Verify names what an impossible event belongs to, and takes no token for a change`() throws {
    let program = try Program(now: Self.now)
    _ = try program.run("token", "create", "--name", "ada", "--role", "engineer")
    try edit(
      program,
      """
      INSERT INTO events SELECT sequence + 1, at, stream, type, body, hash, previous FROM events
      ORDER BY sequence DESC LIMIT 1
      """)
    for (lang, line, word) in [
      ("en", "cannot follow the events of TOK-0001 before it.", "change"),
      ("fr", "ne peut pas suivre ceux de TOK-0001 qui le précèdent.", "changement"),
    ] {
      let answer = try program.run("register", "verify", "--lang", lang)
      #expect(answer.status == 1)
      #expect(answer.errors.contains(line))
      #expect(!answer.errors.contains(word))
    }
  }

  private func edit(_ program: Program, _ sql: String) throws {
    let editor = Process()
    editor.executableURL = URL(filePath: Self.sqlite)
    editor.arguments = [program.path("register.sqlite"), sql]
    try editor.run()
    editor.waitUntilExit()
    #expect(editor.terminationStatus == 0)
  }
}
