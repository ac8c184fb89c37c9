import CivilTime

/// A lane of a person who has to rest: works of one run span at most `longest` minutes, and after a run comes a rest.
///
/// Rows of `forward` and `backward` are those of a person who has rested. From each position at which a run may begin a
/// small table goes on, as long as the run may last; whoever works may be at the end of the run, and rests.
extension LaneTable {
  struct Rules {
    var rest: Int
    var longest: Int
  }

  /// Positions at which a run may begin that could become too long; nil where none could.
  func runStarts(_ rules: Rules) -> [Bool]? {
    var starts = [Bool](repeating: false, count: minutes.count)
    var (first, lastEnd, isAny) = (0, Int.min / 2, false)
    func close(_ end: Int) {
      guard first < end, lastEnd - Int(minutes[first]) > rules.longest else { return }
      for position in first..<end { starts[position] = true }
      isAny = true
    }
    for position in minutes.indices {
      if Int(minutes[position]) - lastEnd >= rules.rest {
        close(position)
        first = position
      }
      for number in Int(firstEvents[position])..<Int(firstEvents[position + 1]) {
        lastEnd = max(lastEnd, Int(events[number].end))
      }
    }
    close(minutes.count)
    return isAny ? starts : nil
  }

  /// How many comparisons the runs take.
  func runEffort(_ starts: [Bool], _ rules: Rules, sets: Int, width: Int) -> Int {
    var (sum, end) = (0, 0)
    for position in starts.indices where starts[position] {
      while end < minutes.count, minutes[end] <= minutes[position] + Int32(rules.longest) { end += 1 }
      sum += end - position
    }
    return sum * sets * (width + 2)
  }

  /// Where everyone who ends a work has rested.
  mutating func layRests(_ rules: Rules) {
    for index in events.indices {
      let rested = Int(events[index].end) + rules.rest
      events[index].rested = minutes.partitioningIndex { Int($0) >= rested }
    }
  }

  private func lastPosition(_ start: Int, _ rules: Rules) -> Int {
    minutes.partitioningIndex { Int($0) > Int(minutes[start]) + rules.longest } - 1
  }

  private mutating func growRuns(_ rows: Int, _ sets: Int) {
    guard runForward.count < rows * sets else { return }
    runForward = [Int64](repeating: never, count: rows * sets)
    runBackward = [Int64](repeating: never, count: rows * sets)
  }

  mutating func goForward(_ starts: [Bool], _ rules: Rules, _ sets: Int) {
    let count = minutes.count
    for state in 0..<(count + 1) * sets { forward[state] = never }
    forward[0] = 0
    for position in 0..<count {
      let row = position * sets
      for set in 0..<sets where forward[row + set] < forward[row + sets + set] {
        forward[row + sets + set] = forward[row + set]
      }
      if starts[position] {
        run(position, rules, sets, rests: true)
      } else {
        for number in Int(firstEvents[position])..<Int(firstEvents[position + 1]) {
          let event = events[number]
          let (step, target) = (1 << event.bit, event.next * sets)
          for set in 0..<sets where set & step == 0 {
            let value = forward[row + set] + event.cost
            if value < forward[target + set + step] { forward[target + set + step] = value }
          }
        }
      }
    }
  }

  /// Fills the rows of the run that begins at `start`; with `rests` also those of whoever rests after it.
  private mutating func run(_ start: Int, _ rules: Rules, _ sets: Int, rests: Bool) {
    let last = lastPosition(start, rules)
    let (rows, latest) = (last - start + 1, Int(minutes[start]) + rules.longest)
    growRuns(rows, sets)
    for state in 0..<rows * sets { runForward[state] = never }
    for set in 0..<sets { runForward[set] = forward[start * sets + set] }
    for position in start...last {
      let row = (position - start) * sets
      for number in Int(firstEvents[position])..<Int(firstEvents[position + 1]) {
        let event = events[number]
        guard Int(event.end) <= latest else { continue }
        let step = 1 << event.bit
        let target = event.next <= last ? (event.next - start) * sets : -1
        let rested = event.rested * sets
        for set in 0..<sets where set & step == 0 {
          let value = runForward[row + set] + event.cost
          if target >= 0, value < runForward[target + set + step] { runForward[target + set + step] = value }
          if rests, value < forward[rested + set + step] { forward[rested + set + step] = value }
        }
      }
      // Only works begin a run.
      if position > start, position < last {
        for set in 0..<sets where runForward[row + set] < runForward[row + sets + set] {
          runForward[row + sets + set] = runForward[row + set]
        }
      }
    }
  }

