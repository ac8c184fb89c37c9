import API
import CivilTime
import Feeds
import Files
import Foundation
import JSONText
import Planning
import Register
import RegisterSQLite
import Remote
import Site
import Synchronization
import Wording

/// A clock that stands until it is set.
final class HandClock: Sendable {
  private let state: Mutex<Instant>
  init(_ now: Instant) { state = Mutex(now) }

  var now: Instant {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}

/// A folder that goes with the test.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "preavis-remote-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }
}

/// The part of the API that a remote register speaks to, on a register in a file: what the real one answers, without its
/// roles and limits.
final class FakeAPI: Sendable {
  let folder: TemporaryFolder
  let store: any EventStore
  let clock: HandClock
  let isSimulation: Bool
  let token = "prv_5ecret"
  let actor = "ada"
  private let calls = Mutex<[APICall]>([])

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let contracts = ContractFolder(root.appending(path: "calendars").path)

  init(at now: String = "2026-11-02T09:00:00Z", isSimulation: Bool = false, isFile: Bool = false) throws {
    folder = try TemporaryFolder()
    store = isFile ? try SQLiteStore.create(at: folder.path("register.sqlite")) : MemoryStore()
    clock = HandClock(utc(now))
    self.isSimulation = isSimulation
    try Register.initialise(
      store, isSimulation: isSimulation, identity: "5eed", now: isSimulation ? .init(secondsSinceEpoch: 0) : clock.now)
  }

  var path: String { folder.path("register.sqlite") }

  var register: Register {
    Register(
      store: store, publisher: EventFragment(identity: "5eed", isSimulation: isSimulation),
      clock: { [clock] in clock.now })
  }

  func events() throws -> [StoredEvent] { try store.read { try $0.events(after: 0, limit: 100_000) } }
  func types() throws -> [String] { try events().map(\.type) }

  /// Requests that came, as `POST /api/v1/changes`.
  var lines: [String] { calls.withLock { $0.map { "\($0.method) \($0.path)" } } }
  var received: [APICall] { calls.withLock { $0 } }

  func bound(_ service: String) throws -> BoundContract {
    let loaded = try FakeAPI.contracts.load(service: service)
    return BoundContract(contract: loaded.contract, files: loaded.sources)
  }

  // MARK: Routes

  func answer(_ call: APICall) -> APIAnswer {
    calls.withLock { $0.append(call) }
    guard call.header("authorization") == "Bearer \(token)" else {
      return problem(401, "unauthorized", "The token is unknown.")
    }
    do {
      let path = call.path.split(separator: "/").map(String.init).dropFirst(2)
      switch (call.method, Array(path)) {
      case ("GET", ["log"]):
        return try LogExtract.answer(
          after: Int(query(call, "after") ?? "") ?? 0, limit: Int(query(call, "limit") ?? "") ?? 1000, of: register)
      case ("GET", ["contracts"]):
        return ContractBundle.answer(FakeAPI.contracts, ifNoneMatch: call.header("if-none-match"))
      case ("POST", ["changes"]): return try submit(call) { .submit($0) }
      case ("POST", ["emergencies"]): return try submit(call) { .emergency($0) }
      case ("POST", let path) where path.count == 3 && path[0] == "changes":
        return try move(call, ChangeID(path[1])!, path[2])
      case ("POST", ["outages"]):
        return try outage(call, .record(OutageContent(json: try JSON(parsing: call.body))), nil)
      case ("POST", let path) where path.count == 3 && path[0] == "outages":
        return try outage(call, OutageID(path[1])!, path[2])
      case ("POST", ["imports"]): return try imports(call)
      default: return problem(404, "not_found", "No such route.")
      }
    } catch RegisterError.staleRevision(_, let current) {
      return problem(412, "stale_revision", "Stale.", [.init("revision", current.map { .integer(Int64($0)) } ?? .null)])
    } catch RegisterError.unknownChange(let id) {
      return problem(404, "unknown_change", "There is no \(id).")
    } catch RegisterError.idempotencyKeyReused {
      return problem(422, "idempotency_key_reused", "Reused.")
    } catch RegisterError.busy {
      return problem(503, "busy", "Busy.")
    } catch RegisterError.clockBehind {
      return problem(503, "clock_behind", "The clock is behind.")
    } catch let error as OutageError {
      return problem(422, error.isRefusal ? "missing_reason" : "invalid_value", wording(call).outageError(error))
    } catch let error as CommandError {
      return problem(422, "invalid_value", wording(call).commandError(error))
    } catch {
      return problem(400, "bad_request", "\(error)")
    }
  }

