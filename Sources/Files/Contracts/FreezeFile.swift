import CivilTime
import ICalendar
import Planning

/// Reads the freezes of an iCalendar file.
enum FreezeFile {
  /// The largest file that is read, in bytes.
  static let limit = 1 << 20

  /// Freezes are known up to this day, exclusive: recurrences without end must stop somewhere.
  // Holds: there is such a day.
  static let horizon = CivilDate(year: 2100, month: 1, day: 1)!

  /// Freezes that meet the days from a month before `start` on; nil after reporting what is wrong.
  ///
  /// - Parameter file: relative to the calendars folder; becomes the freezes' `source`.
  static func read(
    _ bytes: [UInt8], file: String, zone: ZoneRules, from start: CivilDate, _ problems: ProblemList
  ) -> [Freeze]? {
    do {
      let occurrences = try CalendarFile.occurrences(
        in: bytes, zones: SystemZones.book(civil: zone), from: start.advanced(byDays: -31), to: horizon)
      return occurrences.compactMap { occurrence in
        let interval: Interval? =
          switch occurrence.span {
          case .timed(let interval): interval
          case .allDay(let first, let end): Interval(start: zone.startOfDay(first), end: zone.startOfDay(end))
          }
        let title = occurrence.summary.isEmpty ? file : occurrence.summary
        return interval.map { Freeze(title: title, interval: $0, source: file) }
      }
    } catch {
      for fault in error.all { problems.add(fault.line, fault.sentence) }
      return nil
    }
  }

  /// Whether a path stays in the calendars folder: relative, `/` between its parts, none of them empty or beginning
  /// with a dot.
  static func isInside(_ path: String) -> Bool {
    path.hasSuffix(".ics")
      && path.split(separator: "/", omittingEmptySubsequences: false)
        .allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") && !$0.contains("\\") }
  }
}
