import Answers
import CivilTime
import Planning
import Publication
import Register
import Server
import Wording

/// What a server publishes of a register: the files that `export` writes.
struct RegisterPublication: Publication {
  /// On a connection of its own, so that pages and writers do not wait for each other in this program.
  let register: Register
  let fragment: EventFragment
  let contracts: ServedContracts
  /// Whether clients of a contract can subscribe by mail here.
  var takesSubscriptions: @Sendable (Contract) -> Bool = { _ in false }
  /// That any part of the server has met.
  var damage: @Sendable () -> Damage? = { nil }
  private let changes = PublishedChanges()

  func generation() throws -> Generation {
    guard let newest = try register.store.read({ try $0.newestEvent() }) else { throw RegisterError.notInitialised }
    return Generation(sequence: newest.sequence, newestEvent: newest.at, contracts: contracts.current.digest)
  }

  func site() throws -> PublishedSite {
    try PublishedSite(
      contracts.current.contracts, register: register, fragment: fragment, changes: changes,
      takesSubscriptions: takesSubscriptions)
  }

  func privateFile(at path: String) throws -> SiteFile? {
    try PrivateFiles(register: register, fragment: fragment, changes: changes)
      .file(at: path, contracts: contracts.current.contracts)
  }

  func readiness() -> [ReadinessCheck] {
    var checks: [ReadinessCheck] = []
    do {
      let newest = try generation().newestEvent
      checks.append(
        ReadinessCheck("register", problem: damage().map { DamageText(language: .english).line($0) }))
      let behind = newest - register.now
      checks.append(
        ReadinessCheck(
          "clock",
          problem: behind > Register.clockTolerance
            ? "the clock stands \(behind.seconds) s before the newest event" : nil))
    } catch {
      let text = ErrorText(wording: Wording(.english, zone: .utc)).text(error)
      checks.append(ReadinessCheck("register", problem: text ?? "\(error)"))
    }
    checks.append(ReadinessCheck("contracts", problem: contracts.current.problem))
    return checks
  }

  func samples() -> [Metrics.Sample] {
    guard let generation = try? generation() else { return [] }
    return [
      Metrics.Sample("preavis_register_events", "Events in the log.", "gauge", [("", Double(generation.sequence))]),
      Metrics.Sample(
        "preavis_register_newest_event_timestamp_seconds", "Time of the newest event.", "gauge",
        [("", Double(generation.newestEvent.secondsSinceEpoch))]),
    ]
  }
}
