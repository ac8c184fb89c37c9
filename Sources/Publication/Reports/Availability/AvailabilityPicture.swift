package import CivilTime
package import Planning
package import Wording

/// A month of availability as a picture (SVG) of one printed page, A4 landscape: a row a day, every stop in its place,
/// and what it costs. Nothing in it loads or runs anything, and nothing in it needs colour.
package struct AvailabilityPicture {
  let month: MonthAvailability
  let days: [AvailabilityDay]
  let contract: Contract
  let wording: Wording
  let isSimulation: Bool

  package init(
    _ month: MonthAvailability, contract: Contract, language: Language, now: Instant, isSimulation: Bool
  ) {
    self.month = month
    self.contract = contract
    self.isSimulation = isSimulation
    days = month.days(contract, now: now)
    wording = Wording(language, zone: contract.timeZone(at: month.period.bounds.start))
  }

  var language: Language { wording.language }
  private var colon: String { language.colon + " " }
  private var name: String { language.choice(contract.name) }

  private static let right: Int64 = 29_700 - Sheet.margin
  private static let rowsTop: Int64 = 4700

  package func render() -> [UInt8] {
    let title = language("Availability", "Disponibilité") + colon + wording.month(month.period.month)
    let sheet = Sheet(
      language: language, name: name, scope: "\(name), production, \(wording.zoneName)", width: 297, height: 210,
      title: isSimulation ? "[SIMULATION] \(title)" : title, description: description)
    let bottom = Self.rowsTop + Int64(days.count) * DayRow.height
    return Markup.picture(
      sheet.root("@page { size: A4 landscape; margin: 0; }") {
        StopShape.definitions
        sheet.header([language("Source: ", "Source\(colon)") + contract.source])
        figures
        budget
        DayRow.axis(Self.rowsTop, days: days.count, language)
        Markup.joined(rows)
        AvailabilityLegend(picture: self).markup(Sheet.margin, bottom + 150)
        Sheet.paragraph(
          [reading], Sheet.margin, 19_850, width: Self.right - Sheet.margin, height: 450, size: 250)
      })
  }

  // MARK: Parts

  /// What was judged, and from what.
  private var figures: Markup {
    .joined([
      Pen.text(wording.availability(month), Sheet.margin, 2850, size: 430, width: 13_800, bold: true),
      Pen.text(sums, Sheet.margin, 3370, size: 300, width: 13_800),
      Sheet.paragraph(
        month.provisional.isEmpty ? [] : [provisional], Sheet.margin, 3480, width: 13_800, height: 620, size: 250),
    ])
  }

  private var sums: String {
    let days = month.period.days
    return "PRT \(wording.duration(month.figures.reference)) ("
      + language("\(days) day\(days == 1 ? "" : "s")", "\(days) jour\(days < 2 ? "" : "s")")
      + ") · TI \(wording.duration(month.figures.unavailable))"
  }

  private var provisional: String {
    language("Provisional: ", "Provisoire\(colon)")
      + month.provisional.prefix(4).map(wording.provisional).joined(separator: language("; ", "\(Typography.narrow); "))
      + (month.provisional.count > 4 ? ", …" : "")
  }

  /// Black up to the budget, hatched beyond.
  private var budget: Markup {
    let (x, y, width): (Int64, Int64, Int64) = (15_600, 2750, Self.right - 15_600)
    let bar = BudgetBar(month.figures, width: Int(width))
    let (used, beyond) = (Int64(bar.used), Int64(bar.beyond))
    var parts = [
      Pen.text(
        language("Budget: ", "Budget\(colon)") + wording.duration(month.figures.budget) + ", "
          + wording.budgetLeft(month.figures), x, y - 150, size: 300, width: width, bold: true),
      Pen.box(x, y, width, 380, fill: .fill(Pen.paper), stroke: .stroke(Pen.ink), line: 25),
      Pen.box(x, y, used, 380, fill: .fill(Pen.ink)),
    ]
    if beyond > 0 {
      parts.append(
        Pen.box(x + used, y, beyond, 380, fill: .fill(pattern: Pen.hatchID), stroke: .stroke(Pen.ink), line: 25))
      parts.append(Pen.line([(x + used, y - 90), (x + used, y + 470)], width: 45))
    }
    let key = language(
      "black: used; white: left; hatched: over the budget",
      "noir\(colon)utilisé\(Typography.narrow); blanc\(colon)reste\(Typography.narrow); hachuré\(colon)au-delà du budget"
    )
    parts.append(Pen.text(key, x, y + 720, size: 240, width: width, colour: Pen.soft))
    return .joined(parts)
  }

  private var rows: [Markup] {
    var waiting = month.accounts[...]
    var open: [StopAccount] = []
    return days.enumerated().map { index, day in
      open.removeAll { $0.stop.interval.end <= day.interval.start }
      while let next = waiting.first, next.stop.interval.start < day.interval.end {
        if next.stop.interval.end > day.interval.start { open.append(next) }
        waiting.removeFirst()
      }
      return DayRow(day: day, accounts: open, wording: wording).markup(Self.rowsTop + Int64(index) * DayRow.height)
    }
  }

  /// Kinds of hours and of stops that the month has and a legend explains.
  var shapes: [StopShape] {
    let present = Set(
      month.accounts.flatMap { account in
        account.leftOut.compactMap { StopShape($0.reason) } + (account.counted.isEmpty ? [] : [.counted])
      })
    return StopShape.allCases.filter { present.contains($0) || $0 == .counted }
  }
  var hasOngoing: Bool { month.accounts.contains { $0.stop.isOngoing } }
  var hasClockChange: Bool { days.contains(where: DayRow.changesClock) }

  private var reading: String {
    language(
      "A row is one day from 00:00 to 24:00; at its right what it adds to TI, and what the stops are on record as. "
        + "Stops at the same time stand one below the other. TD = (PRT − TI) / PRT × 100, judged on whole seconds.",
      "Une ligne est une journée de 00:00 à 24:00\(Typography.narrow); à droite, ce qu’elle ajoute au TI et les "
        + "identifiants des arrêts. Des arrêts simultanés sont l’un sous l’autre. TD = (PRT − TI) / PRT × 100, jugé en "
        + "secondes entières.")
  }

  // MARK: Text alternative

  /// More stops than that are told by the table and by `--csv --stops`.
  private static let described = 200

  private var description: String {
    var lines = [wording.availability(month) + ".", sums + "."]
    lines.append(
      language("Budget: ", "Budget\(colon)") + wording.duration(month.figures.budget) + ", "
        + wording.budgetLeft(month.figures) + ".")
    if !month.provisional.isEmpty { lines.append(provisional + ".") }
    lines += month.accounts.prefix(Self.described).map {
      "\(wording.source($0.stop.source))\(colon)\(wording.account($0, month.period))."
    }
    if month.accounts.count > Self.described {
      let more = month.accounts.count - Self.described
      lines.append(language("\(more) more stops.", "\(more) arrêts de plus."))
    }
    return lines.joined(separator: "\n")
  }
}

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

/// How much of a month's budget is used, as a row of cells: whole up to where the target allows, the rest beyond it.
package struct BudgetBar: Hashable, Sendable {
  package let used: Int
  package let left: Int
  /// Not empty exactly where the target is breached.
  package let beyond: Int

  /// - Parameter width: cells in all; at least two.
  package init(_ figures: AvailabilityFigures, width: Int) {
    let (budget, unavailable) = (figures.budget.seconds, figures.unavailable.seconds)
    let cells = Int64(width)
    if figures.isMet {
      // Any loss shows, and so does the last second that is left.
      let share = budget > 0 ? unavailable * cells / budget : 0
      used = Int(unavailable > 0 ? max(1, share) : 0)
      beyond = 0
    } else {
      // What is over always shows.
      used = Int(min(max(budget > 0 ? 1 : 0, budget * cells / unavailable), cells - max(1, cells / 100)))
      beyond = width - used
    }
    left = width - used - beyond
  }
}
