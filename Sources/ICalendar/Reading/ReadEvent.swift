package import CivilTime

/// One VEVENT as libical has read it. Source: RFC 5545, section 3.6.1.
package struct ReadEvent: Hashable, Sendable {
  package var uid = ""
  package var summary = ""
  package var start: CalendarTime?
  package var end: CalendarTime?
  package var duration: CalendarDuration?
  /// As libical writes it; nil when the event has none.
  package var status: String?
  /// 0 when the event has none (RFC 5545, section 3.8.7.4).
  package var sequence = 0
  package var stamp: Instant?
  package var lastModified: Instant?
  package var description: String?
  package var url: String?
  package var isTransparent = false
  /// As libical writes it, for instance `FREQ=WEEKLY;BYDAY=MO`.
  package var recurrenceRule: String?
  /// EXDATE and RDATE, one by one.
  package var excluded: [CalendarTime] = []
  package var added: [CalendarTime] = []
  package var recurrenceID: CalendarTime?

  /// The time of the event where no zone is needed to tell it: whole days, or both ends in UTC.
  /// Nil also when it ends no later than it begins. A DTSTART with VALUE=DATE alone is one day.
  package var span: CalendarSpan? {
    switch (start, end) {
    case (.date(let first), .date(let end)): return first < end ? .allDay(first: first, end: end) : nil
    case (.date(let first), nil):
      let days = duration?.days ?? 1
      return days > 0 ? .allDay(first: first, end: first.advanced(byDays: days)) : nil
    case (.utc(let start), .utc(let end)): return Interval(start: start, end: end).map { .timed($0) }
    case (.utc(let start), nil):
      guard let duration, duration.isPositive else { return nil }
      return Interval(start: start, length: .hours(Int64(duration.days) * 24) + duration.time).map { .timed($0) }
    default: return nil
    }
  }
}
