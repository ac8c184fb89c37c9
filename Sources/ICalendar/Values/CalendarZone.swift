package import CivilTime

/// A VTIMEZONE turned into its changes of offset. Source: RFC 5545, section 3.6.5.
package struct CalendarZone: Sendable {
  package struct Change: Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    package var instant: Int64
    var from: Int64
    var to: Int64
  }

  package let name: String
  package let line: Int
  /// Ascending.
  package private(set) var changes: [Change] = []
  /// Whether each part could be read.
  package private(set) var isComplete = true

  /// Changes after this year are not needed by any rule here.
  package static let lastDay = CivilDate(year: 2099, month: 12, day: 31) ?? CivilDate(dayNumber: 47_481)

  /// A zone of which only the name counts.
  package init(unevaluated name: String, line: Int) {
    self.name = name
    self.line = line
    isComplete = false
  }

  /// - Parameter budget: days that may still be looked at for all rules of a file.
  package init(name: String, component: CalendarComponent, letting leniency: Leniency, budget: inout Int) {
    self.name = name
    line = component.line
    for part in component.children where part.name == "STANDARD" || part.name == "DAYLIGHT" {
      guard let start = part.first("DTSTART")?.time(letting: leniency), case .local(let start, _) = start,
        let from = part.first("TZOFFSETFROM")?.offset(letting: leniency)?.seconds,
        let to = part.first("TZOFFSETTO")?.offset(letting: leniency)?.seconds
      else {
        isComplete = false
        continue
      }
      var onsets = [start]
      for property in part.all("RRULE") {
        // Hours and minutes there repeat those of DTSTART.
        let parts = property.value.uppercased().split(separator: ";")
          .filter { part in !["BYHOUR=", "BYMINUTE=", "BYSECOND="].contains { part.hasPrefix($0) } }
        guard let rule = try? RecurrenceRule(parts.joined(separator: ";"), letting: leniency.union(.anyRule)) else {
          isComplete = false
          continue
        }
        let limit = rule.until.map { Int64($0.civil.secondsSinceCivilEpoch) + ($0.isUTC ? Int64(from) : 0) }
        let found = rule.occurrences(from: start, limit: 1000, last: CalendarZone.lastDay, budget: &budget)
        if found == nil { isComplete = false }
        onsets += (found ?? []).filter { $0.secondsSinceCivilEpoch <= limit ?? .max }
      }
      for property in part.all("RDATE") {
        for item in property.value.split(separator: ",") {
          if let time = property.time(String(item), letting: leniency) { onsets.append(time.civil) }
        }
      }
      changes += onsets.map {
        Change(instant: $0.secondsSinceCivilEpoch - Int64(from), from: Int64(from), to: Int64(to))
      }
    }
    changes.sort { $0.instant < $1.instant }
  }

  /// Seconds east at an instant.
  package func offset(at instant: Int64) -> Int64 {
    let next = changes.partitioningIndex { $0.instant > instant }
    return next == 0 ? changes.first?.from ?? 0 : changes[next - 1].to
  }

  /// The instants that show `civil`, ascending: one; two in a fold; none in a gap.
  package func instants(_ civil: CivilDateTime) -> [Int64] {
    let local = civil.secondsSinceCivilEpoch
    let offsets = Set([-86_400, 86_400].map { offset(at: local + $0) })
    return offsets.map { local - $0 }.filter { offset(at: $0) == local - $0 }.sorted()
  }

  /// The first instant between 2024 and 2036 at which the rules of the tz database say otherwise.
  package func firstDisagreement(with rules: ZoneRules) -> Int64? {
    let first: Int64 = 1_704_067_200
    let last: Int64 = 2_082_758_400
    var probes = Array(stride(from: first, to: last, by: 86_400))
    for change in changes where (first...last).contains(change.instant) {
      probes += [change.instant - 1, change.instant]
    }
    return probes.sorted().first {
      offset(at: $0) != Int64(rules.offset(at: Instant(secondsSinceEpoch: $0)).seconds)
    }
  }
}
