import Answers
import CivilTime
import JSONText
import Planning
import Publication
import Wording

/// The months that were asked for, as each format writes them.
struct AvailabilityAnswer {
  /// Not empty; of one service or of several.
  let months: [MonthAvailability]
  let contracts: [Contract]
  let session: Session
  let isSimulation: Bool
  let now: Instant

  /// Each service is told of in the time of its own zone.
  private var texts: [String: ChangeText] {
    Dictionary(
      contracts.map {
        (
          $0.service,
          ChangeText(wording: session.wording($0), output: session.output, isSimulation: isSimulation)
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  private func text(_ month: MonthAvailability, _ texts: [String: ChangeText]) -> ChangeText {
    texts[month.service]
      ?? ChangeText(
        wording: session.wording(contracts[0]), output: session.output, isSimulation: isSimulation)
  }

  func writeText() throws {
    let texts = texts
    let first = AvailabilityText(text(months[0], texts))
    var lines = first.text.simulationMark
    let byService = Dictionary(contracts.map { ($0.service, $0) }, uniquingKeysWith: { first, _ in first })
    func days(_ month: MonthAvailability) -> [AvailabilityDay] {
      month.days(byService[month.service] ?? contracts[0], now: now)
    }
    if months.count > 1 {
      lines += first.tableHead(months) + first.table(months) + first.tableFoot(months) + [""]
      lines += MonthStrip(first.text).table(months, days: days)
    }
    for month in months where months.count == 1 || !month.accounts.isEmpty {
      if months.count > 1 { lines.append("") }
      let answer = AvailabilityText(text(month, texts))
      lines += answer.details(
        month, picture: months.count == 1 ? MonthStrip(answer.text).picture(month, days(month)) : [])
    }
    try session.output.write(lines.joined(separator: "\n"))
  }

  func writeJSON() throws {
    let texts = texts
    try session.output.write(
      JSON.array(
        months.map {
          AvailabilityJSON(wording: text($0, texts).wording, isSimulation: isSimulation).month($0)
        }))
  }

  func writeCSV(stops: Bool) throws {
    let texts = texts
    let answer =
      stops
      ? AvailabilityCSV.stops(months) { text($0, texts).wording } : AvailabilityCSV.months(months)
    try session.output.write(Array(answer.utf8))
  }

  /// Of the one month and service that was asked for.
  func writePicture() throws {
    let picture = AvailabilityPicture(
      months[0], contract: contracts[0], language: session.language, now: now, isSimulation: isSimulation)
    try session.output.write(picture.render())
  }
}
