import CivilTime
import ICalendar
import Wording

/// What holds for a VEVENT. Source: RFC 5545, section 3.6.1; RFC 5546, section 3.2.1; MS-OXCICAL.
struct EventRules {
  /// Whether the calendar says METHOD:PUBLISH.
  let isPublished: Bool
  /// Whether the calendar is one maintenance notification, whose readers want other things than those of a feed.
  let isNotification: Bool
  /// Lines of the events by UID and RECURRENCE-ID.
  private var identities: Set<String> = []
  private var addresses: Set<String> = []
  private var isBusyMissingTold = false

  init(isPublished: Bool, isNotification: Bool) {
    self.isPublished = isPublished
    self.isNotification = isNotification
  }

  mutating func check(_ events: [CalendarComponent], times: inout TimeRules, into report: inout Report) {
    for event in events {
      cardinality(event, &report)
      identity(event, &report)
      span(event, &times, &report)
      state(event, &report)
      AlarmRules.check(event, into: &report)
      extras(event, &report)
    }
  }

  private func cardinality(_ event: CalendarComponent, _ report: inout Report) {
    for name in KnownNames.onceInEvent {
      let all = event.all(name)
      if all.count > 1 { report.add(.propertyRepeated, all[1].line, name) }
    }
    let required: [(String, FindingCode)] = [
      ("DTSTAMP", .missingStamp), ("DTSTART", .missingStart), ("SEQUENCE", .missingSequence),
      ("LAST-MODIFIED", .missingLastModified), ("STATUS", .missingStatus), ("TRANSP", .missingTransparency),
    ]
    for (name, code) in required where event.first(name) == nil { report.add(code, event.line, uid(event)) }
    if TextRules.isBlank(event.first("SUMMARY")?.value ?? "") { report.add(.missingSummary, event.line, uid(event)) }
    if isPublished {
      if event.first("ORGANIZER") == nil { report.add(.organizerMissing, event.line, uid(event)) }
      if let attendee = event.first("ATTENDEE") { report.add(.attendeePublished, attendee.line, attendee.value) }
    }
  }

  private func uid(_ event: CalendarComponent) -> String { event.first("UID")?.value ?? "" }

  private mutating func identity(_ event: CalendarComponent, _ report: inout Report) {
    if let url = event.first("URL") {
      // Occurrences of one series share their address by right.
      if event.first("RECURRENCE-ID") == nil, !addresses.insert(url.value).inserted {
        report.add(.urlRepeated, url.line, url.value)
      }
    } else if !isNotification {
      report.add(.missingURL, event.line, uid(event))
    }
    guard let property = event.first("UID"), !TextRules.isBlank(property.value) else {
      report.add(.missingUID, event.line)
      return
    }
    let text = TextRules.unescaped(property.value)
    if text.utf8.count > 255 { report.add(.longUID, property.line, "\(text.utf8.count)") }
    if text.unicodeScalars.contains(where: { $0.properties.isWhitespace }) {
      report.add(.spaceInUID, property.line, text)
    }
    let key = text + "\u{0}" + (event.first("RECURRENCE-ID")?.value ?? "")
    if !identities.insert(key).inserted { report.add(.repeatedUID, event.line, text) }
  }

  private func span(_ event: CalendarComponent, _ times: inout TimeRules, _ report: inout Report) {
    let (startLine, endLine) = (event.first("DTSTART"), event.first("DTEND"))
    let start = startLine.flatMap { times.moment($0, into: &report) }
    let end = endLine.flatMap { times.moment($0, into: &report) }
    if let duration = event.first("DURATION") {
      if endLine != nil { report.add(.endAndDuration, duration.line) }
      if let length = duration.duration, length.seconds > 60 * 86_400 {
        report.add(.veryLongEvent, duration.line, duration.value)
      }
    } else if endLine == nil {
      report.add(.missingEnd, event.line, uid(event))
    }
    guard let start, let end, let endLine else { return }
    let subject = "\(startLine?.value ?? ""), \(endLine.value)"
    if start.time.isDate != end.time.isDate || start.time.isFloating != end.time.isFloating {
      report.add(.endOfOtherType, endLine.line, subject)
      return
    }
    guard let first = start.seconds, let last = end.seconds else { return }
    if last == first {
      report.add(start.time.isDate ? .allDayEndsSameDay : .endEqualsStart, endLine.line, subject)
    } else if last < first {
      report.add(.endBeforeStart, endLine.line, subject)
    } else if last - first > 60 * 86_400 {
      report.add(.veryLongEvent, endLine.line, subject)
    }
  }

