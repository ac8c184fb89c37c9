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
  let until: String?
  let reason: String?
  let takesPrivate: Bool

  private var language: Language { session.language }

  func run() throws {
    let progress = ImportProgress(session)
    defer { progress.clear() }
    var reading = try RequestReading(
      language: language, actor: session.actor, service: service.service, environment: service.environment,
      reason: reason
    ) { try session.contract($0) }
    let open = try session.register()
    var file = RowFile()
    var known: [ImportProblem] = []
    do {
      file = try read(&reading, progress, now: session.now())
    } catch let refusal as CagedCalendar.Refusal {
      known = refusal.problems.map { ImportProblem(line: $0.line, text: $0.text) }
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

  private func read(
    _ reading: inout RequestReading, _ progress: ImportProgress, now: Instant
  ) throws -> RowFile {
    let seen: (Int) -> Void = { progress.show(.read, $0, of: nil) }
    switch source.format {
    case .csv: return CSVRows.read(source.bytes, progress: seen)
    case .jsonl: return JSONLinesRows.read(source.bytes, progress: seen)
    case .ics:
      let zone = try reading.defaultContract().contract.currentTimeZone
      var wishes = CalendarWishes()
      wishes.now = now
      wishes.takesPrivate = takesPrivate
      let times = TimeArgument(wording: Wording(language, zone: zone))
      wishes.until = try until.map { try times.date($0, field: .until) }
      return try CagedCalendar(language: language, wishes: wishes).read(source.bytes, zone: zone.name)
    }
  }
}
