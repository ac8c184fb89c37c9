/// Looks for the cheapest plan of a puzzle: lanes give bounds and what cannot be part of a cheaper plan, and where their
/// ways differ, the search branches.
struct PlanSearch {
  let puzzle: Puzzle
  var table = LaneTable()
  /// Only cheaper plans are looked for.
  var cutoff: Int64
  /// The cheapest plan that was found, as places among the starts of each work, -1 for none.
  var found: [Int32]?
  /// Nodes looked at, and how many may be.
  var nodes = 0
  var limit: Int
  /// Effort after which it stops, in that of `LaneTable`.
  var effortLimit = Int.max
  /// Whether the limits left nothing out.
  var isComplete = true
  /// How often lanes may pass costs to each other at the root, and below.
  var rootRounds = 100
  var rounds = 12
  var stopsAtFirst = false
  var isCancelled: () -> Bool = { false }
  var openRoot: Node?
  /// Whether starts changed since the rules between works were looked at.
  var needsPropagation = false
  /// Lanes that count, and those of people whose rests do: those in whose works a rest was missing.
  var isActive: [Bool]
  var rests: [Bool]
  /// The lane in which the costs of each work begin; nil where it has none.
  let anchors: [Puzzle.Place?]
  /// What was proven at the root.
  var rootBound: Int64 = 0

  init(_ puzzle: Puzzle, cutoff: Int64, limit: Int) {
    self.puzzle = puzzle
    self.cutoff = cutoff
    self.limit = limit
    isActive = puzzle.lanes.map { !$0.isRedundant }
    rests = puzzle.lanes.map { _ in false }
    anchors = puzzle.places.map { $0.first { !puzzle.lanes[$0.lane].isRedundant } }
  }

  struct Node {
    var domains: Domains
    /// Prices of each lane: what its members' starts cost there. Those of one start sum up to its cost over all lanes.
    var prices: [[Int64]]
    var bounds: [Int64]
    var choices: [[Int32]]
    /// Lanes whose starts, or whose prices, changed since they were worked out.
    var isDirty: [Bool]
    var isStale: [Bool]
    /// Cost of what has no lane.
    var bound: Int64 { bounds.reduce(0, +) }
  }

  func root() -> Node {
    var prices = puzzle.lanes.map { [Int64](repeating: 0, count: $0.size) }
    for work in puzzle.works.indices {
      guard let place = anchors[work] else { continue }
      // Costs begin in one lane.
      let offset = puzzle.lanes[place.lane].offsets[place.member]
      for (index, cost) in puzzle.costs[work].enumerated() { prices[place.lane][offset + index] = cost }
      prices[place.lane][offset + puzzle.starts[work].count] = puzzle.drops[work]
    }
    let lanes = puzzle.lanes.count
    return Node(
      domains: Domains(puzzle), prices: prices, bounds: [Int64](repeating: 0, count: lanes),
      choices: puzzle.lanes.map { [Int32](repeating: -1, count: $0.members.count) },
      isDirty: [Bool](repeating: true, count: lanes), isStale: [Bool](repeating: false, count: lanes))
  }

  /// Costs of works without a lane: those without a start are left out; others, whose rules were lifted, cost their least.
  func loose(_ node: Node) -> Int64 {
    var sum: Int64 = 0
    for work in puzzle.works.indices where anchors[work] == nil {
      var least = node.domains.canDrop[work] ? puzzle.drops[work] : never
      if node.domains.counts[work] > 0 {
        for index in node.domains.indices(work) { least = min(least, puzzle.costs[work][index]) }
      }
      sum = min(sum + least, never)
    }
    return sum
  }

  // MARK: Tightening

