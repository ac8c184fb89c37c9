import Answers
import ArgumentParser
import CivilTime
import Files
import ICalendar
import Planning
import Publication
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
    var reading = try RequestReading(
      language: language, actor: session.actor, service: service.service, environment: service.environment
    ) { try session.contract($0) }
    let open = try session.register()
    var file = RowFile()
    var known: [ImportProblem] = []
    do {
      file = try read(&reading, progress)
    } catch let refusal as CagedCalendar.Refusal {
      known = [ImportProblem(line: refusal.line, text: refusal.text)]
    }
    var terms = Register.BatchTerms()
    terms.keepsGoing = keepsGoing
    terms.keepsDrafts = keepsDrafts
    terms.isRehearsal = isRehearsal
    var job = ImportJob(reading, language: language)
    let result = try job.run(
      file, known: known, terms: terms, register: open.writer,
      contract: { try session.bound(session.contract($0)) },
      progress: { progress.show(.judged, $0, of: $1) })
    progress.clear()
    let report = ImportReport(
      session: session, source: source.name, isSimulation: open.isSimulation, result: result,
      isRehearsal: isRehearsal, keepsDrafts: keepsDrafts)
    try report.print(file)
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
}
