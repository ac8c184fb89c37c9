package import JSONText
import Yams

/// A value of a file of YAML, or of JSON, which is YAML too, with the line on which it stands.
package struct FileNode: Sendable {
  package enum Value: Sendable {
    case none
    case text(String)
    case list([FileNode])
    /// In the order of the file.
    case keys([(key: String, line: Int?, value: FileNode)])
  }

  package let value: Value
  /// From 1.
  package let line: Int?

  /// The largest file that is read, in bytes.
  package static let limit = 1 << 20

  /// Throws what is wrong where it is none, in the words of the reader of YAML.
  package init(file: String, bytes: [UInt8]) throws(FileProblems) {
    let problems = ProblemList(file: file)
    guard let node = YAMLText.document(in: bytes, problems) else { throw FileProblems(problems.sorted) }
    self.init(node)
  }

  private init(_ node: Node) {
    line = node.line
    switch node {
    case .scalar(let scalar): value = scalar.isNull ? .none : .text(scalar.string)
    case .sequence(let nodes): value = .list(nodes.map(FileNode.init))
    case .mapping(let pairs):
      value = .keys(pairs.map { ($0.key.scalar?.string ?? $0.key.kind, $0.key.line, FileNode($0.value)) })
    case .alias: value = .none
    }
  }
}

extension FileNode {
  /// The same in JSON; every value is a text.
  package var json: JSON {
    switch value {
    case .none: .null
    case .text(let text): .string(text)
    case .list(let nodes): .array(nodes.map(\.json))
    case .keys(let pairs): .object(pairs.map { JSON.Member($0.key, $0.value.json) })
    }
  }
}
