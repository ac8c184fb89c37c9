/// Makes a plan better by taking some works out of it and placing them anew at the least cost, again and again: large
/// neighbourhood search. Source: P. Shaw, "Using constraint programming and local search methods to solve vehicle routing
/// problems", CP-98; which neighbourhood is taken follows what each has gained.
struct Improvement {
  private var random: RandomSource
  private var rounds = 0
  /// How likely each kind is, in proportion.
  private var weights = [Int](repeating: 64, count: Neighbourhood.allCases.count)
  /// How many works are taken out at most.
  private var size = 7

  /// A window that the works of a neighbourhood have to leave.
  private var closed: PlacingModel.Pair?

  enum Neighbourhood: Int, CaseIterable {
    /// Works of one service; of two that share a work; of one person.
    case service, services, person
    /// Works that lie close to one in time, of what it is related to.
    case time
    /// A work that has no place, and what stands in its way.
    case left
    /// Works of a window that few of them interrupt, and others of the service.
    case window
    /// Works that depend on each other.
    case chain
  }

  init(seed: UInt64) { random = RandomSource(seed: seed) }

  /// Each service once, then whatever has no place.
  mutating func sweep(_ plan: inout Starts, _ planner: ReleasePlanner, _ effort: inout ReleasePlanner.Effort) {
    let model = planner.model
    for service in model.services.indices where model.members[service].count > 1 {
      let works = random.sample(model.members[service], 7).sorted()
      planner.optimise(&plan, works, nodes: 12, &effort)
    }
    for work in model.works.indices where plan[work] == unplaced && !model.works[work].starts.isEmpty {
      planner.optimise(&plan, around(work, plan, model, 7), nodes: 12, &effort)
    }
  }

  mutating func run(
    _ plan: inout Starts, _ planner: ReleasePlanner, _ effort: inout ReleasePlanner.Effort, until limit: Int,
    _ isCancelled: () -> Bool
  ) {
    let model = planner.model
    var best = model.score(plan)
    // Plans that are equal in weight and interruptions are wandered through from time to time.
    var (walk, wandering, stay) = (plan, 0, Improvement.stay)
    while effort.used < limit, !isCancelled() {
      rounds += 1
      if wandering == 0, stay == 0 { (walk, wandering) = (plan, Improvement.walk) }
      let isWandering = wandering > 0
      let kind = pick()
      closed = nil
      let current = isWandering ? walk : plan
      let works = neighbourhood(kind, current, model)
      if isWandering {
        wandering -= 1
        if wandering == 0 { stay = Improvement.stay / 4 }
      } else {
        stay -= 1
      }
      guard !works.isEmpty else { continue }
      let windows = closed == nil && rounds % 4 == 0 ? nil : windows(works, current, model)
      var next = current
      // A walk may have one interruption more than the best plan.
      let spare = isWandering ? max(0, best.interruptions + 1 - model.score(walk).interruptions) : 0
      let isFound = planner.optimise(
        &next, works, nodes: closed == nil ? 10 : 60, &effort, most: closed == nil ? 2_000 : 12_000, within: windows,
        chance: isWandering ? (random.next(), spare) : nil)
      var gain = 0
      if isFound {
        if isWandering { walk = next }
        let reached = model.score(next)
        if reached < best {
          gain = reached.placed > best.placed || reached.interruptions < best.interruptions ? 3 : 1
          if gain == 3 { (wandering, stay) = (0, Improvement.stay) }
          plan = next
          best = reached
        }
      }
      weights[kind.rawValue] = max(8, (weights[kind.rawValue] * 31 + gain * 400) / 32)
    }
  }

  /// Rounds from one walk to the next, and rounds of a walk.
  private static let stay = 1200
  private static let walk = 600

  private mutating func pick() -> Neighbourhood {
    var rest = random.below(weights.reduce(0, +))
    for (index, weight) in weights.enumerated() {
      if rest < weight { return Neighbourhood(rawValue: index) ?? .service }
      rest -= weight
    }
    return .service
  }

  private mutating func neighbourhood(_ kind: Neighbourhood, _ plan: Starts, _ model: PlacingModel) -> [Int] {
    let count = size - 2 + random.below(6)
    switch kind {
    case .service:
      return random.sample(model.members[random.below(model.services.count)], count).sorted()
    case .services:
      let first = random.below(model.services.count)
      let near = Set(model.members[first].flatMap { model.works[$0].services }).sorted()
      let second = near.isEmpty ? first : near[random.below(near.count)]
      return random.sample(Set(model.members[first] + model.members[second]).sorted(), count + 2).sorted()
    case .person:
      guard !model.people.isEmpty else { return [] }
      return random.sample(model.crews[random.below(model.people.count)], count).sorted()
    case .time:
      return close(random.below(model.works.count), plan, model, count + 2)
    case .left:
      let left = model.works.indices.filter { plan[$0] == unplaced && !model.works[$0].starts.isEmpty }
      guard !left.isEmpty else { return close(random.below(model.works.count), plan, model, count + 2) }
      let work = left[random.below(left.count)]
      return random.below(3) == 0 ? around(work, plan, model, count + 3) : instead(of: work, plan, model, count + 3)
    case .window:
      let service = random.below(model.services.count)
      return emptying(service, plan, model, 2 * count + 6)
    case .chain:
      let linked = model.works.indices.filter { !model.followers[$0].isEmpty }
      guard !linked.isEmpty else { return [] }
      return around(linked[random.below(linked.count)], plan, model, count)
    }
  }

