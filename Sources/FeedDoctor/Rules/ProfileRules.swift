import CivilTime
import ICalendar
import Wording

/// Notifications of network maintenance. Source: MAINTNOTE standard, draft 0.1, sections 3.4 and 3.5.
enum MaintenanceNoteRules {
  private static let impacts: Set<String> = ["NO-IMPACT", "REDUCED-REDUNDANCY", "DEGRADED", "OUTAGE"]
  private static let states: Set<String> = ["TENTATIVE", "CONFIRMED", "CANCELLED", "IN-PROCESS", "COMPLETED"]
  private static let counts: [(String, ClosedRange<Int>)] = [
    ("PROVIDER", 1...1), ("ACCOUNT", 1...1), ("MAINTENANCE-ID", 1...99), ("OBJECT-ID", 1...9999), ("IMPACT", 1...1),
    ("STATUS", 0...1),
  ]

  static func check(_ calendar: CalendarComponent, _ events: [CalendarComponent], into report: inout Report) {
    var accounts: Set<String> = []
    for event in events where event.properties.contains(where: { $0.name.hasPrefix("X-MAINTNOTE-") }) {
      if let account = event.first("X-MAINTNOTE-ACCOUNT"), accounts.insert(account.value).inserted, accounts.count == 2
      {
        report.add(.maintenanceNoteAccounts, account.line, account.value)
      }
      cardinality(event, &report)
      values(event, &report)
      state(event, &report)
    }
  }

  private static func cardinality(_ event: CalendarComponent, _ report: inout Report) {
    for (name, range) in counts {
      let all = event.all("X-MAINTNOTE-\(name)")
      if !range.contains(all.count) {
        report.add(
          .maintenanceNoteCount, all.dropFirst().first?.line ?? event.line, "X-MAINTNOTE-\(name) × \(all.count)")
      }
      for property in all where TextRules.isBlank(property.value) {
        report.add(.maintenanceNoteCount, property.line, property.name)
      }
    }
    for name in ["ORGANIZER", "SEQUENCE", "SUMMARY", "DTEND"] where event.first(name) == nil {
      report.add(.maintenanceNoteMissing, event.line, name)
    }
    let identifiers = event.all("X-MAINTNOTE-MAINTENANCE-ID")
    if identifiers.count > 1 { report.add(.maintenanceNoteIdentifiers, identifiers[1].line, identifiers[1].value) }
    let primary = identifiers.filter { $0.parameter("X-MAINTNOTE-PRECEDENCE") == "PRIMARY" }
    if primary.count > 1 { report.add(.maintenanceNotePrimaries, primary[1].line, primary[1].value) }
  }

  private static func values(_ event: CalendarComponent, _ report: inout Report) {
    if let impact = event.first("X-MAINTNOTE-IMPACT"), !impacts.contains(impact.value) {
      report.add(.maintenanceNoteImpact, impact.line, impact.value)
    }
    let objects = event.all("X-MAINTNOTE-OBJECT-ID")
    for object in objects {
      guard let impact = object.parameter("X-MAINTNOTE-OBJECT-IMPACT") else { continue }
      if !impacts.contains(impact) {
        report.add(.maintenanceNoteImpact, object.line, impact)
      } else if objects.count == 1 {
        report.add(.maintenanceNoteLoneImpact, object.line, impact)
      }
    }
    if let start = event.first("DTSTART"), let time = start.time, time.isDate || time.isFloating {
      report.add(.maintenanceNoteTime, start.line, start.value)
    }
  }

  private static func state(_ event: CalendarComponent, _ report: inout Report) {
    guard let note = event.first("X-MAINTNOTE-STATUS") else { return }
    if note.value == "RE-SCHEDULED" {
      report.add(.maintenanceNoteRescheduled, note.line, note.value)
    } else if !states.contains(note.value) {
      report.add(.maintenanceNoteStatus, note.line, note.value)
    } else if let status = event.first("STATUS"), (note.value == "CANCELLED") != (status.value == "CANCELLED") {
      report.add(.maintenanceNoteContradiction, note.line, "\(note.value), \(status.value)")
    }
  }
}

/// Calendars that AWS Systems Manager imports. Source: AWS Systems Manager User Guide, "Change Calendar".
enum ChangeCalendarRules {
  static func concern(_ calendar: CalendarComponent) -> Bool {
    calendar.first("PRODID")?.value.uppercased().contains("AWS//CHANGE CALENDAR") ?? false
  }

