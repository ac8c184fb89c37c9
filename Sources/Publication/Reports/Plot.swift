import CivilTime
import Planning
import Wording

/// The frame of the plots, drawn with the pen of the other pictures. Lengths are tenths of a pixel of a sheet 720 × 300; what differs, differs by shape
/// as well as by ink.
struct Plot {
  /// Sets apart the ids of plots that stand in one page.
  let name: String
  let title: String
  let description: String
  let language: Language

  static let width: Int64 = 7200
  static let height: Int64 = 3000
  /// The field in which values stand.
  static let (left, right, top, bottom): (Int64, Int64, Int64, Int64) = (1000, 7000, 500, 2450)

  func root(@MarkupBuilder content: () -> Markup) -> Markup {
    element(
      .svg, .svgNamespace, .role("img"), .lang(language), .labelled(by: "\(name)-title \(name)-description"),
      .viewBox(width: Self.width, height: Self.height),
      .fontFamily("Liberation Sans, Arial, Helvetica, sans-serif")
    ) {
      element(.title, .id("\(name)-title")) { title }
      element(.desc, .id("\(name)-description")) { description }
      Pen.hatch(hatch, size: 80, width: Self.stroke)
      Pen.box(0, 0, Self.width, Self.height, fill: .fill(Pen.paper))
      content()
      Self.line([(Self.left, Self.top - 100), (Self.left, Self.bottom), (Self.right, Self.bottom)])
    }
  }

  var hatch: String { "\(name)-hatch" }

  static let stroke: Int64 = 14

  static func framed(_ x: Int64, _ y: Int64, _ width: Int64, _ height: Int64, _ fill: Attribute) -> Markup {
    Pen.box(x, y, width, height, fill: fill, stroke: .stroke(Pen.ink))
  }

  static func line(_ points: [(x: Int64, y: Int64)], dashes: Attribute? = nil) -> Markup {
    Pen.line(points, width: stroke, dashes: dashes)
  }

  static func text(
    _ text: String, _ x: Int64, _ y: Int64, _ anchor: Pen.Anchor = .start, size: Int64 = 150, bold: Bool = false
  ) -> Markup {
    Pen.text(text, x, y, size: size, bold: bold, anchor: anchor)
  }
}

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
    case .maintenance: .fill(Pen.window)
    case .emergency: .fill(pattern: plot.hatch)
    case .update: .fill(Pen.paper)
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

/// The notice of each plan as a point against the line of what is required. From left to right by start.
struct NoticePlot {
  let phrases: ReportPhrases
  private var notice: NoticeGiven { phrases.report.notice }

  /// Seconds at the top: at least twice what is required, in whole days.
  private var most: Int64 {
    let longest = max(notice.given.map(\.length.seconds).max() ?? 0, 2 * notice.required.seconds, 86_400)
    return (longest + 86_399) / 86_400 * 86_400
  }

  private func y(_ length: Elapsed) -> Int64 {
    Plot.bottom - max(0, length.seconds) * (Plot.bottom - Plot.top) / most
  }

  var markup: Markup {
    let language = phrases.language
    let description = notice.given.map { "\($0.change)\(language.colon) \(phrases.wording.duration($0.length))" }
    let plot = Plot(
      name: "notice", title: phrases.noticeTitle, description: language.series(description), language: language)
    let required = y(notice.required)
    return plot.root {
      legend
      // Where one plan was told a year ahead, the line lies too low for two figures.
      if Plot.bottom - required > 170 {
        Plot.text(phrases.wording.duration(.zero), Plot.left - 80, Plot.bottom + 50, .end, size: 140)
      }
      Plot.text(phrases.wording.duration(Elapsed(seconds: most)), Plot.left - 80, Plot.top + 50, .end, size: 140)
      Plot.text(
        phrases.wording.duration(notice.required), Plot.left - 80, required + 50, .end, size: 140, bold: true)
      Plot.line([(Plot.left, required), (Plot.right, required)], dashes: .dashes(90, gap: 60))
      Markup.joined(notice.given.indices.map(point))
      if notice.given.count <= 8 { Markup.joined(notice.given.indices.map(name)) }
    }
  }

  private func x(_ index: Int) -> Int64 {
    let step = (Plot.right - Plot.left) * 100 / Int64(notice.given.count)
    return Plot.left + (Int64(index) * step + step / 2) / 100
  }

  private func point(_ index: Int) -> Markup {
    shape(notice.given[index], x(index), y(notice.given[index].length))
  }

  private func name(_ index: Int) -> Markup {
    Plot.text(notice.given[index].change.description, x(index), Plot.bottom + 210, .middle, size: 105)
  }

  private func shape(_ given: NoticeGiven.Given, _ x: Int64, _ y: Int64) -> Markup {
    if given.isShort { return short(x, y) }
    return given.required == nil ? circle(x, y, .fill(Pen.paper)) : circle(x, y, .fill(Pen.window))
  }

  private func circle(_ x: Int64, _ y: Int64, _ fill: Attribute) -> Markup {
    element(.circle, .centre(x: x), .centre(y: y), .radius(60), fill, .stroke(Pen.ink), .strokeWidth(Plot.stroke))
  }

  private func short(_ x: Int64, _ y: Int64) -> Markup {
    .joined([
      Plot.line([(x - 60, y - 60), (x + 60, y + 60)]), Plot.line([(x - 60, y + 60), (x + 60, y - 60)]),
    ])
  }

  private var legend: Markup {
    let language = phrases.language
    return .joined([
      circle(Plot.left + 80, 200, .fill(Pen.window)), Plot.text(language("enough", "suffisant"), Plot.left + 230, 250),
      short(Plot.left + 1680, 200), Plot.text(language("too short", "trop court"), Plot.left + 1830, 250),
      circle(Plot.left + 3280, 200, .fill(Pen.paper)),
      Plot.text(
        language("no length is required", "aucune durée exigée"), Plot.left + 3430, 250),
    ])
  }
}
