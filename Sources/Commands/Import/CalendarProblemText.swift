import ICalendar
import Wording

/// Words why a calendar file is refused: what is wrong and what to do. English comes from the reader itself.
struct CalendarProblemText {
  let language: Language

  func text(_ error: CalendarFileError) -> String {
    guard language == .french else {
      let place = error.line.map { "line \($0): " } ?? ""
      return String(error.text.trimmingPrefix(place))
    }
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
    case .floatingTime(let time): "\(time) n’a pas de fuseau\u{202F}; ajoutez TZID ou Z"
    case .gap(let time): "l’horloge ne montre jamais \(time) dans ce fuseau\u{202F}; écrivez-le en UTC"
    case .fold(let time): "l’horloge montre deux fois \(time) dans ce fuseau\u{202F}; écrivez-le en UTC"
    case .empty: "l’événement ne finit pas après son début"
    case .startOutsideRule: "DTSTART n’est pas une occurrence de sa RRULE\u{202F}; placez-le sur la première"
    case .tooMany(let limit): "plus de \(limit) occurrences"
    case .tooFar: "ces récurrences commencent trop loin dans le passé\u{202F}; donnez UNTIL ou un DTSTART plus récent"
    case .endless: "la récurrence n’a pas de fin\u{202F}; donnez COUNT ou UNTIL"
    case .contradictoryZone(let name): "VTIMEZONE \(name) contredit la base tz\u{202F}; retirez-le"
    }
  }

  private func screen(_ error: ScreenError) -> String {
    CalendarProblemText.french(error.code) + (error.subject.isEmpty ? "" : "\(language.colon) \(error.subject)")
  }

  private static func french(_ code: ScreenError.Code) -> String {
    switch code {
    case .tooLarge: "le fichier dépasse la taille permise"
    case .tooManyLines: "le fichier a plus de lignes que permis"
    case .lineTooLong: "la ligne est plus longue que permis"
    case .byteOrderMark: "le fichier commence par une marque d’ordre\u{202F}; enregistrez-le en UTF-8 sans elle"
    case .controlCharacter: "caractère de commande"
    case .notUTF8: "pas en UTF-8"
    case .noCalendar: "pas de VCALENDAR\u{202F}; ce n’est pas un fichier iCalendar, ou il est coupé"
    case .severalCalendars: "plus d’un VCALENDAR\u{202F}; séparez-les"
    case .badLine: "pas une ligne de la forme NOM;PARAMÈTRE=VALEUR:VALEUR"
    case .badNesting: "ce composant ne peut ni commencer ni finir ici"
    case .unclosed: "END manque\u{202F}; le fichier est coupé"
    case .tooManyComponents: "plus de composants que permis"
    case .tooManyProperties: "plus de propriétés dans un composant que permis"
    case .tooManyValues: "plus de valeurs dans une propriété que permis"
    case .repeatedProperty: "la propriété ou le paramètre ne peut figurer qu’une fois"
    case .missingProperty: "il manque une propriété"
    case .badTime: "cette date ou cette heure n’existe pas, ou n’a pas la forme de la RFC 5545"
    case .yearOutOfRange: "année hors limites"
    case .badDuration: "pas une durée, ou pas positive"
    case .badOffset: "pas un décalage, ou de plus de 14 heures"
    case .badNumber: "pas un nombre entier, ou hors limites"
    case .badZone: "fuseau horaire inconnu"
    case .repeatedZone: "le fuseau est défini deux fois"
    case .badRecurrence: "pas une règle de récurrence"
    case .unsupportedRecurrence:
      "règle de récurrence non prise en charge\u{202F}; seules le sont DAILY, WEEKLY, MONTHLY et YEARLY simples"
    case .impossibleRecurrence: "la règle de récurrence n’a aucune occurrence"
    case .endBeforeStart: "la fin est avant le début"
    case .repeatedUID: "deux événements ont cet UID"
    case .unsupported: "non pris en charge"
    }
  }
}
