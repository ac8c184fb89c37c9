/// What is proven of every plan, also where the best one is not known.
struct LowerBound {
  /// No plan costs less.
  private let cost: Int64
  private let scale: CostScale

  init(cost: Int64, scale: CostScale) {
    self.cost = cost
    self.scale = scale
  }

  /// - Parameter plan: any; what cannot be part of a better one is left out of account.
  init(_ model: PlacingModel, _ plan: Starts, effort: inout ReleasePlanner.Effort) {
    let puzzle = Puzzle(model, moving: Array(model.works.indices), in: plan, goal: .bound, width: 6)
    var search = PlanSearch(puzzle, cutoff: never, limit: 1)
    search.effortLimit = (effort.limit - effort.used) / 24
    cost = search.bound(from: plan, rounds: 12)
    scale = puzzle.scale
    effort.used += search.table.effort
  }

  /// Bounds of each part for plans at least as good as `score` in the parts before it.
  func score(_ model: PlacingModel, _ score: PlanScore) -> PlanScore {
    var bound = model.least(score)
    let total = model.works.reduce(0) { $0 + $1.weight }
    var rest = cost
    func digit(_ weight: Int64) -> Int {
      guard weight > 0 else { return 0 }
      let (digit, left) = rest.quotientAndRemainder(dividingBy: weight)
      rest = left
      return Int(digit)
    }
    bound.placed = total - digit(scale.weight)
    // A part says something only of plans that are best in all parts before it.
    guard bound.placed == score.placed else { return bound }
    bound.interruptions = max(bound.interruptions, model.bookedInterruptions + digit(scale.interruption))
    guard bound.interruptions == score.interruptions else { return bound }
    bound.disturbance = max(bound.disturbance, digit(scale.disturbance))
    guard bound.disturbance == score.disturbance, scale.earliness > 0 else { return bound }
    bound.earliness = max(bound.earliness, digit(scale.earliness))
    return bound
  }
}

extension PlacingModel {
  /// What any plan has that places as much as `score`: bookings, and the earliest ends of what is not left out.
  func least(_ score: PlanScore) -> PlanScore {
    let total = works.reduce(0) { $0 + $1.weight }
    let ends = works.map { work in (work, work.starts.first.map { work.priority * (Int($0) + work.duration) } ?? 0) }
    var sum = ends.reduce(0) { $0 + $1.1 }
    // The most that may be left out, as a share of the last one.
    var room = total - score.placed - works.filter(\.starts.isEmpty).reduce(0) { $0 + $1.weight }
    for (work, end) in ends.filter({ $0.1 > 0 }).sorted(by: { $0.1 * $1.0.weight > $1.1 * $0.0.weight }) where room > 0
    {
      sum -= min(end, (end * min(room, work.weight) + work.weight - 1) / work.weight)
      room -= work.weight
    }
    return PlanScore(placed: total, interruptions: bookedInterruptions, disturbance: 0, earliness: max(sum, 0))
  }
}
