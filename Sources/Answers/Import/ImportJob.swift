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
    var requests: [ImportRequest] = []
    requests.reserveCapacity(file.rows.count)
    for row in file.rows {
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
    let count = requests.count
    let outcome = try register.executeAll(
      requests.map(\.request), terms: terms,
      contract: { service in try contracts[service]?.bound ?? contract(service) },
      isFault: ImportJob.isFault, progress: { progress($0, count) })
    for (request, result) in zip(requests, outcome.results) {
      guard case .failed(let error) = result else { continue }
      problems.append(problem(request.row.line, error))
    }
    let undone = undone(requests, outcome)
    let rows = zip(requests, outcome.results).map {
      ImportedRow($0, $1, isRecorded: outcome.isRecorded, keepsDrafts: wanted.keepsDrafts, undone: undone)
    }
    return Result(
      rows: rows, requests: requests, problems: problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) }, outcome: outcome,
      undone: undone, wordings: contracts.mapValues(\.wording),
      contracts: contracts.mapValues(\.bound.contract), wording: wording)
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
  private func undone(_ requests: [ImportRequest], _ outcome: Register.BatchOutcome) -> [ChangeID: Int] {
    guard !outcome.isRecorded else { return [:] }
    var lines: [ChangeID: Int] = [:]
    for (request, result) in zip(requests, outcome.results) {
      guard case .judged(let outcome) = result, !outcome.isReplay, let change = outcome.change else { continue }
      lines[change.id] = request.row.line
    }
    return lines
  }
}
