import JSONText

/// The form of a value, said once: requests are checked against it, and the OpenAPI document writes it down.
package struct Schema: Sendable {
  indirect enum Shape: Sendable {
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

  struct Member: Sendable {
    let name: String
    let schema: Schema
    let isRequired: Bool
  }

  let shape: Shape
  /// Whether null is a value too.
  var isNullable = false
  var about: String?

  private init(_ shape: Shape) { self.shape = shape }

  static let text = Schema(.text(lengths: nil, pattern: nil, format: nil))
  static let flag = Schema(.flag)
  static let whole = Schema(.whole(nil))
  static let any = Schema(.any)
  static func text(_ lengths: ClosedRange<Int>, pattern: String? = nil) -> Schema {
    Schema(.text(lengths: lengths, pattern: pattern, format: nil))
  }
  static func text(format: String) -> Schema { Schema(.text(lengths: nil, pattern: nil, format: format)) }
  static func choice(_ words: [String]) -> Schema { Schema(.choice(words)) }
  static func choice<Word: RawRepresentable & CaseIterable>(_: Word.Type) -> Schema where Word.RawValue == String {
    Schema(.choice(Word.allCases.map(\.rawValue)))
  }
  static func whole(_ range: ClosedRange<Int64>) -> Schema { Schema(.whole(range)) }
  static func list(_ element: Schema, most: Int? = nil) -> Schema { Schema(.list(element, most: most)) }
  static func named(_ name: String) -> Schema { Schema(.named(name)) }
  static func anyOf(_ schemas: Schema...) -> Schema { Schema(.anyOf(schemas)) }
  /// Has no members but these.
  static func closed(_ members: Member...) -> Schema { Schema(.object(members, isOpen: false)) }
  /// May have more members than these.
  static func open(_ members: Member...) -> Schema { Schema(.object(members, isOpen: true)) }
  static func object(closed members: [Member]) -> Schema { Schema(.object(members, isOpen: false)) }
  static func open(_ members: [Member]) -> Schema { Schema(.object(members, isOpen: true)) }

  var orNull: Schema {
    var copy = self
    copy.isNullable = true
    return copy
  }

  func saying(_ about: String) -> Schema {
    var copy = self
    copy.about = about
    return copy
  }
}

extension Schema.Member {
  /// A member that has to be there.
  static func must(_ name: String, _ schema: Schema) -> Schema.Member {
    Schema.Member(name: name, schema: schema, isRequired: true)
  }
  /// A member that may be left out.
  static func may(_ name: String, _ schema: Schema) -> Schema.Member {
    Schema.Member(name: name, schema: schema, isRequired: false)
  }
  /// A member of a request that may be left out; null says the same.
  static func ask(_ name: String, _ schema: Schema) -> Schema.Member { .may(name, schema.orNull) }
}
