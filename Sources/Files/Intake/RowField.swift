/// What a row of an import may say, by the names of the command line's flags.
package enum RowField: Int, CaseIterable, Hashable, Sendable {
  case title, start, end, duration, description, impact, component, environment, service, reason, kind, update
  case category, training, configuration, interruption, documentation, alongside, idempotencyKey

  /// As a header or key writes it; `_` and `-` mean the same.
  package var name: String { self == .idempotencyKey ? "idempotency_key" : "\(self)" }

  /// Whether the value is yes or no.
  package var isFlag: Bool { self == .training || self == .configuration || self == .interruption }

  /// Whether the value is a list.
  package var isList: Bool { self == .component || self == .alongside }

  /// The field that a header or key names, in either case, with blanks around it; nil for none.
  package init?(name: String) {
    if let field = RowField.byName[name] {
      self = field
      return
    }
    guard let field = RowField.byName[RowField.plain(name)] else { return nil }
    self = field
  }

  /// A name as the columns of every table are compared: small letters, underscores, no blanks around.
  static func plain(_ name: String) -> String {
    var letters = Array(name.utf8)
    while letters.last == 0x20 { letters.removeLast() }
    let plain = letters.drop { $0 == 0x20 }.map { byte -> UInt8 in
      byte == UInt8(ascii: "-") ? UInt8(ascii: "_") : (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }
    return String(decoding: plain, as: UTF8.self)
  }

  private static let byName: [String: RowField] = {
    var names = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })
    names["components"] = .component
    return names
  }()

  /// Keys of the program's own JSON that a register gives; no file can state them.
  package static let registersOwn: Set<String> = [
    "id", "state", "actual_start", "actual_start_recorded_at", "actual_end", "actual_end_recorded_at",
    "overrun_seconds", "revision", "recorded_at", "planned_at", "revised_at", "simulation", "verdict",
  ]
}
