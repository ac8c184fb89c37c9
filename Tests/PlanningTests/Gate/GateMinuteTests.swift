import CivilTime
import Planning
import TestSupport
import Testing

/// The gate against a reader of its own that knows no intervals: it asks each minute by the clock on the wall.
@Suite struct GateMinuteTests {
  /// What may stand in a world, with all times on whole minutes.
  struct World {
    var terms: ContractTerms
    var plans: [Plan]
    var overrides: [GateOverride]
    var named: Set<Int>

    struct Plan {
      var number: Int
      var isUrgent: Bool
      var start: Int64
      var end: Int64
      var begun: Int64?
      var done: Int64?
      var isCancelled = false
      /// Whether each of its minutes is in the window and none is frozen: planned work stands as a whole.
      var stands = true
    }

    /// Minutes since the epoch. Article 5 read aloud: every night until seven, Sundays, the holidays of the table below.
    func isOpen(_ minute: Int64, named chosen: Set<Int>) -> Bool {
      let instant = Instant(secondsSinceEpoch: minute * 60)
      if overrides.contains(where: {
        $0.environment == "production" && $0.start <= instant && instant < min($0.until, $0.ended?.at ?? $0.until)
      }) {
        return true
      }
      for plan in plans where chosen.isEmpty || chosen.contains(plan.number) {
        if plan.isCancelled || !(plan.isUrgent || plan.stands) { continue }
        let hasBegun = minute >= plan.start || (plan.isUrgent && plan.begun.map { minute >= $0 } ?? false)
        let isOver = minute >= plan.end || plan.done.map { minute >= $0 } ?? false
        if hasBegun, !isOver { return true }
      }
      return terms.gate == .window && chosen.isEmpty && !isFrozen(minute) && isInWindow(minute)
    }

    func isFrozen(_ minute: Int64) -> Bool {
      let instant = Instant(secondsSinceEpoch: minute * 60)
      return terms.freezes.contains { $0.interval.start <= instant && instant < $0.interval.end }
    }

    func isInWindow(_ minute: Int64) -> Bool {
      let instant = Instant(secondsSinceEpoch: minute * 60)
      let civil = Fixtures.paris.civil(instant)
      let (_, month, day) = civil.date.components
      let isHoliday = GateMinuteTests.holidays.contains { $0 == (month, day) }
      return civil.time.hour < 7 || civil.date.weekday == .sunday || isHoliday
    }
  }

  /// Of 2026, in the weeks of the worlds. Source: Code du travail, art. L3133-1; Easter Monday is 6 April 2026.
  static let holidays = [(4, 6), (5, 1), (11, 1), (11, 11), (12, 25)]

  /// Around each change of clock and Christmas: (first day, number of days).
  static let weeks = [("2026-03-25T00:00:00Z", 14), ("2026-10-22T00:00:00Z", 14), ("2026-12-20T00:00:00Z", 10)]

