import Answers
import Files
import Wording

/// An option that the verb does not have. The parser may stumble over something else first, such as the option that was
/// meant by it, which it then misses.
struct TypedOption {
  private let verb: String
  private let option: String
  private let known: [String]

  /// Nil where every option is one.
  ///
  /// - Parameter arguments: without the program's name.
  init?(_ arguments: [String], in tree: VerbTree) {
    let (path, _) = tree.descend(arguments)
    let known = path[path.count - 1].ownArguments.flatMap(\.names) + ["--help", "-h", "--version"]
    let names = arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }.map { String($0.prefix { $0 != "=" }) }
    guard path.count > 1, let option = names.first(where: { !known.contains($0) }) else { return nil }
    self.option = option
    self.known = known.filter { $0.hasPrefix("--") }
    verb = path.dropFirst().map(\.name).joined(separator: " ")
  }

  /// What to do about a time or a length of several words that nobody quoted; nil where there is none.
  static func unquoted(_ arguments: [String], in tree: VerbTree, _ language: Language) -> String? {
    let options = tree.descend(arguments).0.last?.ownArguments ?? []
    let spoken = options.filter { ["time", "duration"].contains($0.valueName) }.flatMap(\.names)
    for index in arguments.indices where spoken.contains(arguments[index]) {
      let words = arguments[(index + 1)...].prefix { !$0.hasPrefix("-") }
      guard words.count > 1 else { continue }
      let quoted = "\(arguments[index]) \"\(words.joined(separator: " "))\""
      return language(
        "Quote what is several words: \(quoted)", "Mettez entre guillemets ce qui a plusieurs mots : \(quoted)")
    }
    return nil
  }

  func failure(_ language: Language) -> Failure {
    let advice = NearestName.advice(on: option, among: known, help: "preavis \(verb)", language)
    return .usage(
      language(
        "\(verb) \(option): there is no such option. \(advice)",
        "\(verb) \(option) : cette option n’existe pas. \(advice)"))
  }
}
