import Files
import Foundation
import Planning
import Register
import Synchronization

/// The contracts that a running server goes by. Their files are looked at every few seconds; an edit that is wrong
/// changes nothing and is told to whoever asks whether the server is ready.
final class ServedContracts: Sendable {
  struct State: Sendable {
    var contracts: [BoundContract]
    /// Of all of them.
    var digest: String
    /// What is wrong with the files as they are now.
    var problem: String?
    fileprivate var stamp: String
    fileprivate var lookedAt: ContinuousClock.Instant
  }

  private let folder: ContractFolder
  private let state: Mutex<State>

  private static let interval = Duration.seconds(2)

  init(_ folder: ContractFolder) throws {
    self.folder = folder
    let stamp = ServedContracts.stamp(of: folder.path)
    let contracts = try ServedContracts.load(folder)
    state = Mutex(
      State(
        contracts: contracts, digest: ServedContracts.digest(contracts), problem: nil, stamp: stamp, lookedAt: .now))
  }

  /// As of a few seconds ago, at most.
  var current: State {
    state.withLock { state in
      let now = ContinuousClock.now
      guard now - state.lookedAt >= ServedContracts.interval else { return state }
      state.lookedAt = now
      let stamp = ServedContracts.stamp(of: folder.path)
      guard stamp != state.stamp else { return state }
      state.stamp = stamp
      do {
        state.contracts = try ServedContracts.load(folder)
        state.digest = ServedContracts.digest(state.contracts)
        state.problem = nil
      } catch let problems as FileProblems {
        state.problem = problems.problems.map { "\($0)" }.joined(separator: "; ")
      } catch {
        state.problem = "\(error)"
      }
      return state
    }
  }

  private static func load(_ folder: ContractFolder) throws -> [BoundContract] {
    try folder.loadAll().map { BoundContract(contract: $0.contract, files: $0.sources) }
  }

  private static func digest(_ contracts: [BoundContract]) -> String {
    Digest.sha256(contracts.map(\.digest).joined(separator: "\n").utf8)
  }

  /// Names, sizes and times of all files: what an editor cannot help changing.
  private static func stamp(of folder: String) -> String {
    let keys: [URLResourceKey] = [.contentModificationDateKey, .fileSizeKey]
    let files = FileManager.default.enumerator(at: URL(fileURLWithPath: folder), includingPropertiesForKeys: keys)
    var lines: [String] = []
    while let file = files?.nextObject() as? URL {
      let values = try? file.resourceValues(forKeys: Set(keys))
      lines.append(
        "\(file.path) \(values?.fileSize ?? 0) \(values?.contentModificationDate?.timeIntervalSince1970 ?? 0)")
    }
    return lines.sorted().joined(separator: "\n")
  }
}
