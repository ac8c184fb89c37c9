import CivilTime
import Planning

/// The next free slot among 10,000 bookings, beside stepping through the minutes.
struct NextSlot {
  static func row(_ workload: Workload) throws -> Row {
    let calendar = Booked(10_000, workload.contract)
    let questions = calendar.questions(workload.isQuick ? 5 : 20)
    var ours: [Instant?] = []
    var theirs: [Instant?] = []
    let repetitions = 50
    let rounds = Rounds(workload.isQuick ? 3 : 5) {
      processorTime {
        for _ in 0..<repetitions { ours = questions.map(calendar.find) }
      }
    } peer: {
      processorTime { theirs = questions.map(calendar.step) }
    }
    try DifferentAnswers.check("next slot", ours, theirs)
    try DifferentAnswers.check("next slot", ours.contains { $0 == nil }, false)
    let sizes = [1_000, 10_000, 100_000]
    let calendars = sizes.map { (booked: Booked($0, workload.contract), size: $0) }
    let growth = Growth(sizes, rounds: workload.rounds) { size in
      guard let booked = calendars.first(where: { $0.size == size })?.booked else { return 0 }
      let questions = booked.questions(500)
      return processorTime { ours = questions.map(booked.find) } / 500
    }
    return Row(
      "next slot, 10,000 bookings", atLeast: 500, rounds: rounds, items: questions.count * repetitions,
      peerItems: questions.count, peer: "minute by minute", growth: growth)
  }
}

/// Maintenance windows filled with work, with room for a slot every few weeks.
private struct Booked {
  let search: SlotSearch
  let bookings: [Interval]

  private static let length = Elapsed.minutes(90)

  init(_ count: Int, _ contract: Contract) {
    let first = CivilDate(year: 2026, month: 1, day: 1)!.midnight.instant(at: .utc)
    let table = WindowTable(
      contract: contract, environment: "production",
      covering: Interval(start: first, length: .hours(Int64(count) * 6 + 24 * 400))!)
    var numbers = SeededNumbers(7)
    var bookings: [Interval] = []
    var position = first
    while bookings.count < count {
      let length = Elapsed.minutes(60 + numbers.next(below: 120))
      let window = table.windows.intervals[table.windows.firstIndex(endingAfter: position)]
      position = max(position, window.start)
      guard position + length <= window.end else {
        // The rest of the window, unless it is to stay free.
        if numbers.next(below: 20) > 0, let rest = Interval(start: position, end: window.end) { bookings.append(rest) }
        position = window.end
        continue
      }
      bookings.append(Interval(start: position, length: length)!)
      position = position + length + .minutes(numbers.next(below: 30))
    }
    self.bookings = bookings
    search = SlotSearch(windows: table, blocked: IntervalSet(bookings))
  }

  func questions(_ count: Int) -> [Instant] {
    var numbers = SeededNumbers(11)
    let minutes = (bookings[bookings.count - 1].start - bookings[0].start).seconds / 60
    return (0..<count).map { _ in bookings[0].start + .minutes(numbers.next(below: minutes)) }
  }

  private var limit: Instant { search.windows.coverage.end }

  func find(_ bound: Instant) -> Instant? {
    search.first(from: bound, length: Booked.length, until: limit)?.interval.start
  }

  /// What one writes without thinking: every minute is tried against the windows, then against each booking.
  func step(_ bound: Instant) -> Instant? {
    var start = bound
    while start + Booked.length <= limit {
      let interval = Interval(start: start, length: Booked.length)!
      if search.windows.window(containing: interval) != nil, !bookings.contains(where: { $0.overlaps(interval) }) {
        return start
      }
      start = start + .minutes(1)
    }
    return nil
  }
}