  private func wording(_ call: APICall) -> Wording {
    Wording(call.header("accept-language") == "fr" ? .french : .english, zone: zone)
  }

  private var zone: ZoneRules {
    (try? bound("profession-liberale").contract.currentTimeZone) ?? .utc
  }

  private func query(_ call: APICall, _ name: String) -> String? {
    call.query?.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
      .first { $0[0] == name }?[1]
  }

  private func problem(_ status: Int, _ code: String, _ detail: String, _ more: [JSON.Member] = []) -> APIAnswer {
    let json = JSON.object(
      [
        .init("type", .string("/problems/\(code)")), .init("status", .integer(Int64(status))),
        .init("detail", .string(detail)), .init("code", .string(code)),
      ] + more)
    return APIAnswer(status: status, headers: [("content-type", "application/problem+json")], body: json.bytes)
  }

  // MARK: Changes

  /// Keys belong to their token.
  private func key(_ call: APICall) -> String? { call.header("idempotency-key").map { "\(actor)/\($0)" } }

  private func submit(_ call: APICall, _ command: (ChangeContent) -> ChangeCommand) throws -> APIAnswer {
    let content = try ChangeContent(json: try JSON(parsing: call.body))
    return try answer(
      call, register.execute(.init(command(content), actor: actor, idempotencyKey: key(call)), contract: bound), 201)
  }

  private func move(_ call: APICall, _ id: ChangeID, _ verb: String) throws -> APIAnswer {
    guard let tag = call.header("if-match") else { return problem(428, "precondition_required", "If-Match.") }
    let json = try JSON(parsing: call.body)
    let reason = json["reason"]?.string
    let others = (json["alongside"]?.array ?? []).compactMap { $0.string.flatMap(ChangeID.init) }
    func moment(_ name: String) throws -> Instant? { try json[name] == nil ? nil : json.instant(name) }
    let command: ChangeCommand
    switch verb {
    case "reschedule":
      command = .reschedule(
        interval: json["start"] == nil ? nil : try json.interval(), reason: reason, alongside: others)
    case "amend":
      var fields = ChangeCommand.Amendment()
      fields.title = json["title"]?.string
      fields.description = json["description"]?.string
      fields.impact = json["impact"]?.string.flatMap(Impact.init)
      fields.components = json["components"]?.array?.compactMap(\.string)
      fields.training = json["training"]?.bool
      fields.configuration = json["configuration"]?.bool
      fields.interruption = json["interruption"]?.bool
      fields.documentation = json["documentation"]?.string
      command = .amend(fields, reason: reason)
    case "cancel": command = .cancel(reason: reason)
    case "start": command = .start(at: try moment("at"), reason: reason)
    case "complete": command = .complete(at: try moment("at"), reason: reason)
    case "extend": command = .extend(end: try json.instant("end"), reason: reason, alongside: others)
    default:
      command = .recordNotice(
        NoticeKind(rawValue: try json.required("kind"))!, NoticeChannel(rawValue: try json.required("channel"))!,
        at: try moment("at"))
    }
    let text = tag.filter { $0 != "\"" }
    // Drafts are compared by the real API; here nobody else moves them.
    let request = Register.Request(
      command, on: id, actor: actor, idempotencyKey: key(call), expectedRevision: Int(text))
    return try answer(call, register.execute(request, contract: bound), 200)
  }

  private func answer(_ call: APICall, _ outcome: Register.Outcome, _ status: Int) throws -> APIAnswer {
    let json = ChangeJSON(wording: wording(call), isSimulation: isSimulation)
    if outcome.verdict.status == .refused {
      return problem(
        422, "refused", "Refused.",
        [
          .init("verdict", json.verdict(outcome.verdict)),
          .init("change", outcome.change.map { json.change($0, verdict: outcome.verdict) } ?? .null),
        ])
    }
    guard let change = outcome.change else { return problem(500, "internal", "") }
    return APIAnswer(
      status: status, headers: [("content-type", "application/json")],
      body: json.change(change, verdict: outcome.verdict).bytes)
  }

  // MARK: Outages

  private func outage(_ call: APICall, _ id: OutageID, _ verb: String) throws -> APIAnswer {
    let json = try JSON(parsing: call.body)
    let reason = json["reason"]?.string
    guard verb == "amend" else { return try outage(call, .void(reason: reason), id) }
    var fields = OutageCommand.Amendment()
    fields.components = json["components"]?.array?.compactMap(\.string)
    fields.environment = json["environment"]?.string
    fields.cause = json["cause"]?.string.flatMap(OutageCause.init)
    fields.start = json["start"] == nil ? nil : try json.instant("start")
    fields.end = json["ongoing"]?.bool == true ? .ongoing : json["end"] == nil ? nil : .at(try json.instant("end"))
    fields.title = json["title"]?.string
    fields.evidence = json["evidence"]?.string
    return try outage(call, .amend(fields, reason: reason), id)
  }

