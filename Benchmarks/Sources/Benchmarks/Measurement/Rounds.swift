/// What interleaved rounds gave: seconds of ours and of the peer, round by round.
struct Rounds {
  private(set) var ours: [Double] = []
  private(set) var peer: [Double] = []

  /// Runs both `count` times, in turns and beginning with the other one each time, after one round that does not count.
  init(_ count: Int, ours: () throws -> Double, peer: () throws -> Double) rethrows {
    for round in -1..<count {
      let first = round % 2 == 0
      let early = first ? try ours() : try peer()
      let late = first ? try peer() : try ours()
      guard round >= 0 else { continue }
      self.ours.append(first ? early : late)
      self.peer.append(first ? late : early)
    }
  }

  /// How many times faster than the peer, round by round.
  func ratios(oursItems: Int, peerItems: Int) -> [Double] {
    zip(ours, peer).map { ($1 / Double(peerItems)) / ($0 / Double(oursItems)) }
  }
}

/// The answers of ours and of the peer differ: then no time means anything.
struct DifferentAnswers: Error, CustomStringConvertible {
  let row: String
  let ours: String
  let peer: String

  var description: String { "\(row): the answers differ: ours \(ours), the peer's \(peer)" }

  static func check<Value: Equatable>(_ row: String, _ ours: Value, _ peer: Value) throws {
    if ours != peer { throw DifferentAnswers(row: row, ours: "\(ours)", peer: "\(peer)") }
  }
}
