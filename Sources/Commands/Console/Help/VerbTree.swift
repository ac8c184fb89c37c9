import ArgumentParser
import JSONText

/// The verbs with what each takes, as the parser describes them: what help, completion and messages are made of.
struct VerbTree {
  struct Argument {
    /// Empty for one that goes by its place: `--output`, `-o`.
    let names: [String]
    let valueName: String
    let abstract: String
    let standard: String?
    let isFlag: Bool
    let isOptional: Bool
    let isRepeating: Bool

    var isPositional: Bool { names.isEmpty }
    /// `--start <time>`.
    func synopsis(_ text: HelpText) -> String {
      let value = "<\(text.text(valueName))>" + (isPositional && isRepeating ? " ..." : "")
      return isPositional ? value : names.joined(separator: ", ") + (isFlag ? "" : " \(value)")
    }
  }

  let name: String
  let aliases: [String]
  let abstract: String
  let discussion: String
  /// In the order in which they are declared, without what every program has.
  let arguments: [Argument]
  let children: [VerbTree]

  /// The verb that goes without a name of its own.
  private let standard: String?

  init(_ root: any ParsableArguments.Type) throws {
    self.init(try JSON(parsing: root._dumpHelp())["command"] ?? .null)
  }

  private init(_ json: JSON) {
    name = json["commandName"]?.string ?? ""
    aliases = json["aliases"]?.array?.compactMap(\.string) ?? []
    abstract = json["abstract"]?.string ?? ""
    discussion = json["discussion"]?.string ?? ""
    standard = json["defaultSubcommand"]?.string
    arguments = (json["arguments"]?.array ?? []).compactMap(Argument.init)
    children = (json["subcommands"]?.array ?? []).filter { $0["shouldDisplay"]?.bool != false }.map(VerbTree.init)
      .filter { $0.name != "help" }
  }

  /// Of two names of one option, the first is told.
  func child(_ word: String) -> VerbTree? { children.first { $0.name == word || $0.aliases.contains(word) } }

  /// Down to the last word that is a verb, with how many of the words those are.
  func descend(_ words: some Collection<String>) -> (path: [VerbTree], used: Int) {
    var path = [self]
    for word in words {
      guard let next = path[path.count - 1].child(word) else { break }
      path.append(next)
    }
    return (path, path.count - 1)
  }

  /// What it takes itself, or the verb that goes without a name.
  var ownArguments: [Argument] { standard.flatMap(child)?.arguments ?? arguments }
}

extension VerbTree.Argument {
  fileprivate init?(_ json: JSON) {
    guard json["shouldDisplay"]?.bool != false else { return nil }
    names = (json["names"]?.array ?? []).compactMap { name in
      name["name"]?.string.map { (name["kind"]?.string == "short" ? "-" : "--") + $0 }
    }.sorted { $0.count < $1.count && !$0.hasPrefix("--") }
    guard names != ["-h", "--help"], names != ["--version"] else { return nil }
    valueName = json["valueName"]?.string ?? "value"
    abstract = json["abstract"]?.string ?? ""
    standard = json["defaultValue"]?.string
    isFlag = json["kind"]?.string == "flag"
    isOptional = json["isOptional"]?.bool ?? true
    isRepeating = json["isRepeating"]?.bool ?? false
  }
}
