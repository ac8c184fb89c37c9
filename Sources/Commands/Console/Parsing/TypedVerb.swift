import ArgumentParser
import Files
import Foundation
import Wording

extension NearestName {
  /// What to do about a name that is none: the one that was meant or, where none is near, the help.
  static func advice(
    on typed: String, among names: [String], prefix: String = "", help: String, _ language: Language
  ) -> String {
    nearest(to: typed, among: names).map {
      language("Did you mean \(prefix)\($0)?", "Vouliez-vous dire \(prefix)\($0) ?")
    } ?? language("See: \(help) --help", "Voir : \(help) --help")
  }
}

/// The verb that was typed, as far as it is one. The parser takes a verb that it does not know for an argument too many, or
/// stumbles over the option behind it.
struct TypedVerb {
  let type: any ParsableCommand.Type
  /// `preavis outage`: down to the last verb that is known.
  let path: [String]
  /// What stands where another verb was expected; nil where there is none, or an option.
  let unknown: String?
  /// Whether another verb has to follow, and nothing does but the language.
  let isAlone: Bool

  /// - Parameter arguments: without the program's name.
  init(_ arguments: [String], in root: any ParsableCommand.Type) {
    var type = root
    var path = [root.configuration.commandName ?? ""]
    var rest = arguments[...]
    while let word = rest.first, !TypedVerb.verbs(of: type).isEmpty, !word.hasPrefix("-") {
      guard let next = TypedVerb.verbs(of: type).first(where: { TypedVerb.names(of: $0).contains(word) }) else { break }
      type = next
      path.append(word)
      rest = rest.dropFirst()
    }
    self.type = type
    self.path = path
    let word = rest.first.flatMap { $0.hasPrefix("-") || $0.isEmpty ? nil : $0 }
    let takesMore = type.configuration.defaultSubcommand != nil || TypedVerb.verbs(of: type).isEmpty
    unknown = takesMore || word == "help" ? nil : word
    let hasOthers = rest.indices.contains { index in
      !rest[index].hasPrefix("--lang") && (index == rest.startIndex || rest[index - 1] != "--lang")
    }
    isAlone = !takesMore && !hasOthers && !(type is any Verb.Type)
  }

  /// The same with the language behind the verb, where the parser looks for it.
  static func ordered(_ arguments: [String]) -> [String] {
    guard let first = arguments.first, first == "--lang" || first.hasPrefix("--lang=") else { return arguments }
    let count = first == "--lang" ? 2 : 1
    return Array(arguments.dropFirst(count) + arguments.prefix(count))
  }

  /// The language that is asked for, before anything else is understood.
  static func language(_ arguments: [String]) -> Language {
    let place = arguments.lastIndex { $0 == "--lang" || $0.hasPrefix("--lang=") }
    let said = place.flatMap { place -> String? in
      let option = arguments[place]
      guard option == "--lang" else { return String(option.dropFirst("--lang=".count)) }
      return arguments.indices.contains(place + 1) ? arguments[place + 1] : nil
    }
    let environment = ProcessInfo.processInfo.environment
    // What is wrong with the file is said by the verb.
    let own = said ?? (try? PersonalSettings(environment))?.language
    return Language.preferred(explicit: own, environment: environment)
  }

  /// Those that help shows, and those that it does not.
  static func verbs(of type: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
    type.configuration.subcommands
  }

  private static func names(of type: any ParsableCommand.Type) -> [String] {
    [type._commandName] + type.configuration.aliases
  }

  /// What is wrong with a verb that is none; nil where there is nothing.
  func failure(_ language: Language) -> Failure? {
    guard let unknown else { return nil }
    let known = TypedVerb.verbs(of: type)
    let names = known.filter { $0.configuration.shouldDisplay }.flatMap(TypedVerb.names)
    let program = path.joined(separator: " ")
    let said = (path.dropFirst() + [unknown]).joined(separator: " ")
    let advice = NearestName.advice(on: unknown, among: names, prefix: program + " ", help: program, language)
    return .usage(
      language(
        "\(said): there is no such verb. \(advice)", "\(said)\u{A0}: ce verbe n’existe pas. \(advice)"))
  }
}
