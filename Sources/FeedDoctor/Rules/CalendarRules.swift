/// What holds for one VCALENDAR as a whole.
/// Source: RFC 5545, sections 3.6 and 3.7; RFC 5546, section 3.2.1; RFC 7986, sections 4 and 5.
struct CalendarRules {
  let surroundings: Surroundings
  /// Days that may be looked at to expand rules.
  let daysToExpand: Int

  func check(_ calendar: FeedComponent, into report: inout Report) {
    let events = calendar.children("VEVENT")
    let isMaintenance = events.contains { $0.properties.contains { $0.name.hasPrefix("X-MAINTNOTE-") } }
    // A notification on its own is no feed (draft 0.1, section 3.4.1): it has no name and no interval.
    let isNotification =
      isMaintenance && calendar.first("X-WR-CALNAME") == nil && calendar.first("REFRESH-INTERVAL") == nil
    header(calendar, isNotification: isNotification, &report)
    if !isNotification {
      feed(calendar, &report)
      if events.isEmpty, !calendar.children.contains(where: { $0.name == "VAVAILABILITY" || $0.name == "VFREEBUSY" }) {
        report.add(.noEvent, calendar.line)
      }
    }
    var zones = ZoneRulesCheck(surroundings: surroundings)
    var budget = daysToExpand
    zones.read(calendar, budget: &budget, into: &report)
    var times = TimeRules(zones: zones.found, known: surroundings.zones, budget: budget)
    var check = EventRules(
      isPublished: calendar.first("METHOD")?.value.uppercased() == "PUBLISH", isNotification: isNotification)
    check.check(events, times: &times, into: &report)
    RecurrenceSetRules.check(events, times: &times, into: &report)
    AvailabilityRules.check(calendar, times: &times, into: &report)
    for child in calendar.children where child.name == "VTODO" || child.name == "VJOURNAL" {
      report.add(.otherComponent, child.line, child.name)
    }
    if isMaintenance { MaintenanceNoteRules.check(calendar, events, into: &report) }
    if calendar.first("PRODID")?.value.uppercased().contains("AWS//CHANGE CALENDAR") ?? false {
      ChangeCalendarRules.check(calendar, events, into: &report)
    }
    for zone in zones.found where !times.used.contains(zone.name) { report.add(.zoneUnused, zone.line, zone.name) }
  }

  private func header(_ calendar: FeedComponent, isNotification: Bool, _ report: inout Report) {
    for name in ["VERSION", "PRODID"] {
      let count = calendar.all(name).count
      if count == 0 { report.add(name == "VERSION" ? .versionMissing : .productMissing, calendar.line, name) }
    }
    for name in ["VERSION", "PRODID", "METHOD", "CALSCALE", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"] {
      let all = calendar.all(name)
      if all.count > 1 { report.add(.propertyRepeated, all[1].line, name) }
    }
    if let version = calendar.first("VERSION"), version.value != "2.0" {
      report.add(.versionNot2, version.line, version.value)
    }
    if let scale = calendar.first("CALSCALE"), scale.value.uppercased() != "GREGORIAN" {
      report.add(.scaleNotGregorian, scale.line, scale.value)
    }
    guard let method = calendar.first("METHOD") else {
      if !isNotification { report.add(.methodMissing, calendar.line) }
      return
    }
    if isNotification {
      report.add(.maintenanceNoteMethod, method.line, method.value)
    } else if method.value.uppercased() != "PUBLISH" {
      report.add(.methodNotPublish, method.line, method.value)
    }
  }

  private func feed(_ calendar: FeedComponent, _ report: inout Report) {
    let (name, shown) = (calendar.first("NAME"), calendar.first("X-WR-CALNAME"))
    if name == nil { report.add(.nameMissing, calendar.line, "NAME") }
    if shown == nil { report.add(.shownNameMissing, calendar.line, "X-WR-CALNAME") }
    if let name, let shown, name.value != shown.value,
      !calendar.all("NAME").contains(where: { $0.value == shown.value })
    {
      report.add(.namesDisagree, shown.line, "\(name.value), \(shown.value)")
    }
    let (refresh, ttl) = (calendar.first("REFRESH-INTERVAL"), calendar.first("X-PUBLISHED-TTL"))
    if refresh == nil { report.add(.refreshMissing, calendar.line, "REFRESH-INTERVAL") }
    if ttl == nil { report.add(.publishedTTLMissing, calendar.line, "X-PUBLISHED-TTL") }
    if let refresh, let ttl, let a = FeedDuration(refresh.value), let b = FeedDuration(ttl.value), a != b {
      report.add(.refreshDisagrees, ttl.line, "\(refresh.value), \(ttl.value)")
    }
    if let refresh, let length = FeedDuration(refresh.value), (1..<300).contains(length.seconds) {
      report.add(.refreshTooOften, refresh.line, refresh.value)
    }
    if let zone = calendar.first("X-WR-TIMEZONE") { report.add(.xWrTimezone, zone.line, zone.value) }
  }
}
