import Answers
import CivilTime
import Files
import Foundation
import Intake
import Planning
import Wording

/// Reads a file of Requests piece by piece into a report; memory does not grow with its length.
struct SupportReportRun {
  let session: Session
  let contract: Contract
  let wording: Wording
  /// As it was named; `-` is standard input.
  let source: String

  /// How many messages are shown.
  private static let shown = 50
  private static let chunk = 1 << 18

  private var language: Language { session.language }

  func read(asOf: Instant) throws -> SupportReport {
    guard let input = source == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: source) else {
      throw unreadable()
    }
    // Standard input has no length to measure progress by.
    let size = source == "-" ? nil : try? FileManager.default.attributesOfItem(atPath: source)[.size] as? Int
    var bar = size.map { ProgressBar(language("Requests", "Demandes"), total: $0) }
    defer { bar?.finish() }
    var report = SupportReport(contract: contract, asOf: asOf)
    var rows = SupportRows()
    var problems = Problems(source: source)
    var isLast = false
    while !isLast {
      let bytes: Data
      do { bytes = try input.read(upToCount: SupportReportRun.chunk) ?? Data() } catch { throw unreadable() }
      isLast = bytes.isEmpty
      rows.take([UInt8](bytes), isLast: isLast)
      while let row = rows.next() { take(row, rows, &report, &problems) }
      bar?.step(bytes.count)
    }
    guard problems.count == 0 else { throw failure(problems) }
    return report
  }

  private func take(
    _ row: Result<SupportRows.Row, RowProblem>, _ rows: SupportRows, _ report: inout SupportReport,
    _ problems: inout Problems
  ) {
    switch row {
    case .failure(let problem):
      let words = RowProblemText(
        language: language, names: SupportField.allCases.map(\.name), example: "registered_at,taken_in_charge_at")
      problems.add(problem.line ?? 1, TextCleaning.clean(words.text(problem.reason), as: .title).text)
    case .success(let row):
      let reading = SupportRequestReading(
        wording: wording, asOf: report.asOf, knowsPlans: rows.has(.planAt), knowsCorrections: rows.has(.correctedAt))
      let (request, found) = reading.read(row)
      for text in found { problems.add(row.line, text) }
      guard let request else { return }
      do throws(SupportClockError) {
        try report.add(request)
      } catch {
        problems.add(row.line, "registered_at\(language.colon) \(SupportJSON.sentence(error, wording))")
      }
    }
  }

  /// The first messages, and how many there are.
  private struct Problems {
    let source: String
    var count = 0
    var lines: [String] = []

    mutating func add(_ line: Int, _ text: String) {
      count += 1
      if count <= SupportReportRun.shown { lines.append("\(source):\(line): \(text)") }
    }
  }

  private func failure(_ problems: Problems) -> Failure {
    var lines = problems.lines
    let rest = problems.count - lines.count
    if rest > 0 {
      lines.append(language("and \(rest) more.", "et \(rest) de plus."))
    }
    lines.append(
      language("No report: mend these rows first.", "Pas de rapport\u{A0}: corrigez d’abord ces lignes."))
    return Failure(status: .badData, message: lines.joined(separator: "\n"))
  }

  private func unreadable() -> Failure {
    Failure(
      status: .failure,
      message: language(
        "\(source): cannot be read. Check the path and the permissions.",
        "\(source)\u{A0}: illisible. Vérifiez le chemin et les droits."))
  }
}
