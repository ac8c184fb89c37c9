import CivilTime
import ICalendar
import Wording

/// The VTIMEZONEs of a calendar. Source: RFC 5545, section 3.6.5; MS-OXCICAL, section 2.1.3.1.1.19.
struct ZoneRulesCheck {
  let surroundings: Surroundings
  private(set) var found: [CalendarZone] = []
  /// How many zones of a calendar are evaluated.
  private static let evaluated = 20

  init(surroundings: Surroundings) { self.surroundings = surroundings }

  mutating func read(_ calendar: CalendarComponent, budget: inout Int, into report: inout Report) {
    for component in calendar.children("VTIMEZONE") {
      guard let name = component.first("TZID"), !name.value.isEmpty else {
        report.add(.zoneWithoutName, component.line)
        continue
      }
      if found.contains(where: { $0.name == name.value }) {
        report.add(.zoneTwice, component.line, name.value)
        continue
      }
      parts(component, name.value, &report)
      // A hostile file may hold thousands of zones, each with rules to expand: the rest keep only their names.
      guard found.count < ZoneRulesCheck.evaluated else {
        if found.count < 1000 { found.append(CalendarZone(unevaluated: name.value, line: component.line)) }
        continue
      }
      let zone = CalendarZone(name: name.value, component: component, letting: .doctor, budget: &budget)
      found.append(zone)
      compare(zone, component, name, &report)
    }
  }

  private func parts(_ component: CalendarComponent, _ name: String, _ report: inout Report) {
    let parts = component.children.filter { $0.name == "STANDARD" || $0.name == "DAYLIGHT" }
    if parts.isEmpty { report.add(.zoneBroken, component.line, name) }
    for part in parts {
      for need in ["DTSTART", "TZOFFSETFROM", "TZOFFSETTO"] where part.all(need).count != 1 {
        report.add(.zoneBroken, part.line, need)
      }
      if let start = part.first("DTSTART"), !(start.time?.isFloating ?? false) {
        report.add(.zoneBroken, start.line, "DTSTART:\(start.value)")
      }
      for property in part.properties where property.name == "TZOFFSETFROM" || property.name == "TZOFFSETTO" {
        if property.offset == nil {
          report.add(.badOffset, property.line, "\(property.name):\(property.value)")
        }
      }
      for property in part.all("RRULE") { rule(property, &report) }
    }
    if ["STANDARD", "DAYLIGHT"].contains(where: { kind in parts.count { $0.name == kind } > 1 }) {
      report.add(.zoneManyParts, component.line, name)
    }
  }

  private func rule(_ property: CalendarProperty, _ report: inout Report) {
    guard let rule = try? property.rule() else {
      report.add(.badRecurrence, property.line, property.value)
      return
    }
    if rule.frequency.isTooFast {
      report.add(.recurrenceTooFast, property.line, property.value)
    } else if rule.frequency != .yearly || rule.days.count != 1 || rule.days.first?.ordinal == nil
      || !rule.monthDays.isEmpty
    {
      report.add(.zoneRuleForExchange, property.line, property.value)
    }
  }

  private func compare(
    _ zone: CalendarZone, _ component: CalendarComponent, _ name: CalendarProperty, _ report: inout Report
  ) {
    let alias = component.first("X-LIC-LOCATION")?.value
    let isUTC = ["UTC", "Etc/UTC", "GMT"].contains(zone.name)
    let named = surroundings.zones.named(zone.name)
    if !isUTC, !ZoneRulesCheck.isIANA(zone.name), named?.name != zone.name {
      report.add(.zoneNotIANA, name.line, zone.name)
    }
    let rules = isUTC ? ZoneRules.utc : named ?? surroundings.zones.named(alias ?? "")
    guard zone.isComplete, !zone.changes.isEmpty else { return }
    guard let rules else {
      report.add(.zoneUnverified, name.line, zone.name)
      return
    }
    if let moment = zone.firstDisagreement(with: rules) {
      let day = Instant(secondsSinceEpoch: moment).civil(at: .utc).date
      report.add(.zoneDisagrees, component.line, "\(zone.name), \(TimeText.date(day))")
    }
  }

  /// `Area/Place`: whether it is one of the list cannot be told without the list.
  private static func isIANA(_ name: String) -> Bool {
    let areas = [
      "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
      "Etc",
    ]
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return (2...3).contains(parts.count) && areas.contains(String(parts[0]))
      && parts.dropFirst().allSatisfy { !$0.isEmpty && !$0.contains(" ") && !$0.contains(".") }
  }
}