  /// A work that is left out, those that it would push out at one of its starts, and some that lie near.
  private mutating func instead(of work: Int, _ plan: Starts, _ model: PlacingModel, _ count: Int) -> [Int] {
    let starts = model.works[work].starts
    var best: (weight: Int, start: Int32, works: Set<Int>)?
    for _ in 0..<6 {
      let start = starts[random.below(starts.count)]
      var pushed = pushed(by: work, at: start, plan, model)
      // What it waits for comes in time, at a start that pushes others out in turn.
      for row in model.works[work].after {
        let latest = Int(start) - row.least - model.works[row.work].duration
        let earliest = row.most.map { Int(start) - $0 - model.works[row.work].duration } ?? 0
        let known = Int(plan[row.work])
        guard plan[row.work] == unplaced || known > latest || known < earliest else { continue }
        let others = model.works[row.work].starts.filter { earliest <= Int($0) && Int($0) <= latest }
        guard !others.isEmpty else { continue }
        pushed.formUnion(self.pushed(by: row.work, at: others[random.below(others.count)], plan, model))
        pushed.formUnion(model.followers[row.work])
      }
      let weight = pushed.reduce(0) { $0 + model.works[$1].weight }
      if best.map({ weight < $0.weight }) ?? true { best = (weight, start, pushed) }
    }
    guard let best else { return [work] }
    var works = best.works.union([work])
    for other in model.works[work].after.map(\.work) + model.works[work].together.map(\.work) { works.insert(other) }
    let near = Set(works.sorted().flatMap { model.neighbours[$0].map(\.work) }).subtracting(works).sorted()
      .filter { plan[$0] != unplaced }
      .sorted { (abs(plan[$0] - best.start), $0) < (abs(plan[$1] - best.start), $1) }
    works.formUnion(random.sample(Array(near.prefix(2 * count)), max(0, count - works.count)))
    return works.sorted()
  }

  /// Works of the plan that would have to make room for one that starts at `start`.
  private func pushed(by work: Int, at start: Int32, _ plan: Starts, _ model: PlacingModel) -> Set<Int> {
    var pushed: Set<Int> = []
    for neighbour in model.neighbours[work] where plan[neighbour.work] != unplaced {
      model.forbidden(neighbour, to: neighbour.work, by: work, at: start) { low, high in
        if low < Int(plan[neighbour.work]), Int(plan[neighbour.work]) < high { pushed.insert(neighbour.work) }
      }
    }
    return pushed
  }

  private mutating func emptying(_ service: Int, _ plan: Starts, _ model: PlacingModel, _ count: Int) -> [Int] {
    var holders: [Int32: [Int]] = [:]
    for work in model.members[service] where plan[work] != unplaced && model.works[work].isVisible {
      guard let index = model.index(work, of: plan[work]), let slot = model.works[work].services.firstIndex(of: service)
      else { continue }
      let window = model.works[work].windows[slot][index]
      if !model.services[service].booked.contains(window) { holders[window, default: []].append(work) }
    }
    let few = holders.filter { $0.value.count <= 3 }.sorted { $0.key < $1.key }
    guard !few.isEmpty else { return [] }
    let chosen = few[random.below(few.count)]
    closed = PlacingModel.Pair(service: service, window: chosen.key)
    let works = Set(chosen.value)
    let others = Set(model.members[service] + works.sorted().flatMap { model.neighbours[$0].map(\.work) })
      .subtracting(works).sorted()
    return works.union(random.sample(others, max(0, count - works.count))).sorted()
  }

  /// Windows that a search among some works may use: those in use, those where the works lie, and a few more.
  private mutating func windows(_ works: [Int], _ plan: Starts, _ model: PlacingModel) -> [Set<Int32>] {
    var result = [Set<Int32>](repeating: [], count: model.services.count)
    for service in Set(works.flatMap { model.works[$0].services }).sorted() {
      result[service] = model.services[service].booked
      for work in model.members[service] where plan[work] != unplaced {
        guard let index = model.index(work, of: plan[work]),
          let slot = model.works[work].services.firstIndex(of: service)
        else { continue }
        result[service].insert(model.works[work].windows[slot][index])
      }
      // What has no place may look everywhere.
      for work in works where plan[work] == unplaced {
        guard let slot = model.works[work].services.firstIndex(of: service) else { continue }
        result[service].formUnion(model.works[work].windows[slot])
      }
      if closed?.service == service, let window = closed?.window { result[service].remove(window) }
      for _ in 0..<(closed == nil ? 2 : 0) {
        result[service].insert(Int32(random.below(model.services[service].windows.count)))
      }
    }
    return result
  }

  /// A work, what it depends on and what depends on it, and some of its neighbours.
  private mutating func around(_ work: Int, _ plan: Starts, _ model: PlacingModel, _ count: Int) -> [Int] {
    var works: Set = [work]
    for other in model.works[work].after.map(\.work) + model.works[work].together.map(\.work) + model.followers[work] {
      works.insert(other)
    }
    let near = Set(works.sorted().flatMap { model.neighbours[$0].map(\.work) }).subtracting(works).sorted()
    works.formUnion(random.sample(near, max(0, count - works.count)))
    return works.sorted()
  }

  /// Works that lie closest in time to one, of its own services and people and of those that these share works with.
  private mutating func close(_ work: Int, _ plan: Starts, _ model: PlacingModel, _ count: Int) -> [Int] {
    guard plan[work] != unplaced else { return around(work, plan, model, count) }
    let first = Set(model.neighbours[work].map(\.work)).union([work])
    let near = Set(first.sorted().flatMap { model.neighbours[$0].map(\.work) }).union(first)
    let order = near.sorted().filter { plan[$0] != unplaced }
      .sorted { (abs(plan[$0] - plan[work]), $0) < (abs(plan[$1] - plan[work]), $1) }
    return random.sample(Array(order.prefix(count * 2)), count).sorted()
  }
}
