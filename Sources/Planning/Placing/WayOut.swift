public import CivilTime

/// What would give a work that a plan leaves out its place, and what the release would be like then.
public struct WayOut: Sendable {
  /// Rules that give way, for this work alone.
  public var rules: [ReleaseRule]
  /// How far a notice, a bound or a rollback gives way; without a rule, how much shorter the work is. The least that is
  /// enough, in steps of the grid.
  public var length: Elapsed?
  /// In the order of ids; nil is not placed.
  public var starts: [(work: String, start: Instant?)]
  /// Nil where only a plan that places the work and all that is as important was looked for, not the best one.
  public var score: PlanScore?

  public init(rules: [ReleaseRule], length: Elapsed?, starts: [(work: String, start: Instant?)], score: PlanScore?) {
    (self.rules, self.length, self.starts, self.score) = (rules, length, starts, score)
  }
}

extension ReleasePlanner {
  /// Ways to place a work that `plan` leaves out beside all that is as important: by the smallest sets of rules, three at
  /// most, and by half as long a work or more. Empty where none was found with so many steps.
  public func ways(
    for explanation: WorkExplanation, beside plan: ReleasePlan, _ budget: PlanningBudget,
    isCancelled: @escaping () -> Bool
  ) -> [WayOut] {
    guard let work = model.works.firstIndex(where: { $0.id == explanation.work }),
      let source = release.works.first(where: { $0.id == explanation.work }), explanation.reason != "outweighed"
    else { return [] }
    let clock = MinuteClock(base: model.base)
    let starts = plan.starts.map { row in row.start.map { Int32(clamping: clock.floor($0)) } ?? unplaced }
    var explainer = Explainer(release: release, model: model, plan: starts, effort: budget.steps / 2)
    let important = explainer.important(work)
    let choices = explanation.sets.prefix(3) + (source.duration >= 2 * release.grid ? [[]] : [])
    return choices.compactMap { rules -> WayOut? in
      func attempt(_ minutes: Int?) -> Starts? {
        if isCancelled() { return nil }
        let model = PlacingModel(bent(source, rules, minutes))
        guard case .placed(let found) = explainer.place(work, important, in: model) else { return nil }
        return found
      }
      var length = greatest(source, rules)
      guard var found = attempt(length) else { return nil }
      if let most = length {
        var (low, high) = (0, (most + release.grid - 1) / release.grid)
        while high - low > 1 {
          let middle = (low + high) / 2
          if let nearer = attempt(middle * release.grid) {
            (high, found) = (middle, nearer)
          } else {
            low = middle
          }
        }
        length = min(most, high * release.grid)
      }
      let best = ReleasePlanner(bent(source, rules, length)).plan(
        PlanningBudget(steps: budget.steps / 8, seed: budget.seed, explicable: 0), isCancelled: isCancelled)
      let isBetter = best.starts[work].start != nil
      return WayOut(
        rules: rules, length: length.map { .minutes(Int64($0)) },
        starts: isBetter
          ? best.starts : zip(model.works, found).map { ($0.id, $1 == unplaced ? nil : clock.instant($1)) },
        score: isBetter ? best.score : nil)
    }
  }

  private func notice(_ work: Release.Work) -> Elapsed {
    release.services.filter { work.services.contains($0.name) }.map(\.notice).max() ?? .zero
  }

  /// How many minutes the only rule can give way, or the work be shorter; nil for rules that hold or do not.
  private func greatest(_ work: Release.Work, _ rules: [ReleaseRule]) -> Int? {
    func minutes(_ length: Elapsed) -> Int { max(1, Int(clamping: (length.seconds + 59) / 60)) }
    guard rules.count <= 1 else { return nil }
    switch rules.first {
    case nil: return work.duration / 2
    case .notice: return minutes(notice(work))
    case .notBefore: return work.notBefore.map { minutes($0 - release.now) }
    case .deadline: return work.deadline.map { minutes(release.horizon - $0) }
    case .rollback: return work.rollback
    default: return nil
    }
  }

  /// The release in which some rules give way to one work: by so many minutes, or wholly.
  private func bent(_ work: Release.Work, _ rules: [ReleaseRule], _ minutes: Int?) -> Release {
    var bent = work
    if let minutes {
      let length = Elapsed.minutes(Int64(minutes))
      switch rules.first {
      case .notice:
        bent.exempt.insert(.notice)
        bent.notBefore = max(work.notBefore ?? release.now, release.now + notice(work) - length)
      case .notBefore: bent.notBefore = work.notBefore.map { $0 - length }
      case .deadline: bent.deadline = work.deadline.map { $0 + length }
      case .rollback: bent.rollback -= minutes
      default: bent.duration -= minutes
      }
    } else {
      bent.exempt.formUnion(rules)
    }
    var release = release
    release.works = release.works.map { $0.id == work.id ? bent : $0 }
    return release
  }
}

extension ReleasePlanner {
  /// What a person does with a finder of slots: fixed works first, then the most important, those of an early deadline, in
  /// the order of ids; each, once those that it waits for are decided, at its earliest start beside those before it.
  public func slotBySlot() -> ReleasePlan {
    let sources = Dictionary(release.works.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let order = model.works.indices.sorted { a, b in
      let (x, y) = (sources[model.works[a].id], sources[model.works[b].id])
      return (x?.fixed == nil ? 1 : 0, -model.works[a].priority, x?.deadline ?? .latest, a)
        < (y?.fixed == nil ? 1 : 0, -model.works[b].priority, y?.deadline ?? .latest, b)
    }
    var plan = Starts(repeating: unplaced, count: model.works.count)
    var waiting = order
    while let place = waiting.firstIndex(where: { work in
      !model.works[work].after.contains { waiting.contains($0.work) }
        && !model.works[work].together.contains { waiting.contains($0.work) }
    }) {
      let work = waiting.remove(at: place)
      for start in model.works[work].starts {
        plan[work] = start
        if model.conflict(plan, [work]) == nil { break }
        plan[work] = unplaced
      }
    }
    let (clock, score) = (MinuteClock(base: model.base), model.score(plan))
    return ReleasePlan(
      starts: zip(model.works, plan).map { ($0.id, $1 == unplaced ? nil : clock.instant($1)) }, score: score,
      isProven: false, bound: score, explanations: nil, steps: 0)
  }
}
