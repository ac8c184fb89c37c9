import Wording

extension FindingText {
  /// Properties of the calendar.
  static func calendar(_ code: FindingCode, _ pick: Language) -> String? {
    switch code {
    case .versionMissing:
      pick(
        "VERSION is missing; write VERSION:2.0.",
        "VERSION manque\u{202F}; écrivez VERSION:2.0.")
    case .versionNot2:
      pick(
        "VERSION is not 2.0 (1.0 is vCalendar, another format).",
        "VERSION n’est pas 2.0 (1.0 est vCalendar, un autre format).")
    case .productMissing:
      pick(
        "PRODID is missing; name the program that writes the feed.",
        "PRODID manque\u{202F}; nommez le programme qui écrit le flux.")
    case .scaleNotGregorian:
      pick(
        "CALSCALE is not GREGORIAN, and no other is defined; leave it out.",
        "CALSCALE n’est pas GREGORIAN, et il n’en existe pas d’autre\u{202F}; ôtez-la.")
    case .methodNotPublish:
      pick(
        "A feed with this METHOD is a message to participants; write METHOD:PUBLISH.",
        "Un flux avec cette METHOD est un message à des participants\u{202F}; écrivez METHOD:PUBLISH.")
    case .methodMissing:
      pick(
        "METHOD:PUBLISH is missing; Outlook then treats the file as something to import.",
        "METHOD:PUBLISH manque\u{202F}; Outlook traite alors le fichier comme un import.")
    case .nameMissing:
      pick(
        "NAME is missing; give the feed the same NAME and X-WR-CALNAME.",
        "NAME manque\u{202F}; donnez au flux le même nom dans NAME et X-WR-CALNAME.")
    case .shownNameMissing:
      pick(
        "X-WR-CALNAME is missing; subscribers see the address instead of a name.",
        "X-WR-CALNAME manque\u{202F}; les abonnés voient l’adresse au lieu d’un nom.")
    case .namesDisagree:
      pick(
        "NAME and X-WR-CALNAME differ; give both the same text.",
        "NAME et X-WR-CALNAME diffèrent\u{202F}; donnez-leur le même texte.")
    case .refreshMissing:
      pick(
        "REFRESH-INTERVAL is missing; clients then fetch as seldom as they like (Nextcloud: once a week).",
        "REFRESH-INTERVAL manque\u{202F}; les clients relisent alors aussi rarement qu’ils veulent "
          + "(Nextcloud\u{A0}: une fois par semaine).")
    case .publishedTTLMissing:
      pick(
        "X-PUBLISHED-TTL is missing; Outlook then refreshes by its own habit.",
        "X-PUBLISHED-TTL manque\u{202F}; Outlook rafraîchit alors selon son habitude.")
    case .refreshDisagrees:
      pick(
        "REFRESH-INTERVAL and X-PUBLISHED-TTL differ; give both the same duration.",
        "REFRESH-INTERVAL et X-PUBLISHED-TTL diffèrent\u{202F}; donnez-leur la même durée.")
    case .refreshWithoutType:
      pick(
        "REFRESH-INTERVAL lacks VALUE=DURATION; write REFRESH-INTERVAL;VALUE=DURATION:PT15M.",
        "REFRESH-INTERVAL n’a pas VALUE=DURATION\u{202F}; écrivez REFRESH-INTERVAL;VALUE=DURATION:PT15M.")
    case .refreshTooOften:
      pick(
        "Clients are asked to fetch more often than every five minutes; most will not.",
        "Les clients sont priés de relire plus souvent que toutes les cinq minutes\u{202F}; la plupart ne "
          + "le feront pas.")
    case .xWrTimezone:
      pick(
        "X-WR-TIMEZONE is no standard, and makes a reader shift UTC times by an hour; leave it out.",
        "X-WR-TIMEZONE n’est pas normalisée et fait décaler d’une heure les temps UTC par un "
          + "lecteur\u{202F}; ôtez-la.")
    case .noEvent:
      pick(
        "The feed holds no event; a feed that becomes empty leaves old events in place. Keep one past, "
          + "transparent event.",
        "Le flux ne contient aucun événement\u{202F}; un flux devenu vide laisse en place les anciens. "
          + "Gardez un événement passé et transparent.")
    case .badColor:
      pick(
        "COLOR is not a CSS3 name; write for instance steelblue.",
        "COLOR n’est pas un nom CSS3\u{202F}; écrivez par exemple steelblue.")
    default: nil
    }
  }
}