  mutating func goBackward(_ starts: [Bool], _ rules: Rules, _ sets: Int) {
    let count = minutes.count
    for set in 0..<sets { backward[count * sets + set] = finals[set] }
    for position in (0..<count).reversed() {
      let row = position * sets
      for set in 0..<sets { backward[row + set] = backward[row + sets + set] }
      if starts[position] {
        run(position, rules, sets, rests: false)
        runBack(position, rules, sets)
        for set in 0..<sets where runBackward[set] < backward[row + set] { backward[row + set] = runBackward[set] }
      } else {
        for number in Int(firstEvents[position])..<Int(firstEvents[position + 1]) {
          let event = events[number]
          let (step, target) = (1 << event.bit, event.next * sets)
          var least = marginals[event.price]
          for set in 0..<sets where set & step == 0 {
            let value = backward[target + set + step] + event.cost
            if value < backward[row + set] { backward[row + set] = value }
            least = min(least, forward[row + set] + value)
          }
          marginals[event.price] = least
        }
      }
    }
  }

  /// Fills the rows of what a run that begins at `start` costs from each position on, and the marginals of its works.
  private mutating func runBack(_ start: Int, _ rules: Rules, _ sets: Int) {
    let last = lastPosition(start, rules)
    let latest = Int(minutes[start]) + rules.longest
    for position in (start...last).reversed() {
      let row = (position - start) * sets
      for set in 0..<sets {
        runBackward[row + set] = position > start && position < last ? runBackward[row + sets + set] : never
      }
      for number in Int(firstEvents[position])..<Int(firstEvents[position + 1]) {
        let event = events[number]
        guard Int(event.end) <= latest else { continue }
        let step = 1 << event.bit
        let target = event.next <= last ? (event.next - start) * sets : -1
        let rested = event.rested * sets
        var least = marginals[event.price]
        for set in 0..<sets where set & step == 0 {
          var value = backward[rested + set + step]
          if target >= 0 { value = min(value, runBackward[target + set + step]) }
          value += event.cost
          if value < runBackward[row + set] { runBackward[row + set] = value }
          least = min(least, runForward[row + set] + value)
        }
        marginals[event.price] = least
      }
    }
  }

  mutating func trace(_ starts: [Bool], _ rules: Rules, _ sets: Int, _ take: (Int, Int) -> Void) {
    var (position, set) = (0, 0)
    walk: while position < minutes.count {
      let value = backward[position * sets + set]
      if backward[(position + 1) * sets + set] == value {
        position += 1
        continue
      }
      guard starts[position] else {
        for number in Int(firstEvents[position])..<Int(firstEvents[position + 1]) {
          let event = events[number]
          guard set & (1 << event.bit) == 0 else { continue }
          if backward[event.next * sets + set + (1 << event.bit)] + event.cost == value {
            take(event.bit, event.price)
            (position, set) = (event.next, set + 1 << event.bit)
            continue walk
          }
        }
        return
      }
      (position, set) = traceRun(position, set, rules, sets, take)
    }
  }

  private mutating func traceRun(
    _ start: Int, _ set: Int, _ rules: Rules, _ sets: Int, _ take: (Int, Int) -> Void
  ) -> (Int, Int) {
    let last = lastPosition(start, rules)
    growRuns(last - start + 1, sets)
    run(start, rules, sets, rests: false)
    runBack(start, rules, sets)
    let latest = Int(minutes[start]) + rules.longest
    var (position, set) = (start, set)
    walk: while position <= last {
      let value = runBackward[(position - start) * sets + set]
      for number in Int(firstEvents[position])..<Int(firstEvents[position + 1]) {
        let event = events[number]
        guard set & (1 << event.bit) == 0, Int(event.end) <= latest else { continue }
        let next = set + (1 << event.bit)
        if backward[event.rested * sets + next] + event.cost == value {
          take(event.bit, event.price)
          return (event.rested, next)
        }
        if event.next <= last, runBackward[(event.next - start) * sets + next] + event.cost == value {
          take(event.bit, event.price)
          (position, set) = (event.next, next)
          continue walk
        }
      }
      position += 1
    }
    return (minutes.count, set)
  }
}
