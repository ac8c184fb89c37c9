import Wording

extension FindingText {
  /// MAINTNOTE and AWS Change Calendar.
  static func profiles(_ code: FindingCode, _ pick: Language) -> String? {
    switch code {
    case .maintenanceNoteCount:
      pick(
        "A MAINTNOTE property is missing, blank or there too often: one PROVIDER, ACCOUNT and IMPACT, one "
          + "or more MAINTENANCE-ID and OBJECT-ID.",
        "Une propriété MAINTNOTE manque, est vide ou de trop\u{A0}: un PROVIDER, un ACCOUNT, un IMPACT, au "
          + "moins un MAINTENANCE-ID et un OBJECT-ID.")
    case .maintenanceNoteMissing:
      pick(
        "A notification needs this property.",
        "Une notification a besoin de cette propriété.")
    case .maintenanceNoteImpact:
      pick(
        "The impact is none of NO-IMPACT, REDUCED-REDUNDANCY, DEGRADED and OUTAGE.",
        "L’impact n’est ni NO-IMPACT, ni REDUCED-REDUNDANCY, ni DEGRADED, ni OUTAGE.")
    case .maintenanceNoteStatus:
      pick(
        "The status is none of TENTATIVE, CONFIRMED, CANCELLED, IN-PROCESS and COMPLETED.",
        "L’état n’est ni TENTATIVE, ni CONFIRMED, ni CANCELLED, ni IN-PROCESS, ni COMPLETED.")
    case .maintenanceNoteRescheduled:
      pick(
        "RE-SCHEDULED is not in the standard; keep the UID, raise SEQUENCE and write CONFIRMED.",
        "RE-SCHEDULED n’est pas dans la norme\u{202F}; gardez l’UID, augmentez SEQUENCE et écrivez CONFIRMED.")
    case .maintenanceNoteContradiction:
      pick(
        "X-MAINTNOTE-STATUS and STATUS contradict each other on the cancellation.",
        "X-MAINTNOTE-STATUS et STATUS se contredisent sur l’annulation.")
    case .maintenanceNoteTime:
      pick(
        "A notification needs a time in UTC or with a zone, not a day or a floating time.",
        "Une notification veut une heure en UTC ou avec fuseau, pas un jour ni une heure flottante.")
    case .maintenanceNoteIdentifiers:
      pick(
        "There is more than one MAINTENANCE-ID; the reader makes one text of the list.",
        "Il y a plus d’un MAINTENANCE-ID\u{202F}; le lecteur fait un seul texte de la liste.")
    case .maintenanceNotePrimaries:
      pick(
        "Two MAINTENANCE-ID are PRIMARY; there may be one.",
        "Deux MAINTENANCE-ID sont PRIMARY\u{202F}; il ne peut y en avoir qu’un.")
    case .maintenanceNoteAccounts:
      pick(
        "The file names several accounts; send each customer a file of its own.",
        "Le fichier nomme plusieurs comptes\u{202F}; envoyez à chaque client son fichier.")
    case .maintenanceNoteLoneImpact:
      pick(
        "X-MAINTNOTE-OBJECT-IMPACT counts only with two objects or more; with one, X-MAINTNOTE-IMPACT decides.",
        "X-MAINTNOTE-OBJECT-IMPACT ne compte qu’à partir de deux objets\u{202F}; avec un seul, "
          + "X-MAINTNOTE-IMPACT décide.")
    case .maintenanceNoteMethod:
      pick(
        "A notification should have no METHOD: calendars would file it as an event.",
        "Une notification ne devrait pas avoir de METHOD\u{A0}: les agendas la classeraient comme événement.")
    case .changeCalendarProduct:
      pick(
        "PRODID has to be -//AWS//Change Calendar 1.0//EN.",
        "PRODID doit être -//AWS//Change Calendar 1.0//EN.")
    case .changeCalendarType:
      pick(
        "X-CALENDAR-TYPE has to be DEFAULT_OPEN or DEFAULT_CLOSED.",
        "X-CALENDAR-TYPE doit être DEFAULT_OPEN ou DEFAULT_CLOSED.")
    case .changeCalendarDescription:
      pick(
        "X-WR-CALDESC is missing.",
        "X-WR-CALDESC manque.")
    case .changeCalendarExcluded:
      pick(
        "EXDATE is not taken; write each event on its own.",
        "EXDATE n’est pas prise\u{202F}; écrivez chaque événement à part.")
    default: nil
    }
  }
}
