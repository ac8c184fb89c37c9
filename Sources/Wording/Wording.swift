package import CivilTime

/// Whom a text is for. Staff reads every second and the offset of each time; clients read hours as people write them, nights
/// by their name, and the zone once (`zoneName`), said by the text around.
package enum Audience: Sendable { case staff, clients }

/// Says things in one language, with the times of one zone. The only place where findings and errors become sentences.
package struct Wording: Sendable {
  package let language: Language
  /// The zone that every time is shown in.
  package let zone: ZoneRules
  /// Whose names fields and next steps have.
  package let door: Door
  /// What tells the moment from which what people say is counted, such as `demain`; nil where only dates are taken.
  package let clock: (@Sendable () -> Instant)?
  /// `heure de Paris`, `Paris time`; `UTC` for UTC itself.
  package let zoneName: String
  package let audience: Audience

  package init(
    _ language: Language, zone: ZoneRules, door: Door = .commandLine, audience: Audience = .staff,
    clock: (@Sendable () -> Instant)? = nil
  ) {
    self.language = language
    self.zone = zone
    self.door = door
    self.clock = clock
    self.audience = audience
    zoneName = Wording.name(of: zone, language)
  }

  /// The same for another door.
  package func at(_ door: Door) -> Wording {
    Wording(language, zone: zone, door: door, audience: audience, clock: clock)
  }

  /// Picks the text of the language.
  func pick(_ english: String, _ french: FrenchText) -> String { language(english, french) }

  func name(_ field: Field) -> String { door.name(field) }
  func name(_ step: Step) -> String { door.name(step) }

  /// A colon and the blanks around it.
  var colon: String { language.colon + " " }

  /// ` (article 5)`, or nothing for a rule of the register.
  func cite(_ clause: String?) -> String { clause.map { " (\($0))" } ?? "" }
}
