import CivilTime
import ICalendar
import Wording

/// Rules of recurrence, and the events that replace single occurrences.
/// Source: RFC 5545, sections 3.3.10, 3.8.4.4 and 3.8.5.
enum RecurrenceSetRules {
  static func check(_ events: [CalendarComponent], times: inout TimeRules, into report: inout Report) {
    var masters: [String: CalendarComponent] = [:]
    for event in events where event.first("RECURRENCE-ID") == nil {
      if let uid = event.first("UID")?.value { masters[uid] = event }
    }
    for event in events {
      for name in ["EXDATE", "RDATE"] {
        for property in event.all(name) { list(property, &times, &report) }
      }
      if let rule = event.first("RRULE") {
        check(rule, of: event, times: &times, into: &report)
      }
      if let property = event.first("RECURRENCE-ID") {
        override(property, event, masters, &times, &report)
      }
    }
  }

  private static func list(_ property: CalendarProperty, _ times: inout TimeRules, _ report: inout Report) {
    for item in property.value.split(separator: ",", maxSplits: 1000, omittingEmptySubsequences: false).prefix(1000) {
      let start = item.split(separator: "/", omittingEmptySubsequences: false).first ?? item
      _ = times.moment(property, value: String(start), into: &report)
    }
  }

  static func check(
    _ property: CalendarProperty, of event: CalendarComponent, times: inout TimeRules, into report: inout Report
  ) {
    let rule: RecurrenceRule
    do {
      rule = try property.rule()
    } catch {
      report.add(.badRecurrence, property.line, error.part)
      return
    }
    report.add(.recurrence, property.line, property.value)
    if rule.frequency.isTooFast {
      report.add(.recurrenceTooFast, property.line, property.value)
      return
    }
    if let count = rule.count, count > 5000 { report.add(.recurrenceTooMany, property.line, "COUNT=\(count)") }
    if rule.hasScale { report.add(.recurrenceScale, property.line, property.value) }
    if rule.count == nil, rule.until == nil { report.add(.recurrenceUnbounded, property.line, property.value) }
    guard let startLine = event.first("DTSTART"), let start = startLine.time else { return }
    if let until = rule.until { check(until, start, property, &report) }
    let last = start.civil.date.advanced(byDays: RecurrenceRule.daysPerRule)
    guard let found = rule.occurrences(from: start.civil, limit: 1, last: last, budget: &times.budget) else { return }
    guard let first = found.first else {
      report.add(.recurrenceNever, property.line, property.value)
      return
    }
    if first != start.civil { report.add(.recurrenceUnsynchronised, property.line, startLine.value) }
    clockChange(rule, property, event, start, &times, &report)
  }

  private static func check(
    _ until: CalendarTime, _ start: CalendarTime, _ property: CalendarProperty, _ report: inout Report
  ) {
    let isAnchored = !start.isDate && !start.isFloating
    if !TimeRules.years.contains(until.civil.date.year) {
      report.add(.yearOutOfRange, property.line, property.value)
    }
    if until.isDate != start.isDate || isAnchored && !until.isUTC {
      report.add(.recurrenceUntilType, property.line, property.value)
    } else if until.civil.date.advanced(byDays: 1) < start.civil.date
      || until.isSameScale(as: start) && until.civil < start.civil
    {
      report.add(.recurrenceUntilPast, property.line, property.value)
    }
  }

  /// An occurrence that begins or ends where the clock changes, or that lasts another time than the first.
  private static func clockChange(
    _ rule: RecurrenceRule, _ property: CalendarProperty, _ event: CalendarComponent, _ start: CalendarTime,
    _ times: inout TimeRules, _ report: inout Report
  ) {
    guard case .local(_, _?) = start, let end = event.first("DTEND")?.time, end.isSameScale(as: start),
      let first = times.instants(start.civil, like: start)?.first,
      let last = times.instants(end.civil, like: end)?.first
    else { return }
    let wall = end.civil.secondsSinceCivilEpoch - start.civil.secondsSinceCivilEpoch
    let horizon = min(start.civil.date.advanced(byDays: 3700), CalendarZone.lastDay)
    let limit = rule.until?.civil.date ?? horizon
    let found = rule.occurrences(
      from: start.civil, limit: 1000, last: min(horizon, limit), budget: &times.budget)
    for occurrence in found ?? [] {
      let finish = CivilDateTime(secondsSinceCivilEpoch: occurrence.secondsSinceCivilEpoch + wall)
      guard let begins = times.instants(occurrence, like: start), let ends = times.instants(finish, like: end) else {
        return
      }
      if begins.count != 1 || ends.count != 1 || ends[0] - begins[0] != last - first {
        report.add(.recurrenceOverClockChange, property.line, TimeText.date(occurrence.date))
        return
      }
    }
  }

