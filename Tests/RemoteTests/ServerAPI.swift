import API
import CivilTime
import Files
import Foundation
import Planning
import Publication
import Register
import RegisterSQLite
import Synchronization
import TestSupport

/// Whose token it is: one that is always there, and those that were made in the register.
private struct TestTokens: Authenticator {
  let register: Register
  let actor: String

  func principal(bearing secret: String) throws -> Principal? {
    if secret == ServerAPI.token { return Principal(name: actor, role: .admin) }
    return try register.principal(bearing: secret, at: register.now)
  }
}

/// The API as a server has it, on a register of its own; keeps what it was asked.
final class ServerAPI: Sendable {
  let folder: TemporaryFolder
  let store: any EventStore
  let clock: HandClock
  let isSimulation: Bool
  static let token = "prv_5ecret"
  var token: String { ServerAPI.token }
  private let api: API
  private let calls = Mutex<[APICall]>([])

  static let root = Project.root
  static let contracts = ContractFolder(root.appending(path: "calendars").path)
  private static let kept = KeptContracts(contracts)

  /// - Parameter actor: whose the token is.
  init(
    at now: String = "2026-11-02T09:00:00Z", isSimulation: Bool = false, isFile: Bool = false, actor: String = "ada"
  ) throws {
    folder = try TemporaryFolder()
    store = isFile ? try SQLiteStore.create(at: folder.path("register.sqlite")) : MemoryStore()
    let clock = HandClock(utc(now))
    self.clock = clock
    self.isSimulation = isSimulation
    try Register.initialise(
      store, isSimulation: isSimulation, identity: "5eed", now: isSimulation ? .init(secondsSinceEpoch: 0) : clock.now)
    let register = Register(
      store: store, publisher: EventFragment(identity: "5eed", isSimulation: isSimulation), clock: { clock.now })
    api = API(
      register: register, identity: "5eed", isSimulation: isSimulation, contracts: ServerAPI.kept,
      templates: { try NoticeTemplates(folder: ServerAPI.root.appending(path: "templates").path) },
      authenticator: TestTokens(register: register, actor: actor), folder: ServerAPI.contracts)
    self.register = register
  }

  let register: Register

  var path: String { folder.path("register.sqlite") }

  func events() throws -> [StoredEvent] { try store.read { try $0.events(after: 0, limit: 100_000) } }
  func types() throws -> [String] { try events().map(\.type) }

  /// Requests that came, as `POST /api/v1/changes`.
  var lines: [String] { calls.withLock { $0.map { "\($0.method) \($0.path)" } } }
  var received: [APICall] { calls.withLock { $0 } }

  func bound(_ service: String) throws -> BoundContract {
    let loaded = try ServerAPI.kept.load(service: service)
    return BoundContract(contract: loaded.contract, files: loaded.sources)
  }

  func answer(_ call: APICall) -> APIAnswer {
    calls.withLock { $0.append(call) }
    return api.answer(call)
  }
}
