import Answers
import CivilTime
import Files
import Planning
import Register
import RegisterSQLite
import Synchronization
import TestSupport

@testable import Remote

/// A server, and a command line's side of it with a folder of its own.
struct Bench {
  let api: ServerAPI
  let folder: TemporaryFolder
  let patience = TestPatience()
  let address: ServerAddress
  let transport: TestTransport

  /// - Parameter lacksExcerpts: as servers were before they gave excerpts of their log.
  init(
    _ api: ServerAPI? = nil, folder: TemporaryFolder? = nil, lacksExcerpts: Bool = false,
    fault: @escaping @Sendable (_ number: Int, ServerRequest) -> TestTransport.Fault? = { _, _ in nil }
  ) throws {
    self.api = try api ?? ServerAPI()
    self.folder = try folder ?? TemporaryFolder()
    address = try ServerAddress("https://plans.example/")
    transport = TestTransport(self.api) { number, request in
      lacksExcerpts && request.path == Operation.readExcerpt.address() ? .unknownRoute : fault(number, request)
    }
  }

  var courier: Courier { courier(token: api.token) }

  func courier(token: String) -> Courier {
    Courier(transport: transport, token: token, language: "en", patience: patience.patience)
  }

  func place() throws -> ReplicaPlace { try ReplicaPlace(address, folder: folder.path("cache")) }

  /// All of the log is read.
  func connect() throws -> RemoteRegister {
    try RemoteRegister.connect(place: try place(), courier: courier)
  }

  /// What is read of the log is what questions need, where the server gives it, or all of it.
  func remote(_ reading: Reading) throws -> RemoteRegister {
    reading == .whole ? try connect() : RemoteRegister(place: try place(), courier: courier)
  }

  enum Reading: CaseIterable { case whole, excerpts }

  /// The replica as it lies in the cache.
  func replicaPath() throws -> String {
    let place = try place()
    guard let pointer = place.pointer() else { throw RegisterError.notFound(place.current) }
    return place.register(pointer.digest)
  }

  static func content(
    _ start: String, hours: Int64 = 2, title: String = "Database migration", kind: ChangeKind = .maintenance
  ) -> ChangeContent {
    ChangeContent(
      kind: kind, service: "profession-liberale", environment: "production", components: ["application"],
      interval: Interval(start: utc(start), length: .hours(hours))!, title: title, description: "Two\nlines «é»",
      impact: .outage, reason: kind == .emergency ? "CVE-2026-1" : nil,
      update: kind == .update
        ? UpdateDetails(
          version: "5.2", category: .evolution, training: true, configuration: false, interruption: true,
          documentation: "https://portal.example/5.2") : nil,
      alongside: [])
  }

  static func interval(_ start: String, hours: Int64) -> Interval {
    Interval(start: utc(start), length: .hours(hours))!
  }

  /// A life with each command; after which the clock stands.
  static let life: [(clock: String, command: ChangeCommand, on: ChangeID?)] = {
    let first = ChangeID(year: 2026, number: 1)
    let second = ChangeID(year: 2026, number: 2)
    let third = ChangeID(year: 2026, number: 3)
    var amendment = ChangeCommand.Amendment()
    amendment[.title] = "Step 1"
    amendment[.impact] = "degraded"
    amendment[.component] = ["application"]
    let noon = interval("2026-12-09T11:00:00Z", hours: 1)
    return [
      ("2026-11-02T09:00:00Z", .submit(content("2026-12-06T01:00:00Z")), nil),
      ("2026-11-02T09:00:10Z", .submit(content("2026-12-07T10:00:00Z", title: "Refused")), nil),
      ("2026-11-02T09:00:20Z", .submit(content("2026-12-08T00:00:00Z", title: "5.2", kind: .update)), nil),
      ("2026-11-02T09:01:00Z", .reschedule(interval: noon, reason: "Try", alongside: []), second),
      ("2026-11-02T09:02:00Z", .reschedule(interval: noon, reason: "Try", alongside: []), third),
      ("2026-11-02T09:03:00Z", .amend(amendment, reason: "Clearer"), third),
      ("2026-11-02T09:03:30Z", .recordNotice(.announcement, .portal, at: nil), third),
      (
        "2026-11-02T09:04:00Z",
        .reschedule(interval: interval("2026-12-20T08:00:00Z", hours: 2), reason: "Vendor", alongside: [first]), third
      ),
      ("2026-11-02T09:05:00Z", .cancel(reason: "Not needed"), third),
      ("2026-11-02T09:05:30Z", .cancel(reason: "Again"), third),
      ("2026-12-06T01:02:00Z", .start(at: utc("2026-12-06T01:01:00Z"), reason: nil), first),
      ("2026-12-06T01:30:00Z", .extend(end: utc("2026-12-06T04:00:00Z"), reason: "Longer", alongside: []), first),
      ("2026-12-06T03:50:00Z", .complete(at: nil, reason: nil), first),
      (
        "2026-12-10T12:00:00Z", .emergency(content("2026-12-10T10:00:00Z", hours: 1, title: "Disk", kind: .emergency)),
        nil
      ),
    ]
  }()
}

extension RegisterWriter {
  func execute(
    _ command: ChangeCommand, on id: ChangeID? = nil, key: String? = nil, revision: Int? = nil
  ) throws -> Register.Outcome {
    try execute(
      Register.Request(command, on: id, actor: "ada", idempotencyKey: key, expectedRevision: revision)
    ) { service in
      let loaded = try ServerAPI.contracts.load(service: service)
      return BoundContract(contract: loaded.contract, files: loaded.sources)
    }
  }
}

extension Register.Outcome {
  /// What two answers have to agree in.
  var essence: String {
    "\(verdict)\n\(String(describing: change))\n\(isReplay) \(decidedAt) \(String(describing: newest))"
  }
}

/// What a register was asked for.
final class NeedNotes: LogWatch {
  private let noted = Mutex<Set<LogNeed>>([])
  var needs: Set<LogNeed> { noted.withLock { $0 } }
  func meet(_ need: LogNeed) { noted.withLock { _ = $0.insert(need) } }
  func taken(_ need: LogNeed) -> IntervalSet? { nil }
}

/// What was told of what is kept on this machine.
final class Told: Sendable {
  private let told = Mutex<[RemoteRegister.Report]>([])
  var reports: [RemoteRegister.Report] { told.withLock { $0 } }
  @Sendable func add(_ report: RemoteRegister.Report) { told.withLock { $0.append(report) } }
}
