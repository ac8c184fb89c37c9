import CivilTime

/// Start of each work in minutes from the base, in the order of ids; `unplaced` where it has none.
typealias Starts = [Int32]
let unplaced: Int32 = -1

/// A release made ready for search: times are minutes from `base`, and every rule that looks at one work alone has become
/// the list of its starts.
struct PlacingModel: Sendable {
  /// `now` cut down to the minute, in minutes since the epoch.
  let base: Int64
  let horizon: Int
  let services: [Service]
  let people: [Person]
  var works: [Work]
  /// Works that may not lie side by side, for each work: they share a service or a person.
  var neighbours: [[Neighbour]] = []

  struct Service: Sendable {
    var windows: [Range<Int>]
    /// Windows that bookings interrupt already.
    var booked: Set<Int32>
    /// How many further windows may be interrupted; nil is any number.
    var room: Int?
    /// Usage of the minutes before each whole hour from the base on; the first hour may be cut.
    var usage: UsageCurve
  }

  struct Person: Sendable {
    var rest: Int
    var away: [Range<Int>]
    /// The longest run from first start to last end; nil where no rule holds.
    var longestRun: Int? { rest > 0 ? 1440 - rest : nil }
  }

  struct Work: Sendable {
    var id: String
    var services: [Int]
    var duration: Int
    var weight: Int
    var priority: Int
    var isVisible: Bool
    var crew: [Int]
    var after: [Dependency]
    var together: [Companion]
    /// Ascending: every start that the rules on this work alone allow.
    var starts: [Int32]
    /// The window of each service, for each start; -1 outside.
    var windows: [[Int32]]
    /// Cost to clients of each start.
    var disturbance: [Int64]
    /// Rules between works that were lifted for it.
    var lifted: Set<ReleaseRule> = []
  }

  struct Dependency: Sendable {
    var work: Int
    var least: Int
    var most: Int?
  }

  /// Another work in whose window this one lies; the pieces of the common windows for each start of both, -1 outside.
  struct Companion: Sendable {
    var work: Int
    var own: [Int32]
    var other: [Int32]
  }

  struct Neighbour: Sendable {
    var work: Int
    var excludes: Bool
    /// Rests that both keep.
    var rests: [Int]
  }

  /// Windows that bookings interrupt, whatever is planned.
  var bookedInterruptions: Int { services.reduce(0) { $0 + $1.booked.count } }

  func end(_ work: Int, _ start: Int32) -> Int { Int(start) + works[work].duration }

  /// Place of a start among those of the work; nil where it is none of them.
  func index(_ work: Int, of start: Int32) -> Int? {
    let starts = works[work].starts
    let index = starts.partitioningIndex { $0 >= start }
    return index < starts.count && starts[index] == start ? index : nil
  }

  func score(_ plan: Starts) -> PlanScore {
    var score = PlanScore(placed: 0, interruptions: bookedInterruptions, disturbance: 0, earliness: 0)
    var seen: Set<Pair> = []
    for (number, work) in works.enumerated() where plan[number] != unplaced {
      guard let index = index(number, of: plan[number]) else { continue }
      score.placed += work.weight
      score.earliness += work.priority * end(number, plan[number])
      guard work.isVisible else { continue }
      score.disturbance += Int(work.disturbance[index])
      for (slot, service) in work.services.enumerated() {
        let window = work.windows[slot][index]
        if window < 0 {
          score.interruptions += 1
        } else if !services[service].booked.contains(window),
          seen.insert(Pair(service: service, window: window)).inserted
        {
          score.interruptions += 1
        }
      }
    }
    return score
  }

  struct Pair: Hashable {
    var service: Int
    var window: Int32
  }

  // MARK: Rules between works

  /// Open ranges of starts of `other` that a neighbour which starts at `start` forbids: it would overlap, or make a run
  /// that is too long with the two alone.
  func forbidden(_ neighbour: Neighbour, to other: Int, by work: Int, at start: Int32, _ take: (Int, Int) -> Void) {
    let (length, own, start) = (works[other].duration, works[work].duration, Int(start))
    if neighbour.excludes { take(start - length, start + own) }
    for rest in neighbour.rests {
      let longest = 1440 - rest
      take(start + longest - length, start + own + rest)
      take(start - rest - length, start + own - longest)
    }
  }

  /// Works of the first rule between works that `plan` breaks, looking at those of `changed` and all that touch them; nil
  /// where it keeps all. Starts are taken to be among those of the works.
  func conflict(_ plan: Starts, _ changed: [Int]) -> Conflict? {
    for work in changed {
      if let works = pairConflict(plan, work) { return Conflict(works: works) }
    }
    for work in changed {
      for person in works[work].crew {
        if let works = runConflict(plan, person) { return Conflict(works: works, person: person) }
      }
      for service in works[work].services {
        if let works = roomConflict(plan, service) { return Conflict(works: works) }
      }
    }
    return nil
  }

