/// The cheapest way through one lane, and the cheapest with each start of each member: dynamic programming over positions
/// in time and subsets of members that are done.
///
/// A state is a set of done members, whether the window at hand is interrupted, and how many windows may still be. Rows of
/// states stand one behind the other, one for each position at which a member may start, and one for the end.
struct LaneTable {
  /// Cheapest cost of the lane; `never` where there is no way.
  var best = never
  /// Cheapest cost with each price of the lane, in their order.
  var marginals: [Int64] = []
  /// Start of each member on a cheapest way: place among its starts, -1 where it is left out.
  var choice: [Int32] = []
  /// Rows of states that were worked on so far, times members: the measure of effort.
  var effort = 0

  var forward: [Int64] = []
  var backward: [Int64] = []
  var finals: [Int64] = []
  private var windows: [Int32] = []
  var firstEvents: [Int32] = []
  var events: [Event] = []
  var minutes: [Int32] = []

  var runForward: [Int64] = []
  var runBackward: [Int64] = []

  struct Event {
    var bit: Int
    var price: Int
    var cost: Int64
    var end: Int32
    var next: Int
    /// Where whoever works has rested after it.
    var rested = 0
    /// Whether it interrupts the window at hand, or one of its own outside all windows.
    var pays: Bool
    var isOutside: Bool
    var counts: Bool
  }

  /// What an event does to the parts of a state that are no sets.
  private struct Move {
    var from: Int
    var to: Int
    var cost: Int64
  }

  mutating func solve(_ lane: Lane, _ puzzle: Puzzle, _ domains: Domains, _ prices: [Int64], rests: Bool) {
    if case .sequence = lane.kind {} else { return solvePair(lane, puzzle, domains, prices) }
    marginals = [Int64](repeating: never, count: lane.size)
    choice = [Int32](repeating: -1, count: lane.members.count)
    best = never
    // Decided members need no state: they cost what they cost, and have interrupted their windows.
    var constant: Int64 = 0
    var (paid, room) = (lane.paid, lane.room)
    var active: [Int] = []
    var bits = [Int](repeating: -1, count: lane.members.count)
    for (member, work) in lane.members.enumerated() {
      let offset = lane.offsets[member]
      let count = domains.counts[work]
      if count == 0 {
        constant += prices[offset + puzzle.starts[work].count]
      } else if count == 1, !domains.canDrop[work], !rests {
        let index = domains.first(work)
        choice[member] = Int32(index)
        constant += prices[offset + index]
        if lane.pays[member] {
          let window = lane.windows[member][index]
          if window < 0 {
            constant += lane.windowCost
            if lane.counts[member] { room = room.map { $0 - 1 } }
          } else if !paid[Int(window)] {
            constant += lane.windowCost
            paid[Int(window)] = true
            if lane.counts[member] { room = room.map { $0 - 1 } }
          }
        }
      } else {
        bits[member] = active.count
        active.append(member)
      }
    }
    for guest in lane.guests {
      guard let window = guest.window(domains), window < 0 || !paid[Int(window)] else { continue }
      if window >= 0 { paid[Int(window)] = true }
      if guest.counts { room = room.map { $0 - 1 } }
    }
    if let room, room < 0 { return }
    if active.isEmpty {
      best = constant
      return
    }
    let width = active.count
    let sets = 1 << width
    lay(lane, puzzle, domains, prices, bits, paid)
    let payers = active.filter { lane.pays[$0] }.count
    let flags = payers > 0 ? 2 : 1
    let rooms = room.map { min($0, payers) < payers ? $0 + 1 : 1 } ?? 1
    let isLimited = rooms > 1 || (room == 0 && payers > 0)
    let size = rooms * flags * sets
    let count = minutes.count
    effort += (count * size * (width + 2)) >> 10

    finals = [Int64](repeating: 0, count: sets)
    for set in 0..<sets {
      var sum: Int64 = 0
      for (bit, member) in active.enumerated() where set & (1 << bit) == 0 {
        let work = lane.members[member]
        let price = domains.canDrop[work] ? prices[lane.offsets[member] + puzzle.starts[work].count] : never
        sum = min(sum + price, never)
      }
      finals[set] = sum
    }

    let total = (count + 1) * size
    if forward.count < total {
      forward = [Int64](repeating: never, count: total)
      backward = [Int64](repeating: never, count: total)
    }
    if rests, let rules = lane.rules, let starts = runStarts(rules) {
      let runs = runEffort(starts, rules, sets: sets, width: width)
      if runs < LaneTable.longestRuns {
        effort += runs >> 9
        layRests(rules)
        goForward(starts, rules, sets)
        goBackward(starts, rules, sets)
        finish(lane, puzzle, active, constant, size: sets, entry: 0)
        guard best < never else { return }
        var choice = choice
        trace(starts, rules, sets) { bit, price in choice[active[bit]] = Int32(price - lane.offsets[active[bit]]) }
        self.choice = choice
        return
      }
    }
    let shape = Shape(sets: sets, flags: flags, rooms: rooms, isLimited: isLimited, windowCost: lane.windowCost)
    goForward(count, shape)
    let entry = (rooms - 1) * flags * sets
    goBackward(count, shape)
    finish(lane, puzzle, active, constant, size: size, entry: entry)
    if best < never { trace(count, shape, entry, lane, active) }
  }

