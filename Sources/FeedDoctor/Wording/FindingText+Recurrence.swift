import Wording

extension FindingText {
  /// Recurrence.
  static func recurrence(_ code: FindingCode, _ pick: Language) -> String? {
    switch code {
    case .recurrence:
      pick(
        "Readers disagree on recurring events around clock changes; publish each occurrence as an event of "
          + "its own, in UTC.",
        "Les lecteurs ne s’accordent pas sur les récurrences autour des changements d’heure\u{202F}; "
          + "publiez chaque occurrence comme un événement, en UTC.")
    case .recurrenceUnbounded:
      pick(
        "The rule has neither UNTIL nor COUNT; give it an end.",
        "La règle n’a ni UNTIL ni COUNT\u{202F}; donnez-lui une fin.")
    case .badRecurrence:
      pick(
        "This is not a recurrence rule; mend the part that is named.",
        "Ce n’est pas une règle de récurrence\u{202F}; corrigez la partie nommée.")
    case .recurrenceTooFast:
      pick(
        "The rule repeats more often than daily; some readers never return from it. Publish single events.",
        "La règle se répète plus que chaque jour\u{202F}; des lecteurs n’en reviennent jamais. Publiez des "
          + "événements simples.")
    case .recurrenceTooMany:
      pick(
        "The rule makes more than 5000 occurrences; give it an earlier end.",
        "La règle fait plus de 5000 occurrences\u{202F}; donnez-lui une fin plus proche.")
    case .recurrenceNever:
      pick(
        "The rule has no occurrence (30 February?); some readers search for ever.",
        "La règle n’a aucune occurrence (30 février\u{202F}?)\u{202F}; des lecteurs cherchent sans fin.")
    case .recurrenceScale:
      pick(
        "Few readers know RSCALE and SKIP; leave them out.",
        "Peu de lecteurs connaissent RSCALE et SKIP\u{202F}; ôtez-les.")
    case .recurrenceUntilType:
      pick(
        "UNTIL has to be a day where DTSTART is one, and in UTC (Z) where DTSTART has a zone.",
        "UNTIL doit être un jour si DTSTART en est un, et en UTC (Z) si DTSTART a un fuseau.")
    case .recurrenceUntilPast:
      pick(
        "UNTIL lies before DTSTART; mend one of them.",
        "UNTIL précède DTSTART\u{202F}; corrigez l’un des deux.")
    case .recurrenceUnsynchronised:
      pick(
        "DTSTART is not an occurrence of its rule, so that the set is undefined; move it to the first one.",
        "DTSTART n’est pas une occurrence de sa règle, l’ensemble est donc indéfini\u{202F}; déplacez-le "
          + "sur la première.")
    case .recurrenceOverClockChange:
      pick(
        "An occurrence spans or meets a change of clock: readers disagree on its end. Publish it as one "
          + "event in UTC.",
        "Une occurrence enjambe ou touche un changement d’heure\u{A0}: les lecteurs ne s’accordent pas sur "
          + "sa fin. Publiez-la comme un événement en UTC.")
    case .excludedRule:
      pick(
        "EXRULE is deprecated and widely ignored; use EXDATE or single events.",
        "EXRULE est périmée et souvent ignorée\u{202F}; prenez EXDATE ou des événements simples.")
    case .overrideWithoutMaster:
      pick(
        "The occurrence belongs to no event of this feed; some readers do not show it.",
        "L’occurrence n’appartient à aucun événement de ce flux\u{202F}; des lecteurs ne la montrent pas.")
    case .overrideRange:
      pick(
        "Few readers know RANGE; publish each changed occurrence.",
        "Peu de lecteurs connaissent RANGE\u{202F}; publiez chaque occurrence changée.")
    case .overrideType:
      pick(
        "RECURRENCE-ID and DTSTART of the series differ in type; write both alike.",
        "RECURRENCE-ID et DTSTART de la série diffèrent de type\u{202F}; écrivez-les pareils.")
    case .overrideOfSingle:
      pick(
        "RECURRENCE-ID belongs to an event that does not recur; raise its SEQUENCE instead.",
        "RECURRENCE-ID vise un événement qui ne se répète pas\u{202F}; augmentez plutôt sa SEQUENCE.")
    case .overrideNotOccurrence:
      pick(
        "RECURRENCE-ID is not an occurrence of its series; some readers show both, some none.",
        "RECURRENCE-ID n’est pas une occurrence de sa série\u{202F}; des lecteurs montrent les deux, "
          + "d’autres aucune.")
    default: nil
    }
  }
}
