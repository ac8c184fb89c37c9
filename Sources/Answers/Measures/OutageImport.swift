import CivilTime
package import Files
package import JSONText
package import Planning
package import Register
package import Wording

/// Outages of one file on their way into the record: all of them, or none.
package struct OutageImport {
  private let language: Language
  private let door: Door
  private let isRehearsal: Bool
  private let actor: String?
  private let keyScope: String
  private let service: String?
  private let lookUp: (String?) throws -> LoadedContract
  private let bind: (LoadedContract) -> BoundContract

  /// - Parameters:
  ///   - service: of rows that name none; nil for the only one there is.
  ///   - keyScope: stands before the keys that rows name, so that those of two askers are kept apart.
  ///   - contract: looks up the contract of a service; of the only one, where it is asked for nil.
  package init(
    language: Language, door: Door = .file, isRehearsal: Bool, actor: String?, service: String?, keyScope: String = "",
    contract: @escaping (String?) throws -> LoadedContract, bind: @escaping (LoadedContract) -> BoundContract
  ) {
    (self.language, self.door, self.isRehearsal, self.actor) = (language, door, isRehearsal, actor)
    (self.service, self.keyScope, lookUp, self.bind) = (service, keyScope, contract, bind)
  }

  /// What came of a row; of one that cannot be read, why.
  package struct Row {
    package let line: Int?
    package let status: ImportedRow.Status
    package var message: String?
    var outage: OutageJSON.Shown?

    fileprivate var json: ImportJSON.Row {
      ImportJSON.Row(line: line, status: status.rawValue, message: message, outage: outage)
    }
  }

  package struct Result {
    /// In order of lines.
    package let rows: [Row]
    package let isRecorded: Bool
    /// Of the first service.
    let zone: ZoneRules
    package var json: [JSON] { rows.map { ImportJSON.form.json($0.json, .local(zone)) } }
    package var problems: [Row] { rows.filter { $0.status == .malformed } }
  }

  package func run(_ file: OutageRows, register: any RegisterWriter, isSimulation: Bool) throws -> Result {
    let text = RowProblemText(
      language: language, names: OutageField.allCases.map(\.rawValue), example: "start,end,cause")
    var rows = file.problems.map { malformed($0.line, text.text($0.reason)) }
    var requests: [(line: Int, request: Register.OutageRequest)] = []
    var contracts: [String: LoadedContract] = [:]
    var ordinals: [String: Int] = [:]
    for row in file.rows {
      do {
        let loaded = try lookUp(row[.service] ?? service)
        contracts[loaded.contract.service] = loaded
        let content = try texts(row).content(of: loaded.contract, wording: wording(loaded.contract))
        let key = try row[.idempotencyKey].map { keyScope + (try IdempotencyKey.checked($0, language, door: door)) }
        let request = Register.OutageRequest(
          .record(content), actor: actor, idempotencyKey: key ?? self.key(content, &ordinals))
        requests.append((row.line, request))
      } catch let error where error is BadValue || error is ServiceError {
        rows.append(malformed(row.line, error, nil))
      }
    }
    let batch = try register.recordAll(
      requests.map(\.request), isRehearsal: isRehearsal || !rows.isEmpty
    ) { service in bind(try contracts[service] ?? lookUp(service)) }
    for ((line, request), result) in zip(requests, batch.results) {
      let contract = request.content.flatMap { contracts[$0.service]?.contract }
      switch result {
      case .failure(let error): rows.append(malformed(line, error, contract))
      case .success(let outcome):
        let isKept = batch.isRecorded || outcome.isReplay
        let status: ImportedRow.Status =
          outcome.isReplay ? .alreadyImported : batch.isRecorded ? .recorded : .allowed
        rows.append(
          Row(line: line, status: status, outage: isKept ? (outcome.outage, isSimulation) : nil))
      }
    }
    return Result(
      rows: rows.sorted { ($0.line ?? 0) < ($1.line ?? 0) }, isRecorded: batch.isRecorded,
      zone: contracts.sorted { $0.key < $1.key }.first?.value.contract.currentTimeZone ?? .utc)
  }

  private func wording(_ contract: Contract?) -> Wording {
    Wording(language, zone: contract?.currentTimeZone ?? .utc, door: door)
  }

  private func malformed(_ line: Int?, _ error: any Error, _ contract: Contract?) -> Row {
    malformed(line, ErrorText(wording: wording(contract)).text(error) ?? "\(error)")
  }

  /// A terminal is shown one line of plain text, whatever the file holds.
  private func malformed(_ line: Int?, _ text: String) -> Row {
    Row(line: line, status: .malformed, message: ImportProblem(line: line, text: text).text)
  }

  private func texts(_ row: OutageRow) -> OutageTexts {
    var texts = OutageTexts()
    (texts.environment, texts.components, texts.cause) = (row[.environment], row.components, row[.cause])
    (texts.start, texts.end, texts.duration) = (row[.start], row[.end], row[.duration])
    (texts.title, texts.evidence) = (row[.title], row[.evidence])
    return texts
  }

  /// The same content in the same place among its equals is the same record, whatever file it comes in.
  private func key(_ content: OutageContent, _ ordinals: inout [String: Int]) -> String {
    let digest = Digest.sha256(content.json.bytes)
    ordinals[digest, default: 0] += 1
    return "import-\(digest.prefix(40))-\(ordinals[digest, default: 1])"
  }
}

extension Register.OutageRequest {
  /// What it records; nil for a correction.
  package var content: OutageContent? {
    if case .record(let content) = command { content } else { nil }
  }
}
