import CivilTime

/// Looks for the smallest sets of rules that would have to give way for a work that a plan leaves out.
struct Explainer {
  let release: Release
  let model: PlacingModel
  let plan: Starts
  /// Effort that is left.
  var effort: Int

  /// Nil where it would take more effort.
  mutating func explain(_ work: Int) -> WorkExplanation? {
    let id = model.works[work].id
    guard let source = release.works.first(where: { $0.id == id }) else { return nil }
    let important = model.works.indices.filter {
      plan[$0] != unplaced && model.works[$0].priority >= model.works[work].priority
    }
    guard !hasNoStart(work, source, Set(ReleaseRule.allCases)) else {
      return WorkExplanation(work: id, reason: "impossible", sets: [])
    }
    let rules = ReleaseRule.allCases.filter { matters($0, source) }
    for size in 0...rules.count {
      var sets: [[ReleaseRule]] = []
      for set in rules.subsets(of: size) {
        guard !hasNoStart(work, source, Set(set)) else { continue }
        guard let isPlaced = places(work, important, lifting: Set(set)) else { return nil }
        if isPlaced { sets.append(set) }
      }
      if !sets.isEmpty {
        return WorkExplanation(work: id, reason: sets[0].first?.rawValue ?? "outweighed", sets: sets)
      }
    }
    return nil
  }

  /// Whether lifting the rule can change anything: one that cannot is part of no smallest set.
  private func matters(_ rule: ReleaseRule, _ work: Release.Work) -> Bool {
    let services = release.services.filter { work.services.contains($0.name) }
    switch rule {
    case .fixed: return work.fixed != nil
    case .notice: return services.contains { $0.notice.seconds > 0 }
    case .notBefore: return work.notBefore != nil
    case .deadline: return work.deadline != nil
    case .window, .overlap: return true
    case .rollback: return work.rollback > 0
    case .freeze: return services.contains { !$0.freezes.isEmpty }
    case .booking: return services.contains { !$0.bookings.isEmpty }
    case .dependency: return !work.after.isEmpty
    case .together: return !work.together.isEmpty
    case .crew, .rest: return !work.crew.isEmpty
    case .interruptions: return work.isVisible && services.contains { $0.maxInterruptions != nil }
    }
  }

  private func hasNoStart(_ work: Int, _ source: Release.Work, _ rules: Set<ReleaseRule>) -> Bool {
    var row = model.works[work]
    row.lifted = rules
    if rules.contains(.crew) { row.crew = [] }
    return model.starts(release, source, row, MinuteClock(base: model.base)).isEmpty
  }

  /// Whether some plan places the work and all that is as important; nil where the effort is spent.
  private mutating func places(_ work: Int, _ important: [Int], lifting rules: Set<ReleaseRule>) -> Bool? {
    let lifted = rules.isEmpty ? model : PlacingModel(release, lifting: (model.works[work].id, rules))
    // Whoever must be placed needs those that it waits for; nobody else has to be.
    var needed = Set(important + [work])
    var open = Array(needed)
    while let next = open.popLast() {
      for other in lifted.works[next].after.map(\.work) + lifted.works[next].together.map(\.work)
      where needed.insert(other).inserted { open.append(other) }
    }
    guard needed.allSatisfy({ !lifted.works[$0].starts.isEmpty }) else { return false }
    var frame = plan
    for other in frame.indices where !needed.contains(other) { frame[other] = unplaced }
    let away = needed.filter { frame[$0] == unplaced }
    // First with all others where they are.
    for moving in [away.sorted(), needed.sorted()] {
      let puzzle = Puzzle(lifted, moving: moving, in: frame, goal: .placing)
      var search = PlanSearch(puzzle, cutoff: never / 4, limit: 20_000)
      search.rootRounds = 4
      search.stopsAtFirst = true
      search.effortLimit = effort
      search.run(search.root(), rounds: search.rootRounds)
      effort -= search.table.effort + 10
      if search.found != nil { return true }
      if !search.isComplete, moving.count == needed.count { return nil }
    }
    return false
  }
}

extension Array {
  /// All choices of `count` elements, in order.
  func subsets(of count: Int) -> [[Element]] {
    guard count > 0 else { return [[]] }
    guard self.count >= count else { return [] }
    let rest = Array(dropFirst())
    return rest.subsets(of: count - 1).map { [self[0]] + $0 } + rest.subsets(of: count)
  }
}