  /// Removes what cannot be part of a plan cheaper than the cutoff. Returns false when nothing is left.
  mutating func tighten(_ node: inout Node, rounds: Int) -> Bool {
    var (passes, before) = (0, Int64(0))
    let loose = loose(node)
    guard loose < cutoff else { return false }
    while true {
      guard propagate(&node) else { return false }
      var isQuiet = true
      for lane in puzzle.lanes.indices where isActive[lane] {
        guard node.isDirty[lane] || node.isStale[lane] && passes < rounds else { continue }
        isQuiet = false
        guard work(&node, lane, loose, passes: passes < rounds) else { return false }
        if needsPropagation, !propagate(&node) { return false }
      }
      passes += 1
      if isQuiet || table.effort >= effortLimit { return true }
      // Costs go on moving only as long as it helps.
      let bound = node.bound
      if passes > 3, bound - before < (cutoff - bound) >> 7 { passes = max(passes, rounds) }
      before = bound
    }
  }

  /// Works out one lane, filters by it, and passes what it does not need to the other lanes of its members.
  mutating func work(_ node: inout Node, _ number: Int, _ loose: Int64, passes: Bool) -> Bool {
    let lane = puzzle.lanes[number]
    table.effort += 1
    table.solve(lane, puzzle, node.domains, node.prices[number], rests: rests[number])
    node.isDirty[number] = false
    node.isStale[number] = false
    guard table.best < never else { return false }
    node.bounds[number] = table.best
    node.choices[number] = table.choice
    let total = node.bound + loose
    guard total < cutoff else { return false }
    let slack = cutoff - total
    var shared = 0
    for (member, work) in lane.members.enumerated() where !node.domains.isDecided(work) {
      let offset = lane.offsets[member]
      var changed = false
      for index in node.domains.indices(work) where table.marginals[offset + index] - table.best >= slack {
        if node.domains.remove(work, index) { changed = true }
      }
      let drop = offset + puzzle.starts[work].count
      if node.domains.canDrop[work], table.marginals[drop] - table.best >= slack {
        node.domains.canDrop[work] = false
        changed = true
      }
      if changed { touch(&node, work, except: number) }
      if isSplit(node, work) { shared += 1 }
    }
    guard passes, shared > 0 else { return true }
    for (member, work) in lane.members.enumerated() {
      let others = puzzle.places[work].filter { $0.lane != number && isActive[$0.lane] }
      guard !others.isEmpty, !node.domains.isDecided(work), isSplit(node, work) else { continue }
      pass(&node, number, member, work, others, Int64(shared))
    }
    return true
  }

  /// Whether lanes put a work at different starts.
  func isSplit(_ node: Node, _ work: Int) -> Bool {
    let places = puzzle.places[work].filter { isActive[$0.lane] }
    guard let first = places.first else { return false }
    let choice = node.choices[first.lane][first.member]
    return places.contains { node.choices[$0.lane][$0.member] != choice }
  }

  mutating func pass(
    _ node: inout Node, _ number: Int, _ member: Int, _ work: Int, _ others: [Puzzle.Place], _ shared: Int64
  ) {
    let offset = puzzle.lanes[number].offsets[member]
    let count = puzzle.starts[work].count
    var moved = false
    var indices = node.domains.indices(work)
    if node.domains.canDrop[work] { indices.append(count) }
    for index in indices {
      let surplus = (table.marginals[offset + index] - table.best) / shared
      let share = surplus / Int64(others.count)
      guard share > 0 else { continue }
      moved = true
      for other in others {
        let lane = puzzle.lanes[other.lane]
        node.prices[other.lane][lane.offsets[other.member] + index] += share
      }
      node.prices[number][offset + index] -= share * Int64(others.count)
    }
    if moved { for other in others { node.isStale[other.lane] = true } }
  }

  mutating func touch(_ node: inout Node, _ work: Int, except lane: Int = -1) {
    needsPropagation = true
    for place in puzzle.places[work] where place.lane != lane { node.isDirty[place.lane] = true }
    for lane in puzzle.lanes.indices where puzzle.lanes[lane].guests.contains(where: { $0.work == work }) {
      node.isDirty[lane] = true
    }
  }
}
