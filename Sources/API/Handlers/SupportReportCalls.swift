import Answers
import CivilTime
import Files
import JSONText
import Planning
import Register
import Wording

/// The report of `support-clock report`, from Requests that a call brings.
enum SupportReportCalls {
  @Sendable static func report(_ exchange: Exchange) throws -> APIAnswer {
    let contract = try exchange.pathContract().contract
    let wording = exchange.wording(contract)
    let asOf =
      try exchange.query.first("as_of").map { try TimeArgument(wording: wording).instant($0, field: .asOf) }
      ?? exchange.register.now
    try exchange.checkYear(wording.zone.civil(asOf).date.year, .asOf)
    var reading = SupportReportReading(contract: contract, wording: wording, asOf: asOf)
    read(exchange, into: &reading)
    if reading.problemCount > 0 { throw problem(reading, exchange.language) }
    let data = SupportReportData(reading.report, contract: contract, wording: wording)
    guard exchange.query.first("format") == "csv" else { return exchange.json(data.json) }
    return exchange.bytes(Array((data.csv + "\n").utf8), type: "text/csv; charset=utf-8")
  }

  /// A list as JSON, or a file of separated values.
  private static func read(_ exchange: Exchange, into reading: inout SupportReportReading) {
    guard let list = exchange.body.array else {
      var rows = SupportRows()
      rows.take(exchange.call.body, isLast: true)
      while let row = rows.next() { reading.take(row, has: rows.has) }
      return
    }
    // A column is there where any row has it.
    let named = Set(list.flatMap { ($0.members ?? []).map(\.key) })
    for (index, json) in list.enumerated() {
      let row = SupportRows.Row(line: index + 1) { field in
        let value = json[field.name]
        return value?.string ?? value?.integer.map { String($0) }
      }
      reading.take(.success(row), has: { named.contains($0.name) })
    }
  }

  private static func problem(_ reading: SupportReportReading, _ language: Language) -> Problem {
    let first = reading.problems.first.map { language(" Line ", " Ligne ") + "\($0.line)\(language.colon) \($0.text)" }
    let count = reading.problemCount
    return Problem(
      .malformedRows,
      language(
        "No report: \(count) \(count == 1 ? "fault" : "faults") in the rows.",
        "Pas de rapport\(language.colon) \(count) \(count == 1 ? "défaut" : "défauts") dans les lignes.")
        + (first ?? ""),
      members: [
        .init("rows", .array(reading.problems.map { ImportJSON.malformed(line: $0.line, $0.text) }))
      ])
  }
}
