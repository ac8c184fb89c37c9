/// A field that a request states, under the name that its column has in a file. What the rules, the log and every door
/// have to know of it stands in its row: a new field is a case, a row, and a property of `ChangeContent`.
public enum ChangeField: String, CaseIterable, Hashable, Sendable {
  // In the order in which messages and schemas list them.
  case title, start, end, duration, description, impact, component, environment, service, reason, kind, update
  case category, training, configuration, interruption, documentation, alongside
  /// What English readers read instead, and clients instead of the reason.
  case titleEnglish = "title_en"
  case descriptionEnglish = "description_en"
  case clientReason = "client_reason"
  case idempotencyKey = "idempotency_key"
  /// When work began or ended, that it began then, and by how much it is extended: of moves only.
  case at, started, by

  private static func row(_ field: ChangeField) -> Row {
    switch field {
    case .title: Row(\.title, .text(.title), isRequired: true, isAmendable: true)
    case .description: Row(\.description, .text(.description), isAmendable: true)
    case .impact: Row(\.impact, .word(Impact.self), isAmendable: true)
    case .component: Row(\.components, .names, member: "components", isAmendable: true)
    case .reason: Row(\.reasonText, .text(.reason))
    case .update: Row(update: \.version, .text(.version), member: "version", isRequired: true)
    case .category: Row(update: \.category, .word(UpdateDetails.Category.self), isRequired: true)
    case .training: Row(update: \.training, .flag, isAmendable: true)
    case .configuration: Row(update: \.configuration, .flag, isAmendable: true)
    case .interruption: Row(update: \.interruption, .flag, isAmendable: true)
    case .documentation: Row(update: \.documentation, .text(.documentation), isAmendable: true)
    case .alongside: Row(\.alongside, .changes)
    case .titleEnglish: Row(\.titleEnglish, .text(.titleEnglish), isAmendable: true)
    case .descriptionEnglish: Row(\.descriptionEnglish, .text(.descriptionEnglish), isAmendable: true)
    case .clientReason: Row(\.clientReason, .text(.clientReason))
    case .start, .end, .duration, .environment, .service, .kind, .idempotencyKey, .at, .started, .by: Row()
    }
  }

  /// How a value is written and read.
  public enum Kind: Hashable, Sendable {
    case text(TextField)
    case flag
    case word([String])
    /// Names that the contract knows.
    case names
    /// Identifiers of changes.
    case changes
    /// Text that is read with others, or looked up: each in a way of its own.
    case other

    static func word<Word: RawRepresentable & CaseIterable>(_: Word.Type) -> Kind where Word.RawValue == String {
      .word(Word.allCases.map(\.rawValue))
    }
  }

  // Holds: the cases differ.
  private static let rows = Dictionary(uniqueKeysWithValues: allCases.map { ($0, row($0)) })
  // Holds: there is a row of every case.
  fileprivate var row: Row { ChangeField.rows[self]! }

  public var kind: Kind { row.kind }
  /// Its name in JSON.
  public var member: String { row.member ?? rawValue }
  /// Whether a request for a change, or for an update, has to say it.
  public var isRequired: Bool { row.isRequired }
  public var isList: Bool { kind == .names || kind == .changes }

  /// Those that a column of a file, or a key of a row, may name.
  public static let columns = allCases.filter { ![.at, .started, .by].contains($0) }
  /// Those that every change has, and that are read each for itself.
  public static let ofContent = allCases.filter { $0.row.ofContent != nil }
  /// Those that only updates have.
  public static let ofUpdate = allCases.filter { $0.row.ofUpdate != nil }
  /// Those that `amend` replaces.
  public static let amendable = allCases.filter { $0.row.isAmendable }

