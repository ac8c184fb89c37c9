import CivilTime
import Planning
import Register

/// Between which months and years a service has something to show.
struct SiteExtent: Sendable {
  /// Entries of each list of the first page; all others stand in the calendar and among what has ended.
  static let homeLimit = 100
  /// How long what has ended stays on the first page.
  static let recentDays: Int64 = 30
  /// Pages of the calendar reach so many months back and ahead of today even where nothing is planned.
  private static let monthsAround = (back: 1, ahead: 13)

  private(set) var months: ClosedRange<CalendarMonth>
  /// Newest first.
  private(set) var pastYears: [Int]
  /// Published changes.
  private(set) var changes = 0

  var monthCount: Int {
    (months.upperBound.year - months.lowerBound.year) * 12 + months.upperBound.month - months.lowerBound.month + 1
  }

  init(_ contract: Contract, register: Register, now: Instant) throws {
    let zone = contract.currentTimeZone
    let today = CalendarMonth(zone.civil(now).date)
    var first = (0..<SiteExtent.monthsAround.back).reduce(today) { month, _ in month.previous }
    var last = (0..<SiteExtent.monthsAround.ahead).reduce(today) { month, _ in month.next }
    var years: Set<Int> = []
    var count = 0
    try register.eachRow(of: contract.service) { row in
      guard row.revision != nil else { return }
      count += 1
      let start = zone.civil(row.interval.start).date
      let end = zone.civil(row.interval.end - Elapsed(seconds: 1)).date
      first = min(first, CalendarMonth(start))
      last = max(last, CalendarMonth(end))
      let isOver = row.state == .completed || (row.state != .inProgress && row.interval.end <= now)
      if isOver {
        years.insert(contract.timeZone(at: row.interval.start).civil(row.interval.start).date.components.year)
      }
    }
    months = first...last
    pastYears = years.sorted(by: >)
    changes = count
  }

  /// Every identifier in order, a thousand at a time.
  static func eachIdentifier(_ register: Register, _ body: (ChangeID) throws -> Void) throws {
    var last: ChangeID?
    while true {
      let batch = try register.store.read { try $0.identifiers(after: last, limit: 1000) }
      guard let end = batch.last else { return }
      for id in batch { try body(id) }
      last = end
    }
  }
}
