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

/// Turns rows into requests, by the functions that read the command line.
package struct RequestReading {
  private let language: Language
  /// Where the row came from: of a file, or of one call.
  package let door: Door
  private let environment: String
  private let lookUp: (String?) throws -> LoadedContract
  /// Whether texts of others are cleaned; without, what no text may hold is left in, and refused by the rules.
  private let cleans: Bool
  /// Stands before the keys that rows name, so that those of two askers are kept apart.
  private let keyScope: String
  /// By service; loaded when a row names it first.
  package private(set) var contracts: [String: (loaded: LoadedContract, bound: BoundContract, wording: Wording)] = [:]
  private var defaultService: String?
  /// How many rows with this content there were.
  private var ordinals: [String: Int] = [:]
  private let actor: String?

  /// - Parameters:
  ///   - service: of rows that name none; nil for the only one there is.
  ///   - environment: of rows that name none.
  ///   - contract: looks up the contract of a service; of the only one, where it is asked for nil.
  package init(
    language: Language, door: Door = .file, actor: String?, service: String? = nil,
    environment: String = Contract.production,
    cleans: Bool = true, keyScope: String = "", contract: @escaping (String?) throws -> LoadedContract
  ) throws {
    self.language = language
    self.door = door
    self.environment = environment
    self.cleans = cleans
    self.keyScope = keyScope
    self.actor = actor
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
    return contracts[defaultService!]!.loaded
  }

  package mutating func read(_ row: RequestRow) throws -> ImportRequest {
    let service = try service(row)
    let wording = contracts[service]!.wording
    var warnings: [String] = []
    let content = try content(row, service: service, wording, &warnings)
    let key =
      try row[.idempotencyKey].map { keyScope + (try IdempotencyKey.checked($0, language, door: door)) } ?? key(content)
    let request = Register.Request(
      content.kind == .emergency ? .emergency(content) : .submit(content), actor: actor, idempotencyKey: key)
    return ImportRequest(row: row, content: content, request: request, warnings: warnings)
  }

  private mutating func service(_ row: RequestRow) throws -> String {
    guard let name = row[.service] else { return try defaultContract().contract.service }
    return contracts[name] == nil ? adopt(try lookUp(name)) : name
  }

  private func content(
    _ row: RequestRow, service: String, _ wording: Wording, _ warnings: inout [String]
  ) throws -> ChangeContent {
    let words = WordArgument(language: language, door: door)
    let update = try update(row, words, &warnings)
    guard let start = row[.start] else {
      throw BadValue(language("\(door.name(.start)): missing.", "\(door.name(.start)) : manquant."))
    }
    let interval = try TimeArgument(wording: wording).interval(
      start: start, end: row[.end], duration: row[.duration])
    return ChangeContent(
      kind: try row[.kind].map { try words.read($0, field: .kind) } ?? (update == nil ? .maintenance : .update),
      service: service, environment: row[.environment] ?? environment, components: row.components,
      interval: interval, title: cleaned(row, .title, .title, &warnings) ?? "",
      description: cleaned(row, .description, .description, &warnings) ?? "",
      impact: try row[.impact].map { try words.read($0, field: .impact) }
        ?? (update?.interruption == false ? .none : .outage),
      reason: cleaned(row, .reason, .reason, &warnings), update: update,
      alongside: try row.alongside.map { try words.change($0, field: .alongside) })
  }

  private func update(_ row: RequestRow, _ words: WordArgument, _ warnings: inout [String]) throws -> UpdateDetails? {
    guard let version = cleaned(row, .update, .version, &warnings) else {
      let fields: [RowField] = [.category, .training, .configuration, .interruption, .documentation]
      guard fields.allSatisfy({ row[$0] == nil }) else { throw CommandError.updateDetailsMissing }
      return nil
    }
    guard let category = row[.category] else { throw CommandError.updateDetailsMissing }
    return UpdateDetails(
      version: version, category: try words.read(category, field: .category), training: row.flag(.training) ?? false,
      configuration: row.flag(.configuration) ?? false, interruption: row.flag(.interruption) ?? true,
      documentation: cleaned(row, .documentation, .documentation, &warnings))
  }

  /// What others wrote is cleaned and told; what is typed at the command line is refused.
  private func cleaned(
    _ row: RequestRow, _ field: RowField, _ text: TextField, _ warnings: inout [String]
  ) -> String? {
    guard let written = row[field] else { return nil }
    guard cleans else { return written }
    let (text, count) = TextCleaning.clean(written, as: text)
    if count > 0 {
      warnings.append(
        language(
          "\(field.name): \(count) control or direction character\(count == 1 ? "" : "s") taken out.",
          "\(field.name) : \(count) caractère\(count == 1 ? "" : "s") de commande ou de sens d’écriture retiré\(count == 1 ? "" : "s")."
        ))
    }
    return text
  }

  /// The same content in the same place among its equals is the same request, whatever file it comes in.
  private mutating func key(_ content: ChangeContent) -> String {
    let digest = Digest.sha256(content.json.bytes)
    let ordinal = ordinals[digest, default: 0] + 1
    ordinals[digest] = ordinal
    return "import-\(digest.prefix(40))-\(ordinal)"
  }
}
