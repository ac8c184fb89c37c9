import CivilTime
import ICalendar
import Wording

/// Reads times that stand in events, and resolves them. Source: RFC 5545, sections 3.2.19 and 3.3.5.
struct TimeRules {
  let zones: [CalendarZone]
  /// Zones whose rules the caller knows.
  let known: ZoneBook
  /// Names that times have used.
  private(set) var used: Set<String> = []

  /// Days that may still be looked at to expand rules.
  var budget: Int

  init(zones: [CalendarZone], known: ZoneBook, budget: Int) {
    self.zones = zones
    self.known = known
    self.budget = budget
  }

  /// A time and, where it can be told, its seconds since the epoch (a floating time and a date count as UTC).
  struct Moment {
    var time: CalendarTime
    var seconds: Int64?
  }

  /// Years in which readers compute rightly; libical takes year 9999 without a word.
  static let years = 1970...2199

  /// Tells what is wrong with the one time of `property`; nil when it cannot be read.
  mutating func moment(_ property: CalendarProperty, into report: inout Report) -> Moment? {
    moment(property, value: property.value, into: &report)
  }

  mutating func moment(_ property: CalendarProperty, value: String, into report: inout Report) -> Moment? {
    let zone = property.parameter("TZID")
    let subject = "\(property.name):\(value)"
    guard let time = property.time(value) else {
      report.add(.badTime, property.line, subject)
      return nil
    }
    if !TimeRules.years.contains(time.civil.date.year) { report.add(.yearOutOfRange, property.line, subject) }
    let wantsDate = property.valueType == "DATE"
    if time.isDate != wantsDate, property.valueType != "PERIOD" {
      report.add(.valueTypeMismatch, property.line, subject)
    }
    let local = time.civil.secondsSinceCivilEpoch
    switch time {
    case .date:
      if let zone { report.add(.dateWithZone, property.line, zone) }
      return Moment(time: time, seconds: local)
    case .utc:
      if let zone { report.add(.utcWithZone, property.line, zone) }
      return Moment(time: time, seconds: local)
    case .local(_, nil):
      report.add(.floatingTime, property.line, subject)
      return Moment(time: time, seconds: local)
    case .local(_, let name?):
      return Moment(time: time, seconds: resolve(time, name, property, &report))
    }
  }

  private mutating func resolve(
    _ time: CalendarTime, _ name: String, _ property: CalendarProperty, _ report: inout Report
  ) -> Int64? {
    let isFirst = used.insert(name).inserted
    if let zone = zones.first(where: { $0.name == name }) {
      let found = zone.instants(time.civil)
      if found.count != 1, !zone.changes.isEmpty {
        report.add(
          found.isEmpty ? .timeInGap : .timeInFold, property.line, "\(property.name):\(property.value), \(name)")
      }
      return found.first
    }
    // Of a zone that is used in each event, once is enough.
    if isFirst { report.add(.zoneUndefined, property.line, name) }
    guard let rules = known.named(name) else { return nil }
    switch rules.resolve(time.civil) {
    case .unique(let instant): return instant.secondsSinceEpoch
    case .fold(let instant, _, _, _):
      report.add(.timeInFold, property.line, "\(property.name):\(property.value), \(name)")
      return instant.secondsSinceEpoch
    case .gap:
      report.add(.timeInGap, property.line, "\(property.name):\(property.value), \(name)")
      return nil
    }
  }

  /// All instants that a local time can mean; one for other times; nil for an unknown zone.
  func instants(_ civil: CivilDateTime, like time: CalendarTime) -> [Int64]? {
    guard case .local(_, let name?) = time else { return [civil.secondsSinceCivilEpoch] }
    if let zone = zones.first(where: { $0.name == name }) { return zone.instants(civil) }
    guard let rules = known.named(name) else { return nil }
    switch rules.resolve(civil) {
    case .unique(let instant): return [instant.secondsSinceEpoch]
    case .fold(let first, _, let second, _): return [first.secondsSinceEpoch, second.secondsSinceEpoch]
    case .gap: return []
    }
  }
}

extension FindingCode {
  static let times: [FindingCode] = [
    badTime, valueTypeMismatch, yearOutOfRange, dateWithZone, utcWithZone, floatingTime, zoneUndefined, timeInGap,
    timeInFold,
  ]

