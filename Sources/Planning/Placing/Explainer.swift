import CivilTime

/// Looks for the smallest sets of rules that would have to give way for a work that a plan leaves out.
struct Explainer {
  let release: Release
  let model: PlacingModel
  let plan: Starts
  /// Effort that is left.
  var effort: Int
  /// Rules that are not lifted.
  var kept: Set<ReleaseRule> = []

  /// Nil where it would take more effort.
  mutating func explain(_ work: Int) -> WorkExplanation? {
    let id = model.works[work].id
    guard let source = release.works.first(where: { $0.id == id }) else { return nil }
    let important = important(work)
    guard !hasNoStart(work, source, Set(ReleaseRule.allCases).subtracting(kept)) else {
      return WorkExplanation(work: id, reason: "impossible", sets: [])
    }
    let rules = ReleaseRule.allCases.filter { !source.exempt.union(kept).contains($0) && matters($0, source) }
    for size in 0...rules.count {
      var sets: [[ReleaseRule]] = []
      for set in rules.subsets(of: size) {
        guard !hasNoStart(work, source, Set(set)) else { continue }
        switch place(work, important, in: set.isEmpty ? model : PlacingModel(release, lifting: (id, Set(set)))) {
        case .placed: sets.append(set)
        case .impossible: break
        case .open: return nil
        }
      }
      if !sets.isEmpty {
        return WorkExplanation(work: id, reason: sets[0].first?.rawValue ?? "outweighed", sets: sets)
      }
    }
    return nil
  }

  /// What is placed, and as important as a work that is not.
  func important(_ work: Int) -> [Int] {
    model.works.indices.filter { plan[$0] != unplaced && model.works[$0].priority >= model.works[work].priority }
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
    row.lifted = rules.union(source.exempt)
    if rules.contains(.crew) { row.crew = [] }
    return model.starts(release, source, row, MinuteClock(base: model.base)).isEmpty
  }

  enum Attempt {
    case placed(Starts)
    case impossible
    /// The effort is spent.
    case open
  }

  /// Looks for a plan that places the work and all that is as important.
  mutating func place(_ work: Int, _ important: [Int], in lifted: PlacingModel) -> Attempt {
    // Whoever must be placed needs those that it waits for; nobody else has to be.
    var needed = Set(important + [work])
    var open = Array(needed)
    while let next = open.popLast() {
      for other in lifted.works[next].after.map(\.work) + lifted.works[next].together.map(\.work)
      where needed.insert(other).inserted { open.append(other) }
    }
    guard needed.allSatisfy({ !lifted.works[$0].starts.isEmpty }) else { return .impossible }
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
      if let found = search.found { return .placed(search.starts(found)) }
      if !search.isComplete, moving.count == needed.count { return .open }
    }
    return .impossible
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
