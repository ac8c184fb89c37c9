import CivilTime

/// Nodes, and how they are shared out.
extension PlanSearch {
  /// Searches the whole, from a plan that is known.
  mutating func solve(from plan: Starts) {
    let cost = puzzle.cost(plan)
    cutoff = cost + 1
    var node = root()
    // The plan itself is left, unless it was none.
    guard tighten(&node, rounds: rootRounds) else {
      isComplete = false
      return
    }
    while heed(&node, conflict(consensus(node))) {
      guard tighten(&node, rounds: rounds) else {
        isComplete = false
        return
      }
    }
    rootBound = node.bound + loose(node)
    openRoot = node
    cutoff = cost
    node.isDirty = node.isDirty.map { _ in true }
    if rootBound < cost { run(node, rounds: rounds) }
  }

  /// Only what is proven of any plan at the root.
  mutating func bound(from plan: Starts, rounds: Int) -> Int64 {
    cutoff = puzzle.cost(plan) + 1
    var node = root()
    guard tighten(&node, rounds: rounds) else { return cutoff - 1 }
    return node.bound + loose(node)
  }

  /// The cheapest plan whose works start, in their order, as early as can be; `best` is cheapest.
  mutating func canonical(_ best: Starts) -> Starts {
    guard var node = openRoot else { return best }
    let cost = puzzle.cost(best)
    var known = best
    cutoff = cost + 1
    node.isDirty = node.isDirty.map { _ in true }
    guard tighten(&node, rounds: rounds) else { return known }
    for (work, number) in puzzle.works.enumerated() {
      let starts = puzzle.starts[work]
      while !node.domains.isDecided(work),
        known[number] == unplaced || starts[node.domains.first(work)] < known[number]
      {
        var earlier = node
        need(&earlier, work)
        if known[number] != unplaced {
          let place = starts.partitioningIndex { $0 >= known[number] }
          if earlier.domains.remove(work, place, starts.count) { touch(&earlier, work) }
        }
        guard earlier.domains.counts[work] > 0 else { break }
        cutoff = cost + 1
        found = nil
        stopsAtFirst = true
        run(earlier, rounds: rounds)
        guard let found else { break }
        known = self.starts(found)
      }
      cutoff = cost + 1
      if known[number] == unplaced {
        leaveOut(&node, work)
      } else {
        need(&node, work)
        let place = starts.partitioningIndex { $0 >= known[number] }
        if node.domains.remove(work, 0, place) { touch(&node, work) }
        if node.domains.remove(work, place + 1, starts.count) { touch(&node, work) }
      }
      guard tighten(&node, rounds: 0) else { return known }
    }
    return known
  }

  /// Searches below `node`, which is not tightened yet.
  mutating func run(_ node: Node, rounds: Int) {
    var stack = [node]
    while var node = stack.popLast() {
      if nodes >= limit || table.effort >= effortLimit || nodes & 15 == 15 && isCancelled() {
        isComplete = false
        return
      }
      nodes += 1
      var conflict: PlacingModel.Conflict?
      var guess: Guess
      var isOpen: Bool
      repeat {
        isOpen = tighten(&node, rounds: rounds)
        guess = consensus(node)
        conflict = isOpen ? self.conflict(guess) : nil
      } while heed(&node, conflict)
      guard isOpen else { continue }
      if guess.split.isEmpty, conflict == nil {
        let cost = puzzle.cost(starts(guess.choice))
        if cost < cutoff {
          cutoff = cost
          found = guess.choice
          if stopsAtFirst { return }
        }
        if cost <= node.bound + loose(node) { continue }
      }
      guard let (near, far) = branch(node, guess, conflict) else { continue }
      stack.append(far)
      stack.append(near)
    }
  }

  /// Where each work lies by its lanes.
  struct Guess {
    var choice: [Int32]
    /// Works on which lanes do not agree.
    var split: [Int]
  }

  /// From now on the rests of a person who lacks one count. Returns whether that is news.
  mutating func heed(_ node: inout Node, _ conflict: PlacingModel.Conflict?) -> Bool {
    guard let person = conflict?.person else { return false }
    var isNews = false
    for lane in puzzle.lanes.indices where puzzle.lanes[lane].person == person && !rests[lane] {
      rests[lane] = true
      isActive[lane] = true
      node.isDirty[lane] = true
      isNews = true
    }
    return isNews
  }

