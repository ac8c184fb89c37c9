import CivilTime
import Foundation
import Peers
import Planning
import Register
import RegisterSQLite

/// Durable submissions in one process, beside sqlite3 in C that looks up and writes the same rows with the same journal
/// mode and synchronous level, on the same disk.
struct Submission {
  static func row(_ workload: Workload) throws -> Row {
    let desk = try Desk("submit", booked: 0, workload)
    let peer = try PeerRegister(workload.path("submit-peer.sqlite"), like: desk.store)
    let service = workload.contract.service
    // The peer records what ours has recorded; one lot ahead, so that either can come first in a round.
    try desk.submit(1)
    var processor: [Double] = []
    // One at a time, since the disk's own mood lasts for several.
    let rounds = try Rounds(workload.isQuick ? 40 : 200) {
      try elapsedTime { processor.append(try processorTime { try desk.submit(1) }) }
    } peer: {
      guard unsafe peer_register_load(peer.handle, desk.store.path, 1) == 0 else {
        throw PeerRegister.Failed()
      }
      var count: Int64 = 0
      let seconds = elapsedTime { count = unsafe peer_register_submit(peer.handle, service, "production") }
      try DifferentAnswers.check("submit", 1, count)
      return seconds
    }
    guard unsafe peer_register_load(peer.handle, desk.store.path, .max) == 0,
      unsafe peer_register_submit(peer.handle, service, "production") >= 0
    else { throw PeerRegister.Failed() }
    try DifferentAnswers.check("submit", 0, unsafe peer_register_differences(peer.handle, desk.store.path))
    let sizes = workload.isQuick ? [100, 1_000, 10_000] : [1_000, 10_000, 100_000]
    let desks = try sizes.map { try Desk("submit-\($0)", booked: $0, workload) }
    let growth = try Growth(once: sizes, rounds: workload.isQuick ? 3 : 7) { size in
      guard let index = sizes.firstIndex(of: size) else { return 0 }
      return try elapsedTime { try desks[index].submit(5) } / 5
    }
    var row = Row(
      "durable submit", atLeast: 0.8, rounds: rounds, items: 1,
      peer: "sqlite3 in C, \(desk.store.journal.rawValue), FULL:", growth: growth)
    row.growth += ", of it processor \(Figures.time(processor.median))"
    return row
  }
}

/// A register and the next free night.
private final class Desk {
  let store: SQLiteStore
  private let register: Register
  private let workload: Workload
  private var submitted = 0

  /// `booked` changes lie in the past.
  init(_ name: String, booked: Int, _ workload: Workload) throws {
    self.workload = workload
    store = try SQLiteStore.create(at: workload.path("\(name).sqlite"))
    try Register.initialise(store, isSimulation: false, identity: "5eed", now: Workload.now)
    register = Register(store: store, publisher: workload.fragment, clock: { Workload.now })
    // The first one also adopts the contract.
    try submit(1)
    guard booked > 0 else { return }
    let past = Workload.now - .hours(24 * 365 * 4)
    guard
      unsafe peer_register_fill(
        store.path, Int64(booked), 1, workload.contract.service, past.secondsSinceEpoch, 1000, 600, 300, 1) == 0
    else { throw PeerRegister.Failed() }
  }

  /// Two an hour in every night window, from five days ahead on.
  func submit(_ count: Int) throws {
    let bound = workload.bound
    let zone = workload.contract.currentTimeZone
    let first = zone.civil(Workload.now).date.advanced(byDays: 5)
    for _ in 0..<count {
      let night = zone.startOfDay(first.advanced(byDays: submitted / 6))
      let start = night + .hours(Int64(submitted % 6))
      var content = workload.content(submitted, at: start)
      content.interval = Interval(start: start, length: .minutes(45))!
      let outcome = try register.execute(Register.Request(.submit(content), actor: "bench")) { _ in bound }
      try DifferentAnswers.check("submit", outcome.verdict.status, .allowed)
      submitted += 1
    }
  }
}

/// A register that only the peer writes.
@safe final class PeerRegister {
  struct Failed: Error {}
  let handle: OpaquePointer

  init(_ path: String, like store: SQLiteStore) throws {
    guard let copy = unsafe peer_register_copy(path, store.path, store.journal.rawValue, 2) else { throw Failed() }
    unsafe handle = copy
  }

  init(opening path: String) throws {
    guard let opened = unsafe peer_register_open(path) else { throw Failed() }
    unsafe handle = opened
  }

  deinit { unsafe peer_register_close(handle) }
}
