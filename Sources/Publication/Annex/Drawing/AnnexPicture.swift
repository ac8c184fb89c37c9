import CivilTime
import Planning
package import Wording

/// The calendar as a picture (SVG) of one printed page. Meant for paper in black and white as well; nothing in it loads
/// or runs anything.
package struct AnnexPicture {
  let phrases: AnnexPhrases
  private var year: AnnexYear { phrases.year }

  package init(_ year: AnnexYear, _ language: Language) { phrases = AnnexPhrases(year, language) }

  /// Twelve months on A3, landscape.
  package func renderYear() -> [UInt8] { Markup.picture(yearSheet(Self.yearPaper)) }

  /// One month on A4, upright; nil outside 1…12.
  package func render(month: Int) -> [UInt8]? {
    year.months.first { $0.month == month }.map { Markup.picture(sheet($0)) }
  }

  /// Source, versions, whatever sizes.
  private var sources: [String] {
    let inForce = year.versions.map(phrases.inForce)
    return [phrases.source] + (inForce.count > 2 ? [inForce.joined(separator: " · ")] : inForce)
  }

  /// What a browser prints a picture on that is a document of its own: without it, as much of it as an office printer's
  /// paper holds, and the rest is cut off.
  private static let yearPaper: StaticString = "@page { size: A3 landscape; margin: 0; }"
  private static let monthPaper: StaticString = "@page { size: A4 portrait; margin: 0; }"

  /// - Parameter paper: rules of a picture that stands alone; nil within a page, which has its own.
  func yearSheet(_ paper: StaticString? = nil) -> Markup {
    let sheet = Sheet(
      language: phrases.language, name: phrases.name, scope: phrases.scope, width: 420, height: 297,
      title: phrases.title, description: yearDescription)
    let gap = (42_000 - 2 * Sheet.margin - 4 * MonthBlock.width) / 3
    return sheet.root(paper) {
      sheet.header(sources)
      for (index, month) in year.months.enumerated() {
        MonthBlock(month: month, phrases: phrases).markup(
          Sheet.margin + Int64(index % 4) * (MonthBlock.width + gap),
          2560 + Int64(index / 4) * (MonthBlock.height + 150))
      }
      Pen.line([(Sheet.margin, 26_060), (42_000 - Sheet.margin, 26_060)], width: 25)
      Legend(phrases: phrases).markup(Sheet.margin, 26_300, columnWidth: 6400, rows: 4)
      reading(x: 14_300, y: 26_230, width: 42_000 - Sheet.margin - 14_300, height: 2450, [phrases.totalLine])
    }
  }

  private func sheet(_ month: AnnexMonth) -> Markup {
    let title = phrases.monthName(month, withYear: true)
    let sheet = Sheet(
      language: phrases.language, name: phrases.name, scope: phrases.scope, width: 210, height: 297, title: title,
      description: description(month))
    return sheet.root(Self.monthPaper) {
      sheet.header(sources)
      MonthBlock(month: month, phrases: phrases).markup(Sheet.margin, 2800, scale: 199)
      Pen.line([(Sheet.margin, 18_250), (21_000 - Sheet.margin, 18_250)], width: 25)
      windows(month)
      Pen.line([(Sheet.margin, 23_500), (21_000 - Sheet.margin, 23_500)], width: 25)
      Legend(phrases: phrases).markup(Sheet.margin, 23_750, columnWidth: 9500, rows: 4)
      reading(x: Sheet.margin, y: 25_750, width: 21_000 - 2 * Sheet.margin, height: 2900, [])
    }
  }

  /// Every window of the month with its length, nights in a row together.
  private func windows(_ month: AnnexMonth) -> Markup {
    let lines = year.runs(in: month).map(phrases.run)
    let rows = max(7, (lines.count + 1) / 2)
    let height = min(520, 4100 / Int64(rows))
    return .joined(
      [
        Pen.text(
          phrases.language("Windows that begin in this month", "Fenêtres qui commencent ce mois"), Sheet.margin, 18_800,
          size: 330, width: 12_000, bold: true)
      ]
        + lines.enumerated().map { index, line in
          let x = Sheet.margin + Int64(index / rows) * 9600
          let y = 19_400 + Int64(index % rows) * height
          let size = min(330, height * 7 / 10)
          return Markup.joined([
            Pen.text(line.when, x, y, size: size, width: 6700),
            Pen.text(line.length, x + 9200, y, size: size, width: 2400, bold: true, anchor: .end),
          ])
        })
  }

  /// How to read it: the terms and their clauses.
  private func reading(x: Int64, y: Int64, width: Int64, height: Int64, _ first: [String]) -> Markup {
    var texts = first
    for terms in year.versions {
      let lines = phrases.terms(terms)
      texts += year.versions.count == 1 ? lines : ["\(phrases.inForce(terms)) –"] + lines
    }
    texts.append(
      phrases.language(
        "A strip is one day from 00:00 to 24:00, hour by hour. Windows that touch are one window; its length is in "
          + "elapsed hours.",
        "Une bande est une journée de 00:00 à 24:00, heure par heure. Des fenêtres qui se touchent n’en font qu’une"
          + "\(Typography.narrow); sa durée est en heures écoulées."))
    return Sheet.paragraph(texts, x, y, width: width, height: height, size: 285)
  }

  // MARK: Text alternatives

  private var yearDescription: String {
    ([phrases.totalLine] + year.months.map { "\(phrases.monthName($0))\(phrases.colon)\(summary($0))" })
      .joined(separator: "\n")
  }

  private func description(_ month: AnnexMonth) -> String {
    ([summary(month)]
      + year.runs(in: month).map {
        let run = phrases.run($0)
        return "\(run.when), \(run.length)"
      })
      .joined(separator: "\n")
  }

  private func summary(_ month: AnnexMonth) -> String {
    phrases.language.series(
      [phrases.windowSum(month.figures)] + [phrases.budget(month)].compactMap { $0 }
        + phrases.notes(month).map { "\($0.when)\(phrases.colon)\($0.text)" }) + "."
  }
}

