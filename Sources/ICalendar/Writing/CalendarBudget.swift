/// How many events of a calendar fit where a reader takes so many octets and no more.
package struct CalendarBudget: Sendable {
  /// Of all files of one calendar together. Source: AWS Systems Manager User Guide, "Importing and managing events from
  /// third-party calendars" (64 KB).
  package static let awsChangeCalendar = 65_536

  package let limit: Int
  package private(set) var octets = 0
  package private(set) var events = 0
  /// The first so many events fit, with the end of the calendar behind them.
  package private(set) var fitting = 0

  package init(limit: Int = CalendarBudget.awsChangeCalendar) { self.limit = limit }

  package var isExceeded: Bool { octets > limit }

  private static let end = Array("END:VEVENT".utf8)

  /// The next piece of the calendar, which ends where a line does.
  package mutating func take(_ piece: some Collection<UInt8>) {
    for line in piece.split(separator: 0x0A, omittingEmptySubsequences: false) {
      octets += line.count + (line.endIndex == piece.endIndex ? 0 : 1)
      guard line.starts(with: CalendarBudget.end) else { continue }
      events += 1
      if octets + CalendarHeader.footer.count <= limit { fitting = events }
    }
  }
}