  private static func override(
    _ property: CalendarProperty, _ event: CalendarComponent, _ masters: [String: CalendarComponent],
    _ times: inout TimeRules,
    _ report: inout Report
  ) {
    let time = times.moment(property, into: &report)
    if property.parameter("RANGE") != nil { report.add(.overrideRange, property.line, property.value) }
    guard let master = event.first("UID").flatMap({ masters[$0.value] }) else {
      report.add(.overrideWithoutMaster, property.line, event.first("UID")?.value ?? "")
      return
    }
    guard let start = master.first("DTSTART")?.time, let time else { return }
    if time.time.isDate != start.isDate {
      report.add(.overrideType, property.line, property.value)
      return
    }
    guard let ruleLine = master.first("RRULE") else {
      if master.first("RDATE") == nil { report.add(.overrideOfSingle, property.line, property.value) }
      return
    }
    guard master.first("RDATE") == nil, let rule = try? ruleLine.rule(), let wanted = time.seconds
    else { return }
    // A day more, because the two may be written in different zones.
    let last = time.time.civil.date.advanced(byDays: 2)
    guard let found = rule.occurrences(from: start.civil, limit: 10_000, last: last, budget: &times.budget) else {
      return
    }
    if !found.contains(where: { times.instants($0, like: start)?.contains(wanted) ?? true }) {
      report.add(.overrideNotOccurrence, property.line, property.value)
    }
  }
}

extension FindingCode {
  static let recurrenceRules: [FindingCode] = [
    recurrence, recurrenceUnbounded, badRecurrence, recurrenceTooFast, recurrenceTooMany, recurrenceNever,
    recurrenceScale, recurrenceUntilType, recurrenceUntilPast, recurrenceUnsynchronised, recurrenceOverClockChange,
    overrideWithoutMaster, overrideRange, overrideType, overrideOfSingle, overrideNotOccurrence,
  ]

