import CivilTime
import Logging
import Planning
import Register
import Server
import Synchronization

/// Looks which plans today's rules refuse, whenever the register or the contracts are others than at the last look: for the
/// log, for `/metrics`, and for webhooks that ask for it.
final class ConflictWatch: Sendable {
  private let publication: RegisterPublication
  /// On a connection that may write.
  private let register: Register
  private let logger: Logger
  private let known = Mutex(Known())

  private struct Known: Sendable {
    var generation: Generation?
    /// With the codes of the findings that refuse; nil before the first look.
    var conflicts: [ChangeID: [String]]?
    /// When the first of them is over by itself.
    var until: Instant?
    var isFailing = false
  }

  private static let interval = Duration.seconds(1)
  /// So many times as long as a look takes passes until the next one: where much is planned it takes little of the machine.
  private static let pause = 10

  init(_ publication: RegisterPublication, _ register: Register, _ logger: Logger) {
    self.publication = publication
    self.register = register
    self.logger = logger
  }

  /// Until the task is cancelled.
  func run() async {
    while !Task.isCancelled {
      let length = await Offload.run { ContinuousClock().measure { self.look() } }
      try? await Task.sleep(for: max(ConflictWatch.interval, length * ConflictWatch.pause))
    }
  }

  func look() {
    do {
      let generation = try publication.generation()
      let (last, until) = known.withLock { ($0.generation, $0.until) }
      guard last != generation || until.map({ $0 <= register.now }) ?? false else { return }
      let conflicts = try Standings(register, publication.contracts.current.contracts).conflicts()
      try register.tell(conflicts)
      note(conflicts, generation)
    } catch {
      let wasFailing = known.withLock { known in
        defer { known.isFailing = true }
        return known.isFailing
      }
      if !wasFailing { logger.error("conflicts cannot be looked for", metadata: ["error": "\(error)"]) }
    }
  }

  private func note(_ conflicts: [Conflict], _ generation: Generation) {
    let now = conflicts.reduce(into: [ChangeID: [String]]()) { codes, conflict in
      codes[conflict.change.id] = conflict.standing.obstacles.map(\.code.rawValue)
    }
    let before = known.withLock { known in
      defer {
        let ends = conflicts.map(\.change.content).filter(\.isEndKnown).map(\.interval.end)
        known = Known(generation: generation, conflicts: now, until: ends.min())
      }
      return known.conflicts ?? [:]
    }
    for (id, codes) in now.sorted(by: { $0.key < $1.key }) where before[id] == nil {
      logger.warning(
        "today's rules refuse a plan", metadata: ["change": "\(id)", "rules": "\(codes.joined(separator: " "))"])
    }
    for id in before.keys.sorted() where now[id] == nil {
      logger.info("a conflict is over", metadata: ["change": "\(id)"])
    }
  }

  /// None before the first look.
  var samples: [Metrics.Sample] {
    guard let conflicts = known.withLock({ $0.conflicts }) else { return [] }
    return [
      Metrics.Sample(
        "preavis_conflicts", "Plans that today's rules refuse.", "gauge", [("", Double(conflicts.count))])
    ]
  }
}
