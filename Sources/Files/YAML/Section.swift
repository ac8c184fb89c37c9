import CivilTime
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

/// Values of keys. A missing key gives the `default` where there is one and is reported where there is none.
extension Section {
  /// The longest text that is taken, in characters.
  private static let longestText = 300

  /// The text of a scalar: one line, not empty; nil after reporting anything else.
  func text(of node: Node, _ key: String) -> String? {
    guard let scalar = node.scalar else {
      problems.add(node.line, "`\(key)` must be a text, not \(node.kind)")
      return nil
    }
    let text = scalar.string
    guard !text.allSatisfy(\.isWhitespace), text.count <= Section.longestText else {
      problems.add(node.line, "`\(key)` must be a text of 1 to \(Section.longestText) characters")
      return nil
    }
    guard
      text.unicodeScalars.allSatisfy({
        $0.properties.generalCategory != .control && !"\u{2028}\u{2029}".unicodeScalars.contains($0)
      })
    else {
      problems.add(node.line, "`\(key)` must be one line without control characters")
      return nil
    }
    return text
  }

  /// The text of a key that must be there.
  func text(_ key: String) -> String? { required(key).flatMap { text(of: $0, key) } }

  /// The value that `read` makes of a text; nil after reporting that it made none, with `form`, which says what would
  /// be right.
  func value<Value>(_ key: String, form: String, _ read: (String) -> Value?) -> Value? {
    required(key).flatMap { value(of: $0, key, form: form, read) }
  }

  /// As above; `standard` where the key is missing.
  func value<Value>(_ key: String, default standard: Value, form: String, _ read: (String) -> Value?) -> Value? {
    has(key) ? value(key, form: form, read) : standard
  }

  /// Nil where the key is missing, and after reporting a bad value.
  func valueIfPresent<Value>(_ key: String, form: String, _ read: (String) -> Value?) -> Value? {
    has(key) ? value(key, form: form, read) : nil
  }

  /// As above, of one item of a list.
  func value<Value>(of node: Node, _ key: String, form: String, _ read: (String) -> Value?) -> Value? {
    guard let text = text(of: node, key) else { return nil }
    if let value = read(text) { return value }
    problems.add(node.line, "`\(key)` cannot be `\(text.prefix(60))`; write \(form)")
    return nil
  }

  /// `true` or `false`, without quotes.
  func flag(_ key: String, default standard: Bool? = nil) -> Bool? {
    if let standard, !has(key) { return standard }
    guard let node = required(key) else { return nil }
    guard let scalar = node.scalar, scalar.isPlain, scalar.string == "true" || scalar.string == "false" else {
      problems.add(node.line, "`\(key)` must be true or false, not \(node.kind)")
      return nil
    }
    return scalar.string == "true"
  }

  /// One of two words, as true or false.
  func choice(_ key: String, _ yes: String, or no: String, default standard: Bool) -> Bool? {
    value(key, default: standard, form: "\(yes) or \(no)") { $0 == yes ? true : $0 == no ? false : nil }
  }

  /// The items of a list; a single value counts as a list of one where `orSingle` is true.
  func items(_ key: String, orSingle: Bool = false, required isRequired: Bool = true) -> [Node]? {
    guard let node = isRequired ? required(key) : optional(key) else { return nil }
    if let sequence = node.sequence { return Array(sequence) }
    if orSingle, node.scalar != nil { return [node] }
    problems.add(node.line, "`\(key)` must be a list, not \(node.kind)")
    return nil
  }

  /// Names that must all stand in `known`, each once; a missing key is none.
  func names(_ key: String, among known: [String], called what: String) -> [String]? {
    guard let nodes = items(key, required: false) else { return has(key) ? nil : [] }
    var names: [String] = []
    for node in nodes {
      guard let name = text(of: node, key) else { continue }
      if names.contains(name) { problems.add(node.line, "`\(name)` stands twice in `\(key)`") }
      names.append(name)
      guard !known.contains(name) else { continue }
      problems.add(
        node.line,
        "`\(name.prefix(60))` is no \(what) of this service\(NearestName.hint(name, among: known))"
          + " (\(known.joined(separator: ", ")))")
    }
    return names
  }

  /// A list of days of the week; a missing key is none.
  func weekdays(_ key: String, required isRequired: Bool) -> Set<Weekday>? {
    guard let nodes = items(key, orSingle: true, required: isRequired) else {
      return isRequired || has(key) ? nil : []
    }
    var days: Set<Weekday> = []
    for node in nodes {
      guard let found = value(of: node, key, form: ValueText.weekdayForm, ValueText.weekdays) else { continue }
      for day in found where !days.insert(day).inserted {
        problems.add(node.line, "\(ValueText.name(day)) stands twice in `\(key)`")
      }
    }
    return days
  }
}
