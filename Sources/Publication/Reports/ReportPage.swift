import CivilTime
package import Planning
package import Wording

/// The account as a page that stands alone: tables, and two plots with the same figures in a table beside each.
package struct ReportPage {
  let phrases: ReportPhrases
  private var language: Language { phrases.language }
  private var wording: Wording { phrases.wording }

  package init(_ report: MonthReport, _ wording: Wording, isSimulation: Bool) {
    phrases = ReportPhrases(report: report, wording: wording, isSimulation: isSimulation)
  }

  package func render() -> [UInt8] {
    standalonePage("\(phrases.title) – \(phrases.service)", language, rules: Self.rules) {
      element(.h1) { phrases.title }
      element(.p) { phrases.scope }
      if let provisional = phrases.provisional { element(.p) { element(.strong) { provisional } } }
      for section in phrases.sections { self.section(section) }
      element(.section) {
        element(.h2) { phrases.weeksTitle }
        element(.div, .style("plot")) { WeekPlot(phrases: phrases).markup }
        weeks
      }
      element(.section) {
        element(.h2) { phrases.noticeTitle }
        if phrases.report.notice.given.isEmpty {
          element(.p) { language("No plan in this month.", "Aucun plan ce mois-ci.") }
        } else {
          element(.div, .style("plot")) { NoticePlot(phrases: phrases).markup }
          given
        }
      }
    }
  }

  /// Plots keep their paper white, so that they read the same in the dark and in print.
  private static let rules: StaticString = """
    :root { color-scheme: light dark; }
    * { box-sizing: border-box; }
    body { margin: 0; background: #ffffff; color: #111111; font: 1rem/1.5 "Liberation Sans", Arial, Helvetica, sans-serif; }
    main { max-width: 50rem; margin: 0 auto; padding: 1rem; overflow-wrap: break-word; overflow-x: auto; }
    h1 { font-size: 1.6rem; line-height: 1.25; }
    h2 { font-size: 1.2rem; margin: 1.5rem 0 0.25rem; }
    .plot svg { display: block; width: 100%; height: auto; border: 1px solid #777777; }
    table { border-collapse: collapse; margin: 0.5rem 0; width: 100%; }
    th, td { border: 1px solid #777777; padding: 0.2rem 0.5rem; text-align: left; vertical-align: top; }
    tbody th { font-weight: normal; }
    .facts th { width: 35%; }
    td.figure, th.figure { text-align: right; white-space: nowrap; }
    .values tbody th { white-space: nowrap; }
    @media screen and (prefers-color-scheme: dark) { body { background: #16181b; color: #eeeeee; } }
    @page { size: A4; margin: 14mm 14mm 16mm; }
    @media print {
      body { font-size: 10pt; line-height: 1.35; }
      main { max-width: none; padding: 0; overflow-x: visible; }
      h1, h2 { break-after: avoid; }
      tr, .plot, .short { break-inside: avoid; }
      .plot { break-after: avoid; }
      .plot svg { width: 150mm; margin: 0 auto; }
    }
    """

  private func section(_ section: ReportPhrases.Section) -> Markup {
    element(.section, section.table == nil ? .style("short") : nil) {
      element(.h2) { section.title }
      element(.table, .style("facts")) {
        element(.tbody) {
          for row in section.rows {
            element(.tr) {
              element(.th, .rowHeader) { row.name }
              element(.td) {
                if row.values.count == 1 {
                  row.values[0]
                } else {
                  for value in row.values { element(.div) { value } }
                }
              }
            }
          }
        }
      }
      if let table = section.table {
        dataTable(.style("values"), table.heads, table.rows.map { $0.map(Markup.text) })
      }
    }
  }

  private var weeks: Markup {
    dataTable(
      .style("values"),
      [language("Week", "Semaine")] + ChangeKind.allCases.map(wording.kind) + [language("All", "Tous")],
      figures: 1...4,
      phrases.report.weeks.map { week in
        ([phrases.week(week)] + ChangeKind.allCases.map { String(week.work[$0]) } + [String(week.work.total)])
          .map(Markup.text)
      })
  }

  private var given: Markup {
    dataTable(
      .style("values"),
      [
        language("Change", "Changement"), language("Kind", "Nature"), language("Start", "Début"),
        language("Notice given", "Préavis donné"), language("Required", "Exigé"),
      ], figures: 3...4,
      phrases.report.notice.given.map { given in
        [
          given.change.description, wording.kind(given.kind), wording.dateTime(given.start),
          wording.duration(given.length) + (given.isShort ? " ✗" : ""),
          given.required.map(wording.duration) ?? "–",
        ].map(Markup.text)
      })
  }
}
