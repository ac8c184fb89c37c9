package import CivilTime
package import Planning

/// A release and the plan that was found for it, with all that is told of it.
package struct PlannedRelease: Sendable {
  package var file: ReleaseFile
  /// Terms, bookings and works as they were planned with.
  package var release: Release
  package var plan: ReleasePlan
  /// The same works, each at its earliest free time in turn.
  package var slotBySlot: ReleasePlan
  /// What would give those that are left out their place.
  package var ways: [String: [WayOut]]
  /// Nil where nobody waits for approval.
  package var approvedBy: Instant?
  /// Whether somebody stopped the search.
  package var isInterrupted: Bool
  package var isSimulation: Bool
  /// Changes of the file that were not to be planned.
  package var excepted: [String]

  package init(
    file: ReleaseFile, release: Release, plan: ReleasePlan, slotBySlot: ReleasePlan, ways: [String: [WayOut]],
    approvedBy: Instant?, isInterrupted: Bool, isSimulation: Bool, excepted: [String]
  ) {
    (self.file, self.release, self.plan, self.slotBySlot) = (file, release, plan, slotBySlot)
    (self.ways, self.approvedBy, self.isInterrupted) = (ways, approvedBy, isInterrupted)
    (self.isSimulation, self.excepted) = (isSimulation, excepted)
  }

  package typealias Placed = (change: ReleaseFile.Change, interval: Interval)

  /// By start, then in the order of the file.
  package var placed: [Placed] {
    let starts = Dictionary(plan.starts.map { ($0.work, $0.start) }, uniquingKeysWith: { first, _ in first })
    let rows = file.changes.compactMap { change -> Placed? in
      guard let start = starts[change.work.id] ?? nil, let interval = change.interval(from: start) else { return nil }
      return (change, interval)
    }
    return rows.enumerated().sorted { ($0.element.interval.start, $0.offset) < ($1.element.interval.start, $1.offset) }
      .map(\.element)
  }

  /// What finds no place, in the order of the file.
  package var left: [ReleaseFile.Change] {
    let names = Set(plan.starts.filter { $0.start == nil }.map(\.work))
    return file.changes.filter { names.contains($0.work.id) }
  }

  package func explanation(of id: String) -> WorkExplanation? { plan.explanations?.first { $0.work == id } }

  /// What is placed, night by night: all that starts from one noon to the next. The date is that of the first noon.
  package var nights: [(evening: CivilDate, works: [Placed])] { release.zone.nights(placed, start: \.interval.start) }

  package func evening(of instant: Instant) -> CivilDate { release.zone.evening(of: instant) }

  /// The latest moment at which all of it can be submitted with notice enough; nil where nothing needs notice.
  package var submitBy: Instant? {
    placed.flatMap { row in
      row.change.contents.compactMap { content in
        var content = content
        content.interval = row.interval
        return file.contracts[content.service]?.latestPublication(of: content)
      }
    }.min()
  }

  /// When the last work of a plan ends; nil where it places nothing.
  package func end(of plan: ReleasePlan) -> Instant? {
    let works = Dictionary(file.changes.map { ($0.work.id, $0) }, uniquingKeysWith: { first, _ in first })
    return plan.starts.compactMap { row in row.start.flatMap { works[row.work]?.interval(from: $0)?.end } }.max()
  }
}

extension ReleaseFile.Change {
  package func interval(from start: Instant) -> Interval? {
    Interval(start: start, length: .minutes(Int64(work.duration)))
  }
}

extension ZoneRules {
  /// Works in order of their starts, night by night: all that starts from one noon to the next, under the date of the first noon.
  package func nights<Work>(_ works: [Work], start: (Work) -> Instant) -> [(evening: CivilDate, works: [Work])] {
    var nights: [(evening: CivilDate, works: [Work])] = []
    for work in works {
      let evening = evening(of: start(work))
      if nights.last?.evening == evening {
        nights[nights.count - 1].works.append(work)
      } else {
        nights.append((evening, [work]))
      }
    }
    return nights
  }

  fileprivate func evening(of instant: Instant) -> CivilDate {
    let civil = civil(instant)
    return civil.time.hour < 12 ? civil.date.advanced(byDays: -1) : civil.date
  }
}
