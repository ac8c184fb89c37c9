public import CivilTime

/// How far a search goes. The same release, steps and seed give the same plan on every machine.
public struct PlanningBudget: Sendable {
  /// Effort, some thousands of comparisons each.
  public var steps: Int
  public var seed: UInt64
  /// Of a release of more works, what finds no place is not explained.
  public var explicable: Int
  /// Rules that no explanation lifts.
  public var kept: Set<ReleaseRule>

  public init(steps: Int, seed: UInt64 = 1, explicable: Int = 15, kept: Set<ReleaseRule> = []) {
    self.kept = kept
    self.steps = steps
    self.seed = seed
    self.explicable = explicable
  }
}

/// The answer to a release.
public struct ReleasePlan: Sendable {
  /// In the order of ids; nil is not placed.
  public var starts: [(work: String, start: Instant?)]
  public var score: PlanScore
  /// Whether no plan is better; the plan is then the only one of its score that the rule of ties names.
  public var isProven: Bool
  /// The first part holds for every plan, each other one for plans at least as good in the parts before it.
  public var bound: PlanScore
  /// Of works that are not placed; nil where they were not asked for.
  public var explanations: [WorkExplanation]?
  public var steps: Int
}

/// Why a work is not placed.
public struct WorkExplanation: Sendable {
  public var work: String
  /// A label: the first rule of the first set, `outweighed` or `impossible`.
  public var reason: String
  /// All smallest sets of rules that would have to give way.
  public var sets: [[ReleaseRule]]
}

/// Places a release.
public struct ReleasePlanner: Sendable {
  let release: Release
  let model: PlacingModel

  public init(_ release: Release) {
    self.release = release
    model = PlacingModel(release)
  }

  /// - Parameter isCancelled: asked now and then; once it is true the best plan so far is the answer.
  public func plan(_ budget: PlanningBudget, isCancelled: @escaping () -> Bool) -> ReleasePlan {
    var effort = Effort(limit: budget.steps)
    var plan = greedy(&effort)
    var improvement = Improvement(seed: budget.seed)
    improvement.sweep(&plan, self, &effort)
    var isProven = false
    var bound: LowerBound?
    if model.works.count <= ReleasePlanner.provable {
      (isProven, bound) = prove(&plan, &improvement, &effort, isCancelled)
    } else {
      bound = LowerBound(model, plan, effort: &effort)
      improvement.run(&plan, self, &effort, until: effort.limit, isCancelled)
    }
    let score = model.score(plan)
    var explanations: [WorkExplanation]?
    if model.works.count <= budget.explicable {
      var explainer = Explainer(
        release: release, model: model, plan: plan, effort: effort.limit / 8, kept: budget.kept)
      explanations = model.works.indices.filter { plan[$0] == unplaced }.compactMap { explainer.explain($0) }
    }
    let clock = MinuteClock(base: model.base)
    return ReleasePlan(
      starts: zip(model.works, plan).map { ($0.id, $1 == unplaced ? nil : clock.instant($1)) },
      score: score, isProven: isProven, bound: isProven ? score : bound?.score(model, score) ?? model.least(score),
      explanations: explanations, steps: effort.used)
  }

  /// More works than this are not proven.
  private static let provable = 40

  /// Searches and improves in turn, each time for longer, until the plan is proven or the effort spent.
  private func prove(
    _ plan: inout Starts, _ improvement: inout Improvement, _ effort: inout Effort,
    _ isCancelled: @escaping () -> Bool
  ) -> (isProven: Bool, bound: LowerBound?) {
    var bound: LowerBound?
    let all = Array(model.works.indices)
    // What is small is proven soon, and improving finds little there.
    let isSmall = all.count <= 20
    var share = isSmall ? 400_000 : 100_000
    if !isSmall { improvement.run(&plan, self, &effort, until: effort.used + 10_000, isCancelled) }
    while !effort.isSpent, !isCancelled() {
      let puzzle = Puzzle(model, moving: all, in: plan)
      guard puzzle.scale.isExact else { break }
      var search = PlanSearch(puzzle, cutoff: never, limit: .max)
      search.effortLimit = min(share, effort.limit - effort.used)
      search.isCancelled = isCancelled
      search.solve(from: plan)
      if let found = search.found { plan = search.starts(found) }
      if search.isComplete {
        search.effortLimit = effort.limit - effort.used
        plan = search.canonical(plan)
        effort.used += search.table.effort
        return (true, nil)
      }
      bound = LowerBound(cost: search.rootBound, scale: puzzle.scale)
      effort.used += search.table.effort
      let pause = isSmall ? share / 4 : share
      improvement.run(&plan, self, &effort, until: min(effort.limit, effort.used + pause), isCancelled)
      share *= 2
    }
    if effort.isSpent || isCancelled() { return (false, bound) }
    improvement.run(&plan, self, &effort, until: effort.limit, isCancelled)
    return (false, bound)
  }

  struct Effort {
    var limit: Int
    var used = 0
    var isSpent: Bool { used >= limit }
    init(limit: Int) { self.limit = limit }
  }

  // MARK: First plan

  /// Works one after the other, each where it costs least: what is fixed first, then the most important.
  private func greedy(_ effort: inout Effort) -> Starts {
    var plan = Starts(repeating: unplaced, count: model.works.count)
    var isDone = [Bool](repeating: false, count: model.works.count)
    let order = model.works.indices.sorted { a, b in
      let (x, y) = (model.works[a], model.works[b])
      return (x.starts.count == 1 ? 0 : 1, -x.priority, x.starts.count, a)
        < (y.starts.count == 1 ? 0 : 1, -y.priority, y.starts.count, b)
    }
    func place(_ work: Int) {
      isDone[work] = true
      for row in model.works[work].after where !isDone[row.work] { place(row.work) }
      for row in model.works[work].together where !isDone[row.work] { place(row.work) }
      optimise(&plan, [work], nodes: 60, &effort)
    }
    for work in order where !isDone[work] { place(work) }
    return plan
  }

  /// Places some works anew at the least cost; leaves the plan as it is where nothing cheaper is found.
  @discardableResult
  func optimise(
    _ plan: inout Starts, _ works: [Int], nodes: Int, _ effort: inout Effort, most: Int = .max,
    within windows: [Set<Int32>]? = nil, chance: (seed: UInt64, spare: Int)? = nil
  ) -> Bool {
    let puzzle = Puzzle(
      model, moving: works, in: plan, goal: chance.map { .structure($0.seed) } ?? .best, within: windows)
    // By chance plans change that are no worse.
    let cutoff = puzzle.cost(plan) + puzzle.scale.interruption * Int64(chance.map { $0.spare + 1 } ?? 0)
    var search = PlanSearch(puzzle, cutoff: cutoff, limit: nodes)
    search.rootRounds = 4
    search.rounds = 2
    search.effortLimit = most
    search.run(search.root(), rounds: search.rootRounds)
    effort.used += search.table.effort + works.count
    guard let found = search.found else { return false }
    plan = search.starts(found)
    return true
  }
}

/// SplitMix64: the same numbers on every machine. Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014.
struct RandomSource {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ count: Int) -> Int { count > 1 ? Int(next() % UInt64(count)) : 0 }

  mutating func sample(_ items: [Int], _ count: Int) -> [Int] {
    var items = items
    for index in 0..<min(count, items.count) { items.swapAt(index, index + below(items.count - index)) }
    return Array(items.prefix(count))
  }
}
