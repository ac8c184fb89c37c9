import Foundation
import JSONText
import TestSupport
import Testing

/// The last metre of a notice: pasted, sent, put on paper; written all at once, and recorded as it was written.
struct PasteTests {
  // MARK: Forms

  /// What editors and sanitisers leave in place, from their own sources: see Tests/Fixtures/paste-rules.json.
  @Test(arguments: ["fr", "en"]) func `A fragment holds only what editors leave in place`(language: String) throws {
    let rules = try JSON(parsing: Array(Data(contentsOf: Program.fixtures.appending(path: "paste-rules.json"))))
    func words(_ name: String) throws -> Set<String> {
      Set(try #require(rules[name]?.array).compactMap(\.string))
    }
    let (tags, properties) = (try words("tags"), try words("properties"))
    let attributes = try #require(rules["attributes"])
    let program = try Program.withOneChange()
    #expect(
      try program.run("amend", "CHG-2026-0001", "--description", "One\nTwo <i>", "--reason", "Clearer").status == 0)
    #expect(
      try program.run(
        "reschedule", "CHG-2026-0001", "--start", "2026-12-06T01:00", "--reason", "Line 1 <b>&\"\u{2019}", "--lang",
        language
      ).status == 0)
    for kind in ["rescheduled", "reminder"] {
      let text = try program.run("notice", "CHG-2026-0001", "--kind", kind, "--fragment", "--lang", language).output
      #expect(!text.contains("<i>") && text.contains("One<br>Two &lt;i&gt;"))
      #expect(text.contains("<th scope=\"row\" align=\"left\""))
      for tag in text.matches(of: /<([a-z0-9]+)([^>]*)>/) {
        let name = String(tag.output.1)
        #expect(tags.contains(name), "\(name)")
        let allowed = Set((attributes[name]?.array ?? []).compactMap(\.string) + ["lang", "style"])
        for attribute in tag.output.2.matches(of: /\s([a-z]+)="([^"]*)"/) {
          #expect(allowed.contains(String(attribute.output.1)), "\(name) \(attribute.output.1)")
          guard attribute.output.1 == "style" else { continue }
          for rule in attribute.output.2.split(separator: ";") {
            let parts = rule.split(separator: ":")
            #expect(properties.contains(String(parts[0])), "\(rule)")
            // Units that Word keeps, and no function: kses drops the property that holds one.
            #expect(rule.firstMatch(of: /[()]|\d(px|em|rem|%|vw)/) == nil, "\(rule)")
          }
        }
      }
      for link in text.matches(of: /href="([^"]*)"/) {
        #expect(link.output.1.hasPrefix("https://") || link.output.1.hasPrefix("mailto:"), "\(link.output.1)")
      }
    }
  }

  @Test func `The subject is one line, the one that the mail has`() throws {
    let program = try Program.withOneChange()
    let subject = try program.run("notice", "CHG-2026-0001", "--subject", "--lang", "fr")
    #expect(subject.status == 0 && subject.output.filter { $0 == "\n" }.count == 1)
    let json = try program.run("notice", "CHG-2026-0001", "--json", "--lang", "fr").json()
    #expect(json["subject"]?.string.map { $0 + "\n" } == subject.output)
    let text = try program.run("notice", "CHG-2026-0001", "--format", "text", "--lang", "fr").output
    #expect(text.hasPrefix(subject.output))
  }

  /// Source: RFC 5322, section 2.2 (the form of a field), 3.6.3 (no empty To); Microsoft's and Mozilla's X-Unsent.
  @Test func `A draft says that it was not sent, and that no program sends it`() throws {
    let program = try Program.withOneChange()
    func header(_ arguments: String...) throws -> [String] {
      let mail = try program.run(["notice", "CHG-2026-0001"] + arguments).output
      return mail.components(separatedBy: "\r\n\r\n")[0].replacing("\r\n ", with: " ").components(separatedBy: "\r\n")
    }
    let draft = try header("--draft", "--bcc", "clients@example.org")
    #expect(draft.contains("X-Unsent: 1") && draft.contains("Bcc: clients@example.org"))
    #expect(!draft.contains { $0.hasPrefix("To:") || $0.hasPrefix("Auto-Submitted:") })
    #expect(draft.contains { $0.hasPrefix("Date: ") } && draft.contains { $0.hasPrefix("Message-ID: ") })
    #expect(try header("--draft", "--to", "a@example.org").contains("To: a@example.org"))
    let mail = try header("--format", "eml")
    #expect(!mail.contains { $0.hasPrefix("X-Unsent") } && mail.contains("Auto-Submitted: auto-generated"))
  }

  @Test func `A letter has the address it is sent to, or room for one`() throws {
    let program = try Program.withOneChange()
    let letter = try program.run(
      "notice", "CHG-2026-0001", "--format", "letter", "--lang", "fr", "--place", "Paris", "--to-address",
      "Cabinet Martin & fils", "--to-address", "12 rue de la Paix\n75002 Paris"
    ).output
    #expect(letter.contains("Cabinet Martin &amp; fils<br>12 rue de la Paix<br>75002 Paris<br>"), "\(letter)")
    #expect(letter.contains("Paris, le vendredi 20 novembre 2026") && letter.contains("Objet\u{A0}: SIMULATION"))
    #expect(letter.contains("size: 210mm 297mm") && !letter.contains("http-equiv") && !letter.contains("src="))
    let blank = try program.run("notice", "CHG-2026-0001", "--format", "letter").output
    #expect(blank.contains("[Name]<br>") && blank.contains("Dear Sir or Madam,"))
  }

  @Test func `A folder of templates of before has every form but the new ones, and says so`() throws {
    let program = try Program.withOneChange()
    let folder = program.folder.appending(path: "templates")
    try FileManager.default.copyItem(at: Program.root.appending(path: "templates"), to: folder)
    for name in ["fragment", "letter"] {
      try FileManager.default.removeItem(at: folder.appending(path: "layouts/notice.\(name).mustache"))
    }
    #expect(try program.run("templates", "check", "--templates", folder.path).status == 0)
    #expect(try program.run("notice", "CHG-2026-0001", "--templates", folder.path).status == 0)
    let letter = try program.run("notice", "CHG-2026-0001", "--format", "letter", "--templates", folder.path)
    #expect(letter.status == 1 || letter.status == 65, "\(letter)")
    #expect(letter.errors.contains("layouts/notice.letter.mustache"), "\(letter.errors)")
  }

  @Test(arguments: [
    (["--fragment", "--format", "text"], "--format text"), (["--fragment", "--draft"], "--draft"),
    (["--fragment", "--json"], "--fragment"), (["--subject", "--json"], "--json"),
    (["--subject", "--format", "html"], "--format"), (["--subject", "--to", "a@example.org"], "--to"),
    (["--draft", "--format", "html"], "--format html"), (["--to-address", "Paris"], "--to-address"),
    (["--place", "Paris", "--format", "eml"], "--place"), (["--bcc", "a@example.org"], "--bcc"),
  ])
  func `Options of a form that would do nothing are refused`(arguments: [String], name: String) throws {
    let program = try Program.withOneChange()
    for verb in [["notice", "CHG-2026-0001"], ["notices", "publish", "CHG-2026-0001", "--channel", "portal"]] {
      let answer = try program.run(verb + arguments)
      #expect(answer.status == 64 && answer.output.isEmpty, "\(arguments)")
      #expect(answer.errors.contains(name), "\(answer.errors)")
    }
    #expect(try program.run("notices", "due", "--json").json().array?.count == 1)
  }

  // MARK: Many

  private static func owed(_ program: Program) throws -> Int? {
    try program.run("notices", "due", "--json").json().array?.count
  }

  /// On 20 November 2026 with three announcements that are owed.
  private static func monday() throws -> Program {
    let program = try Program.withOneChange()
    for day in ["2026-11-30", "2026-12-01"] { #expect(try program.submit("\(day)T01:00").status == 0) }
    return program
  }

  @Test func `Monday is two commands, and what came after the first is not recorded by the second`() throws {
    let program = try Self.monday()
    let written = try program.run("notices", "write", "--due", "--out", "monday", "--lang", "fr,en")
    #expect(written.status == 0, "\(written.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: program.path("monday")).sorted()
    let notices = ["2026-11-29-CHG-2026-0001", "2026-11-30-CHG-2026-0002", "2026-12-01-CHG-2026-0003"]
      .flatMap { ["\($0)-announcement.en.html", "\($0)-announcement.fr.html"] }
    #expect(names == notices + ["index.html", "notices.json"])
    // What a browser opens from a disk says in which code it is, or accents break.
    let page = try String(contentsOfFile: program.path("monday/\(notices[1])"), encoding: .utf8)
    let fragment = try program.run("notice", "CHG-2026-0001", "--fragment", "--lang", "fr").output
    #expect(page.contains("<meta charset=\"utf-8\">") && page.contains(fragment))
    #expect(try program.submit("2026-12-02T01:00").status == 0)
    let recorded = try program.run(
      "notices", "published", "--written", "monday", "--channel", "portal", "--channel", "letter", "--json")
    #expect(try recorded.json().array?.count == 6, "\(recorded)")
    #expect(try Self.owed(program) == 1)
    // Asked again, nothing is recorded twice; the newest is owed for itself.
    let again = try program.run("notices", "published", "--written", "monday", "--channel", "portal")
    #expect(again.status == 0 && again.output.contains("Answered again: 3 of them"), "\(again)")
    #expect(try program.run("notices", "evidence", "CHG-2026-0002", "--json").json().array?.count == 2)
    let rest = try program.run("notices", "published", "--due", "--channel", "portal")
    #expect(rest.status == 0 && rest.output.contains("CHG-2026-0004"), "\(rest)")
    #expect(try Self.owed(program) == 0)
    #expect(try program.run("notices", "published", "--due", "--channel", "portal", "--json").json() == [])
    #expect(try program.run("register", "verify").status == 0)
  }

  @Test func `What was written of a plan that moved since is not recorded, nor anything beside it`() throws {
    let program = try Self.monday()
    #expect(try program.run("notices", "write", "--due", "--out", "monday").status == 0)
    #expect(
      try program.run("reschedule", "CHG-2026-0002", "--start", "2026-12-08T01:00", "--reason", "Late").status == 0)
    let answer = try program.run("notices", "published", "--written", "monday", "--channel", "portal")
    #expect(answer.status == 75 && answer.errors.contains("CHG-2026-0002: The change has moved on"), "\(answer)")
    #expect(try Self.owed(program) == 3)
  }

  @Test func `Several changes are recorded together or not at all`() throws {
    let program = try Self.monday()
    func published(_ arguments: String...) throws -> Program.Answer {
      try program.run(["notices", "published"] + arguments)
    }
    #expect(try published("CHG-2026-0001", "CHG-2026-0099", "--channel", "portal").status == 64)
    #expect(try published("CHG-2026-0001", "CHG-2026-0002", "--kind", "cancelled", "--channel", "portal").status == 64)
    #expect(try published("CHG-2026-0001", "CHG-2026-0001", "--channel", "portal").status == 64)
    #expect(try published("CHG-2026-0001", "--channel", "portal", "--channel", "portal").status == 64)
    #expect(try published("CHG-2026-0001").status == 64)
    #expect(try published("--channel", "portal").status == 64)
    #expect(try published("--due", "CHG-2026-0001", "--channel", "portal").status == 64)
    #expect(try published("--due", "--kind", "reminder", "--channel", "portal").status == 64)
    #expect(try published("CHG-2026-0001", "--service", "profession-liberale", "--channel", "portal").status == 64)
    #expect(try Self.owed(program) == 3)
    // What words.md found on 29 November 2026: two channels recorded one of them.
    let both = try published("CHG-2026-0001", "--channel", "portal", "--channel", "mail", "--json")
    #expect(try both.json().array?.compactMap { $0["channel"]?.string } == ["portal", "mail"], "\(both)")
    let key = [
      "CHG-2026-0002", "CHG-2026-0003", "--kind", "announcement", "--channel", "portal", "--idempotency-key", "k",
    ]
    for _ in 1...2 { #expect(try program.run(["notices", "published"] + key).status == 0) }
    #expect(try Self.owed(program) == 0)
    #expect(try program.run("notices", "evidence", "CHG-2026-0003", "--json").json().array?.count == 1)
  }

  @Test func `One notice is written and recorded by one command, or by none`() throws {
    let program = try Self.monday()
    let plain = try program.run("notice", "CHG-2026-0002", "--kind", "announcement", "--fragment").output
    let answer = try program.run("notices", "publish", "CHG-2026-0002", "--channel", "portal", "--fragment")
    #expect(answer.status == 0 && answer.output == plain)
    #expect(answer.errors.contains("CHG-2026-0002, announcement (portal)"), "\(answer.errors)")
    #expect(try Self.owed(program) == 2)
    // Nothing is written of what is not recorded, so that a pipe sends nothing twice.
    let again = try program.run("notices", "publish", "CHG-2026-0002", "--kind", "announcement", "--channel", "portal")
    #expect(again.status == 64 && again.output.isEmpty, "\(again)")
  }

  @Test func `A folder keeps what others put there, and what was edited`() throws {
    let program = try Self.monday()
    let write = ["notices", "write", "--due", "--out", "out"]
    let folder = program.folder.appending(path: "out")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let name = folder.appending(path: "2026-11-30-CHG-2026-0002-announcement.en.html")
    try Data("mine".utf8).write(to: name)
    let refused = try program.run(write)
    #expect(refused.status == 64 && refused.errors.contains(name.lastPathComponent), "\(refused)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [name.lastPathComponent])
    try FileManager.default.removeItem(at: name)
    try Data("mine".utf8).write(to: folder.appending(path: "notes.txt"))
    #expect(try program.run(write).status == 0)
    // An earlier run of it gives way, in another language too; what was edited does not.
    #expect(try program.run(write + ["--lang", "fr"]).status == 0)
    #expect(!FileManager.default.fileExists(atPath: name.path))
    #expect(try program.run(write).status == 0)
    try Data("edited".utf8).write(to: name)
    #expect(try program.run(write).status == 64)
    #expect(try String(contentsOf: name, encoding: .utf8) == "edited")
    #expect(try String(contentsOf: folder.appending(path: "notes.txt"), encoding: .utf8) == "mine")
    let other = try program.run("notices", "published", "--written", "nowhere", "--channel", "portal")
    #expect(other.status == 65)
  }

  @Test func `Several languages are taken where they are written, and nowhere else`() throws {
    let program = try Program.withOneChange()
    #expect(try program.run("list", "--lang", "fr,en").status == 64)
    #expect(try program.run("list", "--lang", "fren").status == 64)
    #expect(try program.run("list", "--lang", "fr_FR.UTF-8").status == 0)
  }
}
