import CivilTime
import Planning
import Wording

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
    return given.required == nil ? circle(x, y, .fill(Plot.paper)) : circle(x, y, .fill(Plot.blue))
  }

  private func circle(_ x: Int64, _ y: Int64, _ fill: Attribute) -> Markup {
    element(.circle, .centre(x: x), .centre(y: y), .radius(60), fill, .stroke(Plot.ink), .strokeWidth(14))
  }

  private func short(_ x: Int64, _ y: Int64) -> Markup {
    .joined([
      Plot.line([(x - 60, y - 60), (x + 60, y + 60)]), Plot.line([(x - 60, y + 60), (x + 60, y - 60)]),
    ])
  }

  private var legend: Markup {
    let language = phrases.language
    return .joined([
      circle(Plot.left + 80, 200, .fill(Plot.blue)), Plot.text(language("enough", "suffisant"), Plot.left + 230, 250),
      short(Plot.left + 1680, 200), Plot.text(language("too short", "trop court"), Plot.left + 1830, 250),
      circle(Plot.left + 3280, 200, .fill(Plot.paper)),
      Plot.text(
        language("no length is required", "aucune durée exigée"), Plot.left + 3430, 250),
    ])
  }
}
