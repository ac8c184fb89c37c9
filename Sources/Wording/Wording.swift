package import CivilTime

/// Says things in one language, with the times of one zone. The only place where findings and errors become sentences.
package struct Wording: Sendable {
  package let language: Language
  /// The zone that every time is shown in.
  package let zone: ZoneRules

  package init(_ language: Language, zone: ZoneRules) {
    self.language = language
    self.zone = zone
  }

  /// Picks the text of the language.
  func pick(_ english: String, _ french: String) -> String { language(english, french) }

  /// A colon and the blanks around it.
  var colon: String { language.colon + " " }

  /// ` (article 5)`, or nothing for a rule of the register.
  func cite(_ clause: String?) -> String { clause.map { " (\($0))" } ?? "" }
}
