package import CivilTime
package import Planning

/// Published changes as the first page groups them.
package struct PortalLists: Hashable, Sendable {
  /// In progress, or planned for a time that holds the moment; earliest first.
  package var current: [Change] = []
  /// Planned for later, and cancelled ones whose time has not passed; earliest first.
  package var upcoming: [Change] = []
  /// Everything else; latest first.
  package var past: [Change] = []

  /// Drafts, which were never published, are left out.
  package init(_ changes: [Change], at now: Instant) {
    for change in changes where change.revision != nil {
      let interval = change.content.interval
      switch change.state {
      case .refused, .requested: break
      case .inProgress: current.append(change)
      case .completed: past.append(change)
      case .planned:
        if change.content.covers(now) {
          current.append(change)
        } else if now < interval.start {
          upcoming.append(change)
        } else {
          past.append(change)
        }
      case .cancelled:
        if now < interval.end { upcoming.append(change) } else { past.append(change) }
      }
    }
    current.sort(by: PortalLists.isEarlier)
    upcoming.sort(by: PortalLists.isEarlier)
    past.sort { PortalLists.isEarlier($1, $0) }
  }

  static func isEarlier(_ a: Change, _ b: Change) -> Bool {
    (a.content.interval.start, a.id) < (b.content.interval.start, b.id)
  }
}

/// A month of one year, for the pages of the calendar.
package struct CalendarMonth: Hashable, Comparable, Sendable {
  package let year: Int
  /// 1…12.
  package let month: Int

  /// The month that `date` lies in.
  package init(_ date: CivilDate) {
    let (year, month, _) = date.components
    self.year = year
    self.month = month
  }

  package var first: CivilDate { CivilDate(dayNumber: CivilDate.dayNumbers.lowerBound).replaced(year, month) }
  package var last: CivilDate { first.advanced(byDays: length - 1) }
  package var length: Int { CivilDate.length(ofMonth: month, year: year) }
  package var next: CalendarMonth { CalendarMonth(last.advanced(byDays: 1)) }
  package var previous: CalendarMonth { CalendarMonth(first.advanced(byDays: -1)) }

  package static func < (a: CalendarMonth, b: CalendarMonth) -> Bool { (a.year, a.month) < (b.year, b.month) }
}

extension CivilDate {
  /// The first day of a month that is known to exist.
  fileprivate func replaced(_ year: Int, _ month: Int) -> CivilDate {
    CivilDate(year: year, month: month, day: 1) ?? self
  }

  /// Monday to Monday, with the year's first Thursday in week 1. Source: ISO 8601-1:2019, section 3.1.1.23.
  var isoWeek: Int {
    let thursday = advanced(byDays: 4 - weekday.rawValue)
    let newYear = CivilDate(year: thursday.year, month: 1, day: 1) ?? thursday
    return Int(thursday.dayNumber - newYear.dayNumber) / 7 + 1
  }
}
