import Yams

/// The keys of one mapping, each asked for by name; what is wrong is reported with its line and reading goes on.
struct Section {
  /// Where it stands, for messages: `maintenance-window`; empty for the file itself.
  let name: String
  /// Of its first key.
  let line: Int?
  /// Where problems go.
  let problems: ProblemList
  private let values: [String: Node]
  private let lines: [String: Int]

  /// Nil after reporting that `node` is no mapping. A key outside `keys` is reported.
  init?(_ node: Node, name: String, keys: [String], _ problems: ProblemList) {
    guard let mapping = node.mapping else {
      let place = name.isEmpty ? "the file" : "`\(name)`"
      problems.add(node.line, "\(place) must hold keys with values, not \(node.kind)")
      return nil
    }
    var values: [String: Node] = [:]
    var lines: [String: Int] = [:]
    for (key, value) in Section.merged(mapping) {
      guard let scalar = key.scalar else {
        problems.add(key.line, "a key must be a word, not \(key.kind)")
        continue
      }
      guard keys.contains(scalar.string) else {
        let place = name.isEmpty ? "" : " in `\(name)`"
        problems.add(
          key.line,
          "unknown key `\(scalar.string.prefix(60))`\(place)\(NearestName.hint(scalar.string, among: keys))"
            + " (known: \(keys.joined(separator: ", ")))")
        continue
      }
      if values[scalar.string] == nil {
        values[scalar.string] = value
        lines[scalar.string] = key.line
      }
    }
    self.name = name
    self.line = node.line
    self.problems = problems
    self.values = values
    self.lines = lines
  }

  /// The pairs of a mapping, then those of its merge keys (`<<`), which its own keys override.
  private static func merged(_ mapping: Node.Mapping) -> [(Node, Node)] {
    var own: [(Node, Node)] = []
    var inherited: [(Node, Node)] = []
    for (key, value) in mapping {
      guard let scalar = key.scalar, scalar.string == "<<", scalar.isPlain, let other = value.mapping else {
        own.append((key, value))
        continue
      }
      inherited += other.map { ($0.key, $0.value) }
    }
    return own + inherited
  }

  /// The line of a key, or of the section where the key is missing.
  func line(of key: String) -> Int? { lines[key] ?? line }

  /// Whether the key is written, with or without a value.
  func has(_ key: String) -> Bool { values[key] != nil }

  /// Nil where the key is missing.
  func optional(_ key: String) -> Node? {
    guard let node = values[key] else { return nil }
    if let scalar = node.scalar, scalar.isNull {
      problems.add(line(of: key), "`\(key)` has no value")
      return nil
    }
    return node
  }

  /// Nil after reporting that the key is missing.
  func required(_ key: String) -> Node? {
    if !has(key) {
      problems.add(line, name.isEmpty ? "missing key `\(key)`" : "missing key `\(key)` in `\(name)`")
    }
    return optional(key)
  }

  /// Reports a problem of the value of `key`.
  func add(_ key: String, _ message: String) { problems.add(line(of: key), "`\(key)`: \(message)") }

  /// The keys of a mapping under `key`.
  func section(_ key: String, keys: [String], required isRequired: Bool = true) -> Section? {
    guard let node = isRequired ? required(key) : optional(key) else { return nil }
    return Section(node, name: key, keys: keys, problems)
  }

  /// The mapping under `key` whose keys are free, in the order of the file.
  func pairs(_ key: String) -> [(key: String, line: Int?, value: Node)]? {
    guard let node = required(key) else { return nil }
    guard let mapping = node.mapping else {
      problems.add(node.line, "`\(key)` must hold keys with values, not \(node.kind)")
      return nil
    }
    return mapping.compactMap { pair in
      guard let scalar = pair.key.scalar else {
        problems.add(pair.key.line, "a key must be a word, not \(pair.key.kind)")
        return nil
      }
      return (scalar.string, pair.key.line, pair.value)
    }
  }
}
