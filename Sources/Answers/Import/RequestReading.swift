import CivilTime
package import Files
import JSONText
package import Planning
package import Register
package import Wording

/// A row as the register is asked.
package struct ImportRequest: Sendable {
  package let row: RequestRow
  package let content: ChangeContent
  package let request: Register.Request
  /// What was taken out of its texts.
  package let warnings: [String]
}

/// What is wrong with a line of the file, worded.
package struct ImportProblem: Sendable {
  package let line: Int?
  package let text: String

  /// Messages quote the file, which may hold anything; a terminal is shown one line of plain text.
  package init(line: Int?, text: String) {
    self.line = line
    self.text = TextCleaning.clean(text, as: .title).text
  }
}

/// Turns rows into requests, each with its contract and its key.
package struct RequestReading {
  private let language: Language
  /// Where the row came from: of a file, or of one call.
  package let door: Door
  private let environment: String
  private let lookUp: (String?) throws -> LoadedContract
  /// Stands before the keys that rows name, so that those of two askers are kept apart.
  private let keyScope: String
  /// By service; loaded when a row names it first.
  package private(set) var contracts: [String: (loaded: LoadedContract, bound: BoundContract, wording: Wording)] = [:]
  private var defaultService: String?
  /// How many rows with this content there were.
  private var ordinals: [String: Int] = [:]
  private let actor: String?
  /// Why what an earlier file planned is moved or cancelled.
  private let reason: Reason?

  /// - Parameters:
  ///   - service: of rows that name none; nil for the only one there is.
  ///   - environment: of rows that name none.
  ///   - contract: looks up the contract of a service; of the only one, where it is asked for nil.
  package init(
    language: Language, door: Door = .file, actor: String?, service: String? = nil,
    environment: String = Contract.production, keyScope: String = "", reason: String? = nil,
    contract: @escaping (String?) throws -> LoadedContract
  ) throws {
    self.language = language
    self.door = door
    self.environment = environment
    self.keyScope = keyScope
    self.actor = actor
    self.reason = Reason(reason, clients: nil)
    lookUp = contract
    if let service { defaultService = try adopt(contract(service)) }
  }

  private mutating func adopt(_ loaded: LoadedContract) -> String {
    let name = loaded.contract.service
    contracts[name] = (
      loaded, BoundContract(contract: loaded.contract, files: loaded.sources),
      Wording(language, zone: loaded.contract.currentTimeZone, door: door)
    )
    return name
  }

  /// The contract of a row that names no service.
  package mutating func defaultContract() throws -> LoadedContract {
    if defaultService == nil { defaultService = adopt(try lookUp(nil)) }
    // Holds: adopted in the line before, or earlier.
    return contracts[defaultService!]!.loaded
  }

  package mutating func read(_ row: RequestRow) throws -> ImportRequest {
    let service = try service(row)
    // Holds: `service` adopts what it names.
    var reading = ChangeReading(wording: contracts[service]!.wording, cleans: true)
    let content = try reading.content(row, service: service, environment: environment)
    let key =
      try row[.idempotencyKey].map { keyScope + (try IdempotencyKey.checked($0, language, door: door)) } ?? key(content)
    var request = Register.Request(ChangeCommand(creating: content), actor: actor, idempotencyKey: key)
    if let identity = row.identity {
      request.idempotencyKey = RequestReading.key(of: identity)
      request.follows = Register.Request.Follow(formerKey: key, reason: reason)
    }
    return ImportRequest(row: row, content: content, request: request, warnings: reading.warnings)
  }

  /// What takes back what the same event asked for in an earlier file.
  package func withdrawal(_ row: RequestRow) -> Register.Request {
    var request = Register.Request(
      .cancel(reason: reason), actor: actor, idempotencyKey: row.identity.map(RequestReading.key))
    request.follows = Register.Request.Follow(reason: reason)
    return request
  }

  /// A UID may hold anything, of any length.
  private static func key(of identity: String) -> String { "ics-\(Digest.sha256(identity.utf8).prefix(40))" }

  private mutating func service(_ row: RequestRow) throws -> String {
    guard let name = row[.service] else { return try defaultContract().contract.service }
    return contracts[name] == nil ? adopt(try lookUp(name)) : name
  }

  /// The same content in the same place among its equals is the same request, whatever file it comes in.
  private mutating func key(_ content: ChangeContent) -> String {
    let digest = Digest.sha256(content.request.bytes)
    let ordinal = ordinals[digest, default: 0] + 1
    ordinals[digest] = ordinal
    return "import-\(digest.prefix(40))-\(ordinal)"
  }
}
