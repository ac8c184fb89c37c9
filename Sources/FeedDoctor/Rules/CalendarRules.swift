import CivilTime
import ICalendar
import Wording

/// What holds for one VCALENDAR as a whole.
/// Source: RFC 5545, sections 3.6 and 3.7; RFC 5546, section 3.2.1; RFC 7986, sections 4 and 5.
struct CalendarRules {
  let surroundings: Surroundings
  /// Days that may be looked at to expand rules.
  let daysToExpand: Int

  func check(_ calendar: CalendarComponent, into report: inout Report) {
    let events = calendar.children("VEVENT")
    let isMaintenance = events.contains { $0.properties.contains { $0.name.hasPrefix("X-MAINTNOTE-") } }
    // A notification on its own is no feed (draft 0.1, section 3.4.1): it has no name and no interval.
    // What says of one event that it is cancelled is a message too. Source: RFC 5546, section 3.2.5.
    let isCancellation =
      events.count == 1 && calendar.first("METHOD")?.value.uppercased() == "CANCEL"
      && events[0].first("STATUS")?.value.uppercased() == "CANCELLED"
    let isNotification =
      (isMaintenance || isCancellation) && calendar.first("X-WR-CALNAME") == nil
      && calendar.first("REFRESH-INTERVAL") == nil
    header(calendar, isNotification: isNotification, isMaintenance: isMaintenance, &report)
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
    if ChangeCalendarRules.concern(calendar) { ChangeCalendarRules.check(calendar, events, into: &report) }
    for zone in zones.found where !times.used.contains(zone.name) { report.add(.zoneUnused, zone.line, zone.name) }
  }

  private func header(
    _ calendar: CalendarComponent, isNotification: Bool, isMaintenance: Bool, _ report: inout Report
  ) {
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
    if isNotification, isMaintenance {
      report.add(.maintenanceNoteMethod, method.line, method.value)
    } else if !isNotification, method.value.uppercased() != "PUBLISH" {
      report.add(.methodNotPublish, method.line, method.value)
    }
  }

  private func feed(_ calendar: CalendarComponent, _ report: inout Report) {
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
    if let refresh, let ttl, let a = refresh.duration, let b = ttl.duration, a.seconds != b.seconds {
      report.add(.refreshDisagrees, ttl.line, "\(refresh.value), \(ttl.value)")
    }
    if let refresh, let length = refresh.duration, (1..<300).contains(length.seconds) {
      report.add(.refreshTooOften, refresh.line, refresh.value)
    }
    if let zone = calendar.first("X-WR-TIMEZONE") { report.add(.xWrTimezone, zone.line, zone.value) }
  }
}

extension FindingCode {
  static let calendar: [FindingCode] = [
    otherComponent, versionMissing, versionNot2, productMissing, scaleNotGregorian, methodNotPublish, methodMissing,
    nameMissing, shownNameMissing, namesDisagree, refreshMissing, publishedTTLMissing, refreshDisagrees,
    refreshTooOften, xWrTimezone, noEvent,
  ]

