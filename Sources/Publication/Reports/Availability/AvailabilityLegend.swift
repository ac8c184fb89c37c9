import CivilTime
import Wording

/// What the hours and stops of the picture mean, each beside a sample of it.
struct AvailabilityLegend {
  let picture: AvailabilityPicture

  /// Lighter than in the year's picture: stops are drawn over it.
  static let window: StaticString = "#b3c0d1"

  private static let rows = 3
  private static let line: Int64 = 460
  private static let columnWidth: Int64 = 6925
  private static let sample: Int64 = 900

  private var language: Language { picture.language }

  private var entries: [(sample: Markup, text: String)] {
    func hours(_ fill: Attribute) -> Markup {
      Pen.box(0, 30, Self.sample, 300, fill: fill, stroke: .stroke(Pen.soft))
    }
    var entries: [(Markup, String)] = [
      (hours(.fill(Pen.paper)), language("reference period (PRT)", "période de référence (PRT)")),
      (hours(.fill(Self.window)), language("maintenance window", "fenêtre de maintenance")),
      (hours(.fill(pattern: StopShape.dotsID)), language("neither window nor reference", "ni fenêtre ni référence")),
    ]
    entries += picture.shapes.map { ($0.box(20, 60, Self.sample - 40, 240), $0.meaning(language)) }
    if picture.hasOngoing {
      entries.append(
        (DayRow.arrow(Self.sample / 2, 180), language("goes on, counted up to now", "en cours, compté jusqu’ici")))
    }
    if picture.hasClockChange {
      entries.append(
        (
          Pen.clock(Self.sample / 2, 180),
          language("clock change: 23 or 25 elapsed hours", "changement d’heure\(language.colon) 23 ou 25 h écoulées")
        ))
    }
    return entries
  }

  func markup(_ x: Int64, _ y: Int64) -> Markup {
    .joined(
      entries.enumerated().map { index, entry in
        element(
          .g,
          .moved(
            x: x + Int64(index / Self.rows) * Self.columnWidth, y: y + Int64(index % Self.rows) * Self.line)
        ) {
          entry.sample
          Pen.text(entry.text, Self.sample + 150, 270, size: 250, width: Self.columnWidth - Self.sample - 350)
        }
      })
  }
}