  private mutating func state(_ event: CalendarComponent, _ report: inout Report) {
    let status = event.first("STATUS")
    if let status, !["TENTATIVE", "CONFIRMED", "CANCELLED"].contains(status.value) {
      report.add(.badStatus, status.line, status.value)
    }
    let transparency = event.first("TRANSP")
    if status?.value == "CANCELLED", transparency?.value == "OPAQUE" {
      report.add(.cancelledButOpaque, transparency?.line ?? event.line, uid(event))
    }
    guard let busy = event.first("X-MICROSOFT-CDO-BUSYSTATUS") else {
      // Said once: it is a habit of the program that writes the feed.
      if transparency?.value == "TRANSPARENT", !isNotification, !isBusyMissingTold {
        isBusyMissingTold = true
        report.add(.busyStatusMissing, event.line, uid(event))
      }
      return
    }
    let isFree = busy.value.uppercased() == "FREE"
    if let transparency, ["OPAQUE", "TRANSPARENT"].contains(transparency.value),
      isFree != (transparency.value == "TRANSPARENT")
    {
      report.add(.busyStatusDisagrees, busy.line, "TRANSP:\(transparency.value), \(busy.value)")
    }
  }

  private func extras(_ event: CalendarComponent, _ report: inout Report) {
    let codes: [String: FindingCode] = [
      "ATTACH": .attachment, "X-ALT-DESC": .alternativeDescription, "STYLED-DESCRIPTION": .styledDescription,
      "LINK": .linkProperty, "EXRULE": .excludedRule,
    ]
    for property in event.properties {
      if let code = codes[property.name] { report.add(code, property.line, property.value) }
      if ["EXDATE", "RDATE", "CATEGORIES", "RESOURCES"].contains(property.name),
        property.value.utf8.count(where: { $0 == UInt8(ascii: ",") }) >= 500
      {
        report.add(.tooManyValues, property.line, property.name)
      }
    }
  }
}

/// Alarms in an event. Source: RFC 5545, section 3.6.6.
enum AlarmRules {
  static func check(_ event: CalendarComponent, into report: inout Report) {
    for alarm in event.children("VALARM") {
      report.add(.alarm, alarm.line)
      let action = alarm.first("ACTION")?.value.uppercased()
      if action == nil || alarm.first("TRIGGER") == nil {
        report.add(.alarmIncomplete, alarm.line, "ACTION, TRIGGER")
      } else if action == "DISPLAY" || action == "EMAIL", alarm.first("DESCRIPTION") == nil {
        report.add(.alarmIncomplete, alarm.line, "DESCRIPTION")
      }
    }
  }
}

extension FindingCode {
  static let events: [FindingCode] = [
    propertyRepeated, badStatus, tooManyValues, missingUID, longUID, spaceInUID, repeatedUID, missingStamp,
    missingStart, missingEnd, endAndDuration, endBeforeStart, endEqualsStart, allDayEndsSameDay, endOfOtherType,
    veryLongEvent, missingSummary, organizerMissing, attendeePublished, missingSequence, missingLastModified,
    missingStatus, missingTransparency, missingURL, urlRepeated, cancelledButOpaque, busyStatusDisagrees,
    busyStatusMissing, alarm, alarmIncomplete, attachment, alternativeDescription, styledDescription, linkProperty,
    excludedRule,
  ]

