import ArgumentParser
import CivilTime
import Feeds
import Files
import ICalendar
import Intake
import Planning
import Register
import Wording

/// An import from its file to its report.
struct ImportRun {
  let session: Session
  let source: ImportSource
  let service: ServiceOptions
  let isRehearsal: Bool
  let keepsGoing: Bool
  let keepsDrafts: Bool

  private var language: Language { session.language }

  func run() throws {
    let progress = ImportProgress(session)
    defer { progress.clear() }
    var reading = try RequestReading(session: session, defaults: service)
    let open = try session.register()
    var file = RowFile()
    var problems: [ImportProblem] = []
    do {
      file = try read(&reading, progress)
      problems = self.problems(file)
    } catch let refusal as CagedCalendar.Refusal {
      problems = [ImportProblem(line: refusal.line, text: refusal.text)]
    }
    var requests: [ImportRequest] = []
    requests.reserveCapacity(file.rows.count)
    for row in file.rows {
      do {
        requests.append(try reading.read(row))
      } catch let error where ImportRun.isOfRow(error) {
        problems.append(problem(row.line, error, zone(reading)))
      }
    }
    // With a broken row nothing will be recorded; the others are judged all the same, so that one run tells all.
    var terms = Register.BatchTerms()
    terms.keepsGoing = keepsGoing
    terms.keepsDrafts = keepsDrafts
    terms.isRehearsal = isRehearsal || !problems.isEmpty
    let contracts = reading.contracts
    let outcome = try open.register.executeAll(
      requests.map(\.request), terms: terms,
      contract: { service in try contracts[service]?.bound ?? session.bound(session.contract(service)) },
      isFault: ImportRun.isFault, progress: { progress.show(.judged, $0, of: requests.count) })
    for (request, result) in zip(requests, outcome.results) {
      guard case .failed(let error) = result else { continue }
      problems.append(problem(request.row.line, error, zone(reading)))
    }
    progress.clear()
    let report = ImportReport(
      session: session, source: source.name, isSimulation: open.isSimulation, wording: zone(reading),
      wordings: contracts.mapValues(\.wording), isRehearsal: isRehearsal, keepsDrafts: keepsDrafts)
    try report.print(file, requests, outcome, problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
  }

  private func read(_ reading: inout RequestReading, _ progress: ImportProgress) throws -> RowFile {
    let seen: (Int) -> Void = { progress.show(.read, $0, of: nil) }
    switch source.format {
    case .csv: return CSVRows.read(source.bytes, progress: seen)
    case .jsonl: return JSONLinesRows.read(source.bytes, progress: seen)
    case .ics:
      let zone = try reading.defaultContract().contract.currentTimeZone.name
      return try CagedCalendar(language: language).read(source.bytes, zone: zone)
    }
  }

  /// The wording of times where no row says which service is meant.
  private func zone(_ reading: RequestReading) -> Wording {
    reading.contracts.sorted { $0.key < $1.key }.first?.value.wording ?? Wording(language, zone: .utc)
  }

  private func problems(_ file: RowFile) -> [ImportProblem] {
    let text = RowProblemText(language: language)
    return file.problems.map { ImportProblem(line: $0.line, text: text.text($0.reason)) }
  }

  /// What a row can be blamed for while it is read; a folder of contracts that is not there, it cannot.
  private static func isOfRow(_ error: any Error) -> Bool {
    error is CommandError || (error as? Failure)?.status == .usage
  }

  /// Errors that one row is to blame for in the register; any other is a failure of the whole.
  private static func isFault(_ error: any Error) -> Bool {
    switch error {
    case is CommandError, is ReadBackMismatch, is ContentLineError: true
    case RegisterError.unknownChange, RegisterError.idempotencyKeyReused: true
    default: false
    }
  }

  private func problem(_ line: Int, _ error: any Error, _ wording: Wording) -> ImportProblem {
    let message = Failure(error, wording: wording).message
    // What the command line calls a flag is a column here.
    return ImportProblem(line: line, text: message.hasPrefix("--") ? String(message.dropFirst(2)) : message)
  }
}