  static let otherComponent = FindingCode(
    "other_component", .note, "RFC 5545, 3.6.2",
    "The feed also holds a task or a journal entry, which most subscribers never show.",
    "Le flux contient aussi une tâche ou une note de journal, que la plupart des abonnés ne montrent jamais.")
  static let versionMissing = FindingCode(
    "version_missing", .error, "RFC 5545, 3.7.4",
    "VERSION is missing; write VERSION:2.0.",
    "VERSION manque ; écrivez VERSION:2.0.",
    (.refusesFeed, .measured, [.kcalendarcore]), (.reportsError, .measured, [.libical]),
    (.losesEvents, .measured, [.calcurse]))
  static let versionNot2 = FindingCode(
    "version_not_2", .error, "RFC 5545, 3.7.4",
    "VERSION is not 2.0 (1.0 is vCalendar, another format).",
    "VERSION n’est pas 2.0 (1.0 est vCalendar, un autre format).",
    (.refusesFeed, .measured, [.kcalendarcore]), (.refusesFeed, .source, [.preavis]))
  static let productMissing = FindingCode(
    "product_missing", .error, "RFC 5545, 3.7.3",
    "PRODID is missing; name the program that writes the feed.",
    "PRODID manque ; nommez le programme qui écrit le flux.",
    (.refusesFeed, .measured, [.pythonICS]), (.reportsError, .measured, [.vobject, .libical]))
  static let scaleNotGregorian = FindingCode(
    "scale_not_gregorian", .error, "RFC 5545, 3.7.1",
    "CALSCALE is not GREGORIAN, and no other is defined; leave it out.",
    "CALSCALE n’est pas GREGORIAN, et il n’en existe pas d’autre ; ôtez-la.",
    (.refusesFeed, .measured, [.recurringICalEvents]))
  static let methodNotPublish = FindingCode(
    "method_not_publish", .error, "RFC 5546, 3.2",
    "A feed with this METHOD is a message to participants; write METHOD:PUBLISH.",
    "Un flux avec cette METHOD est un message à des participants ; écrivez METHOD:PUBLISH.",
    (.mayDiffer, .document, [.outlook, .exchange]), (.reportsError, .measured, [.libical]))
  static let methodMissing = FindingCode(
    "method_missing", .note, "RFC 5546, 3.2.1",
    "METHOD:PUBLISH is missing; Outlook then treats the file as something to import.",
    "METHOD:PUBLISH manque ; Outlook traite alors le fichier comme un import.",
    (.mayDiffer, .document, [.outlook]))
  static let nameMissing = FindingCode(
    "name_missing", .note, "RFC 7986, 5.1",
    "NAME is missing; give the feed the same NAME and X-WR-CALNAME.",
    "NAME manque ; donnez au flux le même nom dans NAME et X-WR-CALNAME.")
  static let shownNameMissing = FindingCode(
    "shown_name_missing", .warning, "RFC 7986, 5.1",
    "X-WR-CALNAME is missing; subscribers see the address instead of a name.",
    "X-WR-CALNAME manque ; les abonnés voient l’adresse au lieu d’un nom.",
    (.mayDiffer, .document, [.outlook]))
  static let namesDisagree = FindingCode(
    "names_disagree", .warning, "RFC 7986, 5.1",
    "NAME and X-WR-CALNAME differ; give both the same text.",
    "NAME et X-WR-CALNAME diffèrent ; donnez-leur le même texte.",
    (.mayDiffer, .document, [.outlook]))
  static let refreshMissing = FindingCode(
    "refresh_missing", .warning, "RFC 7986, 5.7",
    "REFRESH-INTERVAL is missing; clients then fetch as seldom as they like (Nextcloud: once a week).",
    "REFRESH-INTERVAL manque ; les clients relisent alors aussi rarement qu’ils veulent (Nextcloud : une fois par "
      + "semaine).",
    (.refreshesRarely, .document, [.nextcloud]))
  static let publishedTTLMissing = FindingCode(
    "published_ttl_missing", .warning, "RFC 7986, 5.7",
    "X-PUBLISHED-TTL is missing; Outlook then refreshes by its own habit.",
    "X-PUBLISHED-TTL manque ; Outlook rafraîchit alors selon son habitude.",
    (.refreshesRarely, .anecdote, [.outlook]))
  static let refreshDisagrees = FindingCode(
    "refresh_disagrees", .warning, "RFC 7986, 5.7",
    "REFRESH-INTERVAL and X-PUBLISHED-TTL differ; give both the same duration.",
    "REFRESH-INTERVAL et X-PUBLISHED-TTL diffèrent ; donnez-leur la même durée.")
  static let refreshTooOften = FindingCode(
    "refresh_too_often", .note, "RFC 7986, 5.7",
    "Clients are asked to fetch more often than every five minutes; most will not.",
    "Les clients sont priés de relire plus souvent que toutes les cinq minutes ; la plupart ne le feront pas.")
  static let xWrTimezone = FindingCode(
    "x_wr_timezone", .error, "RFC 5545, 3.6.5",
    "X-WR-TIMEZONE is no standard, and makes a reader shift UTC times by an hour; leave it out.",
    "X-WR-TIMEZONE n’est pas normalisée et fait décaler d’une heure les temps UTC par un lecteur ; ôtez-la.",
    (.readsOtherTime, .measured, [.recurringICalEvents]))
  static let noEvent = FindingCode(
    "no_event", .error, "RFC 5545, 3.6",
    "The feed holds no event; a feed that becomes empty leaves old events in place. Keep one past, transparent event.",
    "Le flux ne contient aucun événement ; un flux devenu vide laisse en place les anciens. Gardez un événement "
      + "passé et transparent.",
    (.keepsOldEvents, .measured, [.evolution]))
}
