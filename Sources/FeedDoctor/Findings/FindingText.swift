package import Wording

/// A finding in one language.
package struct FindingText: Hashable, Sendable {
  /// What is wrong and what to do: one or two sentences, without line and subject.
  package let sentence: String
  /// What each reader does with it, for instance `libical reports an error (measured)`.
  package let effects: [String]

  package init(_ finding: Finding, _ language: Language) {
    sentence = finding.code.sentence(language)
    effects = finding.effects.map { FindingText.effect($0, language) }
  }

  /// `Thunderbird (ical.js) refuses the whole feed (measured)`.
  package static func effect(_ effect: Effect, _ language: Language) -> String {
    "\(effect.reader.name) \(behaviour(effect.behaviour, language)) (\(evidence(effect.evidence, language)))"
  }
}

extension FindingText {
  /// What a reader does, as the end of a sentence that begins with its name.
  package static func behaviour(_ behaviour: Behaviour, _ pick: Language) -> String {
    switch behaviour {
    case .refusesFeed: pick("refuses the whole feed", "refuse tout le flux")
    case .reportsError:
      pick("reports an error and drops what it concerns", "signale une erreur et laisse ce qu’elle concerne")
    case .losesEvents: pick("loses events", "perd des événements")
    case .readsOtherTime: pick("shows another time", "montre une autre heure")
    case .readsOtherText: pick("shows another text", "montre un autre texte")
    case .readsOtherStatus: pick("shows another status", "montre un autre état")
    case .expandsDifferently: pick("shows other occurrences", "montre d’autres occurrences")
    case .keepsOldEvents: pick("keeps the old events", "garde les anciens événements")
    case .emptiesCalendar: pick("empties the calendar", "vide le calendrier")
    case .duplicatesEvents: pick("shows events twice", "montre des événements en double")
    case .ignoresProperty: pick("ignores it", "l’ignore")
    case .neverReturns: pick("never returns", "ne répond plus")
    case .disablesCalendar: pick("switches the calendar off", "désactive le calendrier")
    case .replacesUID: pick("replaces the UID by a hash", "remplace l’UID par un hachage")
    case .refreshesRarely: pick("refreshes seldom", "rafraîchit rarement")
    case .readsZero: pick("reads it as 0", "lit 0")
    case .mayDiffer: pick("may behave otherwise", "peut se comporter autrement")
    }
  }

  /// How it is known, in a word.
  package static func evidence(_ evidence: Evidence, _ pick: Language) -> String {
    switch evidence {
    case .measured: pick("measured", "mesuré")
    case .source: pick("read in its source", "lu dans sa source")
    case .document: pick("documented", "documenté")
    case .anecdote: pick("reported by users", "signalé par des utilisateurs")
    }
  }

  /// `error`, `warning` or `note`.
  package static func severity(_ severity: Severity, _ pick: Language) -> String {
    switch severity {
    case .error: pick("error", "erreur")
    case .warning: pick("warning", "avertissement")
    case .note: pick("note", "remarque")
    }
  }
}
