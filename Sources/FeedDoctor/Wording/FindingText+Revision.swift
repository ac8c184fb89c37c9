import Wording

extension FindingText {
  /// Against an earlier copy.
  static func revision(_ code: FindingCode, _ pick: Language) -> String? {
    switch code {
    case .previousUnreadable:
      pick(
        "The earlier copy is no calendar; revisions were not compared.",
        "La copie antérieure n’est pas un calendrier\u{202F}; les révisions n’ont pas été comparées.")
    case .revisionSequenceFell:
      pick(
        "SEQUENCE went down; clients keep the version with the greater one.",
        "SEQUENCE a baissé\u{202F}; les clients gardent la version au plus grand numéro.")
    case .revisionSequenceSame:
      pick(
        "The event changed and SEQUENCE did not rise; add one on each revision.",
        "L’événement a changé et SEQUENCE n’a pas augmenté\u{202F}; ajoutez un à chaque révision.")
    case .revisionStampSame:
      pick(
        "The event changed and DTSTAMP and LAST-MODIFIED did not; write the moment of the revision into both.",
        "L’événement a changé, mais ni DTSTAMP ni LAST-MODIFIED\u{202F}; écrivez-y le moment de la révision.")
    case .revisionStampBack:
      pick(
        "DTSTAMP or LAST-MODIFIED went back in time.",
        "DTSTAMP ou LAST-MODIFIED a reculé dans le temps.")
    case .revisionEventGone:
      pick(
        "An announced event vanished, which is silent for people; publish it as STATUS:CANCELLED first.",
        "Un événement annoncé a disparu, sans un mot pour les gens\u{202F}; publiez-le d’abord en STATUS:CANCELLED.")
    case .revisionUIDChanged:
      pick(
        "The UID of an event changed (same start and summary); keep it for life.",
        "L’UID d’un événement a changé (même début, même résumé)\u{202F}; gardez-le pour la vie.")
    case .revisionChurn:
      pick(
        "DTSTAMP or LAST-MODIFIED moved though nothing changed; date by the revision, not by the request.",
        "DTSTAMP ou LAST-MODIFIED a bougé alors que rien n’a changé\u{202F}; datez de la révision, pas de "
          + "la requête.")
    default: nil
    }
  }
}
