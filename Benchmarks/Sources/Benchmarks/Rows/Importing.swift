import CivilTime
import Foundation
import Peers
import Planning
import Register
import RegisterSQLite

/// Requests judged and recorded in one transaction, beside sqlite3 in C that inserts the same rows in one transaction and
/// judges, renders, hashes and reads back nothing.
struct Importing {
  static func row(_ workload: Workload) throws -> Row {
    let items = workload.isQuick ? 5_000 : 100_000
    let bound = workload.bound
    let requests = requests(items, workload)
    var ours: Desk?
    let rounds = try Rounds(2) {
      let desk = try Desk("import", workload)
      ours = desk
      return try processorTime { try desk.record(requests, bound) }
    } peer: {
      // The rows are those of the last register that ours has written.
      let desk = try ours ?? Desk("import", workload)
      if ours == nil { try desk.record(requests, bound) }
      ours = desk
      let path = workload.path("import-peer.sqlite")
      for suffix in ["", "-journal", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
      // Only the schema and the rows of an empty register.
      let empty = try Desk("import-empty", workload)
      let peer = try PeerRegister(path, like: empty.store)
      guard unsafe peer_register_load(peer.handle, desk.store.path, .max) == 0 else { throw PeerRegister.Failed() }
      var count: Int64 = 0
      let seconds = processorTime { count = unsafe peer_register_import(peer.handle) }
      try DifferentAnswers.check("import", Int64(items), count)
      // Ours has also noted the contract.
      guard unsafe peer_register_adopt(peer.handle, desk.store.path) == 0 else { throw PeerRegister.Failed() }
      try DifferentAnswers.check("import", 0, unsafe peer_register_differences(peer.handle, desk.store.path))
      return seconds
    }
    let sizes = [items / 100, items / 10, items]
    let growth = try Growth(once: sizes, rounds: 1) { size in
      let desk = try Desk("import-\(size)", workload)
      return try processorTime { try desk.record(Array(requests.prefix(size)), bound) } / Double(size)
    }
    return Row(
      "import, one transaction", atLeast: 0.3, rounds: rounds, items: items, peer: "sqlite3 in C, inserts only:",
      growth: growth)
  }

  /// Ten minutes each, from night to night; with keys, as an import gives them.
  private static func requests(_ count: Int, _ workload: Workload) -> [Register.Request] {
    let zone = workload.contract.currentTimeZone
    // After the last freeze of the shipped contract.
    let first = CivilDate(year: 2030, month: 6, day: 1)!
    return (0..<count).map { number in
      // 36 a night: until 06:00, so that a clock change leaves room.
      let start = zone.startOfDay(first.advanced(byDays: number / 36)) + .minutes(Int64(number % 36) * 10)
      var content = workload.content(number, at: start)
      content.interval = Interval(start: start, length: .minutes(10))!
      return Register.Request(.submit(content), actor: "bench", idempotencyKey: "import:\(number)")
    }
  }

  /// A register of its own, made anew.
  private struct Desk {
    let store: SQLiteStore
    private let register: Register

    init(_ name: String, _ workload: Workload) throws {
      let path = workload.path("\(name).sqlite")
      for suffix in ["", "-journal", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
      store = try SQLiteStore.create(at: path)
      try Register.initialise(store, isSimulation: false, identity: "5eed", now: Workload.now)
      register = Register(store: store, publisher: workload.fragment, clock: { Workload.now })
    }

    func record(_ requests: [Register.Request], _ bound: BoundContract) throws {
      let outcome = try register.executeAll(
        requests, terms: Register.BatchTerms(), contract: { _ in bound }, isFault: { _ in false })
      let allowed = outcome.results.count { result in
        guard case .judged(let outcome) = result else { return false }
        return outcome.verdict.status == .allowed
      }
      try DifferentAnswers.check("import", outcome.isRecorded ? allowed : -1, requests.count)
    }
  }
}