  static func check(size bytes: [UInt8], into report: inout Report) {
    guard bytes.count > CalendarBudget.awsChangeCalendar else { return }
    var budget = CalendarBudget()
    budget.take(bytes)
    report.add(.changeCalendarSize, nil, "\(budget.octets), \(budget.fitting)/\(budget.events)")
  }

  static func check(_ calendar: CalendarComponent, _ events: [CalendarComponent], into report: inout Report) {
    let product = calendar.first("PRODID")
    if product?.value != "-//AWS//Change Calendar 1.0//EN" {
      report.add(.changeCalendarProduct, product?.line, product?.value ?? "")
    }
    let type = calendar.first("X-CALENDAR-TYPE")
    if !["DEFAULT_OPEN", "DEFAULT_CLOSED"].contains(type?.value ?? "") {
      report.add(.changeCalendarType, type?.line ?? calendar.line, type?.value ?? "")
    }
    if calendar.first("X-WR-CALDESC") == nil { report.add(.changeCalendarDescription, calendar.line) }
    for event in events {
      if let excluded = event.first("EXDATE") { report.add(.changeCalendarExcluded, excluded.line, excluded.value) }
    }
  }
}

extension FindingCode {
  static let profiles: [FindingCode] = [
    maintenanceNoteCount, maintenanceNoteMissing, maintenanceNoteImpact, maintenanceNoteStatus,
    maintenanceNoteRescheduled, maintenanceNoteContradiction, maintenanceNoteTime, maintenanceNoteIdentifiers,
    maintenanceNotePrimaries, maintenanceNoteAccounts, maintenanceNoteLoneImpact, maintenanceNoteMethod,
    changeCalendarProduct, changeCalendarType, changeCalendarDescription, changeCalendarExcluded,
    changeCalendarSize,
  ]

