import CivilTime

/// Rules of recurrence, and the events that replace single occurrences.
/// Source: RFC 5545, sections 3.3.10, 3.8.4.4 and 3.8.5.
enum RecurrenceSetRules {
  static func check(_ events: [FeedComponent], times: inout TimeRules, into report: inout Report) {
    var masters: [String: FeedComponent] = [:]
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

  private static func list(_ property: FeedProperty, _ times: inout TimeRules, _ report: inout Report) {
    for item in property.value.split(separator: ",", maxSplits: 1000, omittingEmptySubsequences: false).prefix(1000) {
      let start = item.split(separator: "/", omittingEmptySubsequences: false).first ?? item
      _ = times.moment(property, value: String(start), into: &report)
    }
  }

  static func check(
    _ property: FeedProperty, of event: FeedComponent, times: inout TimeRules, into report: inout Report
  ) {
    let rule: FeedRule
    do {
      rule = try FeedRule(property.value)
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
    guard let startLine = event.first("DTSTART"),
      let start = FeedTime(startLine.value, zone: startLine.parameter("TZID"))
    else { return }
    if let until = rule.until { check(until, start, property, &report) }
    let last = start.civil.date.advanced(byDays: FeedRule.daysPerRule)
    guard let found = rule.occurrences(from: start.civil, limit: 1, last: last, budget: &times.budget) else { return }
    guard let first = found.first else {
      report.add(.recurrenceNever, property.line, property.value)
      return
    }
    if first != start.civil { report.add(.recurrenceUnsynchronised, property.line, startLine.value) }
    clockChange(rule, property, event, start, &times, &report)
  }

  private static func check(
    _ until: FeedTime, _ start: FeedTime, _ property: FeedProperty, _ report: inout Report
  ) {
    let isAnchored =
      switch start.scale {
      case .utc, .zone: true
      case .date, .floating: false
      }
    if !TimeRules.years.contains(until.civil.date.year) {
      report.add(.yearOutOfRange, property.line, property.value)
    }
    if until.isDate != start.isDate || isAnchored && until.scale != .utc {
      report.add(.recurrenceUntilType, property.line, property.value)
    } else if until.civil.date.advanced(byDays: 1) < start.civil.date
      || until.scale == start.scale && until.civil < start.civil
    {
      report.add(.recurrenceUntilPast, property.line, property.value)
    }
  }

  /// An occurrence that begins or ends where the clock changes, or that lasts another time than the first.
  private static func clockChange(
    _ rule: FeedRule, _ property: FeedProperty, _ event: FeedComponent, _ start: FeedTime,
    _ times: inout TimeRules, _ report: inout Report
  ) {
    guard case .zone = start.scale, let endLine = event.first("DTEND"),
      let end = FeedTime(endLine.value, zone: endLine.parameter("TZID")), end.scale == start.scale,
      let first = times.instants(start.civil, like: start)?.first,
      let last = times.instants(end.civil, like: end)?.first
    else { return }
    let wall = end.civil.secondsSinceCivilEpoch - start.civil.secondsSinceCivilEpoch
    let horizon = min(start.civil.date.advanced(byDays: 3700), FeedZone.lastDay)
    let limit = rule.until?.civil.date ?? horizon
    let found = rule.occurrences(
      from: start.civil, limit: 1000, last: min(horizon, limit), budget: &times.budget)
    for occurrence in found ?? [] {
      let finish = CivilDateTime(secondsSinceCivilEpoch: occurrence.secondsSinceCivilEpoch + wall)
      guard let begins = times.instants(occurrence, like: start), let ends = times.instants(finish, like: end) else {
        return
      }
      if begins.count != 1 || ends.count != 1 || ends[0] - begins[0] != last - first {
        report.add(.recurrenceOverClockChange, property.line, ZoneRulesCheck.text(occurrence.date))
        return
      }
    }
  }

  private static func override(
    _ property: FeedProperty, _ event: FeedComponent, _ masters: [String: FeedComponent], _ times: inout TimeRules,
    _ report: inout Report
  ) {
    let time = times.moment(property, into: &report)
    if property.parameter("RANGE") != nil { report.add(.overrideRange, property.line, property.value) }
    guard let master = event.first("UID").flatMap({ masters[$0.value] }) else {
      report.add(.overrideWithoutMaster, property.line, event.first("UID")?.value ?? "")
      return
    }
    guard let startLine = master.first("DTSTART"),
      let start = FeedTime(startLine.value, zone: startLine.parameter("TZID")), let time
    else { return }
    if time.time.isDate != start.isDate {
      report.add(.overrideType, property.line, property.value)
      return
    }
    guard let ruleLine = master.first("RRULE") else {
      if master.first("RDATE") == nil { report.add(.overrideOfSingle, property.line, property.value) }
      return
    }
    guard master.first("RDATE") == nil, let rule = try? FeedRule(ruleLine.value), let wanted = time.seconds
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
