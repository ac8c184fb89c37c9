package import CivilTime

/// When an event takes place: a piece of the time line, or whole civil days.
package enum CalendarSpan: Hashable, Sendable {
  case timed(Interval)
  /// `end` is exclusive, as DTEND with VALUE=DATE is (RFC 5545, section 3.6.1).
  case allDay(first: CivilDate, end: CivilDate)
}
