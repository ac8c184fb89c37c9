import CivilTime
import Yams

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

  /// Texts without repetition.
  func names(_ key: String, required isRequired: Bool = true) -> [String]? {
    guard let nodes = items(key, required: isRequired) else { return isRequired || has(key) ? nil : [] }
    if isRequired, nodes.isEmpty {
      problems.add(line(of: key), "`\(key)` must not be empty")
      return nil
    }
    var names: [String] = []
    var seen: Set<String> = []
    for node in nodes {
      guard let name = text(of: node, key) else { continue }
      if !seen.insert(name).inserted { problems.add(node.line, "`\(name)` stands twice in `\(key)`") }
      names.append(name)
    }
    return names
  }

  /// Names that must all stand in `known`.
  func names(_ key: String, among known: [String], called what: String) -> [String]? {
    guard let nodes = items(key, required: false) else { return has(key) ? nil : [] }
    guard let names = names(key, required: false) else { return nil }
    for node in nodes {
      guard let name = node.scalar?.string, !known.contains(name) else { continue }
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
