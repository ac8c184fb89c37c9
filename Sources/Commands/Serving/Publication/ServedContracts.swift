import Files
import Planning
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
      do throws(FileProblems) {
        state = State(try kept.loadAll())
      } catch {
        state.lookedAt = .now
        state.problem = error.problems.map { "\($0)" }.joined(separator: "; ")
      }
      return state
    }
  }
}
