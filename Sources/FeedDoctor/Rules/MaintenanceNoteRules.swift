/// Notifications of network maintenance. Source: MAINTNOTE standard, draft 0.1, sections 3.4 and 3.5.
enum MaintenanceNoteRules {
  private static let impacts: Set<String> = ["NO-IMPACT", "REDUCED-REDUNDANCY", "DEGRADED", "OUTAGE"]
  private static let states: Set<String> = ["TENTATIVE", "CONFIRMED", "CANCELLED", "IN-PROCESS", "COMPLETED"]
  private static let counts: [(String, ClosedRange<Int>)] = [
    ("PROVIDER", 1...1), ("ACCOUNT", 1...1), ("MAINTENANCE-ID", 1...99), ("OBJECT-ID", 1...9999), ("IMPACT", 1...1),
    ("STATUS", 0...1),
  ]

  static func check(_ calendar: FeedComponent, _ events: [FeedComponent], into report: inout Report) {
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

  private static func cardinality(_ event: FeedComponent, _ report: inout Report) {
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

  private static func values(_ event: FeedComponent, _ report: inout Report) {
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
    if let start = event.first("DTSTART"), let time = FeedTime(start.value, zone: start.parameter("TZID")),
      time.isDate || time.scale == .floating
    {
      report.add(.maintenanceNoteTime, start.line, start.value)
    }
  }

  private static func state(_ event: FeedComponent, _ report: inout Report) {
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
