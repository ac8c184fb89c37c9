import Files
import Planning
import Publication
import Register
import Synchronization

/// The contracts that the pages of a running server go by. Their files are looked at every few seconds; an edit that is
/// wrong changes nothing and is told to whoever asks whether the server is ready.
final class ServedContracts: Sendable {
  struct State: Sendable {
    var contracts: [BoundContract]
    /// Of all of them.
    var digest: String
    /// What is wrong with the files as they are now.
    var problem: String?
    fileprivate var lookedAt: ContinuousClock.Instant

    fileprivate init(_ loaded: [LoadedContract]) {
      contracts = loaded.map { BoundContract(contract: $0.contract, files: $0.sources) }
      digest = Digest.sha256(contracts.map(\.digest).joined(separator: "\n").utf8)
      lookedAt = .now
    }
  }

  let kept: KeptContracts
  private let state: Mutex<State>

  private static let interval = Duration.seconds(2)

  init(_ folder: ContractFolder) throws {
    kept = KeptContracts(folder)
    state = Mutex(State(try kept.loadAll()))
  }

  /// As of a few seconds ago, at most.
  var current: State {
    state.withLock { state in
      guard ContinuousClock.now - state.lookedAt >= ServedContracts.interval else { return state }
      try? look(&state)
      return state
    }
  }

  /// As the files are now. Throws what is wrong with them; the contracts are then those of before.
  func reload() throws { try state.withLock { state throws(FileProblems) in try look(&state) } }

  private func look(_ state: inout State) throws(FileProblems) {
    do throws(FileProblems) {
      state = State(try kept.loadAll())
    } catch {
      state.lookedAt = .now
      state.problem = error.problems.map { "\($0)" }.joined(separator: "; ")
      throw error
    }
  }
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
