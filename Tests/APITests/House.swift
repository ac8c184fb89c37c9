import API
import Answers
import CivilTime
import Files
import Foundation
import JSONText
import Publication
import Register
import RegisterSQLite
import Synchronization
import TestSupport
import Testing

/// Tokens of four people; nobody else has one.
enum Caller: String, CaseIterable, Sendable {
  case nobody, eve, max, rita, ada

  var token: String? { self == .nobody ? nil : "token-of-\(rawValue)" }

  var role: Role? {
    switch self {
    case .nobody: nil
    case .eve, .max: .engineer
    case .rita: .releaseManager
    case .ada: .admin
    }
  }
}

struct FixedTokens: Authenticator {
  func principal(bearing secret: String) throws -> Principal? {
    if secret == "token-that-breaks" { throw RegisterError.busy }
    return Caller.allCases.first { $0.token == secret }.flatMap { caller in
      caller.role.map { Principal(name: caller.rawValue, role: $0) }
    }
  }
}

/// The API on a register of its own, with the shipped contract and a clock that is set by hand.
final class House: Sendable {
  let folder: URL
  let clock: HandClock
  let register: Register
  let api: API

  /// Tuesday morning in Paris.
  static let now = "2026-12-01T09:00:00Z"
  static let root = Project.root
  static let contracts = KeptContracts(ContractFolder(root.appending(path: "calendars").path))
  static let folder = ContractFolder(root.appending(path: "calendars").path)
  static let service = "profession-liberale"

  /// - Parameter path: of a register that is there already; nil makes one.
  init(
    on path: String? = nil, isSimulation: Bool = false, at now: String = House.now,
    contracts: KeptContracts = House.contracts
  ) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "preavis-api-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let clock = HandClock(utc(now))
    self.clock = clock
    let store: SQLiteStore
    if let path {
      store = try SQLiteStore.open(at: path)
    } else {
      store = try SQLiteStore.create(at: folder.appending(path: "register.sqlite").path)
      try Register.initialise(store, isSimulation: isSimulation, identity: "5eed", now: utc("2026-01-01T00:00:00Z"))
    }
    let facts = try Register.facts(store)
    register = Register(
      store: store, publisher: EventFragment(identity: facts.identity, isSimulation: facts.isSimulation),
      clock: { clock.now })
    let templates = try NoticeTemplates(folder: House.root.appending(path: "templates").path)
    api = API(
      register: register, identity: facts.identity, isSimulation: facts.isSimulation,
      contracts: contracts, templates: { templates },
      authenticator: FixedTokens(), folder: House.folder, readCalendar: House.readCalendar)
  }

  /// Stands for the reader in its own process: knows one file.
  private static let readCalendar: API.CalendarReader = { bytes, zone, _ in
    guard bytes == Array("one event".utf8), zone == "Europe/Paris" else { throw BadValue("not a calendar") }
    return JSONLinesRows.read(Array(#"{"title":"One","start":"2026-12-06T01:00","duration":"2h"}"#.utf8))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// One call; `path` has its query with it.
  @discardableResult
  func call(
    _ method: String, _ path: String, by caller: Caller = .nobody, _ body: String? = nil,
    type: String = "application/json", headers: [(String, String)] = []
  ) -> Answer {
    var all = headers.map { (name: $0.0, value: $0.1) }
    if let token = caller.token { all.append(("authorization", "Bearer \(token)")) }
    if body != nil { all.append(("content-type", type)) }
    let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
    return send(
      APICall(
        method, "/api/v1" + parts[0], query: parts.count > 1 ? parts[1] : nil, headers: all,
        body: Array((body ?? "").utf8)))
  }

  func send(_ call: APICall) -> Answer {
    let answer = Answer(api.answer(call))
    Recording.add(call, answer)
    for place in DescribedAnswers.unnamed(call, answer) {
      Issue.record("\(call.method) \(call.path) \(answer.status): the document does not name \(place)")
    }
    return answer
  }

  /// Two hours from `start`; the identifier of what was planned, or of the draft.
  func submit(_ start: String, by caller: Caller = .eve, title: String = "Database migration") throws -> String {
    let answer = call("POST", "/changes", by: caller, #"{"start":"\#(start)","duration":"2h","title":"\#(title)"}"#)
    try #require(answer.status == 201 || answer.code == "refused", "\(answer.text)")
    return try #require((answer.json["id"] ?? answer.json["change"]?["id"])?.string)
  }
}

/// What came back.
struct Answer: Sendable {
  let status: Int
  let headers: [(name: String, value: String)]
  let body: [UInt8]

  init(_ answer: APIAnswer) {
    status = answer.status
    headers = answer.headers
    body = answer.body
  }

  var text: String { String(decoding: body, as: UTF8.self) }
  /// Null where it is no JSON.
  var json: JSON { (try? JSON(parsing: body)) ?? .null }
  var code: String? { json["code"]?.string }
  func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
  var etag: String { header("etag") ?? "" }
  /// What `If-Match` looks at of it.
  var state: String { etag.replacing(/\.[0-9a-f]{16}"$/, with: "\"") }
}

/// Keeps every call and its answer for Tests/Scripts/openapi_answers.py, where PREAVIS_API_ANSWERS names a folder.
enum Recording {
  private static let folder = ProcessInfo.processInfo.environment["PREAVIS_API_ANSWERS"]
  private static let lock = Mutex(false)

  static func add(_ call: APICall, _ answer: Answer) {
    guard let folder else { return }
    let line: JSON = [
      "method": .string(call.method), "path": .string(call.path), "query": .string(call.query ?? ""),
      "status": .integer(Int64(answer.status)), "type": .string(answer.header("content-type") ?? ""),
      "body": answer.header("content-type")?.hasSuffix("json") == true && !answer.json.isNull
        ? answer.json : .string(answer.text),
    ]
    lock.withLock { isBegun in
      let file = URL(filePath: folder).appending(path: "answers.jsonl")
      if !isBegun {
        try? Data(OpenAPIDocument.bytes).write(to: URL(filePath: folder).appending(path: "openapi.json"))
        try? Data().write(to: file)
        isBegun = true
      }
      guard let handle = try? FileHandle(forWritingTo: file) else { return }
      _ = try? handle.seekToEnd()
      try? handle.write(contentsOf: Data(line.bytes + [0x0A]))
      try? handle.close()
    }
  }
}
