import CivilTime
import Files
import Foundation
import Planning
import Publication
import Register
import RegisterSQLite
import TestSupport

/// The stores that pass the same suite.
enum StoreKind: String, CaseIterable, Sendable {
  case memory, sqlite
}

extension Damage {
  /// What it is about: table and key, whatever is wrong with the row; or the code of anything else.
  var place: String {
    if case .row(let table, let key, _) = self { return "\(table) \(key)" }
    return told.code
  }
}

/// A register on a store of either kind, with the shipped contract and a clock that is set by hand.
struct Workshop: Sendable {
  let folder: TemporaryFolder
  let store: any EventStore
  let clock: HandClock
  let publisher: any Publisher
  var contract: BoundContract

  init(
    _ kind: StoreKind, publisher: any Publisher = EventFragment(identity: "5eed", isSimulation: false),
    at now: String = "2026-11-02T09:00:00Z", reminders: [Elapsed] = []
  ) throws {
    folder = try TemporaryFolder()
    switch kind {
    case .memory: store = MemoryStore()
    case .sqlite: store = try SQLiteStore.create(at: folder.path("register.sqlite"))
    }
    clock = HandClock(utc(now))
    self.publisher = publisher
    var terms = Workshop.shipped.contract
    terms.notices.reminders = reminders
    contract = BoundContract(contract: terms, files: Workshop.shipped.sources)
    try Register.initialise(store, isSimulation: false, identity: "5eed", now: clock.now)
  }

  var path: String { folder.path("register.sqlite") }

  var register: Register { register(on: store) }

  func register(on store: any EventStore) -> Register {
    Register(store: store, publisher: publisher, clock: { [clock] in clock.now })
  }

  func execute(
    _ command: ChangeCommand, on id: ChangeID? = nil, key: String? = nil, revision: Int? = nil
  ) throws -> Register.Outcome {
    let request = Register.Request(command, on: id, actor: "test", idempotencyKey: key, expectedRevision: revision)
    return try register.execute(request) { _ in contract }
  }

  /// Submits work from `start`, two hours long unless told.
  @discardableResult
  func submit(
    _ start: String, hours: Int64 = 2, title: String = "Database migration", key: String? = nil
  ) throws -> Register.Outcome {
    try execute(.submit(content(start, hours: hours, title: title)), key: key)
  }

  func content(
    _ start: String, hours: Int64 = 2, title: String = "Database migration", kind: ChangeKind = .maintenance
  ) -> ChangeContent {
    ChangeContent(
      kind: kind, service: contract.contract.service, environment: "production", components: [],
      interval: Interval(start: utc(start), length: .hours(hours))!, title: title, description: "", impact: .outage,
      reason: nil, update: nil, alongside: [])
  }

  func events() throws -> [StoredEvent] { try store.read { try $0.events(after: 0, limit: 1000) } }
  func types() throws -> [String] { try events().map(\.type) }
  func verify(against checkpoint: Checkpoint? = nil) throws -> Verification {
    try Register.verify(store, against: checkpoint)
  }
  func checkpoint() throws -> Checkpoint {
    let newest = try events().last!
    return Checkpoint(size: newest.sequence, root: newest.hash)
  }

  /// A change of every kind of event, so that whoever looks at the log has something to look at.
  func live() throws {
    let first = try submit("2026-12-06T01:00:00Z", key: "first").change!.id
    let refused = try submit("2026-12-07T10:00:00Z").change!.id
    let second = try submit("2026-12-08T00:00:00Z").change!.id
    let third = try submit("2026-12-13T06:00:00Z").change!.id
    let noon = Interval(start: utc("2026-12-09T11:00:00Z"), length: .hours(1))
    let sunday = Interval(start: utc("2026-12-20T08:00:00Z"), length: .hours(2))
    _ = try execute(.reschedule(interval: noon, reason: "Try", alongside: []), on: refused)
    _ = try execute(.reschedule(interval: noon, reason: "Try", alongside: []), on: second)
    _ = try execute(.reschedule(interval: sunday, reason: "Vendor is late", alongside: []), on: second)
    var amendment = ChangeCommand.Amendment()
    amendment[.title] = "Database migration, step 1"
    _ = try execute(.amend(amendment, reason: "Clearer"), on: second)
    _ = try execute(.cancel(reason: "Not needed"), on: third)
    clock.now = utc("2026-12-06T01:02:00Z")
    _ = try execute(.start(at: nil, reason: nil), on: first)
    _ = try execute(.extend(end: utc("2026-12-06T04:00:00Z"), reason: "Longer", alongside: []), on: first)
    clock.now = utc("2026-12-06T03:50:00Z")
    _ = try execute(.complete(at: nil, reason: nil), on: first)
    clock.now = utc("2026-12-10T12:00:00Z")
    var urgent = content("2026-12-10T10:00:00Z", hours: 1, title: "Disk full", kind: .emergency)
    urgent.reason = "Storage alarm"
    _ = try execute(.emergency(urgent))
  }

  static let shipped: LoadedContract = {
    do {
      return try ContractFolder(Project.root.appending(path: "calendars").path).load(service: "profession-liberale")
    } catch {
      fatalError("\(error)")
    }
  }()
}