  static let recurrence = FindingCode(
    "recurrence", .warning, "RFC 5545, 3.8.5.3",
    "Readers disagree on recurring events around clock changes; publish each occurrence as an event of its own, in "
      + "UTC.",
    "Les lecteurs ne s’accordent pas sur les récurrences autour des changements d’heure ; publiez chaque occurrence "
      + "comme un événement, en UTC.",
    (.expandsDifferently, .measured, [.thunderbird, .recurringICalEvents, .libical]))
  static let recurrenceUnbounded = FindingCode(
    "recurrence_unbounded", .warning, "RFC 5545, 3.3.10",
    "The rule has neither UNTIL nor COUNT; give it an end.",
    "La règle n’a ni UNTIL ni COUNT ; donnez-lui une fin.")
  static let badRecurrence = FindingCode(
    "bad_recurrence", .error, "RFC 5545, 3.3.10",
    "This is not a recurrence rule; mend the part that is named.",
    "Ce n’est pas une règle de récurrence ; corrigez la partie nommée.",
    (.reportsError, .measured, [.libical]), (.losesEvents, .measured, [.calcurse]), (.refusesFeed, .source, [.preavis]))
  static let recurrenceTooFast = FindingCode(
    "recurrence_too_fast", .error, "RFC 5545, 3.3.10",
    "The rule repeats more often than daily; some readers never return from it. Publish single events.",
    "La règle se répète plus que chaque jour ; des lecteurs n’en reviennent jamais. Publiez des événements simples.",
    (.losesEvents, .document, [.outlook]), (.losesEvents, .anecdote, [.googleCalendar]),
    (.neverReturns, .measured, [.libical]), (.refusesFeed, .source, [.preavis]))
  static let recurrenceTooMany = FindingCode(
    "recurrence_too_many", .warning, "RFC 5545, 3.3.10",
    "The rule makes more than 5000 occurrences; give it an earlier end.",
    "La règle fait plus de 5000 occurrences ; donnez-lui une fin plus proche.",
    (.refusesFeed, .source, [.preavis]))
  static let recurrenceNever = FindingCode(
    "recurrence_never", .error, "RFC 5545, 3.3.10",
    "The rule has no occurrence (30 February?); some readers search for ever.",
    "La règle n’a aucune occurrence (30 février ?) ; des lecteurs cherchent sans fin.",
    (.losesEvents, .measured, [.calcurse]), (.refusesFeed, .source, [.preavis]))
  static let recurrenceScale = FindingCode(
    "recurrence_scale", .error, "RFC 7529, 4",
    "Few readers know RSCALE and SKIP; leave them out.",
    "Peu de lecteurs connaissent RSCALE et SKIP ; ôtez-les.",
    (.refusesFeed, .measured, [.recurringICalEvents]), (.refusesFeed, .source, [.preavis]))
  static let recurrenceUntilType = FindingCode(
    "recurrence_until_type", .error, "RFC 5545, 3.3.10",
    "UNTIL has to be a day where DTSTART is one, and in UTC (Z) where DTSTART has a zone.",
    "UNTIL doit être un jour si DTSTART en est un, et en UTC (Z) si DTSTART a un fuseau.")
  static let recurrenceUntilPast = FindingCode(
    "recurrence_until_past", .error, "RFC 5545, 3.3.10",
    "UNTIL lies before DTSTART; mend one of them.",
    "UNTIL précède DTSTART ; corrigez l’un des deux.",
    (.refusesFeed, .source, [.preavis]))
  static let recurrenceUnsynchronised = FindingCode(
    "recurrence_unsynchronised", .error, "RFC 5545, 3.8.5.3",
    "DTSTART is not an occurrence of its rule, so that the set is undefined; move it to the first one.",
    "DTSTART n’est pas une occurrence de sa règle, l’ensemble est donc indéfini ; déplacez-le sur la première.",
    (.expandsDifferently, .measured, [.recurringICalEvents]), (.losesEvents, .measured, [.calcurse]))
  static let recurrenceOverClockChange = FindingCode(
    "recurrence_over_clock_change", .error, "RFC 5545, 3.8.5.3",
    "An occurrence spans or meets a change of clock: readers disagree on its end. Publish it as one event in UTC.",
    "Une occurrence enjambe ou touche un changement d’heure : les lecteurs ne s’accordent pas sur sa fin. Publiez-la "
      + "comme un événement en UTC.",
    (.readsOtherTime, .measured, [.thunderbird, .kcalendarcore, .recurringICalEvents, .libical]))
  static let overrideWithoutMaster = FindingCode(
    "override_without_master", .warning, "RFC 5545, 3.8.4.4",
    "The occurrence belongs to no event of this feed; some readers do not show it.",
    "L’occurrence n’appartient à aucun événement de ce flux ; des lecteurs ne la montrent pas.",
    (.expandsDifferently, .measured, [.thunderbird, .kcalendarcore]))
  static let overrideRange = FindingCode(
    "override_range", .error, "RFC 5545, 3.2.13",
    "Few readers know RANGE; publish each changed occurrence.",
    "Peu de lecteurs connaissent RANGE ; publiez chaque occurrence changée.",
    (.expandsDifferently, .measured, [.libical]))
  static let overrideType = FindingCode(
    "override_type", .error, "RFC 5545, 3.8.4.4",
    "RECURRENCE-ID and DTSTART of the series differ in type; write both alike.",
    "RECURRENCE-ID et DTSTART de la série diffèrent de type ; écrivez-les pareils.",
    (.expandsDifferently, .measured, [.thunderbird, .kcalendarcore]))
  static let overrideOfSingle = FindingCode(
    "override_of_single", .error, "RFC 5545, 3.8.4.4",
    "RECURRENCE-ID belongs to an event that does not recur; raise its SEQUENCE instead.",
    "RECURRENCE-ID vise un événement qui ne se répète pas ; augmentez plutôt sa SEQUENCE.",
    (.expandsDifferently, .measured, [.thunderbird, .kcalendarcore]), (.losesEvents, .measured, [.calcurse]))
  static let overrideNotOccurrence = FindingCode(
    "override_not_occurrence", .error, "RFC 5545, 3.8.4.4",
    "RECURRENCE-ID is not an occurrence of its series; some readers show both, some none.",
    "RECURRENCE-ID n’est pas une occurrence de sa série ; des lecteurs montrent les deux, d’autres aucune.",
    (.expandsDifferently, .measured, [.thunderbird, .kcalendarcore]))
}
