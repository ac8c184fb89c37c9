package import CivilTime

/// A DATE or DATE-TIME value. Source: RFC 5545, sections 3.3.4 and 3.3.5.
package enum CalendarTime: Hashable, Sendable {
  case date(CivilDate)
  /// Form 2: with `Z`.
  case utc(Instant)
  /// Form 3, with a TZID as it was written, or form 1, floating, when `zone` is nil.
  case local(CivilDateTime, zone: String?)

  /// The date and time that are written, whatever the zone.
  package var civil: CivilDateTime {
    switch self {
    case .date(let date): date.midnight
    case .utc(let instant): instant.civil(at: .utc)
    case .local(let civil, _): civil
    }
  }

  /// The same time of another day.
  func on(_ day: CivilDate) -> CalendarTime {
    let moved = CivilDateTime(date: day, time: civil.time)
    return switch self {
    case .date: .date(day)
    case .utc: .utc(moved.instant(at: .utc))
    case .local(_, let zone): .local(moved, zone: zone)
    }
  }

  package var isDate: Bool {
    if case .date = self { true } else { false }
  }

  package var isUTC: Bool {
    if case .utc = self { true } else { false }
  }

  /// A time of no zone.
  package var isFloating: Bool {
    if case .local(_, nil) = self { true } else { false }
  }

  /// Whether the two can be compared without knowing any zone.
  package func isSameScale(as other: CalendarTime) -> Bool {
    switch (self, other) {
    case (.date, .date), (.utc, .utc): true
    case (.local(_, let first), .local(_, let second)): first == second
    default: false
    }
  }
}

extension CalendarTime {
  /// Reads exactly `YYYYMMDD` or `YYYYMMDDTHHMMSS`, the latter with `Z` or nothing after it; nil for any other form, and
  /// for a day or time that does not exist.
  package init?(_ text: Span<UInt8>, zone: String?, letting leniency: Leniency) {
    guard text.count == 8 || text.count == 15 || text.count == 16,
      let year = text.number(at: 0, digits: 4), let month = text.number(at: 4, digits: 2),
      let day = text.number(at: 6, digits: 2), let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    guard text.count > 8 else {
      self = .date(date)
      return
    }
    guard leniency.capital(text[8]) == UInt8(ascii: "T"),
      let hour = text.number(at: 9, digits: 2), let minute = text.number(at: 11, digits: 2),
      let second = text.number(at: 13, digits: 2),
      let time = TimeOfDay(
        hour: hour, minute: minute, second: second == 60 && leniency.contains(.leapSecond) ? 59 : second)
    else { return nil }
    let civil = CivilDateTime(date: date, time: time)
    if text.count == 15 {
      self = .local(civil, zone: zone)
    } else {
      guard leniency.capital(text[15]) == UInt8(ascii: "Z"), zone == nil || leniency.contains(.zoneBesideUTC) else {
        return nil
      }
      self = .utc(civil.instant(at: .utc))
    }
  }
}

extension UTCOffset {
  /// Reads `+HHMM` or `+HHMMSS` (UTC-OFFSET, RFC 5545, section 3.3.14); nil for another form and beyond 14 hours.
  package init?(_ text: Span<UInt8>, letting leniency: Leniency) {
    guard text.count == 5 || text.count == 7, text[0] == 0x2B || text[0] == 0x2D,
      let hours = text.number(at: 1, digits: 2), let minutes = text.number(at: 3, digits: 2), minutes < 60,
      let rest = text.count == 7 ? text.number(at: 5, digits: 2) : 0, rest < 60
    else { return nil }
    let seconds = hours * 3600 + minutes * 60 + rest
    let isWest = text[0] == 0x2D
    guard seconds <= 14 * 3600, seconds > 0 || !isWest || leniency.contains(.negativeZero) else { return nil }
    self.init(seconds: Int32(isWest ? -seconds : seconds))
  }
}

/// When an event takes place: a piece of the time line, or whole civil days.
package enum CalendarSpan: Hashable, Sendable {
  case timed(Interval)
  /// `end` is exclusive, as DTEND with VALUE=DATE is (RFC 5545, section 3.6.1).
  case allDay(first: CivilDate, end: CivilDate)
}