  struct Conflict {
    var works: [Int]
    /// Who does not rest.
    var person: Int?
  }

  private func pairConflict(_ plan: Starts, _ number: Int) -> [Int]? {
    let work = works[number]
    let start = plan[number]
    if start != unplaced {
      for neighbour in neighbours[number] where neighbour.excludes && plan[neighbour.work] != unplaced {
        let other = plan[neighbour.work]
        if Int(other) < end(number, start), Int(start) < end(neighbour.work, other) { return [number, neighbour.work] }
      }
      for dependency in work.after where !holds(dependency, plan, start) { return [number, dependency.work] }
      for companion in work.together where !holds(companion, plan, number) { return [number, companion.work] }
    }
    for follower in followers[number] where plan[follower] != unplaced {
      for dependency in works[follower].after where dependency.work == number {
        if !holds(dependency, plan, plan[follower]) { return [follower, number] }
      }
      for companion in works[follower].together where companion.work == number {
        if !holds(companion, plan, follower) { return [follower, number] }
      }
    }
    return nil
  }

  private func holds(_ dependency: Dependency, _ plan: Starts, _ start: Int32) -> Bool {
    guard plan[dependency.work] != unplaced else { return false }
    let gap = Int(start) - end(dependency.work, plan[dependency.work])
    return gap >= dependency.least && dependency.most.map { gap <= $0 } ?? true
  }

  private func holds(_ companion: Companion, _ plan: Starts, _ number: Int) -> Bool {
    guard plan[companion.work] != unplaced, let own = index(number, of: plan[number]),
      let other = index(companion.work, of: plan[companion.work])
    else { return false }
    return companion.own[own] >= 0 && companion.own[own] == companion.other[other]
  }

  private func runConflict(_ plan: Starts, _ person: Int) -> [Int]? {
    guard let longest = people[person].longestRun else { return nil }
    let own = crews[person].filter { plan[$0] != unplaced && !works[$0].lifted.contains(.rest) }
      .sorted { plan[$0] < plan[$1] }
    var (first, last) = (0, Int.min / 2)
    var run: [Int] = []
    for work in own {
      if Int(plan[work]) - last >= people[person].rest {
        run = []
        first = Int(plan[work])
        last = end(work, plan[work])
      } else {
        last = max(last, end(work, plan[work]))
      }
      run.append(work)
      if last - first > longest { return run }
    }
    return nil
  }

  private func roomConflict(_ plan: Starts, _ service: Int) -> [Int]? {
    guard let room = services[service].room else { return nil }
    var seen: Set<Int32> = []
    var (outside, involved) = (0, [Int]())
    for work in members[service] where plan[work] != unplaced && works[work].isVisible {
      guard !works[work].lifted.contains(.interruptions), let index = index(work, of: plan[work]),
        let slot = works[work].services.firstIndex(of: service)
      else { continue }
      let window = works[work].windows[slot][index]
      if window < 0 {
        outside += 1
        involved.append(work)
      } else if !services[service].booked.contains(window) {
        seen.insert(window)
        involved.append(work)
      }
    }
    return seen.count + outside > room ? involved : nil
  }

  /// Works that name this one in `after` or `together`; works of each service; works of each person.
  var followers: [[Int]] = []
  var members: [[Int]] = []
  var crews: [[Int]] = []
}

/// Weighted minutes of a service from the base to a minute, by whole civil hours.
struct UsageCurve: Sendable {
  /// Minutes from the base to the first whole hour.
  private let first: Int
  /// Sum before each whole hour, and what a minute of the hour from there on weighs.
  private let sums: [Int64]
  private let weights: [Int64]

  init(usage: [Int], hours: [Int], first: Int) {
    self.first = first
    weights = hours.map { Int64(usage[$0]) }
    var sums: [Int64] = [0]
    for (index, weight) in weights.enumerated() {
      sums.append(sums[index] + weight * (index == 0 ? Int64(first) : 60))
    }
    self.sums = sums
  }

  /// Sum of the minutes before `minute`.
  private func sum(_ minute: Int) -> Int64 {
    guard minute > 0 else { return 0 }
    guard minute >= first else { return Int64(minute) * weights[0] }
    let hour = min(1 + (minute - first) / 60, weights.count - 1)
    return sums[hour] + Int64(minute - first - (hour - 1) * 60) * weights[hour]
  }

  func weight(from start: Int, to end: Int) -> Int64 { sum(end) - sum(start) }
}
