import Foundation
import JSONText
import TestSupport
import Testing

/// What the program says of itself, in both languages.
@Suite struct HelpTests {
  /// Every text of every verb that is shown, and the names of values.
  private static func texts() throws -> (verbs: [[String]], texts: Set<String>) {
    let program = try Program(isRegistered: false)
    var verbs: [[String]] = []
    var texts: Set<String> = []
    func walk(_ json: JSON?, _ path: [String]) {
      guard let json, json["shouldDisplay"]?.bool != false else { return }
      if !path.isEmpty { verbs.append(path) }
      let paragraphs = (json["discussion"]?.string ?? "").components(separatedBy: "\n\n")
      texts.formUnion(
        ([json["abstract"]?.string ?? ""] + paragraphs).filter { !$0.isEmpty && !$0.hasPrefix("Example") })
      for argument in json["arguments"]?.array ?? [] {
        texts.insert(argument["abstract"]?.string ?? "")
        if argument["kind"]?.string != "flag" { texts.insert(argument["valueName"]?.string ?? "") }
      }
      for child in json["subcommands"]?.array ?? [] where child["commandName"] != "help" {
        walk(child, path + [child["commandName"]?.string ?? ""])
      }
    }
    walk(try program.run("--experimental-dump-help").json()["command"], [])
    return (verbs, texts.subtracting([""]))
  }

  /// What is told in French help, without blanks and line breaks: it is broken at the width.
  private static func told(_ program: Program, _ verb: [String]) throws -> String {
    try program.run(verb + ["--help", "--lang", "fr"]).output.filter { !$0.isWhitespace }
  }

  @Test func `Help is French in French, down to each option`() throws {
    let (verbs, texts) = try Self.texts()
    let program = try Program(isRegistered: false)
    let source = try ["FrenchHelp", "FrenchHelp+More"].map { name in
      try String(
        contentsOf: Project.root.appending(path: "Sources/Commands/Console/Help/\(name).swift"), encoding: .utf8)
    }.joined()
    for text in texts {
      let literal = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
      #expect(source.contains("\"\(literal)\""), "no French for: \(text)")
    }
    for verb in verbs {
      let french = try Self.told(program, verb)
      #expect(french.hasPrefix("OBJET:") && french.contains("UTILISATION:preavis"), "\(verb)")
      for text in texts where text.count > 30 && text.contains(" the ") {
        #expect(!french.contains(text.filter { !$0.isWhitespace }), "\(verb): \(text)")
      }
    }
  }

  @Test func `What a verb takes of its own stands before what all take`() throws {
    let program = try Program(isRegistered: false)
    for (lang, common) in [("en", "COMMON OPTIONS:"), ("fr", "OPTIONS COMMUNES\u{A0}:")] {
      let help = try program.run("submit", "--help", "--lang", lang).output
      let place = try #require(help.range(of: common)?.lowerBound)
      for option in ["--start", "--title", "--idempotency-key"] {
        #expect(try #require(help.range(of: "  \(option) ")?.lowerBound) < place, "\(option)")
      }
      #expect(try #require(help.range(of: "  --register ")?.lowerBound) > place)
      #expect(help.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
    #expect(try program.run("help", "submit").output == program.run("submit", "--help").output)
  }

  /// Each kind of error that the parser has, and the words that French has for it.
  @Test(arguments: [
    (["submit", "--titel", "x"], "submit --titel: cette option n’existe pas. Vouliez-vous dire --title?"),
    (["list", "--frobnicate"], "list --frobnicate: cette option n’existe pas. Voir: preavis list --help"),
    (["submit"], "il manque --start <time>"), (["submit", "--start"], "il manque la valeur de --start <time>"),
    (["show"], "il manque <CHG-…>"), (["list", "--json=1"], "--json ne prend pas de valeur, mais « 1 » est donné."),
    (["show", "1", "2"], "argument en trop: « 2 »"), (["show", "1", "2", "3"], "2 arguments en trop: '2', '3'"),
    (["list", "--limit", "x"], "« x » n’est pas une valeur pour --limit <number>"),
    (["list", "-x"], "option inconnue: -x"),
  ])
  func `What the parser cannot read is said in French`(arguments: [String], words: String) throws {
    let answer = try Program(isRegistered: false).run(arguments + ["--lang", "fr"])
    #expect(answer.status == 64 && answer.output.isEmpty)
    let said = answer.errors.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ").replacing(" :", with: ":")
      .replacing(" ?", with: "?")
    #expect(said.contains(words), "\(answer.errors)")
    for word in ["Error", "Usage:", "for more information", "Missing", "Unknown", "Unexpected", "invalid"] {
      #expect(!answer.errors.contains(word), "\(answer.errors)")
    }
  }
}
