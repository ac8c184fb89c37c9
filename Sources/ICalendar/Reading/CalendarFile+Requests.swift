package import CivilTime

/// An event of a file that asks for work, with each time that it takes place.
package struct CalendarRequest: Hashable, Sendable {
  /// Line of its BEGIN.
  package var line: Int
  /// As libical reads them: they may hold any character.
  package var summary: String
  package var description: String
  /// As X-PREAVIS-IMPACT or X-MAINTNOTE-IMPACT writes it.
  package var impact: String?
  package var isCancelled: Bool
  /// In order of time; empty for a cancelled event.
  package var spans: [CalendarSpan]
}

extension CalendarFile {
  /// How many occurrences the recurring events of one file may have in all.
  package static let requestLimit = 1000

  /// The events of a file, in its order, each with all its occurrences; and how many components are no events.
  ///
  /// Read as ``occurrences(in:zone:zoneNames:from:to:)`` reads it, save that no range of days is asked for: so a
  /// recurrence needs COUNT or UNTIL. What its rules cost is not reckoned beforehand; the caller's limits end it.
  package static func requests(
    in bytes: [UInt8], zone: ZoneRules, zoneNames: [String]
  ) throws(CalendarFileError) -> (events: [CalendarRequest], others: Int) {
    let (calendar, events, zones) = try read(bytes, zoneNames: zoneNames, .requests)
    let year = calendar.events.first?.start?.civil.date.year
    try check(calendar.zones, against: zone, zones, year: year ?? 2000)
    let overridden = overridden(events)
    var requests: [CalendarRequest] = []
    var left = requestLimit
    for (event, seen) in zip(events, calendar.events) {
      var request = CalendarRequest(
        line: seen.line, summary: event.summary, description: event.description ?? "",
        impact: impact(of: seen, in: calendar), isCancelled: event.status == "CANCELLED", spans: [])
      if !request.isCancelled {
        let days = try days(of: seen)
        let expansion = Expansion(zone: zone, zones: zones, days: days, limit: max(left, 1))
        let replaced = event.recurrenceID == nil ? overridden[event.uid] ?? [] : []
        request.spans = try expansion.occurrences(of: event, overridden: replaced, seen: seen).map(\.span)
        if request.spans.count > 1 {
          left -= request.spans.count
          guard left >= 0 else {
            throw CalendarFileError(line: seen.line, uid: event.uid, reason: .tooMany(requestLimit))
          }
        }
      }
      requests.append(request)
    }
    return (requests, calendar.componentCount - calendar.events.count - calendar.zones.count)
  }

  /// All the days that can be written, or those up to the end of the rule.
  private static func days(of event: ScreenedEvent) throws(CalendarFileError) -> Range<CivilDate> {
    // Holds: every year has such a day.
    let first = CivilDate(year: CalendarScreen.years.lowerBound, month: 1, day: 1)!
    // Holds: every year has such a day.
    let end = CivilDate(year: CalendarScreen.years.upperBound + 1, month: 1, day: 1)!
    guard let rule = event.rule else { return first..<end }
    if let until = rule.until { return first..<max(first, until.civil.date.advanced(byDays: 2)) }
    guard rule.count != nil else {
      throw CalendarFileError(line: event.propertyLines[.rrule], uid: event.uid, reason: .endless)
    }
    return first..<end
  }

  /// The value of the property, which has no structure that a parser would be needed for.
  private static func impact(
    of event: ScreenedEvent, in calendar: ScreenedCalendar
  ) -> String? {
    for name in [PropertyName.preavisImpact, .maintnoteImpact] {
      guard let number = event.propertyLines[name] else { continue }
      let index = calendar.text.lines.partitioningIndex { $0.number >= number }
      guard let content = ContentLine(calendar.text.lines[index], in: calendar.text) else { continue }
      return calendar.text.string(content.value)
    }
    return nil
  }
}