  fileprivate struct Row: Sendable {
    var ofContent: Access<ChangeContent>?
    var ofUpdate: Access<UpdateDetails>?
    var kind = Kind.other
    var member: String?
    var isRequired = false
    var isAmendable = false

    init() {}

    init<Part: Sayable>(
      _ path: any WritableKeyPath<ChangeContent, Part> & Sendable, _ kind: Kind, member: String? = nil,
      isRequired: Bool = false, isAmendable: Bool = false
    ) {
      ofContent = Access(path)
      (self.kind, self.member, self.isRequired, self.isAmendable) = (kind, member, isRequired, isAmendable)
    }

    init<Part: Sayable>(
      update path: any WritableKeyPath<UpdateDetails, Part> & Sendable, _ kind: Kind, member: String? = nil,
      isRequired: Bool = false, isAmendable: Bool = false
    ) {
      ofUpdate = Access(path)
      (self.kind, self.member, self.isRequired, self.isAmendable) = (kind, member, isRequired, isAmendable)
    }
  }

  /// Where a field stands in what a change says.
  fileprivate struct Access<Whole>: Sendable {
    let get: @Sendable (Whole) -> FieldValue?
    let set: @Sendable (inout Whole, FieldValue?) -> Bool

    init<Part: Sayable>(_ path: any WritableKeyPath<Whole, Part> & Sendable) {
      get = { $0[keyPath: path].said }
      set = { whole, value in
        guard let part = Part(said: value) else { return false }
        whole[keyPath: path] = part
        return true
      }
    }
  }
}

/// What is said in one field.
public enum FieldValue: Hashable, Sendable {
  case text(String)
  case flag(Bool)
  case list([String])

  public var text: String? { if case .text(let text) = self { text } else { nil } }
  public var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
  public var list: [String]? { if case .list(let list) = self { list } else { nil } }
}

extension ChangeContent {
  /// Nil where nothing is said, and for fields that are not read each for itself.
  public subscript(field: ChangeField) -> FieldValue? {
    field.row.ofContent.map { $0.get(self) } ?? update?[field]
  }

  /// False leaves the change as it was: for a value that the field cannot have, and for a field of updates where the
  /// change is none. Nil says nothing any more.
  public mutating func set(_ field: ChangeField, to value: FieldValue?) -> Bool {
    if let access = field.row.ofContent { return access.set(&self, value) }
    return update?.set(field, to: value) ?? false
  }
}

extension UpdateDetails {
  public subscript(field: ChangeField) -> FieldValue? { field.row.ofUpdate?.get(self) }

  public mutating func set(_ field: ChangeField, to value: FieldValue?) -> Bool {
    field.row.ofUpdate?.set(&self, value) ?? false
  }
}

/// A part of a change that a field says.
private protocol Sayable: SendableMetatype {
  var said: FieldValue? { get }
  /// Nil for a value that is none of this type; nothing is one of texts and lists.
  init?(said: FieldValue?)
}

extension String: Sayable {
  fileprivate var said: FieldValue? { .text(self) }
  fileprivate init?(said: FieldValue?) {
    guard let text = said.map(\.text) ?? "" else { return nil }
    self = text
  }
}

extension Optional: Sayable where Wrapped == String {
  fileprivate var said: FieldValue? { map { .text($0) } }
  fileprivate init?(said: FieldValue?) {
    guard said == nil || said?.text != nil else { return nil }
    self = said?.text
  }
}

extension Bool: Sayable {
  fileprivate var said: FieldValue? { .flag(self) }
  fileprivate init?(said: FieldValue?) {
    guard let flag = said?.flag else { return nil }
    self = flag
  }
}

extension Array: Sayable where Element: LosslessStringConvertible {
  fileprivate var said: FieldValue? { .list(map(\.description)) }
  fileprivate init?(said: FieldValue?) {
    guard let texts = said.map(\.list) ?? [] else { return nil }
    self = texts.compactMap { Element($0) }
    if count != texts.count { return nil }
  }
}

extension Sayable where Self: RawRepresentable, RawValue == String {
  fileprivate var said: FieldValue? { .text(rawValue) }
  fileprivate init?(said: FieldValue?) {
    guard let word = said?.text.flatMap(Self.init(rawValue:)) else { return nil }
    self = word
  }
}

extension Impact: Sayable {}
extension UpdateDetails.Category: Sayable {}
