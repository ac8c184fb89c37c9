import Foundation
import TestSupport
import Testing

/// What the shells' scripts are answered; in real shells: Tests/Scripts/completion.py.
@Suite struct CompletionTests {
  /// The words alone, but where a shell is named.
  private static func words(_ program: Program, _ typed: String..., shell: String? = nil) throws -> [String] {
    let answer = try program.run(["---complete", shell ?? "bash"] + typed)
    #expect(answer.status == 0 && answer.errors.isEmpty, "\(answer)")
    let lines = answer.lines().map(String.init)
    return shell == nil ? lines.map { String($0.prefix { $0 != "\t" }) } : lines
  }

  @Test func `Verbs, options and words are offered as they are typed`() throws {
    let program = try Program(isRegistered: false)
    #expect(try Self.words(program, "comp") == ["complete"])
    #expect(try Self.words(program, "outage", "") == ["record", "end", "list", "amend", "void", "import"])
    #expect(try Self.words(program, "submit", "--imp") == ["--impact"])
    #expect(try Self.words(program, "submit", "--title", "x", "--tit") == ["--title-en"], "the other is given already")
    #expect(try Self.words(program, "submit", "--comp") == ["--component"])
    #expect(try Self.words(program, "submit", "--component", "flux", "--comp") == ["--component"], "repeatable")
    #expect(try Self.words(program, "submit", "--impact", "d") == ["degraded"])
    #expect(try Self.words(program, "submit", "--impact=d") == ["--impact=degraded"])
    #expect(try Self.words(program, "submit", "--impact", "=", "d") == ["degraded"], "as bash parts it")
    #expect(try Self.words(program, "notices", "published", "1", "--channel", "") == ["portal", "mail", "letter"])
    #expect(try Self.words(program, "show", "1", "--lang", "") == ["fr", "en"])
    #expect(try Self.words(program, "feed", "-o", "") == [":files"])
    #expect(try Self.words(program, "export", "--out", "") == [":folders"])
    #expect(try Self.words(program, "import-r") == [], "hidden")
    let french = try Self.words(program, "notices", "published", "1", "--kind", "ann", shell: "zsh")
    #expect(french == ["announcement\t"])
  }

  @Test func `Identifiers come from the register, with the states that a verb can move`() throws {
    let program = try Program.withOneChange()
    try program.submit("2026-12-06T01:00")
    #expect(try program.run("cancel", "2", "--reason", "No").status == 0)
    #expect(try Self.words(program, "start", "") == ["CHG-2026-0001"])
    #expect(try Self.words(program, "extend", "") == [])
    #expect(try Self.words(program, "show", "CHG-2026-0") == ["CHG-2026-0001", "CHG-2026-0002"])
    #expect(try Self.words(program, "show", "chg-2026-0002") == ["CHG-2026-0002"])
    #expect(try Self.words(program, "show", "2026-0") == ["2026-0001", "2026-0002"])
    #expect(try Self.words(program, "show", "1") == ["1"])
    #expect(try Self.words(program, "show", "0002") == ["0002"])
    #expect(try Self.words(program, "show", "3") == [])
    #expect(try Self.words(program, "show", "", shell: "fish").first == "CHG-2026-0001\tDatabase migration")
    #expect(try Self.words(program, "submit", "--component", "a") == ["application", "administration"])
    #expect(try Self.words(program, "submit", "--environment", "pre") == ["preproduction"])
    #expect(try Self.words(program, "submit", "--service", "") == ["profession-liberale"])
    #expect(try program.run("token", "create", "--name", "ada", "--role", "engineer").status == 0)
    #expect(try Self.words(program, "token", "revoke", "", shell: "zsh") == ["TOK-0001\tada"])
    #expect(try Self.words(program, "availability", "--month", "2026-0").count == 9)
    // Another register is meant than that of the environment.
    #expect(try Self.words(program, "show", "--register", program.path("none.sqlite"), "") == [])
  }

  /// A server that does not answer is given up within a second, without a word.
  @Test func `Nothing is said where nothing can be read, and nobody waits`() throws {
    let program = try Program(isRegistered: false)
    let away = ["PREAVIS_REGISTER": "http://127.0.0.1:9", "PREAVIS_TOKEN": "prv_x", "HOME": program.path("home")]
    let start = ContinuousClock.now
    let answer = try program.run(["---complete", "bash", "show", ""], setting: away)
    #expect(answer.status == 0 && answer.output.isEmpty && answer.errors.isEmpty, "\(answer)")
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(try Self.words(program, "submit", "--impact", "o") == ["outage"])
    let damaged = ["PREAVIS_CALENDARS": "/nowhere"]
    #expect(try program.run(["---complete", "zsh", "submit", "--service", ""], setting: damaged).output.isEmpty)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `Each shell has a script that asks the program`(shell: String) throws {
    let program = try Program(isRegistered: false)
    let script = try program.run("--generate-completion-script", shell)
    #expect(script.status == 0 && script.output.contains("---complete \(shell)"))
    #expect(try program.run("--generate-completion-script=\(shell)") == script)
    #expect(try program.run("--generate-completion-script", "tcsh").status != 0)
  }
}
