import CivilTime

/// A VTIMEZONE turned into its changes of offset. Source: RFC 5545, section 3.6.5.
struct FeedZone: Sendable {
  struct Change: Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    var instant: Int64
    var from: Int64
    var to: Int64
  }

  var name: String
  var line: Int
  /// Ascending.
  private(set) var changes: [Change] = []
  /// Whether each part could be read.
  private(set) var isComplete = true

  /// Changes after this year are not needed by any rule here.
  static let lastDay = CivilDate(year: 2037, month: 12, day: 31) ?? CivilDate(dayNumber: 24_836)

  /// A zone of which only the name counts.
  init(unevaluated name: String, line: Int) {
    self.name = name
    self.line = line
    isComplete = false
  }

  /// - Parameter budget: days that may still be looked at for all rules of a file.
  init(name: String, component: FeedComponent, budget: inout Int) {
    self.name = name
    line = component.line
    for part in component.children where part.name == "STANDARD" || part.name == "DAYLIGHT" {
      guard let start = part.first("DTSTART").flatMap({ FeedTime($0.value) }), start.scale == .floating,
        let from = part.first("TZOFFSETFROM").flatMap({ FeedOffset.seconds($0.value) }),
        let to = part.first("TZOFFSETTO").flatMap({ FeedOffset.seconds($0.value) })
      else {
        isComplete = false
        continue
      }
      var onsets = [start.civil]
      for property in part.all("RRULE") {
        guard let rule = try? FeedRule(property.value) else {
          isComplete = false
          continue
        }
        let limit = rule.until.map { Int64($0.civil.secondsSinceCivilEpoch) + ($0.scale == .utc ? Int64(from) : 0) }
        let found = rule.occurrences(from: start.civil, limit: 1000, last: FeedZone.lastDay, budget: &budget)
        if found == nil { isComplete = false }
        onsets += (found ?? []).filter { $0.secondsSinceCivilEpoch <= limit ?? .max }
      }
      for property in part.all("RDATE") {
        for item in property.value.split(separator: ",") {
          if let time = FeedTime(String(item)) { onsets.append(time.civil) }
        }
      }
      changes += onsets.map {
        Change(instant: $0.secondsSinceCivilEpoch - Int64(from), from: Int64(from), to: Int64(to))
      }
    }
    changes.sort { $0.instant < $1.instant }
  }

  /// Seconds east at an instant.
  func offset(at instant: Int64) -> Int64 {
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].instant <= instant { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? changes.first?.from ?? 0 : changes[low - 1].to
  }

  /// The instants that show `civil`, ascending: one; two in a fold; none in a gap.
  func instants(_ civil: CivilDateTime) -> [Int64] {
    let local = civil.secondsSinceCivilEpoch
    let offsets = Set([-86_400, 86_400].map { offset(at: local + $0) })
    return offsets.map { local - $0 }.filter { offset(at: $0) == local - $0 }.sorted()
  }

  /// The first instant between 2024 and 2036 at which the rules of the tz database say otherwise.
  func firstDisagreement(with rules: ZoneRules) -> Int64? {
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
