import CivilTime
import Planning
import Wording

/// What one civil day of the calendar holds, cut to the day.
struct CalendarDay {
  let date: CivilDate
  /// Midnight to midnight: 23, 24 or 25 hours.
  let interval: Interval
  let zone: ZoneRules
  let windows: [Interval]
  let freezes: [Freeze]
  let holidays: [Holiday]
  let changes: [Change]

  /// Nil for the last day that can be written, which has no end.
  init?(
    _ date: CivilDate, zone: ZoneRules, windows: [Interval], holidays: [Holiday], freezes: [Freeze], changes: [Change]
  ) {
    guard
      let day = Interval(start: zone.startOfDay(date), end: zone.startOfDay(date.advanced(byDays: 1)))
    else { return nil }
    self.date = date
    interval = day
    self.zone = zone
    self.windows = windows.compactMap { $0.intersection(day) }
    self.freezes = freezes.filter { $0.interval.overlaps(day) }
    self.holidays = holidays.filter { $0.date == date }
    self.changes = changes.filter { $0.content.interval.overlaps(day) }.sorted(by: PortalLists.isEarlier)
  }

  /// Whether the clock changes on this day, so that times need their offsets to be told apart.
  var changesClock: Bool { zone.offset(at: interval.start) != zone.offset(at: interval.end) }

  /// `01:00–03:00`, the part of `piece` that lies in this day; the end of the day is 24:00. Nil for the whole day.
  func times(of piece: Interval, _ wording: Wording) -> String? {
    guard let part = piece.intersection(interval), part != interval else { return nil }
    // A cell is narrow: two plain times stay on one line, times with their offsets or seconds may part. A dash lets a
    // line end after it even before a hard blank (UAX #14, LB12a).
    let plain =
      wording.language("\(Self.joiner)–", "\(Typography.hard)–") + Self.joiner
      + wording.language.choice("", Typography.hard)
    let (start, end) = (time(part.start, wording), time(part.end, wording))
    return start + (start.utf8.count > 5 || end.utf8.count > 5 ? " – " : plain) + end
  }

  /// U+2060: no line break here, and no blank.
  private static let joiner = "\u{2060}"

  private func time(_ instant: Instant, _ wording: Wording) -> String {
    let offset = zone.offset(at: instant)
    let text = instant == interval.end ? "24:00" : wording.time(instant.civil(at: offset).time)
    return changesClock ? "\(text) (\(wording.offset(offset)))" : text
  }
}
