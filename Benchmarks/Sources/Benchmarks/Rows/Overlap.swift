import CivilTime
import Foundation
import Peers
import Planning
import Register
import RegisterSQLite

/// Bookings that an interval would meet, in a register of 1 M changes of 20 services. The target is a rate; sqlite3 in C
/// with the same statements stands beside it.
struct Overlap {
  private static let services = 20

  static func row(_ workload: Workload) throws -> Row {
    let size = workload.isQuick ? 100_000 : 1_000_000
    let look = workload.isQuick ? 5_000 : 20_000
    let sizes = [size / 100, size / 10, size]
    let stores = try sizes.map { size in
      let store = try SQLiteStore.create(at: workload.path("overlap-\(size).sqlite"))
      try Register.initialise(store, isSimulation: false, identity: "5eed", now: Workload.now)
      // Starts two hours apart, half an hour to three hours long.
      guard
        unsafe peer_register_fill(
          store.path, Int64(size), Int32(services), "s", Workload.now.secondsSinceEpoch, 7200, 1800, 9000, 0) == 0
      else { throw PeerRegister.Failed() }
      return store
    }
    let questions = intervals(look, size)
    let peer = try PeerRegister(opening: stores[2].path)
    let starts = questions.map(\.start.secondsSinceEpoch)
    let ends = questions.map(\.end.secondsSinceEpoch)
    var ours: (found: Int64, sum: Checksum) = (0, Checksum())
    var theirs: (found: Int64, sum: UInt64) = (0, 0)
    let rounds = try Rounds(workload.rounds) {
      try processorTime { ours = try find(questions, stores[2]) }
    } peer: {
      theirs = (0, 0)
      return processorTime {
        theirs.found = unsafe peer_register_bookings(
          peer.handle, "s7", "production", starts, ends, Int64(starts.count), &theirs.sum)
      }
    }
    try DifferentAnswers.check("overlap", ours.found, theirs.found)
    try DifferentAnswers.check("overlap", ours.sum.value, theirs.sum)
    let growth = try Growth(sizes, rounds: workload.rounds) { size in
      guard let index = sizes.firstIndex(of: size) else { return 0 }
      let questions = intervals(look / 4, size)
      return try processorTime { ours = try find(questions, stores[index]) } / Double(look / 4)
    }
    var row = Row(
      "overlap among \(Figures.count(size))", atLeast: 50_000, rounds: rounds, items: look, peer: "sqlite3 in C",
      growth: growth)
    let rate = Double(look) / rounds.ours.median
    row.target = "≥ 50.0 k/s"
    row.isMet = rate >= 50_000
    return row
  }

  private static func intervals(_ count: Int, _ size: Int) -> [Interval] {
    var numbers = SeededNumbers(5)
    let stretch = Int64(size / services) * 7200
    return (0..<count).map { _ in
      Interval(
        start: Workload.now + Elapsed(seconds: numbers.next(below: stretch)),
        length: .minutes(30 + numbers.next(below: 180)))!
    }
  }

  private static func find(_ questions: [Interval], _ store: SQLiteStore) throws -> (Int64, Checksum) {
    var found: Int64 = 0
    var checksum = Checksum()
    try store.read { store in
      for question in questions {
        for booking in try store.bookings(service: "s7", environment: "production", in: question) {
          found += 1
          checksum.add(Int64(booking.change.number))
          checksum.add(booking.interval.start.secondsSinceEpoch)
          checksum.add(booking.interval.end.secondsSinceEpoch)
        }
      }
    }
    return (found, checksum)
  }
}
