/// Calendars that AWS Systems Manager imports. Source: AWS Systems Manager User Guide, "Change Calendar".
enum ChangeCalendarRules {
  static func check(_ calendar: FeedComponent, _ events: [FeedComponent], into report: inout Report) {
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