  /// Runs of more comparisons than this are left to the rules between works.
  private static let longestRuns = 10_000_000

  private mutating func finish(
    _ lane: Lane, _ puzzle: Puzzle, _ active: [Int], _ constant: Int64, size: Int, entry: Int
  ) {
    best = backward[entry]
    guard best < never / 2 else {
      best = never
      return
    }
    let count = minutes.count
    for (bit, member) in active.enumerated() {
      let price = lane.offsets[member] + puzzle.starts[lane.members[member]].count
      var least = never
      for state in 0..<size where state & (1 << bit) == 0 {
        least = min(least, forward[count * size + state] + finals[state & (finals.count - 1)])
      }
      marginals[price] = least
    }
    best += constant
    for member in active {
      let offset = lane.offsets[member]
      for price in offset...(offset + puzzle.starts[lane.members[member]].count) where marginals[price] < never / 2 {
        marginals[price] += constant
      }
    }
  }

  private struct Shape {
    var sets: Int
    var flags: Int
    var rooms: Int
    var isLimited: Bool
    var windowCost: Int64
    var size: Int { sets * flags * rooms }
  }

  /// Positions in time, and what can start there.
  private mutating func lay(
    _ lane: Lane, _ puzzle: Puzzle, _ domains: Domains, _ prices: [Int64], _ bits: [Int], _ paid: [Bool]
  ) {
    minutes.removeAll(keepingCapacity: true)
    windows.removeAll(keepingCapacity: true)
    firstEvents.removeAll(keepingCapacity: true)
    events.removeAll(keepingCapacity: true)
    for event in lane.events {
      let member = Int(event.member)
      let (bit, index, work) = (bits[member], Int(event.index), lane.members[member])
      guard bit >= 0, domains.contains(work, index) else { continue }
      let window = lane.windows[member][index]
      if minutes.last != event.start {
        minutes.append(event.start)
        firstEvents.append(Int32(events.count))
        windows.append(window)
      } else if windows[windows.count - 1] < 0 {
        windows[windows.count - 1] = window
      }
      let price = lane.offsets[member] + index
      events.append(
        Event(
          bit: bit, price: price, cost: prices[price],
          end: event.start + Int32(puzzle.model.works[puzzle.works[work]].duration), next: 0,
          pays: lane.pays[member] && (window < 0 || !paid[Int(window)]), isOutside: window < 0,
          counts: lane.counts[member]))
    }
    firstEvents.append(Int32(events.count))
    var after = [Int](repeating: 0, count: lane.members.count)
    for index in events.indices {
      var next = after[events[index].bit]
      while next < minutes.count, minutes[next] < events[index].end { next += 1 }
      after[events[index].bit] = next
      events[index].next = next
    }
    windows.append(-2)
  }

  /// The way of an event from one part of the states to another, by the places of their first states; nil where there is
  /// no room for it. Parts are what a state has beside its set.
  @inline(__always)
  private static func move(_ event: Event, _ part: Int, leaves: Bool, _ shape: Shape) -> Move? {
    var (room, flag) = part.quotientAndRemainder(dividingBy: shape.flags)
    var cost = event.cost
    if event.pays, event.isOutside || flag == 0 {
      cost += shape.windowCost
      if shape.isLimited, event.counts {
        guard room > 0 else { return nil }
        room -= 1
      }
      if !event.isOutside { flag = 1 }
    }
    if leaves { flag = 0 }
    return Move(from: part * shape.sets, to: (room * shape.flags + flag) * shape.sets, cost: cost)
  }