  static let badTime = FindingCode(
    "bad_time", .error, "RFC 5545, 3.3.5",
    "There is no such day or time, or it is not written as 20260601T200000Z.",
    "Ce jour ou cette heure n’existe pas, ou ne s’écrit pas comme 20260601T200000Z.",
    (
      .refusesFeed, .measured,
      [.pythonICalendar, .recurringICalEvents, .pythonICS, .vobject, .rubyICalendar, .golangICal, .sabreVObject]
    ),
    (.reportsError, .measured, [.libical]), (.losesEvents, .measured, [.calcurse]), (.refusesFeed, .source, [.preavis]))
  static let valueTypeMismatch = FindingCode(
    "value_type_mismatch", .error, "RFC 5545, 3.2.20",
    "VALUE and the form of the value disagree; write VALUE=DATE for a day and nothing for a time.",
    "VALUE et la forme de la valeur se contredisent ; écrivez VALUE=DATE pour un jour et rien pour une heure.",
    (.readsOtherTime, .measured, [.vobject, .rubyICalendar, .sabreVObject]), (.losesEvents, .measured, [.calcurse]),
    (.refusesFeed, .source, [.preavis]))
  static let yearOutOfRange = FindingCode(
    "year_out_of_range", .error, "RFC 5545, 3.3.4",
    "The year lies outside 1970 to 2199; readers compute wrongly there.",
    "L’année est hors de 1970 à 2199 ; les lecteurs y calculent mal.",
    (.refusesFeed, .measured, [.sabreVObject]), (.refusesFeed, .source, [.preavis]))
  static let dateWithZone = FindingCode(
    "date_with_zone", .error, "RFC 5545, 3.2.19",
    "A DATE has no zone; take TZID out.",
    "Une DATE n’a pas de fuseau ; ôtez TZID.",
    (.readsOtherTime, .measured, [.pythonICalendar]), (.losesEvents, .measured, [.calcurse]))
  static let utcWithZone = FindingCode(
    "utc_with_zone", .error, "RFC 5545, 3.2.19",
    "TZID and Z contradict each other; keep one.",
    "TZID et Z se contredisent ; n’en gardez qu’un.",
    (.readsOtherTime, .measured, [.pythonICalendar, .rubyICalendar]))
  static let floatingTime = FindingCode(
    "floating_time", .error, "RFC 5545, 3.3.5",
    "The time has no zone, so that each reader takes its own; write it in UTC, with Z.",
    "L’heure n’a pas de fuseau, chaque lecteur prend donc le sien ; écrivez-la en UTC, avec Z.",
    (.readsOtherTime, .document, [.outlook]), (.readsOtherTime, .measured, [.pythonICS, .rubyICalendar]))
  static let zoneUndefined = FindingCode(
    "zone_undefined", .error, "RFC 5545, 3.2.19",
    "No VTIMEZONE defines this TZID; write the times in UTC, or add the VTIMEZONE.",
    "Aucun VTIMEZONE ne définit ce TZID ; écrivez les heures en UTC, ou ajoutez le VTIMEZONE.",
    (.mayDiffer, .document, [.outlook]), (.reportsError, .measured, [.thunderbird, .libical]),
    (.readsOtherTime, .measured, [.rubyICalendar]))
  static let timeInGap = FindingCode(
    "time_in_gap", .error, "RFC 5545, 3.3.5",
    "The clock never shows this time in its zone (change to summer time); write it in UTC.",
    "L’horloge ne montre jamais cette heure dans son fuseau (passage à l’heure d’été) ; écrivez-la en UTC.",
    (.readsOtherTime, .measured, [.kcalendarcore, .pythonICalendar, .recurringICalEvents, .golangICal, .sabreVObject]))
  static let timeInFold = FindingCode(
    "time_in_fold", .error, "RFC 5545, 3.3.5",
    "The clock shows this time twice in its zone (change to winter time), and readers choose differently; write it "
      + "in UTC.",
    "L’horloge montre cette heure deux fois dans son fuseau (passage à l’heure d’hiver), et les lecteurs choisissent "
      + "différemment ; écrivez-la en UTC.",
    (.readsOtherTime, .measured, [.libical]))
}
