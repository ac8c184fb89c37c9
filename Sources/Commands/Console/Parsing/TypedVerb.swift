import ArgumentParser
import Files
import Foundation
import Wording

/// The verb that was typed, as far as it is one. The parser takes a verb that it does not know for an argument too many, or
/// stumbles over the option behind it.
struct TypedVerb {
  let type: any ParsableCommand.Type
  /// `preavis outage`: down to the last verb that is known.
  let path: [String]
  /// What stands where another verb was expected; nil where there is none, or an option.
  let unknown: String?

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
    let near = NearestName.nearest(to: unknown, among: names)
    let advice =
      near.map { language("Did you mean \(program) \($0)?", "Vouliez-vous dire \(program) \($0)\u{202F}?") }
      ?? language("See: \(program) --help", "Voir\u{A0}: \(program) --help")
    return .usage(
      language(
        "\(said): there is no such verb. \(advice)", "\(said)\u{A0}: ce verbe n’existe pas. \(advice)"))
  }
}
