import CivilTime
import Files
import Foundation
import Planning
import Register
import RegisterSQLite
import Synchronization
import TestSupport

@testable import Publication
@testable import Server

/// An instant such as `2026-12-06T01:00:00Z`.
func utc(_ text: String) -> Instant {
  guard let date = try? Date(text, strategy: .iso8601) else { fatalError("\(text) is no instant") }
  return Instant(secondsSinceEpoch: Int64(date.timeIntervalSince1970))
}

/// What a server publishes in these tests: the shipped contract and a register on a store of the test's choice.
final class Published: Publication {
  static let service = "profession-liberale"
  static let feed = "profession-liberale/feeds/maintenance.fr.ics"

  let store: any EventStore
  let contract: BoundContract
  private let clock = Mutex(utc("2026-11-02T09:00:00Z"))
  private let edition = Mutex("one")
  private let secrets: [String: String]
  private let changes = PublishedChanges()

  static let shipped: LoadedContract = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    do {
      return try ContractFolder(root.appending(path: "calendars").path).load(service: service)
    } catch {
      fatalError("\(error)")
    }
  }()

  /// `secrets`: private paths, and what stands there.
  init(_ store: any EventStore = MemoryStore(), isNew: Bool = true, secrets: [String: String] = [:]) throws {
    self.store = store
    self.secrets = secrets
    contract = BoundContract(contract: Published.shipped.contract, files: Published.shipped.sources)
    if isNew { try Register.initialise(store, isSimulation: false, identity: "5eed", now: now) }
  }

  var now: Instant {
    get { clock.withLock { $0 } }
    set { clock.withLock { $0 = newValue } }
  }

  /// Of the contracts.
  var contracts: String {
    get { edition.withLock { $0 } }
    set { edition.withLock { $0 = newValue } }
  }

  var register: Register {
    Register(
      store: store, publisher: EventFragment(identity: "5eed", isSimulation: false), clock: { [self] in now })
  }

  /// Plans an hour of work that the contract allows.
  @discardableResult
  func submit(_ start: String, title: String = "Database migration") throws -> ChangeID {
    let content = ChangeContent(
      kind: .maintenance, service: Published.service, environment: "production", components: [],
      interval: Interval(start: utc(start), length: .hours(1))!, title: title, description: "", impact: .outage,
      reason: nil, update: nil, alongside: [])
    let request = Register.Request(
      .submit(content), on: nil, actor: "test", idempotencyKey: nil, expectedRevision: nil)
    return try register.execute(request) { _ in contract }.change!.id
  }

  func cancel(_ id: ChangeID) throws {
    let request = Register.Request(
      .cancel(reason: "Other work"), on: id, actor: "test", idempotencyKey: nil, expectedRevision: nil)
    _ = try register.execute(request) { _ in contract }
  }

  func generation() throws -> Generation {
    let newest = try store.read { try $0.newestEvent() }!
    return Generation(sequence: newest.sequence, newestEvent: newest.at, contracts: contracts)
  }

  func site() throws -> PublishedSite {
    try PublishedSite(
      [contract.contract], register: register, fragment: EventFragment(identity: "5eed", isSimulation: false),
      changes: changes)
  }

  func privateFile(at path: String) throws -> SiteFile? {
    let path = String(path.dropFirst("private/".count))
    return secrets[path].map { text in SiteFile(path, .register, bytes: { Array(text.utf8) }) }
  }
}
