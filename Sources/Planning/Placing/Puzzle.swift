import CivilTime

/// The works of a model that may move while the others stay where a plan has them.
final class Puzzle {
  let model: PlacingModel
  /// Where the works that stay are; those that move are unplaced.
  let frame: Starts
  /// Numbers of the works that move, ascending; all that follows counts within this list.
  let works: [Int]
  /// What the rules and the frame leave of the starts of each.
  var starts: [[Int32]] = []
  /// Place of each start in the model.
  private(set) var origins: [[Int32]] = []
  var costs: [[Int64]] = []
  /// What leaving it out costs; `never` where others need it.
  var drops: [Int64] = []
  /// How the digits of a cost weigh.
  var scale = CostScale()
  var lanes: [Lane] = []
  /// Windows of each service at hand that the frame or bookings interrupt.
  var paid: [(service: Int, windows: [Bool])] = []
  /// Lanes of each work, and its place among their members.
  var places: [[Place]] = []
  var links: [Link] = []
  var companions: [Companion] = []
  var neighbours: [[PlacingModel.Neighbour]] = []
  /// More members than this make a table too large.
  let widestLane: Int

  struct Place {
    var lane: Int
    var member: Int
  }
  struct Link {
    var first: Int
    var second: Int
    var least: Int
    var most: Int?
  }
  struct Companion {
    var work: Int
    var other: Int
    var own: [Int32]
    var others: [Int32]
  }

  /// What a search asks for.
  enum Goal {
    case best
    /// The parts of the score that fit in a number, the last one left out where it does not.
    case bound
    /// Only weight and interruptions; among plans that are equal in both, one by chance.
    case structure(UInt64)
    /// Any plan that places all of them; those that move less cost less.
    case placing
  }

  init(
    _ model: PlacingModel, moving works: [Int], in plan: Starts, goal: Goal = .best,
    within windows: [Set<Int32>]? = nil, width: Int = 9
  ) {
    widestLane = width
    self.model = model
    self.works = works
    var frame = plan
    for work in works { frame[work] = unplaced }
    self.frame = frame
    var local = [Int](repeating: -1, count: model.works.count)
    for (index, work) in works.enumerated() { local[work] = index }

    var needed: Set<Int> = []
    if case .placing = goal { needed = Set(works) }
    for work in works {
      var (left, isNeeded) = Puzzle.left(model, work, frame, local)
      if let windows {
        let row = model.works[work]
        left.removeAll { index in
          row.services.indices.contains { !windows[row.services[$0]].contains(row.windows[$0][Int(index)]) }
        }
      }
      if isNeeded { needed.insert(work) }
      origins.append(left)
      starts.append(left.map { model.works[work].starts[Int($0)] })
    }
    switch goal {
    case .best: price(needed, leavesOut: false)
    case .bound: price(needed, leavesOut: true)
    case .structure(let seed):
      var random = RandomSource(seed: seed)
      scale = CostScale(works: works.map { model.works[$0] }, chance: 1 << 16)
      costs = starts.map { $0.map { _ in Int64(random.next() & 0xFFFF) } }
      drops = works.map { needed.contains($0) ? never : Int64(model.works[$0].weight) * scale.weight }
    case .placing:
      costs = zip(works, starts).map { work, starts in starts.map { $0 == plan[work] ? 0 : 1 << 20 } }
      drops = works.map { _ in never }
    }
    join(local)
    makeLanes(local)
  }

  // MARK: Domains

