package import Planning
package import Wording

/// The account in lines of 80 columns.
package struct ReportText {
  let phrases: ReportPhrases

  package init(_ report: MonthReport, _ wording: Wording, isSimulation: Bool) {
    phrases = ReportPhrases(report: report, wording: wording, isSimulation: isSimulation)
  }

  private static let columns = 80
  private static let names = 20

  package func render() -> String {
    var lines = Self.wrap(phrases.title, indent: 0, first: "") + Self.wrap(phrases.scope, indent: 0, first: "")
    if let provisional = phrases.provisional { lines += Self.wrap(provisional, indent: 0, first: "") }
    for section in phrases.sections {
      lines += ["", section.title]
      for row in section.rows { lines += Self.lines(row) }
    }
    lines += ["", phrases.weeksTitle]
    for week in phrases.report.weeks {
      let name = phrases.week(week)
      lines += Self.lines(ReportPhrases.Row(name, phrases.kinds(week.work)), names: 27)
    }
    return lines.joined(separator: "\n")
  }

  /// A name that is too long for its column has lines of its own.
  private static func lines(_ row: ReportPhrases.Row, names: Int = names) -> [String] {
    let blank = String(repeating: " ", count: names + 4)
    let isLong = row.name.count > names
    let head = isLong ? blank : "  " + row.name + String(repeating: " ", count: names + 2 - row.name.count)
    let values = (row.values + row.lines).enumerated().flatMap { index, value in
      wrap(value, indent: names + 4, first: index == 0 ? head : blank)
    }
    return (isLong ? wrap(row.name, indent: 2, first: "  ") : []) + values
  }

  /// Words broken at the width; `first` begins the first line, blanks the others.
  private static func wrap(_ text: String, indent: Int, first: String) -> [String] {
    WordWrap.hanging(text, columns: columns, indent: indent, first: first)
  }
}