  static let propertyRepeated = FindingCode(
    "property_repeated", .error, "RFC 5545, 3.6",
    "This property may stand only once here; leave one.",
    "Cette propriété ne peut figurer qu’une fois ici ; n’en gardez qu’une.",
    (.refusesFeed, .measured, [.pythonICS]), (.reportsError, .measured, [.vobject, .libical]))
  static let badStatus = FindingCode(
    "bad_status", .error, "RFC 5545, 3.8.1.11",
    "STATUS of an event is TENTATIVE, CONFIRMED or CANCELLED.",
    "STATUS d’un événement est TENTATIVE, CONFIRMED ou CANCELLED.",
    (.readsOtherStatus, .measured, [.kcalendarcore]), (.refusesFeed, .measured, [.pythonICS]),
    (.reportsError, .measured, [.libical]))
  static let tooManyValues = FindingCode(
    "too_many_values", .error, "RFC 5545, 3.8.5",
    "There are more than 500 values; libical keeps the first 500 without a word.",
    "Il y a plus de 500 valeurs ; libical garde les 500 premières sans rien dire.",
    (.losesEvents, .measured, [.libical]), (.refusesFeed, .source, [.preavis]))
  static let missingUID = FindingCode(
    "missing_uid", .error, "RFC 5545, 3.8.4.7",
    "The event has no UID, so that each reading makes another event of it; give it one for life.",
    "L’événement n’a pas d’UID, chaque lecture en fait donc un autre ; donnez-lui-en un pour la vie.",
    (.duplicatesEvents, .measured, [.pythonICS]), (.reportsError, .measured, [.vobject, .libical]),
    (.refusesFeed, .source, [.preavis]))
  static let longUID = FindingCode(
    "long_uid", .warning, "RFC 7986, 5.3",
    "UID is longer than 255 octets; shorten it.",
    "UID dépasse 255 octets ; raccourcissez-le.")
  static let spaceInUID = FindingCode(
    "space_in_uid", .warning, "RFC 7986, 5.3",
    "UID holds a blank, which some programs lose; use letters, digits, hyphens and @.",
    "UID contient une espace, que des programmes perdent ; prenez lettres, chiffres, traits d’union et @.")
  static let repeatedUID = FindingCode(
    "repeated_uid", .error, "RFC 5545, 3.8.4.7",
    "Two events have this UID (and RECURRENCE-ID); which one counts differs. Give each its own.",
    "Deux événements ont cet UID (et RECURRENCE-ID) ; lequel compte diffère. Donnez à chacun le sien.",
    (.losesEvents, .measured, [.kcalendarcore]), (.refusesFeed, .source, [.preavis]))
  static let missingStamp = FindingCode(
    "missing_stamp", .error, "RFC 5545, 3.8.7.2",
    "DTSTAMP is missing; write the moment of the last revision.",
    "DTSTAMP manque ; écrivez le moment de la dernière révision.",
    (.reportsError, .measured, [.vobject, .libical]))
  static let missingStart = FindingCode(
    "missing_start", .error, "RFC 5545, 3.8.2.4",
    "DTSTART is missing; an event without start is lost.",
    "DTSTART manque ; un événement sans début est perdu.",
    (.refusesFeed, .measured, [.thunderbird, .recurringICalEvents, .pythonICS]), (.reportsError, .measured, [.libical]),
    (.losesEvents, .measured, [.calcurse]), (.refusesFeed, .source, [.preavis]))
  static let missingEnd = FindingCode(
    "missing_end", .warning, "RFC 5545, 3.6.1",
    "There is neither DTEND nor DURATION; the event then has no length.",
    "Il n’y a ni DTEND ni DURATION ; l’événement n’a alors pas de longueur.",
    (.readsOtherTime, .measured, [.calcurse]))
  static let endAndDuration = FindingCode(
    "end_and_duration", .error, "RFC 5545, 3.6.1",
    "DTEND and DURATION stand together; leave DTEND.",
    "DTEND et DURATION sont ensemble ; gardez DTEND.",
    (.refusesFeed, .measured, [.pythonICS]), (.reportsError, .measured, [.vobject, .libical]),
    (.losesEvents, .measured, [.calcurse]), (.refusesFeed, .source, [.preavis]))
  static let endBeforeStart = FindingCode(
    "end_before_start", .error, "RFC 5545, 3.8.2.2",
    "The event ends before it begins; mend DTEND.",
    "L’événement finit avant de commencer ; corrigez DTEND.",
    (.readsOtherTime, .measured, [.recurringICalEvents]), (.refusesFeed, .measured, [.pythonICS]),
    (.losesEvents, .measured, [.calcurse]), (.refusesFeed, .source, [.preavis]))
  static let endEqualsStart = FindingCode(
    "end_equals_start", .error, "RFC 5545, 3.8.2.2",
    "The event ends when it begins; DTEND has to be later.",
    "L’événement finit quand il commence ; DTEND doit être postérieur.",
    (.losesEvents, .measured, [.calcurse]))
  static let allDayEndsSameDay = FindingCode(
    "all_day_ends_same_day", .error, "RFC 5545, 3.6.1",
    "The end of whole days is exclusive: DTEND has to be the day after the last.",
    "La fin de journées entières est exclue : DTEND doit être le lendemain de la dernière.",
    (.readsOtherTime, .measured, [.kcalendarcore]), (.losesEvents, .measured, [.calcurse]))
  static let endOfOtherType = FindingCode(
    "end_of_other_type", .error, "RFC 5545, 3.8.2.2",
    "DTSTART and DTEND differ in type (day or time, zone or none); write both alike.",
    "DTSTART et DTEND diffèrent de type (jour ou heure, fuseau ou non) ; écrivez-les pareils.",
    (.readsOtherTime, .measured, [.thunderbird, .kcalendarcore, .pythonICS]), (.losesEvents, .measured, [.calcurse]),
    (.refusesFeed, .source, [.preavis]))
  static let veryLongEvent = FindingCode(
    "very_long_event", .note, "RFC 5545, 3.6.1",
    "The event lasts more than 60 days; is the end right?",
    "L’événement dure plus de 60 jours ; la fin est-elle juste ?")
  static let missingSummary = FindingCode(
    "missing_summary", .error, "RFC 5545, 3.8.1.12",
    "SUMMARY is missing or blank; say in one line what happens.",
    "SUMMARY manque ou est vide ; dites en une ligne ce qui se passe.",
    (.reportsError, .measured, [.libical]), (.refusesFeed, .measured, [.calcurse]))
  static let organizerMissing = FindingCode(
    "organizer_missing", .error, "RFC 5546, 3.2.1",
    "METHOD:PUBLISH wants an ORGANIZER in each event; add one with a mailto address.",
    "METHOD:PUBLISH veut un ORGANIZER dans chaque événement ; ajoutez-en un avec une adresse mailto.",
    (.reportsError, .measured, [.libical]))
  static let attendeePublished = FindingCode(
    "attendee_published", .error, "RFC 5546, 3.2.1",
    "METHOD:PUBLISH forbids ATTENDEE; leave the participants out.",
    "METHOD:PUBLISH interdit ATTENDEE ; ôtez les participants.",
    (.reportsError, .measured, [.libical]))
  static let missingSequence = FindingCode(
    "missing_sequence", .warning, "RFC 5545, 3.8.7.4",
    "SEQUENCE is missing; without it a move may be taken for the old version.",
    "SEQUENCE manque ; sans elle un déplacement peut passer pour l’ancienne version.",
    (.keepsOldEvents, .anecdote, [.googleCalendar]))
  static let missingLastModified = FindingCode(
    "missing_last_modified", .warning, "RFC 5545, 3.8.7.3",
    "LAST-MODIFIED is missing; write the moment of the last revision.",
    "LAST-MODIFIED manque ; écrivez le moment de la dernière révision.",
    (.keepsOldEvents, .anecdote, [.googleCalendar]))
  static let missingStatus = FindingCode(
    "missing_status", .warning, "RFC 5545, 3.8.1.11",
    "STATUS is missing; write CONFIRMED, TENTATIVE or CANCELLED.",
    "STATUS manque ; écrivez CONFIRMED, TENTATIVE ou CANCELLED.")
  static let missingTransparency = FindingCode(
    "missing_transparency", .warning, "RFC 5545, 3.8.2.7",
    "TRANSP is missing; subscribers then look busy.",
    "TRANSP manque ; les abonnés paraissent alors occupés.",
    (.mayDiffer, .document, [.outlook, .googleCalendar]))
  static let missingURL = FindingCode(
    "missing_url", .warning, "RFC 5545, 3.8.4.6",
    "The event has no URL; vdirsyncer replaces UIDs by a hash of the content, and only a URL of its own then tells "
      + "the event.",
    "L’événement n’a pas d’URL ; vdirsyncer remplace les UID par un hachage du contenu, et seule une URL propre le "
      + "désigne alors.",
    (.replacesUID, .measured, [.vdirsyncer]))
  static let urlRepeated = FindingCode(
    "url_repeated", .note, "RFC 5545, 3.8.4.6",
    "Two events have the same URL; give each its own.",
    "Deux événements ont la même URL ; donnez à chacun la sienne.",
    (.replacesUID, .measured, [.vdirsyncer]))
  static let cancelledButOpaque = FindingCode(
    "cancelled_but_opaque", .warning, "RFC 5545, 3.8.2.7",
    "The event is cancelled and still blocks time (TRANSP:OPAQUE); write TRANSP:TRANSPARENT.",
    "L’événement est annulé et bloque encore du temps (TRANSP:OPAQUE) ; écrivez TRANSP:TRANSPARENT.")
  static let busyStatusDisagrees = FindingCode(
    "busy_status_disagrees", .warning, "MS-OXCICAL",
    "TRANSP and X-MICROSOFT-CDO-BUSYSTATUS contradict each other; Outlook believes the latter.",
    "TRANSP et X-MICROSOFT-CDO-BUSYSTATUS se contredisent ; Outlook croit la seconde.",
    (.readsOtherStatus, .document, [.outlook, .exchange]))
  static let busyStatusMissing = FindingCode(
    "busy_status_missing", .note, "MS-OXCICAL",
    "X-MICROSOFT-CDO-BUSYSTATUS:FREE is missing beside TRANSP:TRANSPARENT.",
    "X-MICROSOFT-CDO-BUSYSTATUS:FREE manque à côté de TRANSP:TRANSPARENT.",
    (.mayDiffer, .document, [.outlook]))
  static let alarm = FindingCode(
    "alarm", .warning, "RFC 5545, 3.6.6",
    "The event holds an alarm, which rings for every subscriber or is dropped; leave alarms to people.",
    "L’événement contient une alarme, qui sonne chez tous les abonnés ou disparaît ; laissez les alarmes aux gens.",
    (.ignoresProperty, .anecdote, [.googleCalendar]), (.mayDiffer, .anecdote, [.appleCalendar]),
    (.ignoresProperty, .source, [.nextcloud]))
  static let alarmIncomplete = FindingCode(
    "alarm_incomplete", .error, "RFC 5545, 3.6.6",
    "The alarm lacks ACTION, TRIGGER or DESCRIPTION.",
    "Il manque à l’alarme ACTION, TRIGGER ou DESCRIPTION.",
    (.refusesFeed, .measured, [.pythonICS]), (.losesEvents, .measured, [.calcurse]))
  static let attachment = FindingCode(
    "attachment", .warning, "RFC 5545, 3.8.1.1",
    "The event holds an attachment, which some clients strip; give its address in URL or DESCRIPTION.",
    "L’événement contient une pièce jointe, que des clients ôtent ; donnez son adresse dans URL ou DESCRIPTION.",
    (.ignoresProperty, .source, [.nextcloud]))
  static let alternativeDescription = FindingCode(
    "alternative_description", .warning, "MS-OXCICAL",
    "X-ALT-DESC is read by Outlook only and may say something else than DESCRIPTION; leave it out.",
    "X-ALT-DESC n’est lue que par Outlook et peut dire autre chose que DESCRIPTION ; ôtez-la.",
    (.readsOtherText, .document, [.outlook]))
  static let styledDescription = FindingCode(
    "styled_description", .error, "RFC 9073, 6.5",
    "STYLED-DESCRIPTION is a parse error in libical 3.0; write a plain DESCRIPTION.",
    "STYLED-DESCRIPTION est une erreur de lecture pour libical 3.0 ; écrivez un simple DESCRIPTION.",
    (.reportsError, .measured, [.libical]))
  static let linkProperty = FindingCode(
    "link_property", .error, "RFC 9253, 8.2",
    "LINK is a parse error in libical 3.0; write URL.",
    "LINK est une erreur de lecture pour libical 3.0 ; écrivez URL.",
    (.reportsError, .measured, [.libical]))
  static let excludedRule = FindingCode(
    "excluded_rule", .warning, "RFC 5545, A.1",
    "EXRULE is deprecated and widely ignored; use EXDATE or single events.",
    "EXRULE est périmée et souvent ignorée ; prenez EXDATE ou des événements simples.",
    (.refusesFeed, .source, [.preavis]))
}
