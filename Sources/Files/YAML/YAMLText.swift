import Yams

/// Turns the bytes of a YAML file into nodes that know their lines.
enum YAMLText {
  /// The largest file that is read, in bytes.
  static let limit = 256 * 1024

  /// The most aliases that a file may use.
  static let mostAliases = 12

  /// Counts what may be an alias: an asterisk at the start of a token.
  private static func aliases(in bytes: [UInt8]) -> Int {
    let before = Set(" \t\n\r[{,:?-".utf8)
    return bytes.indices.count { bytes[$0] == UInt8(ascii: "*") && ($0 == 0 || before.contains(bytes[$0 - 1])) }
  }

  /// The document in `bytes`; nil after reporting why there is none.
  static func document(in bytes: [UInt8], _ problems: ProblemList) -> Node? {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      problems.add(lineOfBadUTF8(bytes), "not UTF-8; save the file as UTF-8")
      return nil
    }
    // Aliases of aliases double the document with each level; a contract has use for a few at the most.
    guard aliases(in: bytes) <= mostAliases else {
      problems.add(nil, "more than \(mostAliases) aliases (`*name`); write the values out")
      return nil
    }
    do {
      guard let node = try Yams.compose(yaml: text) else {
        problems.add(nil, "the file is empty")
        return nil
      }
      return node
    } catch let error as YamlError {
      report(error, problems)
    } catch {
      problems.add(nil, "not YAML")
    }
    return nil
  }

  private static func report(_ error: YamlError, _ problems: ProblemList) {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      problems.add(mark.line, "not YAML: " + (context.map { "\($0.text) " } ?? "") + problem)
    case .duplicatedKeysInMapping(let keys, let context):
      problems.add(context.mark.line, "key written twice: " + keys.map { "`\($0)`" }.joined(separator: ", "))
    case .reader(let problem, let offset, _, let text):
      let line = offset.map { text.prefix($0).count { $0.isNewline } + 1 }
      problems.add(line, "not YAML: \(problem)")
    default:
      problems.add(nil, "not YAML")
    }
  }

  /// The line on which the longest valid beginning stops.
  private static func lineOfBadUTF8(_ bytes: [UInt8]) -> Int {
    var line = 1
    for part in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if String(validating: part, as: UTF8.self) == nil { return line }
      line += 1
    }
    return line
  }
}

extension Node {
  /// From 1.
  var line: Int? { mark?.line }

  /// What kind of thing was written, for messages.
  var kind: String {
    switch self {
    case .scalar(let scalar): scalar.isNull ? "nothing" : "`\(scalar.string.prefix(60))`"
    case .mapping: "keys with values"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}

extension Node.Scalar {
  /// Plain and empty, or one of the words for it (YAML 1.2, section 10.3.2).
  var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(string) }

  /// Written without quotes and not as a block.
  var isPlain: Bool { style == .plain || style == .any }
}
