import CivilTime

/// Turns the support hours of a contract into intervals, civil day by civil day.
struct SupportHours {
  /// In order, as the days came.
  private(set) var pieces: [Interval] = []
  /// Monday to Friday without public holidays, in order. Source: contract, article 1 (Jour ouvré).
  private(set) var businessDays: [Int32] = []
  /// For each business day the end of its support hours; where it has none, the last closing before. Nil where the
  /// days begin without any.
  private(set) var closings: [Instant?] = []
  private var lastClosing: Instant?

  /// The civil days `first` to `last`, both inclusive, each by the version in force on it.
  init(_ contract: Contract, from first: CivilDate, through last: CivilDate) {
    for (index, terms) in contract.versions.enumerated() {
      let from = index == 0 ? first : max(first, terms.effectiveFrom)
      let until = index + 1 < contract.versions.count ? contract.versions[index + 1].effectiveFrom : nil
      let through = until.map { min(last, $0.advanced(byDays: -1)) } ?? last
      if from <= through { append(terms, from: from, through: through) }
    }
  }

  private mutating func append(_ terms: ContractTerms, from first: CivilDate, through last: CivilDate) {
    var holidays: Set<Int32> = []
    var year = Int.min
    for dayNumber in first.dayNumber...last.dayNumber {
      let day = CivilDate(dayNumber: dayNumber)
      if day.year != year {
        year = day.year
        holidays = Set(terms.holidays.holidays(in: year).map(\.date.dayNumber))
      }
      if holidays.contains(dayNumber) { continue }
      let weekday = day.weekday
      for range in terms.support?.hours[weekday] ?? [] {
        let midnight = Int64(dayNumber) * 86_400
        let found = terms.timeZone.instants(showing: midnight + Int64(range.start)..<midnight + Int64(range.end))
        pieces += found
        if let end = found.last?.end { lastClosing = max(end, lastClosing ?? end) }
      }
      if weekday.rawValue <= Weekday.friday.rawValue {
        businessDays.append(dayNumber)
        closings.append(lastClosing)
      }
    }
  }
}

extension ZoneRules {
  /// The instants at which a clock shows a time of `civil` (seconds since 1970-01-01T00:00:00 on that clock): one
  /// interval, except where the clock changes: then what is skipped is missing, and what comes twice counts twice.
  func instants(showing civil: Range<Int64>) -> [Interval] {
    var start = civil.lowerBound - 86_400
    let end = civil.upperBound + 86_400
    let last = offset(at: Instant(secondsSinceEpoch: end))
    var pieces: [Interval] = []
    while start < end {
      let current = offset(at: Instant(secondsSinceEpoch: start))
      let change = current == last ? end : self.change(after: start, before: end, from: current)
      let first = max(start, civil.lowerBound - Int64(current.seconds))
      let behind = min(change, civil.upperBound - Int64(current.seconds))
      if let piece = Interval(start: Instant(secondsSinceEpoch: first), end: Instant(secondsSinceEpoch: behind)) {
        pieces.append(piece)
      }
      start = change
    }
    return pieces
  }

  /// The first second after `start` with another offset than `offset`; the tz database has no two changes within the
  /// three days that are asked about.
  private func change(after start: Int64, before end: Int64, from offset: UTCOffset) -> Int64 {
    var (low, high) = (start, end)
    while low + 1 < high {
      let middle = low + (high - low) / 2
      if self.offset(at: Instant(secondsSinceEpoch: middle)) == offset { low = middle } else { high = middle }
    }
    return high
  }
}
