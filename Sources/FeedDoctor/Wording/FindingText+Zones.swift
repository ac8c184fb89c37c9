import Wording

extension FindingText {
  /// Times and zones.
  static func zones(_ code: FindingCode, _ pick: Language) -> String? {
    switch code {
    case .dateWithZone:
      pick(
        "A DATE has no zone; take TZID out.",
        "Une DATE n’a pas de fuseau\u{202F}; ôtez TZID.")
    case .utcWithZone:
      pick(
        "TZID and Z contradict each other; keep one.",
        "TZID et Z se contredisent\u{202F}; n’en gardez qu’un.")
    case .floatingTime:
      pick(
        "The time has no zone, so that each reader takes its own; write it in UTC, with Z.",
        "L’heure n’a pas de fuseau, chaque lecteur prend donc le sien\u{202F}; écrivez-la en UTC, avec Z.")
    case .zoneUndefined:
      pick(
        "No VTIMEZONE defines this TZID; write the times in UTC, or add the VTIMEZONE.",
        "Aucun VTIMEZONE ne définit ce TZID\u{202F}; écrivez les heures en UTC, ou ajoutez le VTIMEZONE.")
    case .zoneIsPath:
      pick(
        "This TZID is a path to a file; libical opens it. Use a name of the tz database.",
        "Ce TZID est un chemin de fichier\u{202F}; libical l’ouvre. Prenez un nom de la base tz.")
    case .timeInGap:
      pick(
        "The clock never shows this time in its zone (change to summer time); write it in UTC.",
        "L’horloge ne montre jamais cette heure dans son fuseau (passage à l’heure d’été)\u{202F}; "
          + "écrivez-la en UTC.")
    case .timeInFold:
      pick(
        "The clock shows this time twice in its zone (change to winter time), and readers choose "
          + "differently; write it in UTC.",
        "L’horloge montre cette heure deux fois dans son fuseau (passage à l’heure d’hiver), et les "
          + "lecteurs choisissent différemment\u{202F}; écrivez-la en UTC.")
    case .zoneWithoutName:
      pick(
        "A VTIMEZONE has no TZID; name it.",
        "Un VTIMEZONE n’a pas de TZID\u{202F}; nommez-le.")
    case .zoneTwice:
      pick(
        "The VTIMEZONE is defined twice; leave one.",
        "Le VTIMEZONE est défini deux fois\u{202F}; n’en gardez qu’un.")
    case .zoneBroken:
      pick(
        "The VTIMEZONE lacks something: STANDARD or DAYLIGHT, each with a local DTSTART, TZOFFSETFROM and "
          + "TZOFFSETTO, once.",
        "Il manque quelque chose au VTIMEZONE\u{A0}: STANDARD ou DAYLIGHT, chacun avec une fois DTSTART "
          + "local, TZOFFSETFROM et TZOFFSETTO.")
    case .badOffset:
      pick(
        "This is not an offset from UTC of at most 14 hours, as in +0200.",
        "Ce n’est pas un décalage d’UTC d’au plus 14 heures, comme +0200.")
    case .zoneManyParts:
      pick(
        "The VTIMEZONE has several STANDARD or DAYLIGHT; Exchange reads one of each.",
        "Le VTIMEZONE a plusieurs STANDARD ou DAYLIGHT\u{202F}; Exchange en lit un de chaque.")
    case .zoneRuleForExchange:
      pick(
        "Exchange wants FREQ=YEARLY;BYMONTH=…;BYDAY=-1SU here.",
        "Exchange veut ici FREQ=YEARLY;BYMONTH=…;BYDAY=-1SU.")
    case .zoneNotIANA:
      pick(
        "TZID is not a name of the tz database; name the zone as in Europe/Paris.",
        "TZID n’est pas un nom de la base tz\u{202F}; nommez le fuseau comme Europe/Paris.")
    case .zoneUnverified:
      pick(
        "The rules of this VTIMEZONE could not be compared with the tz database.",
        "Les règles de ce VTIMEZONE n’ont pu être comparées à la base tz.")
    case .zoneDisagrees:
      pick(
        "The VTIMEZONE says otherwise than the tz database from this day on; readers that trust one or the "
          + "other show other times.",
        "Le VTIMEZONE dit autre chose que la base tz à partir de ce jour\u{202F}; selon celui des deux "
          + "qu’ils croient, les lecteurs montrent d’autres heures.")
    case .zoneUnused:
      pick(
        "No time uses this VTIMEZONE; leave it out.",
        "Aucune heure n’emploie ce VTIMEZONE\u{202F}; ôtez-le.")
    default: nil
    }
  }
}