/// What the signs of a picture mean, each beside a sample of it.
struct Legend {
  let phrases: AnnexPhrases

  static let line: Int64 = 480
  private static let sample: Int64 = 1000
  private static let size: Int64 = 260

  private var entries: [(sample: Markup, text: String)] {
    let language = phrases.language
    let counts = phrases.year.months.contains { $0.target != nil }
    var entries: [(Markup, String)] = [
      (strip(DayCell.open(0, 343)), language("maintenance window", "fenêtre de maintenance")),
      (
        Pen.text(phrases.duration(.hours(31)), 0, 270, size: 255, width: 900, bold: true),
        language("length of the window that begins this day", "durée de la fenêtre qui commence ce jour")
      ),
      (framed("14", isHoliday: true), language("public holiday", "jour férié")),
      (
        framed("15", isHoliday: false),
        language(
          "bridge: working day, window unchanged", "pont\(language.colon) jour ouvré, fenêtre inchangée")
      ),
      (
        Pen.clock(230, 170),
        language(
          "clock change: the strip has 23 or 25 hours", "changement d’heure\(language.colon) bande de 23 ou 25 h")
      ),
      (
        .joined([
          Pen.box(0, 0, Self.sample - 100, 85, fill: .fill(pattern: Pen.hatchID)), strip(DayCell.frozen(0, 343)),
        ]),
        language("freeze: no planned work", "gel\(language.colon) aucune maintenance planifiée")
      ),
    ]
    if counts {
      entries.insert(
        (
          strip(DayCell.reference(343, 557)),
          language("reference period: a stop counts", "période de référence\(language.colon) un arrêt compte")
        ), at: 1)
      entries.insert((strip(.empty), language("neither window nor reference", "ni fenêtre ni référence")), at: 2)
    }
    return entries
  }

  /// A strip of 900 from 07:00 on.
  private func strip(_ content: Markup) -> Markup {
    element(.g, .moved(x: 0, y: 90)) {
      Pen.box(
        0, 0, Self.sample - 100, DayCell.stripHeight, fill: .fill(Pen.paper), stroke: .stroke(Pen.soft), line: 10)
      content
    }
  }

  private func framed(_ number: String, isHoliday: Bool) -> Markup {
    element(.g, .moved(x: 0, y: -130)) {
      DayCell.numberFrame(isHoliday: isHoliday, isBridge: !isHoliday)
      Pen.text(
        number, 260, 418, size: 320, width: 420, bold: isHoliday, anchor: .middle,
        colour: isHoliday ? Pen.paper : Pen.ink)
    }
  }

  /// In columns of `width`, `rows` entries each.
  func markup(_ x: Int64, _ y: Int64, columnWidth: Int64, rows: Int) -> Markup {
    .joined(
      entries.enumerated().map { index, entry in
        element(.g, .moved(x: x + Int64(index / rows) * columnWidth, y: y + Int64(index % rows) * Self.line)) {
          entry.sample
          Pen.text(entry.text, Self.sample + 60, 280, size: Self.size, width: columnWidth - Self.sample - 200)
        }
      })
  }
}
