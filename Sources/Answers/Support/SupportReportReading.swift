package import CivilTime
package import Files
package import Planning
package import Wording

/// Reads Requests, row by row, into a report; memory does not grow with their number.
package struct SupportReportReading {
  /// Only of use where nothing is wrong with any row.
  package private(set) var report: SupportReport
  /// The first messages, each with the line of its row, from 1.
  package private(set) var problems: [(line: Int, text: String)] = []
  /// How many messages there would be.
  package private(set) var problemCount = 0

  /// How many messages are kept.
  package static let shown = 50

  private let wording: Wording

  package init(contract: Contract, wording: Wording, asOf: Instant) {
    report = SupportReport(contract: contract, asOf: asOf)
    self.wording = wording
  }

  /// - Parameter has: whether the source says anything of that field.
  package mutating func take(_ row: Result<SupportRows.Row, RowProblem>, has: (SupportField) -> Bool) {
    switch row {
    case .failure(let problem):
      let words = RowProblemText(
        language: wording.language, names: SupportField.allCases.map(\.name),
        example: "registered_at,taken_in_charge_at")
      add(problem.line ?? 1, TextCleaning.clean(words.text(problem.reason), as: .title).text)
    case .success(let row):
      let reading = SupportRequestReading(
        wording: wording, asOf: report.asOf, knowsPlans: has(.planAt), knowsCorrections: has(.correctedAt))
      let (request, found) = reading.read(row)
      for text in found { add(row.line, text) }
      guard let request else { return }
      do throws(SupportClockError) {
        try report.add(request)
      } catch {
        add(row.line, "registered_at\(wording.language.colon) \(SupportJSON.sentence(error, wording))")
      }
    }
  }

  private mutating func add(_ line: Int, _ text: String) {
    problemCount += 1
    if problems.count < SupportReportReading.shown { problems.append((line, text)) }
  }
}