  private mutating func goForward(_ count: Int, _ shape: Shape) {
    let (size, sets, windows, firstEvents, events) = (shape.size, shape.sets, windows, firstEvents, events)
    var forward = forward.mutableSpan
    for state in 0..<(count + 1) * size { forward[state] = never }
    forward[(shape.rooms - 1) * shape.flags * sets] = 0
    for position in 0..<count {
      let (row, next) = (position * size, (position + 1) * size)
      if windows[position + 1] != windows[position], shape.flags == 2 {
        for room in 0..<shape.rooms {
          let part = room * 2 * sets
          for set in 0..<sets {
            let least = min(forward[row + part + set], forward[row + part + sets + set])
            if least < forward[next + part + set] { forward[next + part + set] = least }
          }
        }
      } else {
        for state in 0..<size where forward[row + state] < forward[next + state] {
          forward[next + state] = forward[row + state]
        }
      }
      for number in Int(firstEvents[position])..<Int(firstEvents[position + 1]) {
        let event = events[number]
        let step = 1 << event.bit
        let target = event.next * size + step
        let leaves = windows[event.next] != windows[position]
        for part in 0..<shape.rooms * shape.flags {
          guard let move = LaneTable.move(event, part, leaves: leaves, shape) else { continue }
          let (from, to, cost) = (row + move.from, target + move.to, move.cost)
          var block = 0
          while block < sets {
            for set in block..<block + step {
              let value = forward[from + set] + cost
              if value < forward[to + set] { forward[to + set] = value }
            }
            block += 2 * step
          }
        }
      }
    }
  }

  private mutating func goBackward(_ count: Int, _ shape: Shape) {
    let (size, sets, windows, firstEvents, events) = (shape.size, shape.sets, windows, firstEvents, events)
    let (forward, finals) = (forward, finals)
    var marginals: [Int64] = []
    swap(&marginals, &self.marginals)
    defer { swap(&marginals, &self.marginals) }
    var backward = backward.mutableSpan
    for state in 0..<size { backward[count * size + state] = finals[state & (sets - 1)] }
    for position in (0..<count).reversed() {
      let (row, next) = (position * size, (position + 1) * size)
      if windows[position + 1] != windows[position], shape.flags == 2 {
        for room in 0..<shape.rooms {
          let part = room * 2 * sets
          for set in 0..<sets {
            let value = backward[next + part + set]
            backward[row + part + set] = value
            backward[row + part + sets + set] = value
          }
        }
      } else {
        for state in 0..<size { backward[row + state] = backward[next + state] }
      }
      for number in Int(firstEvents[position])..<Int(firstEvents[position + 1]) {
        let event = events[number]
        let step = 1 << event.bit
        let target = event.next * size + step
        let leaves = windows[event.next] != windows[position]
        var least = never
        for part in 0..<shape.rooms * shape.flags {
          guard let move = LaneTable.move(event, part, leaves: leaves, shape) else { continue }
          let (from, to, cost) = (row + move.from, target + move.to, move.cost)
          var block = 0
          while block < sets {
            for set in block..<block + step {
              let value = backward[to + set] + cost
              if value < backward[from + set] { backward[from + set] = value }
              let whole = forward[from + set] + value
              if whole < least { least = whole }
            }
            block += 2 * step
          }
        }
        marginals[event.price] = least
      }
    }
  }

  /// Follows a cheapest way from the entry.
  private mutating func trace(_ count: Int, _ shape: Shape, _ entry: Int, _ lane: Lane, _ active: [Int]) {
    let size = shape.size
    var (position, state) = (0, entry)
    walk: while position < count {
      let value = backward[position * size + state]
      let part = state / shape.sets * shape.sets
      let set = state - part
      for number in Int(firstEvents[position])..<Int(firstEvents[position + 1]) {
        let event = events[number]
        guard set & (1 << event.bit) == 0 else { continue }
        let leaves = windows[event.next] != windows[position]
        if let move = LaneTable.move(event, part / shape.sets, leaves: leaves, shape) {
          let to = move.to + set + (1 << event.bit)
          if backward[event.next * size + to] + move.cost == value {
            let member = active[event.bit]
            choice[member] = Int32(event.price - lane.offsets[member])
            (position, state) = (event.next, to)
            continue walk
          }
        }
      }
      if windows[position + 1] != windows[position], shape.flags == 2 {
        state = part / (2 * shape.sets) * (2 * shape.sets) + set
      }
      position += 1
    }
  }
}