  static let maintenanceNoteCount = FindingCode(
    "maintenance_note_count", .error, "MAINTNOTE 0.1, 3.4",
    "A MAINTNOTE property is missing, blank or there too often: one PROVIDER, ACCOUNT and IMPACT, one or more "
      + "MAINTENANCE-ID and OBJECT-ID.",
    "Une propriété MAINTNOTE manque, est vide ou de trop : un PROVIDER, un ACCOUNT, un IMPACT, au moins un "
      + "MAINTENANCE-ID et un OBJECT-ID.",
    (.refusesFeed, .measured, [.circuitMaintenanceParser]))
  static let maintenanceNoteMissing = FindingCode(
    "maintenance_note_missing", .error, "MAINTNOTE 0.1, 3.4",
    "A notification needs this property.",
    "Une notification a besoin de cette propriété.",
    (.readsOtherText, .measured, [.circuitMaintenanceParser]))
  static let maintenanceNoteImpact = FindingCode(
    "maintenance_note_impact", .error, "MAINTNOTE 0.1, 3.4",
    "The impact is none of NO-IMPACT, REDUCED-REDUNDANCY, DEGRADED and OUTAGE.",
    "L’impact n’est ni NO-IMPACT, ni REDUCED-REDUNDANCY, ni DEGRADED, ni OUTAGE.",
    (.refusesFeed, .measured, [.circuitMaintenanceParser]))
  static let maintenanceNoteStatus = FindingCode(
    "maintenance_note_status", .error, "MAINTNOTE 0.1, 3.4",
    "The status is none of TENTATIVE, CONFIRMED, CANCELLED, IN-PROCESS and COMPLETED.",
    "L’état n’est ni TENTATIVE, ni CONFIRMED, ni CANCELLED, ni IN-PROCESS, ni COMPLETED.",
    (.refusesFeed, .measured, [.circuitMaintenanceParser]))
  static let maintenanceNoteRescheduled = FindingCode(
    "maintenance_note_rescheduled", .warning, "MAINTNOTE 0.1, 3.4",
    "RE-SCHEDULED is not in the standard; keep the UID, raise SEQUENCE and write CONFIRMED.",
    "RE-SCHEDULED n’est pas dans la norme ; gardez l’UID, augmentez SEQUENCE et écrivez CONFIRMED.")
  static let maintenanceNoteContradiction = FindingCode(
    "maintenance_note_contradiction", .error, "MAINTNOTE 0.1, 3.4",
    "X-MAINTNOTE-STATUS and STATUS contradict each other on the cancellation.",
    "X-MAINTNOTE-STATUS et STATUS se contredisent sur l’annulation.",
    (.readsOtherStatus, .document, [.circuitMaintenanceParser]))
  static let maintenanceNoteTime = FindingCode(
    "maintenance_note_time", .error, "MAINTNOTE 0.1, 3.4",
    "A notification needs a time in UTC or with a zone, not a day or a floating time.",
    "Une notification veut une heure en UTC ou avec fuseau, pas un jour ni une heure flottante.",
    (.mayDiffer, .document, [.circuitMaintenanceParser]))
  static let maintenanceNoteIdentifiers = FindingCode(
    "maintenance_note_identifiers", .warning, "MAINTNOTE 0.1, 3.4",
    "There is more than one MAINTENANCE-ID; the reader makes one text of the list.",
    "Il y a plus d’un MAINTENANCE-ID ; le lecteur fait un seul texte de la liste.",
    (.readsOtherText, .measured, [.circuitMaintenanceParser]))
  static let maintenanceNotePrimaries = FindingCode(
    "maintenance_note_primaries", .error, "MAINTNOTE 0.1, 3.4",
    "Two MAINTENANCE-ID are PRIMARY; there may be one.",
    "Deux MAINTENANCE-ID sont PRIMARY ; il ne peut y en avoir qu’un.")
  static let maintenanceNoteAccounts = FindingCode(
    "maintenance_note_accounts", .error, "MAINTNOTE 0.1, 3.4",
    "The file names several accounts; send each customer a file of its own.",
    "Le fichier nomme plusieurs comptes ; envoyez à chaque client son fichier.")
  static let maintenanceNoteLoneImpact = FindingCode(
    "maintenance_note_lone_impact", .note, "MAINTNOTE 0.1, 3.4",
    "X-MAINTNOTE-OBJECT-IMPACT counts only with two objects or more; with one, X-MAINTNOTE-IMPACT decides.",
    "X-MAINTNOTE-OBJECT-IMPACT ne compte qu’à partir de deux objets ; avec un seul, X-MAINTNOTE-IMPACT décide.",
    (.ignoresProperty, .measured, [.circuitMaintenanceParser]))
  static let maintenanceNoteMethod = FindingCode(
    "maintenance_note_method", .warning, "MAINTNOTE 0.1, 3.4.1",
    "A notification should have no METHOD: calendars would file it as an event.",
    "Une notification ne devrait pas avoir de METHOD : les agendas la classeraient comme événement.")
  static let changeCalendarProduct = FindingCode(
    "change_calendar_product", .error, "AWS Change Calendar",
    "PRODID has to be -//AWS//Change Calendar 1.0//EN.",
    "PRODID doit être -//AWS//Change Calendar 1.0//EN.",
    (.refusesFeed, .document, [.awsChangeCalendar]))
  static let changeCalendarType = FindingCode(
    "change_calendar_type", .error, "AWS Change Calendar",
    "X-CALENDAR-TYPE has to be DEFAULT_OPEN or DEFAULT_CLOSED.",
    "X-CALENDAR-TYPE doit être DEFAULT_OPEN ou DEFAULT_CLOSED.",
    (.refusesFeed, .document, [.awsChangeCalendar]))
  static let changeCalendarDescription = FindingCode(
    "change_calendar_description", .warning, "AWS Change Calendar",
    "X-WR-CALDESC is missing.",
    "X-WR-CALDESC manque.",
    (.mayDiffer, .document, [.awsChangeCalendar]))
  static let changeCalendarExcluded = FindingCode(
    "change_calendar_excluded", .error, "AWS Change Calendar",
    "EXDATE is not taken; write each event on its own.",
    "EXDATE n’est pas prise ; écrivez chaque événement à part.",
    (.losesEvents, .document, [.awsChangeCalendar]))
  static let changeCalendarSize = FindingCode(
    "change_calendar_size", .error, "AWS Change Calendar",
    "All files of a calendar may have 65,536 octets together; the first so many of the events fit.",
    "Tous les fichiers d’un calendrier peuvent avoir 65 536 octets ensemble ; les premiers événements tiennent, en ce nombre.",
    (.refusesFeed, .document, [.awsChangeCalendar]))
}
