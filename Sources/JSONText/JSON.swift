/// A JSON value (RFC 8259) whose members keep their order, so that what is written is the same bytes each time and can
/// be hashed. Numbers are whole; one with a fraction or an exponent keeps its text.
package enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// A number that is no 64-bit integer, as it was written.
  case number(String)
  case string(String)
  case array([JSON])
  case object([Member])

  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: JSON
    package init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }

  /// The member's value; nil where this is no object or has no such member.
  package subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  package var string: String? {
    if case .string(let value) = self { value } else { nil }
  }
  package var integer: Int64? {
    if case .integer(let value) = self { value } else { nil }
  }
  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }
  package var array: [JSON]? {
    if case .array(let value) = self { value } else { nil }
  }
  package var members: [Member]? {
    if case .object(let value) = self { value } else { nil }
  }
  package var isNull: Bool { self == .null }

  /// Members whose value is nil are left out.
  package static func members(_ pairs: KeyValuePairs<String, JSON?>) -> JSON {
    .object(pairs.compactMap { pair in pair.value.map { Member(pair.key, $0) } })
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { Member($0.0, $0.1) }) }
}

extension Optional where Wrapped == String {
  /// A JSON string, or null.
  package var json: JSON { map { .string($0) } ?? .null }
}
