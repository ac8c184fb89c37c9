import ArgumentParser
import JSONText
import Wording

/// An option that stands twice among the arguments, of which the parser would take the last without a word.
///
/// Beside it, options that say nothing beside one another.
enum GivenTwice {
  /// Two that a verb does not take together, by the names that are typed.
  struct Pair {
    let one: String
    let other: String

    init(_ one: String, _ other: String) { (self.one, self.other) = (one, other) }
  }

  /// What was typed of options, by name, as far as there are any.
  private static func names(_ arguments: [String]) -> [String] {
    arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("-") && $0.count > 1 }
      .map { argument in String(argument.prefix { $0 != "=" }) }
  }

  /// Throws for two that the verb does not take together, and for what a line of a batch says by itself.
  static func checkApart(_ verb: any Verb.Type, _ arguments: [String], _ language: Language) throws {
    let names = names(arguments)
    for pair in verb.apart where names.contains(pair.one) && names.contains(pair.other) {
      throw Failure.usage(
        language(
          "\(pair.one) and \(pair.other): give one of them; beside the other it would say nothing.",
          "\(pair.one) et \(pair.other) : donnez l’un des deux ; à côté de l’autre il ne dirait rien."))
    }
    guard names.contains("--batch") else { return }
    let taken = try Set(options(of: GlobalOptions.self).joined()).union(["--batch", "--service"]).union(
      verb.besideBatch)
    if let other = names.first(where: { !taken.contains($0) }) {
      throw Failure.usage(
        language(
          "\(other): with --batch each line says that itself; leave it out.",
          "\(other) : avec --batch, chaque ligne le dit elle-même ; retirez-le."))
    }
  }

  /// Throws for one that takes one value.
  ///
  /// - Parameter arguments: as they were typed, without the program's name.
  static func check(_ verb: any ParsableArguments.Type, _ arguments: [String], _ language: Language) throws {
    let names = names(arguments)
    // What takes one value is known to the parser alone; it is asked only where one option may stand twice, as one name or
    // as two (-o, --output).
    guard Set(names).count < names.count || names.contains(where: { !$0.hasPrefix("--") }) else { return }
    var seen: [[String]: String] = [:]
    let single = try single(in: verb)
    for name in names {
      guard let option = single.first(where: { $0.contains(name) }) else { continue }
      guard let before = seen.updateValue(name, forKey: option) else { continue }
      let both = before == name ? name : "\(before) \(name)"
      throw Failure.usage(
        language(
          "\(both): given twice, and one value is taken. Give it once; for two values, run the command twice.",
          "\(both) : donné deux fois, pour une seule valeur. Donnez-le une fois ; pour deux valeurs, lancez la commande deux fois."
        ))
    }
  }

  /// The names of each option that takes one value.
  private static func single(in verb: any ParsableArguments.Type) throws -> [[String]] {
    try options(of: verb) { $0["kind"]?.string == "option" && $0["isRepeating"]?.bool != true }
  }

  private static func options(
    of verb: any ParsableArguments.Type, where isMeant: (JSON) -> Bool = { _ in true }
  ) throws -> [[String]] {
    let options = try JSON(parsing: verb._dumpHelp())["command"]?["arguments"]?.array ?? []
    return options.filter(isMeant).map { option in
      (option["names"]?.array ?? []).compactMap { name in
        name["name"]?.string.map { (name["kind"]?.string == "short" ? "-" : "--") + $0 }
      }
    }
  }
}