  private func outage(_ call: APICall, _ command: OutageCommand, _ id: OutageID?) throws -> APIAnswer {
    let outcome = try register.execute(
      Register.OutageRequest(command, on: id, actor: actor, idempotencyKey: key(call)), contract: bound)
    let json: JSON = ["id": .string(outcome.outage.id.description)]
    return APIAnswer(
      status: id == nil ? 201 : 200, headers: [("content-type", "application/json")], body: json.bytes)
  }

  // MARK: Imports

  private func imports(_ call: APICall) throws -> APIAnswer {
    var terms = Register.BatchTerms()
    terms.isRehearsal = query(call, "dry_run") == "true"
    terms.keepsGoing = query(call, "keep_going") == "true"
    terms.keepsDrafts = query(call, "drafts") == "true"
    let requests = try call.body.split(separator: 0x0A).map { line in
      let json = try JSON(parsing: Array(line))
      let content = try ChangeContent(json: json)
      return Register.Request(
        content.kind == .emergency ? .emergency(content) : .submit(content), actor: actor,
        idempotencyKey: json["idempotency_key"]?.string.map { "\(actor)/\($0)" })
    }
    let outcome = try register.executeAll(
      requests, terms: terms, contract: bound, isFault: { $0 is CommandError || $0 is RegisterError })
    let json = ChangeJSON(wording: wording(call), isSimulation: isSimulation)
    var undone: [ChangeID: Int] = [:]
    for (index, result) in outcome.results.enumerated() where !outcome.isRecorded {
      if case .judged(let outcome) = result, !outcome.isReplay, let id = outcome.change?.id { undone[id] = index + 1 }
    }
    let rows: [JSON] = outcome.results.enumerated().map { index, result in
      row(index + 1, result, isRecorded: outcome.isRecorded, keepsDrafts: terms.keepsDrafts, undone, json)
    }
    let isMalformed = outcome.results.contains { if case .failed = $0 { true } else { false } }
    guard !isMalformed, outcome.isRecorded || terms.isRehearsal else {
      return problem(
        422, isMalformed ? "malformed_rows" : "refused", "Nothing was recorded.", [.init("rows", .array(rows))])
    }
    return APIAnswer(status: 200, headers: [("content-type", "application/json")], body: JSON.array(rows).bytes)
  }

  /// As `import --json` prints it.
  private func row(
    _ line: Int, _ result: Register.BatchOutcome.Result, isRecorded: Bool, keepsDrafts: Bool,
    _ undone: [ChangeID: Int], _ json: ChangeJSON
  ) -> JSON {
    let number = JSON.integer(Int64(line))
    guard case .judged(let outcome) = result else {
      guard case .failed(let error) = result else { return .null }
      let text = (error as? CommandError).map(json.wording.commandError) ?? "\(error)"
      return ["line": number, "status": "malformed", "message": .string(text)]
    }
    let isAllowed = outcome.verdict.status == .allowed
    if let change = outcome.change, undone[change.id] == nil,
      outcome.isReplay || isRecorded && (isAllowed || keepsDrafts)
    {
      let status = outcome.isReplay ? "already_imported" : isAllowed ? "recorded" : "draft"
      return ["line": number, "status": .string(status), "change": json.change(change, verdict: outcome.verdict)]
    }
    let written = json.verdict(outcome.verdict)["findings"]?.array ?? []
    let findings = zip(outcome.verdict.findings, written).map { finding, written -> JSON in
      guard case .overlap(let bookings) = finding.figures, case .object(var members) = written else { return written }
      let lines = bookings.compactMap { undone[$0.change] }
      guard !lines.isEmpty, let place = members.firstIndex(where: { $0.key == "changes" }) else { return written }
      members[place].value = .array(
        members[place].value.array?.filter { undone[ChangeID($0["id"]?.string ?? "")!] == nil } ?? [])
      return .object(members + [.init("lines", .array(lines.map { .integer(Int64($0)) }))])
    }
    return ["line": number, "status": isAllowed ? "allowed" : "refused", "findings": .array(findings)]
  }
}

/// `2026-12-06T00:00:00Z` in a test.
func utc(_ text: String) -> Instant {
  guard case .instant(let instant) = WrittenTime(text) else { fatalError("not an instant: \(text)") }
  return instant
}