  /// Places of the starts that the frame leaves to `work`, and whether a work of the frame needs it.
  private static func left(
    _ model: PlacingModel, _ work: Int, _ frame: Starts, _ local: [Int]
  ) -> (starts: [Int32], isNeeded: Bool) {
    let row = model.works[work]
    var blocks: [(Int, Int)] = []
    for neighbour in model.neighbours[work] where frame[neighbour.work] != unplaced {
      model.forbidden(neighbour, to: work, by: neighbour.work, at: frame[neighbour.work]) { low, high in
        if low + 1 < high { blocks.append((low, high)) }
      }
    }
    var (first, last) = (Int.min, Int.max)
    var isNeeded = false
    for dependency in row.after where local[dependency.work] < 0 {
      guard frame[dependency.work] != unplaced else { return ([], false) }
      let end = model.end(dependency.work, frame[dependency.work])
      first = max(first, end + dependency.least)
      if let most = dependency.most { last = min(last, end + most) }
    }
    for follower in model.followers[work] where local[follower] < 0 && frame[follower] != unplaced {
      isNeeded = true
      for dependency in model.works[follower].after where dependency.work == work {
        let latest = Int(frame[follower]) - dependency.least - row.duration
        last = min(last, latest)
        if let most = dependency.most { first = max(first, Int(frame[follower]) - most - row.duration) }
      }
    }
    var pieces: [(piece: Int32, of: [Int32])] = []
    for companion in row.together where local[companion.work] < 0 {
      guard frame[companion.work] != unplaced, let index = model.index(companion.work, of: frame[companion.work]),
        companion.other[index] >= 0
      else { return ([], isNeeded) }
      pieces.append((companion.other[index], companion.own))
    }
    for follower in model.followers[work] where local[follower] < 0 && frame[follower] != unplaced {
      for companion in model.works[follower].together where companion.work == work {
        guard let index = model.index(follower, of: frame[follower]) else { continue }
        pieces.append((companion.own[index], companion.other))
      }
    }
    var starts: [Int32] = []
    blocks.sort { $0.0 < $1.0 }
    var (block, blockedUntil) = (0, Int.min)
    for (index, start) in row.starts.enumerated() {
      let start = Int(start)
      guard start >= first, start <= last else { continue }
      while block < blocks.count, blocks[block].0 < start {
        blockedUntil = max(blockedUntil, blocks[block].1)
        block += 1
      }
      guard blockedUntil <= start, pieces.allSatisfy({ $0.of[index] == $0.piece }) else { continue }
      starts.append(Int32(index))
    }
    return (starts, isNeeded)
  }

  // MARK: Costs

  private func price(_ needed: Set<Int>, leavesOut: Bool) {
    scale = CostScale(self, leavesOut: leavesOut)
    for (index, work) in works.enumerated() {
      let row = model.works[work]
      costs.append(
        zip(starts[index], origins[index]).map { start, origin in
          row.disturbance[Int(origin)] * scale.disturbance
            + Int64(row.priority * (Int(start) + row.duration)) * scale.earliness
        })
      drops.append(needed.contains(work) ? never : Int64(row.weight) * scale.weight)
    }
  }

  /// Highest disturbance and earliness of a work.
  func greatest(_ index: Int) -> (disturbance: Int64, earliness: Int64) {
    let row = model.works[works[index]]
    let disturbance = origins[index].map { row.disturbance[Int($0)] }.max() ?? 0
    let earliness = starts[index].last.map { Int64(row.priority * (Int($0) + row.duration)) } ?? 0
    return (disturbance, earliness)
  }

  /// What a plan of the whole costs, of which the frame keeps the same; its starts need not be among those that are left.
  func cost(_ plan: Starts) -> Int64 {
    var sum: Int64 = 0
    for (index, work) in works.enumerated() {
      guard plan[work] != unplaced, let place = model.index(work, of: plan[work]) else {
        sum = min(sum + drops[index], never)
        continue
      }
      let row = model.works[work]
      sum += row.disturbance[place] * scale.disturbance
      sum += Int64(row.priority * model.end(work, plan[work])) * scale.earliness
    }
    guard scale.interruption > 0 else { return sum }
    for (service, paid) in paid {
      var paid = paid
      for work in model.members[service] where frame[work] == unplaced && plan[work] != unplaced {
        let row = model.works[work]
        guard row.isVisible, let place = model.index(work, of: plan[work]),
          let slot = row.services.firstIndex(of: service)
        else { continue }
        let window = row.windows[slot][place]
        guard window < 0 || !paid[Int(window)] else { continue }
        sum += scale.interruption
        if window >= 0 { paid[Int(window)] = true }
      }
    }
    return sum
  }

  // MARK: Rules between works

  private func join(_ local: [Int]) {
    for (index, work) in works.enumerated() {
      for row in model.works[work].after where local[row.work] >= 0 {
        links.append(Link(first: local[row.work], second: index, least: row.least, most: row.most))
      }
      for row in model.works[work].together where local[row.work] >= 0 {
        let other = local[row.work]
        companions.append(
          Companion(
            work: index, other: other, own: origins[index].map { row.own[Int($0)] },
            others: origins[other].map { row.other[Int($0)] }))
      }
      neighbours.append(
        model.neighbours[work].compactMap { row in
          guard local[row.work] >= 0 else { return nil }
          return PlacingModel.Neighbour(work: local[row.work], excludes: row.excludes, rests: row.rests)
        })
    }
  }
}
