/// The form of a value, said once: requests are checked against it, and the OpenAPI document writes it down.
package struct Schema: Sendable {
  package indirect enum Shape: Sendable {
    /// Lengths are counted in Unicode scalars, both inclusive.
    case text(lengths: ClosedRange<Int>?, pattern: String?, format: String?)
    case choice([String])
    case whole(ClosedRange<Int64>?)
    case flag
    case list(Schema, most: Int?)
    /// With `isOpen`, members that are not named may stand there too.
    case object([Member], isOpen: Bool)
    /// A schema of the document's components.
    case named(String)
    case anyOf([Schema])
    case any
  }

  package struct Member: Sendable {
    package let name: String
    package let schema: Schema
    package let isRequired: Bool
  }

  package let shape: Shape
  /// Whether null is a value too.
  package private(set) var isNullable = false
  package private(set) var about: String?

  private init(_ shape: Shape) { self.shape = shape }

  package static let text = Schema(.text(lengths: nil, pattern: nil, format: nil))
  package static let flag = Schema(.flag)
  package static let whole = Schema(.whole(nil))
  package static let any = Schema(.any)
  package static func text(_ lengths: ClosedRange<Int>, pattern: String? = nil) -> Schema {
    Schema(.text(lengths: lengths, pattern: pattern, format: nil))
  }
  package static func text(format: String) -> Schema { Schema(.text(lengths: nil, pattern: nil, format: format)) }
  package static func choice(_ words: [String]) -> Schema { Schema(.choice(words)) }
  package static func choice<Word: RawRepresentable & CaseIterable>(_: Word.Type) -> Schema
  where Word.RawValue == String {
    Schema(.choice(Word.allCases.map(\.rawValue)))
  }
  package static func whole(_ range: ClosedRange<Int64>) -> Schema { Schema(.whole(range)) }
  package static func list(_ element: Schema, most: Int? = nil) -> Schema { Schema(.list(element, most: most)) }
  package static func named(_ name: String) -> Schema { Schema(.named(name)) }
  package static func anyOf(_ schemas: Schema...) -> Schema { Schema(.anyOf(schemas)) }
  /// Has no members but these.
  package static func closed(_ members: Member...) -> Schema { Schema(.object(members, isOpen: false)) }
  /// May have more members than these.
  package static func open(_ members: Member...) -> Schema { Schema(.object(members, isOpen: true)) }
  package static func object(closed members: [Member]) -> Schema { Schema(.object(members, isOpen: false)) }
  package static func open(_ members: [Member]) -> Schema { Schema(.object(members, isOpen: true)) }

  package var orNull: Schema {
    var copy = self
    copy.isNullable = true
    return copy
  }

  package func saying(_ about: String) -> Schema {
    var copy = self
    copy.about = about
    return copy
  }
}

extension Schema.Member {
  /// A member that has to be there.
  package static func must(_ name: String, _ schema: Schema) -> Schema.Member {
    Schema.Member(name: name, schema: schema, isRequired: true)
  }
  /// A member that may be left out.
  package static func may(_ name: String, _ schema: Schema) -> Schema.Member {
    Schema.Member(name: name, schema: schema, isRequired: false)
  }
  /// A member of a request that may be left out; null says the same.
  package static func ask(_ name: String, _ schema: Schema) -> Schema.Member { .may(name, schema.orNull) }
}

extension Schema {
  /// In the words of JSON Schema 2020-12, as OpenAPI 3.1 takes them.
  package var document: JSON {
    var members: [JSON.Member] = []
    func add(_ key: String, _ value: JSON) { members.append(JSON.Member(key, value)) }
    func type(_ name: String) {
      add("type", isNullable ? .array([.string(name), "null"]) : .string(name))
    }
    switch shape {
    case .text(let lengths, let pattern, let format):
      type("string")
      if let lengths {
        if lengths.lowerBound > 0 { add("minLength", .integer(Int64(lengths.lowerBound))) }
        add("maxLength", .integer(Int64(lengths.upperBound)))
      }
      if let pattern { add("pattern", .string(pattern)) }
      if let format { add("format", .string(format)) }
    case .choice(let words):
      type("string")
      add("enum", .array(words.map { .string($0) } + (isNullable ? [.null] : [])))
      // Generators of clients leave signs out of names, and number what is then twice there.
      if words.contains(where: { $0.hasPrefix("-") }) {
        let names = words.map { word in
          let (name, isSigned) = (word.drop { $0 == "-" }, word.hasPrefix("-"))
          return JSON.string(name.prefix(1).uppercased() + name.dropFirst() + (isSigned ? "Descending" : ""))
        }
        add("x-enum-varnames", .array(names))
      }
    case .whole(let range):
      type("integer")
      if let range {
        add("minimum", .integer(range.lowerBound))
        add("maximum", .integer(range.upperBound))
      }
    case .flag: type("boolean")
    case .list(let element, let most):
      type("array")
      add("items", element.document)
      if let most { add("maxItems", .integer(Int64(most))) }
    case .object(let all, let isOpen):
      type("object")
      add("properties", .object(all.map { JSON.Member($0.name, $0.schema.document) }))
      let required = all.filter(\.isRequired)
      if !required.isEmpty { add("required", .array(required.map { .string($0.name) })) }
      if !isOpen { add("additionalProperties", false) }
    case .named(let name):
      let reference: JSON = ["$ref": .string("#/components/schemas/\(name)")]
      if isNullable { add("anyOf", [reference, ["type": "null"]]) } else { return reference }
    case .anyOf(let schemas): add("anyOf", .array(schemas.map(\.document) + (isNullable ? [["type": "null"]] : [])))
    case .any: break
    }
    if let about { add("description", .string(about)) }
    return .object(members)
  }
}
