package import CivilTime

/// Calendars that people keep in files.
package enum CalendarFile {
  /// How many occurrences one file may have in the days that are asked for.
  package static let limit = 10_000

  /// What takes place on the days from `from` to before `to`, in order of time.
  ///
  /// The file passes the screen, then its events are read by libical and expanded. Cancelled events are left out. Local
  /// times are resolved with `zone`, never with a VTIMEZONE of the file; one that the clock skips or shows twice is an
  /// error, and so is one without zone. A start
  /// that is not an occurrence of its own RRULE is an error too.
  ///
  /// - Parameter zoneNames: the names that mean `zone`; `UTC` is known anyway.
  package static func occurrences(
    in bytes: [UInt8], zone: ZoneRules, zoneNames: [String], from: CivilDate, to: CivilDate
  ) throws(CalendarFileError) -> [Occurrence] {
    let (calendar, events, zones) = try read(bytes, zoneNames: zoneNames, .events)
    try check(calendar.zones, against: zone, zones, year: from.year)
    try checkWork(calendar.events, to: to)
    guard from < to else { return [] }

    let overridden = overridden(events)
    var found: [Occurrence] = []
    for (event, seen) in zip(events, calendar.events) where event.status != "CANCELLED" {
      let expansion = Expansion(zone: zone, zones: zones, days: from..<to, limit: limit - found.count)
      let replaced = event.recurrenceID == nil ? overridden[event.uid] ?? [] : []
      found += try expansion.occurrences(of: event, overridden: replaced, seen: seen)
    }
    return sorted(found, zone)
  }

  /// The screen, then libical.
  static func read(
    _ bytes: [UInt8], zoneNames: [String], _ part: ScreenedCalendar.Part
  ) throws(CalendarFileError) -> (calendar: ScreenedCalendar, events: [ReadEvent], zones: ZoneNames) {
    let limits = CalendarScreen.Limits(zoneNames: Set(zoneNames).union(["UTC"]))
    let calendar: ScreenedCalendar
    do {
      calendar = try CalendarScreen.screen(bytes, limits: limits)
    } catch {
      throw CalendarFileError(line: error.line, uid: "", reason: .screened(error))
    }
    do {
      return (calendar, try LibicalReader.parse(calendar, part), ZoneNames(known: limits.zoneNames))
    } catch {
      throw CalendarFileError(line: nil, uid: "", reason: .unreadable(error))
    }
  }

  /// Starts that an exception replaces, by UID.
  static func overridden(_ events: [ReadEvent]) -> [String: [CalendarTime]] {
    var overridden: [String: [CalendarTime]] = [:]
    for event in events {
      if let time = event.recurrenceID { overridden[event.uid, default: []].append(time) }
    }
    return overridden
  }

  /// A VTIMEZONE is never used; one that gives today another offset than the zone has makes the file mean something
  /// else to other readers, so that is told.
  static func check(
    _ definitions: [ScreenedZone], against zone: ZoneRules, _ zones: ZoneNames, year: Int
  ) throws(CalendarFileError) {
    for definition in definitions {
      guard let name = zones.name(for: definition.name) else { continue }
      let rules = name == "UTC" ? ZoneRules.utc : zone
      let offsets = (1...12).compactMap { CivilDate(year: year, month: $0, day: 1) }
        .map { rules.offset(at: $0.midnight.instant(at: .utc)) }
      let current =
        definition.observances.count == 1 ? definition.observances : definition.observances.filter(\.isCurrent)
      for observance in current {
        guard let offset = observance.offset, !offsets.contains(offset) else { continue }
        throw CalendarFileError(line: observance.line, uid: "", reason: .contradictoryZone(name))
      }
    }
  }

  /// What all the rules of a file may cost, in days followed one by one: two seconds.
  private static let work = 1_000_000

  /// A file of thousands of daily rules from the year 1900 on is small, and long to expand.
  private static func checkWork(_ events: [ScreenedEvent], to: CivilDate) throws(CalendarFileError) {
    var left = work
    for event in events {
      guard let rule = event.rule, let start = event.start?.civil.date, start < to else { continue }
      let days = Int(to.dayNumber - start.dayNumber)
      let daysPerStep =
        switch rule.frequency {
        case .daily: 1
        case .weekly: 5
        case .monthly: 10
        default: 30
        }
      left -= 30 + days / daysPerStep
      guard left >= 0 else {
        throw CalendarFileError(line: event.propertyLines[.rrule], uid: event.uid, reason: .tooFar)
      }
    }
  }

  private static func sorted(_ occurrences: [Occurrence], _ zone: ZoneRules) -> [Occurrence] {
    func bounds(_ occurrence: Occurrence) -> (Instant, Instant, String) {
      switch occurrence.span {
      case .timed(let interval): (interval.start, interval.end, occurrence.uid)
      case .allDay(let first, let end): (zone.startOfDay(first), zone.startOfDay(end), occurrence.uid)
      }
    }
    return occurrences.map { (bounds($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }
}

/// One time that an event of a file takes place.
package struct Occurrence: Hashable, Sendable {
  package var uid: String
  package var summary: String
  package var span: CalendarSpan

  package init(uid: String, summary: String, span: CalendarSpan) {
    self.uid = uid
    self.summary = summary
    self.span = span
  }
}

/// Why a calendar file cannot be used.
package struct CalendarFileError: Error, Hashable, Sendable {
  /// Physical line, from 1; nil when it concerns the file as a whole.
  package var line: Int?
  /// The event that is meant, empty when none is.
  package var uid: String
  package var reason: Reason

  package enum Reason: Hashable, Sendable {
    case screened(ScreenError)
    case unreadable(ReadError)
    /// A time without `Z` and without TZID.
    case floatingTime(String)
    /// A time that the clock of the zone skips, or shows twice.
    case gap(String)
    case fold(String)
    /// Ends no later than it begins.
    case empty
    /// A start that is not itself an occurrence of its RRULE: what that means is undefined (RFC 5545, section 3.8.5.3).
    case startOutsideRule
    /// More occurrences in the range than are expanded.
    case tooMany(Int)
    /// Rules that would take too long to follow from their starts to the days that are asked for.
    case tooFar
    /// A rule without COUNT and UNTIL, where each occurrence is to be a request of its own.
    case endless
    /// A VTIMEZONE that gives a known zone an offset that it does not have.
    case contradictoryZone(String)
  }

  /// One English line: where, what, and what to do.
  package var text: String {
    if case .screened(let error) = reason { return error.text }
    let what =
      switch reason {
      case .screened(let error): error.text
      case .unreadable(let error): error.text
      case .floatingTime(let time): "\(time) has no zone; add TZID or Z"
      case .gap(let time): "the clock never shows \(time) in its zone; write it in UTC"
      case .fold(let time): "the clock shows \(time) twice in its zone; write it in UTC"
      case .empty: "the event ends no later than it begins"
      case .startOutsideRule: "DTSTART is not an occurrence of its RRULE; move it to the first one"
      case .tooMany(let limit): "more than \(limit) occurrences"
      case .tooFar: "the recurrences of this file begin too long ago; give them UNTIL or a later DTSTART"
      case .endless: "the recurrence has no end; give it COUNT or UNTIL"
      case .contradictoryZone(let name): "VTIMEZONE \(name) contradicts the tz database; remove it"
      }
    let place = line.map { "line \($0): " } ?? ""
    return place + what + (uid.isEmpty ? "" : " (UID \(ContentText.cleaned(uid)))")
  }
}
