import CivilTime
package import Files
import ICalendar
package import Planning
package import Register
package import Wording

/// Many requests of one file on their way through the register.
package struct ImportJob {
  private var reading: RequestReading
  private let language: Language

  package init(_ reading: RequestReading, language: Language) {
    self.reading = reading
    self.language = language
  }

  /// What came of a file.
  package struct Result {
    package let rows: [ImportedRow]
    package let requests: [ImportRequest]
    /// Cancelled events that were never planned.
    package let unknown: [RequestRow]
    /// By line; with any of them nothing was recorded.
    package let problems: [ImportProblem]
    package let outcome: Register.BatchOutcome
    /// Lines of changes that were undone.
    package let undone: [ChangeID: Int]
    /// By service.
    package let wordings: [String: Wording]
    package let contracts: [String: Contract]
    /// Of the first service.
    package let wording: Wording
  }

  /// - Parameters:
  ///   - known: what is wrong with the file already, before any row is read.
  ///   - contract: of a service that a request names.
  package mutating func run(
    _ file: RowFile, known: [ImportProblem] = [], terms wanted: Register.BatchTerms, register: any RegisterWriter,
    contract: (String) throws -> BoundContract, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> Result {
    let text = RowProblemText(language: language)
    var problems = known + file.problems.map { ImportProblem(line: $0.line, text: text.text($0.reason)) }
    problems += mixedOrders(file.rows)
    var requests: [ImportRequest] = []
    requests.reserveCapacity(file.rows.count)
    // Only a register at hand knows what earlier files made; a server refuses the key of what has changed.
    let withdrawn = register is Register ? file.rows.filter { $0.withdrawal != nil } : []
    for row in file.rows where row.withdrawal == nil {
      do {
        requests.append(try reading.read(row))
      } catch let error where error is CommandError || error is BadValue || error is ServiceError {
        problems.append(problem(row.line, error))
      }
    }
    // With a broken row nothing will be recorded; the others are judged all the same, so that one run tells all.
    var terms = wanted
    terms.isRehearsal = wanted.isRehearsal || !problems.isEmpty
    let contracts = reading.contracts
    let count = requests.count + withdrawn.count
    let outcome = try register.executeAll(
      withdrawn.map { reading.withdrawal($0) } + requests.map(\.request), terms: terms,
      contract: { service in try contracts[service]?.bound ?? contract(service) },
      isFault: ImportJob.isFault, progress: { progress($0, count) })
    // What is not found again is nothing to tell of a series; a cancelled event is one that was never planned.
    var withdrawals: [(ImportRequest, Register.BatchOutcome.Result)] = []
    var unknown = file.rows.filter { $0.withdrawal == .event && !(register is Register) }
    for (row, result) in zip(withdrawn, outcome.results) {
      switch result {
      case .nothing: if row.withdrawal == .event { unknown.append(row) }
      case .failed(let error): problems.append(problem(row.line, error))
      case .judged(let outcome):
        guard let change = outcome.change, !outcome.isReplay || row.withdrawal == .event else { continue }
        let request = reading.withdrawal(row)
        withdrawals.append((ImportRequest(row: row, content: change.content, request: request, warnings: []), result))
      }
    }
    for (request, result) in zip(requests, outcome.results.dropFirst(withdrawn.count)) {
      guard case .failed(let error) = result else { continue }
      problems.append(problem(request.row.line, error))
    }
    let pairs = Array(zip(requests, outcome.results.dropFirst(withdrawn.count)))
    let undone = undone(pairs, outcome)
    let rows = (withdrawals + pairs).sorted { $0.0.row.line < $1.0.row.line }.map {
      ImportedRow($0, $1, isRecorded: outcome.isRecorded, keepsDrafts: wanted.keepsDrafts, undone: undone)
    }
    return Result(
      rows: rows, requests: requests, unknown: unknown, problems: problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) },
      outcome: outcome,
      undone: undone, wordings: contracts.mapValues(\.wording),
      contracts: contracts.mapValues(\.bound.contract), wording: wording)
  }

  /// A file in which one date can only say its day first, and another only its month, says of the rest what nobody knows.
  private func mixedOrders(_ rows: [RequestRow]) -> [ImportProblem] {
    var first: [Bool: (line: Int, text: String)] = [:]
    for row in rows {
      for field in [ChangeField.start, .end] {
        guard let text = row[field], let date = text.prefixMatch(of: /(\d{1,2})\/(\d{1,2})\/\d{4}/),
          let one = Int(date.1), let other = Int(date.2), (one > 12) != (other > 12), first[one > 12] == nil
        else { continue }
        first[one > 12] = (row.line, String(date.0))
      }
    }
    guard let day = first[true], let month = first[false] else { return [] }
    let text = language(
      "\(day.text) (line \(day.line)) has its day first, \(month.text) (line \(month.line)) its month; write all alike.",
      "\(day.text) (ligne \(day.line)) commence par le jour, \(month.text) (ligne \(month.line)) par le mois ; écrivez-les tous de même."
    )
    return [ImportProblem(line: max(day.line, month.line), text: text)]
  }

  /// The wording of times where no row says which service is meant.
  private var wording: Wording {
    reading.contracts.sorted { $0.key < $1.key }.first?.value.wording
      ?? Wording(language, zone: .utc, door: reading.door)
  }

  /// Errors that one row is to blame for in the register; any other is a failure of the whole.
  private static func isFault(_ error: any Error) -> Bool {
    switch error {
    case is CommandError, is ReadBackMismatch, is ContentLineError: true
    case RegisterError.unknownChange, RegisterError.idempotencyKeyReused: true
    default: false
    }
  }

  private func problem(_ line: Int, _ error: any Error) -> ImportProblem {
    let message = ErrorText(wording: wording).text(error) ?? "\(error)"
    return ImportProblem(line: line, text: message)
  }

  /// Which lines made the changes that were not committed.
  private func undone(
    _ pairs: [(ImportRequest, Register.BatchOutcome.Result)], _ outcome: Register.BatchOutcome
  ) -> [ChangeID: Int] {
    guard !outcome.isRecorded else { return [:] }
    var lines: [ChangeID: Int] = [:]
    for (request, result) in pairs {
      guard case .judged(let outcome) = result, !outcome.isReplay, outcome.deed == nil, let change = outcome.change
      else { continue }
      lines[change.id] = request.row.line
    }
    return lines
  }
}