  /// A rule between works that a guess breaks, where lanes agree.
  private func conflict(_ guess: Guess) -> PlacingModel.Conflict? {
    guess.split.isEmpty ? puzzle.model.conflict(starts(guess.choice), puzzle.works) : nil
  }

  func consensus(_ node: Node) -> Guess {
    var choice = [Int32](repeating: -1, count: puzzle.works.count)
    var split: [Int] = []
    for (work, places) in puzzle.places.enumerated() {
      let own = places.filter { isActive[$0.lane] }.map { node.choices[$0.lane][$0.member] }
      guard let first = own.first else {
        guard node.domains.counts[work] > 0 else { continue }
        let best = node.domains.indices(work).min { puzzle.costs[work][$0] < puzzle.costs[work][$1] } ?? 0
        if !node.domains.canDrop[work] || puzzle.costs[work][best] < puzzle.drops[work] { choice[work] = Int32(best) }
        continue
      }
      choice[work] = first
      if own.contains(where: { $0 != first }) { split.append(work) }
    }
    return Guess(choice: choice, split: split)
  }

  func starts(_ choice: [Int32]) -> Starts {
    var plan = puzzle.frame
    for (work, index) in choice.enumerated() where index >= 0 {
      plan[puzzle.works[work]] = puzzle.starts[work][Int(index)]
    }
    return plan
  }

  /// Two nodes that share out the starts of a work, the more likely one first.
  mutating func branch(
    _ node: Node, _ guess: Guess, _ conflict: PlacingModel.Conflict?
  ) -> (Node, Node)? {
    let open = { (work: Int) in !node.domains.isDecided(work) }
    let local = conflict.map { conflict in conflict.works.compactMap { puzzle.works.firstIndex(of: $0) } } ?? []
    var candidates = (guess.split.isEmpty ? local : guess.split).filter(open)
    if candidates.isEmpty { candidates = puzzle.works.indices.filter(open) }
    // Works that no lane holds to their windows choose one first.
    for guest in puzzle.lanes.flatMap(\.guests) where open(guest.work) && !node.domains.canDrop[guest.work] {
      if guest.window(node.domains) == nil {
        let indices = node.domains.indices(guest.work)
        let first = guest.windows[indices[0]]
        var (near, far) = (node, node)
        for index in indices {
          let isNear = guest.windows[index] == first
          _ = isNear ? far.domains.remove(guest.work, index) : near.domains.remove(guest.work, index)
        }
        touch(&near, guest.work)
        touch(&far, guest.work)
        return (near, far)
      }
    }
    guard let work = candidates.min(by: { node.domains.counts[$0] < node.domains.counts[$1] }) else { return nil }
    var (near, far) = (node, node)
    let chosen = Int(guess.choice[work])
    if node.domains.canDrop[work], node.domains.counts[work] > 0 {
      // Placed or left out, first as the lane has it.
      var (placed, out) = (node, node)
      need(&placed, work)
      leaveOut(&out, work)
      return chosen >= 0 ? (placed, out) : (out, placed)
    }
    let indices = node.domains.indices(work)
    guard indices.count > 1 else { return nil }
    let place = places(work, indices, chosen)
    let (low, high) = (indices[place.lowerBound], indices[place.upperBound - 1] + 1)
    let count = puzzle.starts[work].count
    if near.domains.remove(work, 0, low) { touch(&near, work) }
    if near.domains.remove(work, high, count) { touch(&near, work) }
    if far.domains.remove(work, low, high) { touch(&far, work) }
    return (near, far)
  }

  /// The part of `indices` to try first: the window of the choice or, within one window, its own half.
  func places(_ work: Int, _ indices: [Int], _ chosen: Int) -> Range<Int> {
    let lane = puzzle.places[work].first
    let windows = lane.map { puzzle.lanes[$0.lane].windows[$0.member] } ?? []
    let chosen = chosen >= 0 ? chosen : indices[0]
    if !windows.isEmpty, let first = indices.firstIndex(where: { windows[$0] == windows[chosen] }),
      let last = indices.lastIndex(where: { windows[$0] == windows[chosen] }), last - first + 1 < indices.count
    {
      return first..<last + 1
    }
    guard indices.count > 3, let own = indices.firstIndex(of: chosen) else {
      let own = indices.firstIndex(of: chosen) ?? 0
      return own..<own + 1
    }
    let half = indices.count / 2
    return own < half ? 0..<half : half..<indices.count
  }
}
