import Wording

extension FindingText {
  /// Events, alarms and availability.
  static func events(_ code: FindingCode, _ pick: Language) -> String? {
    switch code {
    case .missingUID:
      pick(
        "The event has no UID, so that each reading makes another event of it; give it one for life.",
        "L’événement n’a pas d’UID, chaque lecture en fait donc un autre\u{202F}; donnez-lui-en un pour la vie.")
    case .longUID:
      pick(
        "UID is longer than 255 octets; shorten it.",
        "UID dépasse 255 octets\u{202F}; raccourcissez-le.")
    case .spaceInUID:
      pick(
        "UID holds a blank, which some programs lose; use letters, digits, hyphens and @.",
        "UID contient une espace, que des programmes perdent\u{202F}; prenez lettres, chiffres, traits d’union et @.")
    case .repeatedUID:
      pick(
        "Two events have this UID (and RECURRENCE-ID); which one counts differs. Give each its own.",
        "Deux événements ont cet UID (et RECURRENCE-ID)\u{202F}; lequel compte diffère. Donnez à chacun le sien.")
    case .missingStamp:
      pick(
        "DTSTAMP is missing; write the moment of the last revision.",
        "DTSTAMP manque\u{202F}; écrivez le moment de la dernière révision.")
    case .missingStart:
      pick(
        "DTSTART is missing; an event without start is lost.",
        "DTSTART manque\u{202F}; un événement sans début est perdu.")
    case .missingEnd:
      pick(
        "There is neither DTEND nor DURATION; the event then has no length.",
        "Il n’y a ni DTEND ni DURATION\u{202F}; l’événement n’a alors pas de longueur.")
    case .endAndDuration:
      pick(
        "DTEND and DURATION stand together; leave DTEND.",
        "DTEND et DURATION sont ensemble\u{202F}; gardez DTEND.")
    case .endBeforeStart:
      pick(
        "The event ends before it begins; mend DTEND.",
        "L’événement finit avant de commencer\u{202F}; corrigez DTEND.")
    case .endEqualsStart:
      pick(
        "The event ends when it begins; DTEND has to be later.",
        "L’événement finit quand il commence\u{202F}; DTEND doit être postérieur.")
    case .allDayEndsSameDay:
      pick(
        "The end of whole days is exclusive: DTEND has to be the day after the last.",
        "La fin de journées entières est exclue\u{A0}: DTEND doit être le lendemain de la dernière.")
    case .endOfOtherType:
      pick(
        "DTSTART and DTEND differ in type (day or time, zone or none); write both alike.",
        "DTSTART et DTEND diffèrent de type (jour ou heure, fuseau ou non)\u{202F}; écrivez-les pareils.")
    case .veryLongEvent:
      pick(
        "The event lasts more than 60 days; is the end right?",
        "L’événement dure plus de 60 jours\u{202F}; la fin est-elle juste\u{202F}?")
    case .missingSummary:
      pick(
        "SUMMARY is missing or blank; say in one line what happens.",
        "SUMMARY manque ou est vide\u{202F}; dites en une ligne ce qui se passe.")
    case .organizerMissing:
      pick(
        "METHOD:PUBLISH wants an ORGANIZER in each event; add one with a mailto address.",
        "METHOD:PUBLISH veut un ORGANIZER dans chaque événement\u{202F}; ajoutez-en un avec une adresse mailto.")
    case .attendeePublished:
      pick(
        "METHOD:PUBLISH forbids ATTENDEE; leave the participants out.",
        "METHOD:PUBLISH interdit ATTENDEE\u{202F}; ôtez les participants.")
    case .missingSequence:
      pick(
        "SEQUENCE is missing; without it a move may be taken for the old version.",
        "SEQUENCE manque\u{202F}; sans elle un déplacement peut passer pour l’ancienne version.")
    case .missingLastModified:
      pick(
        "LAST-MODIFIED is missing; write the moment of the last revision.",
        "LAST-MODIFIED manque\u{202F}; écrivez le moment de la dernière révision.")
    case .missingStatus:
      pick(
        "STATUS is missing; write CONFIRMED, TENTATIVE or CANCELLED.",
        "STATUS manque\u{202F}; écrivez CONFIRMED, TENTATIVE ou CANCELLED.")
    case .missingTransparency:
      pick(
        "TRANSP is missing; subscribers then look busy.",
        "TRANSP manque\u{202F}; les abonnés paraissent alors occupés.")
    case .missingURL:
      pick(
        "The event has no URL; vdirsyncer replaces UIDs by a hash of the content, and only a URL of its own "
          + "then tells the event.",
        "L’événement n’a pas d’URL\u{202F}; vdirsyncer remplace les UID par un hachage du contenu, et seule "
          + "une URL propre le désigne alors.")
    case .urlRepeated:
      pick(
        "Two events have the same URL; give each its own.",
        "Deux événements ont la même URL\u{202F}; donnez à chacun la sienne.")
    case .cancelledButOpaque:
      pick(
        "The event is cancelled and still blocks time (TRANSP:OPAQUE); write TRANSP:TRANSPARENT.",
        "L’événement est annulé et bloque encore du temps (TRANSP:OPAQUE)\u{202F}; écrivez TRANSP:TRANSPARENT.")
    case .busyStatusDisagrees:
      pick(
        "TRANSP and X-MICROSOFT-CDO-BUSYSTATUS contradict each other; Outlook believes the latter.",
        "TRANSP et X-MICROSOFT-CDO-BUSYSTATUS se contredisent\u{202F}; Outlook croit la seconde.")
    case .busyStatusMissing:
      pick(
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE is missing beside TRANSP:TRANSPARENT.",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE manque à côté de TRANSP:TRANSPARENT.")
    case .alarm:
      pick(
        "The event holds an alarm, which rings for every subscriber or is dropped; leave alarms to people.",
        "L’événement contient une alarme, qui sonne chez tous les abonnés ou disparaît\u{202F}; laissez les "
          + "alarmes aux gens.")
    case .alarmIncomplete:
      pick(
        "The alarm lacks ACTION, TRIGGER or DESCRIPTION.",
        "Il manque à l’alarme ACTION, TRIGGER ou DESCRIPTION.")
    case .attachment:
      pick(
        "The event holds an attachment, which some clients strip; give its address in URL or DESCRIPTION.",
        "L’événement contient une pièce jointe, que des clients ôtent\u{202F}; donnez son adresse dans URL "
          + "ou DESCRIPTION.")
    case .alternativeDescription:
      pick(
        "X-ALT-DESC is read by Outlook only and may say something else than DESCRIPTION; leave it out.",
        "X-ALT-DESC n’est lue que par Outlook et peut dire autre chose que DESCRIPTION\u{202F}; ôtez-la.")
    case .styledDescription:
      pick(
        "STYLED-DESCRIPTION is a parse error in libical 3.0; write a plain DESCRIPTION.",
        "STYLED-DESCRIPTION est une erreur de lecture pour libical 3.0\u{202F}; écrivez un simple DESCRIPTION.")
    case .linkProperty:
      pick(
        "LINK is a parse error in libical 3.0; write URL.",
        "LINK est une erreur de lecture pour libical 3.0\u{202F}; écrivez URL.")
    case .availabilityAmongEvents:
      pick(
        "VAVAILABILITY stands among events: vdirsyncer refuses the whole feed. Give it an address of its own.",
        "VAVAILABILITY se trouve parmi des événements\u{A0}: vdirsyncer refuse tout le flux. Donnez-lui une "
          + "adresse propre.")
    case .availabilityAlone:
      pick(
        "Few programs read VAVAILABILITY; publish the same windows as transparent events for people.",
        "Peu de programmes lisent VAVAILABILITY\u{202F}; publiez les mêmes plages en événements "
          + "transparents pour les gens.")
    case .availabilityBroken:
      pick(
        "VAVAILABILITY or AVAILABLE lacks something or has a value that may not stand there.",
        "Il manque quelque chose à VAVAILABILITY ou AVAILABLE, ou une valeur n’y a pas sa place.")
    default: nil
    }
  }
}
