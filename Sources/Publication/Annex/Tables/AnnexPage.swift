import CivilTime
import Planning
package import Wording

/// The calendar as a page that stands alone: the picture, which prints on one page, and the same as tables for those who
/// do not see it.
package struct AnnexPage {
  let phrases: AnnexPhrases
  private var year: AnnexYear { phrases.year }
  private var language: Language { phrases.language }
  private var wording: Wording { phrases.wording }

  package init(_ year: AnnexYear, _ language: Language) { phrases = AnnexPhrases(year, language) }

  package func render() -> [UInt8] {
    let title = "\(phrases.title) – \(phrases.name)"
    return standalonePage(title, language, rules: Self.rules) {
      element(.h1) { title }
      element(.div, .style("picture")) { AnnexPicture(year, language).yearSheet() }
      element(.div, .style("tables")) { tables }
    }
  }

  /// On paper the picture is the page: the tables are for the screen.
  private static let rules: StaticString = """
    @page { size: A3 landscape; margin: 0; }
    * { box-sizing: border-box; }
    body { margin: 0; background: #ffffff; color: #111111; font: 1rem/1.5 "Liberation Sans", Arial, Helvetica, sans-serif; }
    main { max-width: 110rem; margin: 0 auto; padding: 1rem; }
    h1 { font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; }
    h2 { font-size: 1.2rem; }
    .picture svg { display: block; width: 100%; height: auto; border: 1px solid #777777; }
    .tables { max-width: 60rem; overflow-x: auto; overflow-wrap: break-word; }
    table { border-collapse: collapse; margin: 2rem 0; width: 100%; }
    caption { font-weight: bold; font-size: 1.2rem; text-align: left; padding: 0.25rem 0; }
    th, td { border: 1px solid #777777; padding: 0.2rem 0.5rem; text-align: left; vertical-align: top; }
    td.figure, th.figure { text-align: right; white-space: nowrap; }
    @media print {
      main { max-width: none; padding: 0; }
      h1, .tables { display: none; }
      .picture svg { width: 420mm; height: 296.5mm; border: 0; }
    }
    """

  @MarkupBuilder private var tables: Markup {
    element(.h2) { language("The same in words", "La même chose en mots") }
    element(.p) { "\(phrases.scope). \(phrases.source)." }
    for terms in year.versions {
      element(.p) { phrases.inForce(terms) + "." }
      element(.ul) { for line in phrases.terms(terms) { element(.li) { line } } }
    }
    months
    windows
    if !year.holidays.isEmpty { holidays }
    if !year.bridges.isEmpty { bridges }
    if !year.clockChanges.isEmpty { clockChanges }
    if !year.freezes.isEmpty { freezes }
  }

  private var months: Markup {
    let counts = !year.targets.isEmpty
    func row(_ name: String, _ figures: AnnexFigures, _ target: String) -> [Markup] {
      var cells = [name, String(figures.windows), phrases.duration(figures.window)]
      if counts {
        cells += [
          String(figures.referenceDays), phrases.duration(figures.reference), target,
          figures.allowed.map(phrases.duration) ?? "–",
        ]
      }
      return cells.map(Markup.text)
    }
    var heads = [
      language("Month", "Mois"), language("Windows that begin", "Fenêtres qui commencent"),
      language("Window time", "Durée ouverte"),
    ]
    if counts {
      heads += [
        language("Days of the reference period", "Jours de la période de référence"), "PRT",
        language("Target", "Objectif"), language("Stop allowed", "Arrêt admis"),
      ]
    }
    return dataTable(
      caption: language("Months", "Mois"), heads, figures: 1...6,
      year.months.map { row(phrases.monthName($0), $0.figures, phrases.target($0)) } + [
        row(
          language("Year (each month is judged alone)", "Année (chaque mois est jugé seul)"), year.total,
          phrases.targets)
      ])
  }

  private var windows: Markup {
    dataTable(
      caption: language("Maintenance windows", "Fenêtres de maintenance"),
      [language("When", "Quand"), language("Length", "Durée"), language("Whole days", "Jours entiers")], figures: 1...1,
      year.months.flatMap { year.runs(in: $0) }.map { run in
        let text = phrases.run(run)
        return [.text(text.when), .text(text.length), .text(text.why)]
      })
  }

  private var holidays: Markup {
    dataTable(
      caption: language("Public holidays", "Jours fériés"),
      [
        language("Day", "Jour"), language("Name", "Nom"), language("Law", "Loi"),
        language("Longer window", "Fenêtre allongée"),
      ],
      year.holidays.map { holiday in
        [
          .text(wording.date(holiday.date)), french(phrases.names(holiday)),
          french(holiday.laws.joined(separator: ", ")), .text(phrases.lengthened(by: holiday) ?? "–"),
        ]
      })
  }

  /// Names and laws stay French in English pages.
  private func french(_ text: String) -> Markup {
    language == .french ? .text(text) : element(.span, .lang(.french)) { text }
  }

  private var bridges: Markup {
    dataTable(
      caption: language("Bridges", "Ponts"), [language("Day", "Jour"), language("Between", "Entre")],
      year.bridges.map { [.text(wording.date($0.date)), .text(phrases.bridge($0.holidays))] })
  }

  private var clockChanges: Markup {
    dataTable(
      caption: language("Clock changes", "Changements d’heure"),
      [language("Day", "Jour"), language("What changes", "Ce qui change"), language("Window", "Fenêtre")],
      year.clockChanges.map { change in
        [
          .text(wording.date(change.date)), .text(phrases.clockChange(change)),
          .text(
            change.window.map {
              phrases.wording(at: $0.interval.start).range($0.interval)
            }
              ?? "–"),
        ]
      })
  }

  private var freezes: Markup {
    dataTable(
      caption: language("Freezes: no planned work", "Gels\(language.colon) aucune maintenance planifiée"),
      [language("When", "Quand"), language("Why", "Pourquoi")],
      year.freezes.map {
        [.text(phrases.wording(at: $0.interval.start).range($0.interval)), .text($0.title)]
      })
  }
}
