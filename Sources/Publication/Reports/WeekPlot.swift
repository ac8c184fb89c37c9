import Planning
import Wording

/// Work that began, a bar a week, one above the other by kind.
struct WeekPlot {
  let phrases: ReportPhrases
  private var weeks: [MonthReport.Week] { phrases.report.weeks }

  var markup: Markup {
    let description = weeks.map { "\(phrases.week($0))\(phrases.language.colon) \(phrases.kinds($0.work))" }
    let plot = Plot(
      name: "weeks", title: phrases.weeksTitle, description: phrases.language.series(description),
      language: phrases.language)
    return plot.root {
      legend(plot)
      Markup.joined(weeks.indices.map { bar($0, plot) })
    }
  }

  private func fill(_ kind: ChangeKind, _ plot: Plot) -> Attribute {
    switch kind {
    case .maintenance: .fill(Plot.blue)
    case .emergency: .fill(pattern: plot.hatch)
    case .update: .fill(Plot.paper)
    }
  }

  private func legend(_ plot: Plot) -> Markup {
    .joined(
      ChangeKind.allCases.enumerated().map { index, kind in
        let x = Plot.left + Int64(index) * 2000
        return .joined([
          Plot.framed(x, 120, 160, 160, fill(kind, plot)), Plot.text(phrases.wording.kind(kind), x + 230, 255),
        ])
      })
  }

  private func bar(_ index: Int, _ plot: Plot) -> Markup {
    let step = (Plot.right - Plot.left) / Int64(weeks.count)
    let width = step * 45 / 100
    let x = Plot.left + Int64(index) * step + (step - width) / 2
    let most = Int64(max(1, weeks.map(\.work.total).max() ?? 1))
    let room = Plot.bottom - Plot.top - 150
    let work = weeks[index].work
    var below: Int64 = 0
    var parts: [Markup] = []
    for kind in ChangeKind.allCases where work[kind] > 0 {
      let (from, to) = (Plot.bottom - below * room / most, Plot.bottom - (below + Int64(work[kind])) * room / most)
      parts.append(Plot.framed(x, to, width, from - to, fill(kind, plot)))
      below += Int64(work[kind])
    }
    parts.append(
      Plot.text(
        String(work.total), x + width / 2, Plot.bottom - below * room / most - 60, .middle, size: 160, bold: true))
    let (first, last) = (weeks[index].first, weeks[index].last)
    let middle = x + width / 2
    parts.append(Plot.text(phrases.wording.shortDate(first), middle, Plot.bottom + 210, .middle, size: 135))
    if first != last {
      parts.append(Plot.text("– \(phrases.wording.shortDate(last))", middle, Plot.bottom + 390, .middle, size: 135))
    }
    return .joined(parts)
  }
}
