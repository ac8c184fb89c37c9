import Foundation
package import Planning

/// How columns and keys name fields.
extension ChangeField {
  /// The field that a header or key names, in either case, with blanks around it, `_` and `-` meaning the same; nil for
  /// none.
  package init?(column name: String) {
    guard let field = ChangeField.byName[name] ?? ChangeField.byName[ChangeField.plain(name)] else { return nil }
    self = field
  }

  /// The field that a column names, or that a French office calls so, whatever the accents and the case.
  init?(header name: String) {
    if let field = ChangeField(column: name) {
      self = field
      return
    }
    let folded = ChangeField.plain(name.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil))
    guard let field = ChangeField.french[folded.replacing("_", with: " ")] else { return nil }
    self = field
  }

  private static let french: [String: ChangeField] = [
    "titre": .title, "intitule": .title, "objet": .title, "debut": .start, "date de debut": .start, "fin": .end,
    "date de fin": .end, "duree": .duration, "composant": .component, "composants": .component,
    "environnement": .environment, "motif": .reason, "raison": .reason, "nature": .kind, "version": .update,
    "mise a jour": .update, "categorie": .category, "formation": .training, "parametrage": .configuration,
    "coupure": .interruption, "titre anglais": .titleEnglish, "description anglaise": .descriptionEnglish,
    "motif pour les clients": .clientReason, "cle": .idempotencyKey,
  ]

  /// A name as the columns of every table are compared: small letters, underscores, no blanks around.
  static func plain(_ name: String) -> String {
    var letters = Array(name.utf8)
    while letters.last == 0x20 { letters.removeLast() }
    let plain = letters.drop { $0 == 0x20 }.map { byte -> UInt8 in
      byte == UInt8(ascii: "-") ? UInt8(ascii: "_") : (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }
    return String(decoding: plain, as: UTF8.self)
  }

  private static let byName: [String: ChangeField] = {
    // Holds: the names differ, as a test sees.
    var names = Dictionary(uniqueKeysWithValues: columns.map { ($0.rawValue, $0) })
    names["components"] = .component
    return names
  }()

  /// Keys of the program's own JSON that a register gives; no file can state them.
  package static let registersOwn: Set<String> = [
    "id", "state", "end_known", "actual_start", "actual_start_recorded_at", "actual_end", "actual_end_recorded_at",
    "overrun_seconds", "revision", "recorded_at", "planned_at", "revised_at", "simulation", "standing", "approval",
    "unsent", "release",
    "verdict",
  ]
}
