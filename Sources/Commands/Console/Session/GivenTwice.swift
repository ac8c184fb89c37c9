import ArgumentParser
import JSONText
import Wording

/// An option that stands twice among the arguments, of which the parser would take the last without a word.
enum GivenTwice {
  /// Throws for one that takes one value.
  ///
  /// - Parameter arguments: as they were typed, without the program's name.
  static func check(_ verb: any ParsableArguments.Type, _ arguments: [String], _ language: Language) throws {
    let names = arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("-") && $0.count > 1 }
      .map { argument in String(argument.prefix { $0 != "=" }) }
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
    let options = try JSON(parsing: verb._dumpHelp())["command"]?["arguments"]?.array ?? []
    return options.filter { $0["kind"]?.string == "option" && $0["isRepeating"]?.bool != true }.map { option in
      (option["names"]?.array ?? []).compactMap { name in
        name["name"]?.string.map { (name["kind"]?.string == "short" ? "-" : "--") + $0 }
      }
    }
  }
}