  static func world(_ seed: UInt64, from first: Int64, days: Int) -> (World, Gate) {
    var random = SeededGenerator(seed: seed)
    func minute() -> Int64 { first + Int64.random(in: 0..<Int64(days) * 1440, using: &random) }
    func instant(_ minute: Int64) -> Instant { Instant(secondsSinceEpoch: minute * 60) }
    var plans: [World.Plan] = []
    var changes: [Change] = []
    for number in 1...Int.random(in: 1...12, using: &random) {
      var start = plans.last.flatMap { Int.random(in: 0..<4, using: &random) == 0 ? $0.end : nil } ?? minute()
      var length = Int64.random(in: 1...600, using: &random)
      if Int.random(in: 0..<3, using: &random) > 0 {
        // In a night, most of it.
        start = (start / 1440) * 1440 + Int64.random(in: -60...300, using: &random)
        length = min(length, 120)
      }
      var plan = World.Plan(
        number: number, isUrgent: Bool.random(using: &random), start: start, end: start + length)
      var events: [(ChangeEvent, Instant)] = []
      switch Int.random(in: 0..<4, using: &random) {
      case 0: break
      case 1:
        plan.isCancelled = true
        events = [(.cancelled(reason: "No"), instant(start))]
      case let life:
        let begun = start + Int64.random(in: -90...30, using: &random)
        plan.begun = begun
        events = [(.started(at: instant(begun), reason: "Work"), instant(begun))]
        if life == 3 {
          let done = begun + Int64.random(in: 0...700, using: &random)
          plan.done = done
          events.append((.completed(at: instant(done), reason: "Done"), instant(done)))
        }
      }
      plans.append(plan)
      changes.append(
        GateSamples.change(
          number, Interval(start: instant(start), end: instant(plan.end))!,
          kind: plan.isUrgent ? .emergency : .maintenance, events))
    }
    var overrides: [GateOverride] = []
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let place = Bool.random(using: &random) ? "production" : "test"
      var override = GateSamples.override(
        instant(minute()), minutes: Int64.random(in: 1...240, using: &random), in: place)
      if Bool.random(using: &random) {
        override.ended = .init(
          at: override.start + .minutes(Int64.random(in: 0...100, using: &random)), reason: nil, actor: nil)
      }
      overrides.append(override)
    }
    let freezes = (0..<Int.random(in: 0...2, using: &random)).map { _ in
      GateSamples.span(instant(minute()), minutes: Int64.random(in: 1...2000, using: &random))
    }
    let named = Int.random(in: 0..<4, using: &random) == 0 ? Set([1, 2].filter { $0 <= plans.count }) : []
    let terms = GateSamples.terms(opens: Bool.random(using: &random) ? .window : .changes, freezes: freezes)
    var world = World(terms: terms, plans: plans, overrides: overrides, named: named)
    for index in plans.indices {
      let minutes = plans[index].start..<plans[index].end
      world.plans[index].stands = minutes.allSatisfy { world.isInWindow($0) && !world.isFrozen($0) }
    }
    return (
      world,
      Gate(changes, terms: [terms], overrides: overrides, named: Array(named))
    )
  }

  @Test(arguments: 0..<15) func `State and next transition are those of a reader that looks each minute`(seed: Int) {
    let (start, days) = Self.weeks[seed % Self.weeks.count]
    let first = utc(start).secondsSinceEpoch / 60
    let (world, gate) = Self.world(UInt64(seed) &* 7919 &+ 1, from: first, days: days)
    let end = first + Int64(days) * 1440
    let states = (first..<end).map { world.isOpen($0, named: world.named) }
    // From the last minute backwards: where the state next changes.
    var next: [Int64?] = Array(repeating: nil, count: states.count)
    for index in states.indices.dropLast().reversed() {
      next[index] = states[index] == states[index + 1] ? next[index + 1] : first + Int64(index) + 1
    }
    var mismatches = Mismatches()
    let horizon = Instant(secondsSinceEpoch: end * 60)
    // All edges and what lies beside them, and every 97th minute.
    for index in states.indices
    where index % 97 == 0 || (index > 0 && states[index] != states[index - 1])
      || (index + 1 < states.count && states[index] != states[index + 1])
    {
      let minute = first + Int64(index)
      for second in [0, 59] {
        let answer = gate.answer(at: Instant(secondsSinceEpoch: minute * 60 + Int64(second)), horizon: horizon)
        mismatches.check(answer.state == .open, states[index], "\(minute):\(second) state")
        mismatches.check(
          answer.nextTransition, next[index].map { Instant(secondsSinceEpoch: $0 * 60) }, "\(minute):\(second) next")
        let isOpening = answer.reasons.allSatisfy { [.change, .window, .override].contains($0.code) }
        mismatches.check(isOpening && !answer.reasons.isEmpty, states[index], "\(minute):\(second) reasons")
      }
    }
    #expect(mismatches.isEmpty, "\(mismatches)")
  }
}
