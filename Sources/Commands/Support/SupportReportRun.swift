import Answers
import CivilTime
import Files
import Foundation
import Planning
import Wording

/// Reads a file of Requests piece by piece into a report; memory does not grow with its length.
struct SupportReportRun {
  let session: Session
  let contract: Contract
  let wording: Wording
  /// As it was named; `-` is standard input.
  let source: String

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
    var reading = SupportReportReading(contract: contract, wording: wording.at(.file), asOf: asOf)
    var rows = SupportRows()
    var isLast = false
    while !isLast {
      let bytes: Data
      do { bytes = try input.read(upToCount: SupportReportRun.chunk) ?? Data() } catch { throw unreadable() }
      isLast = bytes.isEmpty
      rows.take([UInt8](bytes), isLast: isLast)
      while let row = rows.next() { reading.take(row, has: rows.has) }
      bar?.step(bytes.count)
    }
    let ignored = rows.ignored.sorted { $0.key < $1.key }.map { language.quoted($0.value) }
    if !ignored.isEmpty {
      let names = TextCleaning.clean(ignored.joined(separator: ", "), as: .title).text
      Output.note(
        language(
          "\(source):1: warning: columns that are not read: \(names).",
          "\(source):1 : attention : colonnes qui ne sont pas lues : \(names)."))
    }
    guard reading.problemCount == 0 else { throw failure(reading) }
    return reading.report
  }

  private func failure(_ reading: SupportReportReading) -> Failure {
    var lines = reading.problems.map { "\(source):\($0.line): \($0.text)" }
    let rest = reading.problemCount - lines.count
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
