import ArgumentParser
import Foundation
import Wording

/// The help of a verb: what it is for, how it is typed, what it takes of its own, and what every verb takes after that.
struct HelpPage {
  /// Columns before what is said of an option.
  private static let margin = 26

  private let path: [VerbTree]
  private let language: Language
  private let width: Int
  private var text: HelpText { HelpText(language) }
  private var verb: VerbTree { path[path.count - 1] }

  /// The page that is asked for; nil where none is.
  ///
  /// - Parameter arguments: without the program's name.
  init?(asked arguments: [String], language: Language) throws {
    let words = arguments.first == "help" ? arguments.dropFirst() : arguments[...]
    let isAsked = arguments.first == "help" || words.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
    guard isAsked else { return nil }
    let tree = try VerbTree(Preavis.self)
    (path, _) = tree.descend(words)
    self.language = language
    width = Output(file: nil, language: language, environment: ProcessInfo.processInfo.environment).width
  }

  func render() throws -> String {
    let common = Set(try VerbTree(GlobalOptions.self).arguments.flatMap(\.names))
    let own = verb.ownArguments.filter { common.isDisjoint(with: $0.names) }
    let others = verb.ownArguments.filter { !common.isDisjoint(with: $0.names) }
    let help = VerbTree.Argument(flag: "-h, --help", abstract: "Show help information.")
    let version = VerbTree.Argument(flag: "--version", abstract: "Show the version.")
    let options = own.filter { !$0.isPositional } + (path.count == 1 ? [version, help] : others.isEmpty ? [help] : [])
    var parts = [wrapped(language("OVERVIEW: ", "OBJET : ") + text.text(verb.abstract))]
    if !verb.discussion.isEmpty { parts += text.paragraphs(verb.discussion).map(discussion) }
    parts.append(usage(own))
    parts += section(language("ARGUMENTS:", "ARGUMENTS :"), own.filter(\.isPositional).map(row))
    parts += section(language("OPTIONS:", "OPTIONS :"), options.map(row))
    parts += section(
      language("COMMON OPTIONS:", "OPTIONS COMMUNES :"), others.isEmpty ? [] : (others + [help]).map(row))
    parts += verbs
    if !verb.children.isEmpty {
      let name = path.map(\.name).joined(separator: " ")
      parts.append(
        "  "
          + language("See '\(name) <verb> --help' for a verb.", "Voir « \(name) <verbe> --help » pour un verbe."))
    }
    return parts.joined(separator: "\n\n")
  }

  private func usage(_ own: [VerbTree.Argument]) -> String {
    var words = path.map(\.name)
    words += own.filter(\.isPositional).map { $0.isOptional ? "[\($0.synopsis(text))]" : $0.synopsis(text) }
    words += own.filter { !$0.isPositional && !$0.isOptional }.map {
      "\($0.names.last ?? "") <\(text.text($0.valueName))>"
    }
    if !verb.children.isEmpty { words.append(language("<verb>", "<verbe>")) }
    words.append(language("[options]", "[options]"))
    let first = language("USAGE: ", "UTILISATION : ")
    // What stands in brackets is no place to break.
    let line = words.joined(separator: " ")
    return WordWrap.hanging(line, columns: width, indent: 4, first: first).joined(separator: "\n")
  }

  private var verbs: [String] {
    guard !verb.children.isEmpty else { return [] }
    guard path.count == 1 else { return section(language("SUBCOMMANDS:", "VERBES :"), verb.children.map(row)) }
    return Preavis.configuration.groupedSubcommands.flatMap { group in
      let names = group.subcommands.map { $0._commandName }
      let title = text.text(group.name).uppercased()
      return section(
        language("\(title) SUBCOMMANDS:", "\(title) :"), names.compactMap(verb.child).map(row))
    }
  }

  private func section(_ title: String, _ rows: [(label: String, text: String)]) -> [String] {
    guard !rows.isEmpty else { return [] }
    return [([title] + rows.flatMap(lines)).joined(separator: "\n")]
  }

  private func row(_ argument: VerbTree.Argument) -> (label: String, text: String) {
    let standard = argument.standard.map { language(" (default: \($0))", " (par défaut : \($0))") } ?? ""
    return (argument.synopsis(text), text.text(argument.abstract) + standard)
  }

  private func row(_ verb: VerbTree) -> (label: String, text: String) {
    (([verb.name] + verb.aliases).joined(separator: ", "), text.text(verb.abstract))
  }

  /// A label, and what it stands for beside it, or below where the label is long.
  private func lines(_ row: (label: String, text: String)) -> [String] {
    let label = "  \(row.label)"
    let indent = String(repeating: " ", count: HelpPage.margin)
    guard !row.text.isEmpty else { return [label] }
    guard label.count <= HelpPage.margin - 2 else {
      return [label] + WordWrap.hanging(row.text, columns: width, indent: HelpPage.margin, first: indent)
    }
    return WordWrap.hanging(
      row.text, columns: width, indent: HelpPage.margin,
      first: label + String(repeating: " ", count: HelpPage.margin - label.count))
  }

  /// Prose is broken at the width; examples, which are set in, are not.
  private func discussion(_ paragraph: String) -> String {
    paragraph.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix(" ") ? String(line) : wrapped(String(line))
    }.joined(separator: "\n")
  }

  private func wrapped(_ text: String) -> String {
    WordWrap.hanging(text, columns: width, indent: 0, first: "").joined(separator: "\n")
  }
}

extension VerbTree.Argument {
  fileprivate init(flag: String, abstract: String) {
    (names, valueName, standard) = ([flag], "", nil)
    self.abstract = abstract
    (isFlag, isOptional, isRepeating) = (true, true, false)
  }
}
