package import Wording

/// A finding in one language.
package struct FindingText: Hashable, Sendable {
  /// What is wrong and what to do: one or two sentences, without line and subject.
  package let sentence: String
  /// What each reader does with it, for instance `libical reports an error (measured)`.
  package let effects: [String]

  package init(_ finding: Finding, _ language: Language) {
    sentence = FindingText.sentence(finding.code, language)
    effects = finding.effects.map { FindingText.effect($0, language) }
  }

  /// What is wrong and what to do.
  package static func sentence(_ code: FindingCode, _ language: Language) -> String {
    let groups: [(FindingCode, Language) -> String?] = [
      format, lines, structure, calendar, text, values, zones, events, recurrence, profiles, revision, transfer,
    ]
    return groups.lazy.compactMap { $0(code, language) }.first ?? code.rawValue
  }

  /// `Thunderbird (ical.js) refuses the whole feed (measured)`.
  package static func effect(_ effect: Effect, _ language: Language) -> String {
    "\(effect.reader.name) \(behaviour(effect.behaviour, language)) (\(evidence(effect.evidence, language)))"
  }
}
