import ArgumentParser
import Foundation
import Wording

/// What the parser says of a command line that it cannot read, in French: its sentences are English and few.
enum ParserMessage {
  /// - Parameter english: `Error: …`, and lines that begin with `Help:` and `Usage:`.
  static func french(_ english: String) -> String {
    english.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }.joined(separator: "\n")
  }

  private static func line(_ line: String) -> String {
    if let rest = line.after("Error: ") { return "Erreur\u{A0}: \(sentence(rest))" }
    if let rest = line.after("   or: ") { return "   ou\u{A0}: \(sentence(rest))" }
    if let rest = line.after("Usage: ") { return "Usage\u{A0}: \(rest)" }
    if let rest = line.after("Help:  ") {
      // The option and what it is for, with two blanks between.
      guard let gap = rest.range(of: "  ") else { return "Aide\u{A0}:  \(rest)" }
      return "Aide\u{A0}:  \(rest[..<gap.upperBound])" + HelpText(.french).text(String(rest[gap.upperBound...]))
    }
    if let match = line.wholeMatch(of: /\ \ See '(.*)' for more information\./) {
      return "  Voir «\u{A0}\(match.1)\u{A0}» pour en savoir plus."
    }
    return sentence(line)
  }

  /// Each sentence of the parser (swift-argument-parser 1.8, `UsageGenerator.swift`), and what it says in French; whatever else
  /// there is stays as it is.
  private static func sentence(_ text: String) -> String {
    if let match = text.wholeMatch(of: /Unknown option '(.*)'\. Did you mean '(.*)'\?/) {
      return "option inconnue\u{A0}: \(match.1). Vouliez-vous dire \(match.2)\u{202F}?"
    }
    if let match = text.wholeMatch(of: /Unknown option '(.*)'/) { return "option inconnue\u{A0}: \(match.1)" }
    if let match = text.wholeMatch(of: /Missing value for '(.*)' in '(.*)'/) {
      return "il manque la valeur de \(match.1) dans \(match.2)"
    }
    if let match = text.wholeMatch(of: /Missing value for '(.*)'/) { return "il manque la valeur de \(match.1)" }
    if let match = text.wholeMatch(of: /Missing expected argument '(.*)'/) { return "il manque \(match.1)" }
    if let match = text.wholeMatch(of: /Missing one of: (.*)/) { return "il manque l’un de\u{A0}: \(match.1)" }
    if let match = text.wholeMatch(of: /The option '(.*)' does not take any value, but '(.*)' was specified\./) {
      return "\(match.1) ne prend pas de valeur, mais «\u{A0}\(match.2)\u{A0}» est donné."
    }
    if let match = text.wholeMatch(of: /Unexpected argument '(.*)'/) {
      return "argument en trop\u{A0}: «\u{A0}\(match.1)\u{A0}»"
    }
    if let match = text.wholeMatch(of: /(\d+) unexpected arguments: (.*)/) {
      return "\(match.1) arguments en trop\u{A0}: \(match.2)"
    }
    if let match = text.wholeMatch(of: /The value '(.*)' is invalid for '(.*)'(.*)/) {
      return "«\u{A0}\(match.1)\u{A0}» n’est pas une valeur pour \(match.2)\(match.3)"
    }
    if let match = text.wholeMatch(of: /Value to be set with flag (.*) had already been set with flag (.*)/) {
      return "\(match.1) contredit \(match.2)"
    }
    return text
  }
}

extension String {
  fileprivate func after(_ prefix: String) -> String? { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil }
}
