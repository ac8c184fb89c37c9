import Files
import Planning
import Publication
import Register
import Synchronization

/// The contracts that a running server goes by. Their files are looked at every few seconds, and at each call of the API;
/// an edit that is wrong changes nothing, and is told to whoever asks whether the server is ready.
final class ServedContracts: Sendable {
  struct State: Sendable {
    fileprivate(set) var loaded: [LoadedContract]
    /// Of all of them, with the rules of their zones.
    fileprivate(set) var digest: String
    /// What is wrong with the files as they are now.
    fileprivate(set) var problem: String?
    fileprivate var stamp: [String]
    fileprivate var lookedAt = ContinuousClock.now

    var contracts: [Contract] { loaded.map(\.contract) }

    fileprivate init(_ loaded: [LoadedContract], stamp: [String], zones: [String]) {
      self.loaded = loaded
      self.stamp = stamp
      let parts = loaded.map { BoundContract(contract: $0.contract, files: $0.sources).digest } + zones
      digest = Digest.sha256(parts.joined(separator: "\n").utf8)
    }
  }

  /// What came of a look, for the log; the problem where the files are wrong, nil where they were read anew.
  typealias Report = @Sendable (_ problem: String?) -> Void

  private let kept: KeptContracts
  private let state: Mutex<State>
  private let report: Report

  private static let interval = Duration.seconds(2)

  init(_ folder: ContractFolder, report: @escaping Report = { _ in }) throws {
    kept = KeptContracts(folder)
    self.report = report
    let loaded = try kept.loadAll()
    state = Mutex(State(loaded, stamp: kept.stamp(), zones: kept.zoneStamp()))
  }

  /// As of a few seconds ago, at most.
  var current: State {
    state.withLock { state in
      if ContinuousClock.now - state.lookedAt >= ServedContracts.interval { try? look(&state) }
      return state
    }
  }

  /// As the files are now. Throws what is wrong with them; the contracts are then those of before.
  func reload() throws { try state.withLock { state throws(FileProblems) in try look(&state) } }

  private func look(_ state: inout State) throws(FileProblems) {
    state.lookedAt = .now
    // Taken before the files are read: what changes meanwhile is seen by the next look.
    let stamp = kept.stamp()
    guard stamp != state.stamp || state.problem != nil else { return }
    do throws(FileProblems) {
      let new = State(try kept.loadAll(), stamp: stamp, zones: kept.zoneStamp())
      let isNews = new.digest != state.digest || state.problem != nil
      state = new
      if isNews { report(nil) }
    } catch {
      let problem = error.problems.map { "\($0)" }.joined(separator: "; ")
      if problem != state.problem { report(problem) }
      state.problem = problem
      throw error
    }
  }
}

/// For the API: as the files are at each call, or as they were before an edit that is wrong.
extension ServedContracts: ContractSource {
  private var latest: State {
    state.withLock { state in
      try? look(&state)
      return state
    }
  }

  func services() -> [String] { latest.loaded.map(\.contract.service) }
  func loadAll() -> [LoadedContract] { latest.loaded }

  func load(service: String) throws(FileProblems) -> LoadedContract {
    if let loaded = latest.loaded.first(where: { $0.contract.service == service }) { return loaded }
    return try kept.load(service: service)
  }

  func holidayCalendar(zone: String, country: String) throws(FileProblems) -> HolidayCalendar? {
    try kept.holidayCalendar(zone: zone, country: country)
  }

  func holidayZones(country: String) throws(FileProblems) -> [String] { try kept.holidayZones(country: country) }
}

/// The templates that a running server answers with: as they were when it began, or was last told to read them.
final class ServedTemplates: Sendable {
  private let folder: String
  private let state: Mutex<NoticeTemplates>

  init(folder: String) throws {
    self.folder = folder
    state = Mutex(try NoticeTemplates(folder: folder))
  }

  var current: NoticeTemplates { state.withLock { $0 } }

  func reload() throws {
    let new = try NoticeTemplates(folder: folder)
    state.withLock { $0 = new }
  }
}
