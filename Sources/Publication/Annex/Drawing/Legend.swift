import CivilTime
import Wording

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
