import JSONText
import TestSupport
import Testing

/// What people read in French, and what two flags say that contradict each other.
@Suite struct LanguageTests {
  private static let now = "2026-12-01T10:00:00+01:00"

  @Test func `History, notices and roles are in the language that is asked for`() throws {
    let program = try Program(now: Self.now)
    #expect(try program.submit("2026-12-06T01:00").status == 0)
    let record = ["notices", "published", "CHG-2026-0001", "--channel", "portal", "--lang", "fr"]
    let recorded = try program.run(record)
    #expect(recorded.status == 0, "\(recorded.errors)")
    let french = try program.run("history", "CHG-2026-0001", "--lang", "fr").output
    #expect(french.contains("planifiée r0") && french.contains("avis publié\u{A0}: annonce (portail)"), "\(french)")
    #expect(!french.contains("planned") && !french.contains("portal"))
    let english = try program.run("history", "CHG-2026-0001").output
    #expect(english.contains("planned r0") && english.contains("notice published: announcement (portal)"))
    // For programs nothing depends on the language.
    let events = try program.run("history", "CHG-2026-0001", "--json", "--lang", "fr").json().array ?? []
    #expect(events.compactMap { $0["event"]?.string } == ["planned", "notice-published"])
    let token = ["token", "create", "--name", "rita", "--role", "release-manager", "--lang", "fr"]
    #expect(try program.run(token).errors.contains("responsable des mises en production"))
  }

  @Test func `Flags that contradict each other are refused, not ignored`() throws {
    let program = try Program(now: Self.now)
    #expect(try program.submit("2026-12-06T01:00").status == 0)
    for arguments in [
      ["feed", "--json"], ["feed", "--json", "--profile", "atom"], ["feed", "--json", "--of", "windows"],
      ["notice", "CHG-2026-0001", "--json", "--format", "text"],
      ["notice", "--kind", "availability", "--month", "2026-11", "--json", "--format", "html"],
    ] {
      let answer = try program.run(arguments)
      #expect(answer.status == 64 && answer.errors.contains("--json"), "\(arguments): \(answer.errors)")
      #expect(answer.output.isEmpty)
    }
    #expect(try program.run("feed", "--json", "--profile", "json-feed").json()["version"] != nil)
    #expect(try program.run("notice", "CHG-2026-0001", "--json", "--format", "json").json()["kind"] != nil)
  }

  @Test func `A kind of notice that is none is told with all there are`() throws {
    let answer = try Program(now: Self.now).run("notice", "--kind", "bogus")
    #expect(answer.status == 64)
    #expect(answer.errors.contains("announcement") && answer.errors.contains("availability"), "\(answer.errors)")
  }

  @Test(arguments: [
    ("en", "--calendars names /nowhere, which is not a folder."),
    ("fr", "--calendars désigne /nowhere, qui n’est pas un dossier."),
  ])
  func `A folder that is none is told in the language that is asked for`(language: String, text: String) throws {
    let answer = try Program(now: Self.now).run("list", "--calendars", "/nowhere", "--lang", language)
    #expect(answer.status == 1)
    #expect(answer.errors.contains(text), "\(answer.errors)")
  }
}
