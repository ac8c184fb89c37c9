/// What is wrong with a value of a request, and where.
package struct SchemaFault: Hashable {
  package enum Reason: Hashable {
    case unknown(known: [String])
    case missing
    case wrongType(expected: String)
    case notOneOf([String])
    case length(ClosedRange<Int>)
    case range(ClosedRange<Int64>)
    case tooMany(Int)
    case pattern
  }

  /// As a JSON Pointer (RFC 6901); the name, for a parameter of the query.
  package var place: String
  package var reason: Reason

  package init(place: String, reason: Reason) {
    self.place = place
    self.reason = reason
  }
}

extension Schema {
  /// Everything wrong with `json`, in its order, 20 faults at most. Only for schemas of requests, which refer to none.
  package func faults(_ json: JSON, at place: String = "") -> [SchemaFault] {
    var faults: [SchemaFault] = []
    collect(json, place, &faults)
    return faults
  }

  private func collect(_ json: JSON, _ place: String, _ faults: inout [SchemaFault]) {
    guard faults.count < 20 else { return }
    if json.isNull, isNullable { return }
    func fault(_ reason: SchemaFault.Reason) { faults.append(SchemaFault(place: place, reason: reason)) }
    switch shape {
    case .text(let lengths, let pattern, _):
      guard let text = json.string else { return fault(.wrongType(expected: "string")) }
      if let lengths, !lengths.contains(text.unicodeScalars.count) { return fault(.length(lengths)) }
      if let pattern, let regex = try? Regex(pattern), text.wholeMatch(of: regex) == nil { fault(.pattern) }
    case .choice(let words):
      guard let text = json.string else { return fault(.wrongType(expected: "string")) }
      if !words.contains(text) { fault(.notOneOf(words)) }
    case .whole(let range):
      guard let number = json.integer else { return fault(.wrongType(expected: "integer")) }
      if let range, !range.contains(number) { fault(.range(range)) }
    case .flag: if json.bool == nil { fault(.wrongType(expected: "boolean")) }
    case .list(let element, let most):
      guard let list = json.array else { return fault(.wrongType(expected: "array")) }
      if let most, list.count > most { return fault(.tooMany(most)) }
      for (index, value) in list.enumerated() { element.collect(value, "\(place)/\(index)", &faults) }
    case .object(let known, let isOpen):
      guard let members = json.members else { return fault(.wrongType(expected: "object")) }
      for member in members {
        let inner = place + "/" + Schema.pointer(member.key)
        if let found = known.first(where: { $0.name == member.key }) {
          found.schema.collect(member.value, inner, &faults)
        } else if !isOpen {
          guard faults.count < 20 else { return }
          faults.append(SchemaFault(place: inner, reason: .unknown(known: known.map(\.name))))
        }
      }
      for member in known where member.isRequired && json[member.name] == nil {
        faults.append(SchemaFault(place: place + "/" + member.name, reason: .missing))
      }
    case .named, .anyOf, .any: break
    }
  }

  /// Source: RFC 6901, section 3.
  private static func pointer(_ key: String) -> String {
    let short = key.unicodeScalars.count > 80 ? String(key.unicodeScalars.prefix(79)) + "…" : key
    return short.replacing("~", with: "~0").replacing("/", with: "~1")
  }

  /// The value that a text of a query stands for; nil where it has the wrong form.
  package func value(_ text: String) -> JSON? {
    switch shape {
    case .whole: Int64(text).flatMap { String($0) == text ? .integer($0) : nil }
    case .flag: text == "true" ? true : text == "false" ? false : nil
    default: .string(text)
    }
  }
}

extension Schema {
  /// What a text of a query should have been.
  package var expected: SchemaFault.Reason {
    switch shape {
    case .whole(let range): range.map { .range($0) } ?? .wrongType(expected: "integer")
    case .flag: .notOneOf(["true", "false"])
    default: .wrongType(expected: "string")
    }
  }
}