extension FindingCode {
  static let zones: [FindingCode] = [
    zoneWithoutName, zoneTwice, zoneBroken, badOffset, zoneManyParts, zoneRuleForExchange, zoneNotIANA, zoneUnverified,
    zoneDisagrees, zoneUnused,
  ]

  static let zoneWithoutName = FindingCode(
    "zone_without_name", .error, "RFC 5545, 3.6.5",
    "A VTIMEZONE has no TZID; name it.",
    "Un VTIMEZONE n’a pas de TZID ; nommez-le.")
  static let zoneTwice = FindingCode(
    "zone_twice", .error, "RFC 5545, 3.6.5",
    "The VTIMEZONE is defined twice; leave one.",
    "Le VTIMEZONE est défini deux fois ; n’en gardez qu’un.",
    (.refusesFeed, .source, [.preavis]))
  static let zoneBroken = FindingCode(
    "zone_broken", .error, "RFC 5545, 3.6.5",
    "The VTIMEZONE lacks something: STANDARD or DAYLIGHT, each with a local DTSTART, TZOFFSETFROM and TZOFFSETTO, "
      + "once.",
    "Il manque quelque chose au VTIMEZONE : STANDARD ou DAYLIGHT, chacun avec une fois DTSTART local, TZOFFSETFROM "
      + "et TZOFFSETTO.",
    (.readsOtherTime, .measured, [.thunderbird]), (.refusesFeed, .measured, [.pythonICS, .vobject]))
  static let badOffset = FindingCode(
    "bad_offset", .error, "RFC 5545, 3.3.14",
    "This is not an offset from UTC of at most 14 hours, as in +0200.",
    "Ce n’est pas un décalage d’UTC d’au plus 14 heures, comme +0200.",
    (.refusesFeed, .source, [.preavis]))
  static let zoneManyParts = FindingCode(
    "zone_many_parts", .warning, "MS-OXCICAL, 2.1.3.1.1.19",
    "The VTIMEZONE has several STANDARD or DAYLIGHT; Exchange reads one of each.",
    "Le VTIMEZONE a plusieurs STANDARD ou DAYLIGHT ; Exchange en lit un de chaque.",
    (.readsOtherTime, .document, [.outlook, .exchange]))
  static let zoneRuleForExchange = FindingCode(
    "zone_rule_for_exchange", .warning, "MS-OXCICAL, 2.1.3.1.1.19",
    "Exchange wants FREQ=YEARLY;BYMONTH=…;BYDAY=-1SU here.",
    "Exchange veut ici FREQ=YEARLY;BYMONTH=…;BYDAY=-1SU.",
    (.readsOtherTime, .document, [.outlook, .exchange]))
  static let zoneNotIANA = FindingCode(
    "zone_not_iana", .error, "RFC 7808, 3.1",
    "TZID is not a name of the tz database; name the zone as in Europe/Paris.",
    "TZID n’est pas un nom de la base tz ; nommez le fuseau comme Europe/Paris.",
    (.readsOtherTime, .measured, [.pythonICS, .sabreVObject]), (.refusesFeed, .measured, [.golangICal]))
  static let zoneUnverified = FindingCode(
    "zone_unverified", .note, "RFC 5545, 3.6.5",
    "The rules of this VTIMEZONE could not be compared with the tz database.",
    "Les règles de ce VTIMEZONE n’ont pu être comparées à la base tz.")
  static let zoneDisagrees = FindingCode(
    "zone_disagrees", .error, "RFC 5545, 3.6.5",
    "The VTIMEZONE says otherwise than the tz database from this day on; readers that trust one or the other show "
      + "other times.",
    "Le VTIMEZONE dit autre chose que la base tz à partir de ce jour ; selon celui des deux qu’ils croient, les "
      + "lecteurs montrent d’autres heures.",
    (.readsOtherTime, .measured, [.thunderbird, .kcalendarcore, .recurringICalEvents, .vobject, .libical]))
  static let zoneUnused = FindingCode(
    "zone_unused", .note, "RFC 5545, 3.6.5",
    "No time uses this VTIMEZONE; leave it out.",
    "Aucune heure n’emploie ce VTIMEZONE ; ôtez-le.")
}
