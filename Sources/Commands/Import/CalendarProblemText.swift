import ICalendar
import Wording

/// Words why a calendar file is refused: what is wrong and what to do. English comes from the reader itself.
struct CalendarProblemText {
  let language: Language

  func text(_ error: CalendarFileError) -> String {
    guard language == .french else { return error.sentence }
    return french(error.reason) + (error.uid.isEmpty ? "" : " (UID \(ContentText.cleaned(error.uid)))")
  }

  private func french(_ reason: CalendarFileError.Reason) -> String {
    switch reason {
    case .screened(let error): screen(error)
    case .unreadable(.screened(let error)): screen(error)
    case .unreadable(.notACalendar): "aucun calendrier n’y a été lu"
    case .unreadable(.parser(let count, let first)):
      "\(count) erreur\(count == 1 ? "" : "s") de lecture, la première\(language.colon) \(first)"
    case .unreadable(.eventCount(let expected, let found)):
      "\(found) événement\(found == 1 ? "" : "s") lu\(found == 1 ? "" : "s") sur \(expected)"
    case .unreadable(.unexpectedValue(let property)): "\(property) a une valeur d’un autre type que prévu"
    case .gap(let time): "l’horloge ne montre jamais \(time) dans ce fuseau\u{202F}; écrivez-le en UTC"
    case .fold(let time): "l’horloge montre deux fois \(time) dans ce fuseau\u{202F}; écrivez-le en UTC"
    case .empty: "l’événement finit avant son début\u{202F}; corrigez DTEND"
    case .noLength: "l’événement n’a pas de durée\u{202F}; donnez-lui DTEND ou DURATION"
    case .ruleOfException:
      "la RRULE d’un événement à RECURRENCE-ID est laissée de côté\u{202F}: il remplace une seule date"
    case .startOutsideRule:
      "DTSTART n’est pas une occurrence de sa RRULE, et compte comme elle\u{202F}; placez-le sur la première"
    case .tooMany(let limit): "plus de \(limit) occurrences"
    case .tooFar: "ces récurrences commencent trop loin dans le passé\u{202F}; donnez UNTIL ou un DTSTART plus récent"
    case .endless: "la récurrence n’a pas de fin\u{202F}; dites --until JOUR, ou donnez COUNT ou UNTIL"
    case .contradictoryZone(let name): "VTIMEZONE \(name) contredit la base tz, qui est suivie\u{202F}; retirez-le"
    case .hitsNothing(let day):
      "le \(day) n’est pas de sa série\u{202F}: rien n’en a été retiré\u{202F}; écrivez-le comme DTSTART"
    case .lineLeftOut(let text): "pas une ligne de contenu, laissée de côté\u{A0}: \(text)"
    case .noUID: "l’événement n’a pas d’UID\u{202F}: changé, il fera un second plan\u{202F}; donnez-lui-en un"
    case .floatingIn(let zone): "les heures sans fuseau ont été lues dans \(zone), comme le dit X-WR-TIMEZONE"
    case .olderCopy: "une copie plus ancienne d’un événement de ce fichier a été laissée de côté"
    case .tentative: "STATUS:TENTATIVE\u{202F}: l’événement n’est pas confirmé, et il est planifié quand même"
    }
  }

  private func screen(_ error: ScreenError) -> String {
    CalendarProblemText.french(error.code) + (error.subject.isEmpty ? "" : "\(language.colon) \(error.subject)")
  }

  private static func french(_ code: ScreenError.Code) -> String {
    switch code {
    case .tooLarge: "le fichier dépasse la taille permise\u{202F}; découpez-le"
    case .archive: "le fichier est une archive\u{202F}; ouvrez-la et importez ce qu’elle contient"
    case .tooManyLines: "le fichier a plus de lignes que permis\u{202F}; découpez-le"
    case .lineTooLong: "la ligne est plus longue que permis"
    case .byteOrderMark: "le fichier commence par une marque d’ordre\u{202F}; enregistrez-le en UTF-8 sans elle"
    case .controlCharacter: "caractère de commande\u{202F}; exportez l’agenda de nouveau"
    case .notUTF8: "pas en UTF-8, mais peut-être en Windows-1252 (iconv -f WINDOWS-1252 -t UTF-8 FICHIER)"
    case .noCalendar: "pas de VCALENDAR\u{202F}; ce n’est pas un fichier iCalendar, ou il est coupé"
    case .severalCalendars: "plus d’un VCALENDAR\u{202F}; séparez-les"
    case .badLine:
      "pas une ligne de la forme NOM;PARAMÈTRE=VALEUR:VALEUR\u{202F}; une ligne qui continue commence par un blanc"
    case .badNesting: "ce composant ne peut ni commencer ni finir ici"
    case .unclosed: "END manque\u{202F}; le fichier est coupé"
    case .tooManyComponents: "plus de composants que permis"
    case .tooManyProperties: "plus de propriétés dans un composant que permis"
    case .tooManyValues: "plus de valeurs dans une propriété que permis"
    case .repeatedProperty: "la propriété ou le paramètre ne peut figurer qu’une fois\u{202F}; ôtez-en un"
    case .missingProperty: "il manque une propriété\u{202F}; ajoutez-la, ou ôtez l’événement"
    case .badTime:
      "cette date ou cette heure n’existe pas, ou n’a pas la forme de la RFC 5545 (20261206T010000, VALUE=DATE:20261206)"
    case .yearOutOfRange: "année hors limites"
    case .badDuration: "pas une durée, ou pas positive"
    case .badOffset: "pas un décalage, ou de plus de 14 heures"
    case .badNumber: "pas un nombre entier, ou hors limites"
    case .badZone:
      "fuseau horaire inconnu, et aucun VTIMEZONE du fichier n’en dit les règles\u{202F}; nommez-en un comme Europe/Paris"
    case .repeatedZone: "le fuseau est défini deux fois"
    case .badRecurrence: "pas une règle de récurrence"
    case .unsupportedRecurrence:
      "règle de récurrence non prise en charge\u{202F}; seules le sont celles que les lecteurs comprennent de même"
    case .impossibleRecurrence: "la règle de récurrence n’a aucune occurrence"
    case .endBeforeStart: "la fin est avant le début\u{202F}; échangez-les"
    case .repeatedUID:
      "deux événements ont cet UID et disent autre chose\u{202F}; augmentez SEQUENCE dans le plus récent"
    case .unsupported: "non pris en charge\u{202F}; exportez-le sous une autre forme, ou ôtez l’événement"
    }
  }
}
