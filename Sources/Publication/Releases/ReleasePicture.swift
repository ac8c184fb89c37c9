import CivilTime
import Planning
import Wording

/// A planned release as a picture (SVG) of one A4 page: night by night, each work as a bar on the hours of its night. What
/// differs, differs by shape: what clients see is filled, what they do not see is hatched, and the time that is kept for undoing is dashed.
package struct ReleasePicture {
  private let phrases: ReleasePhrases
  private var planned: PlannedRelease { phrases.planned }
  private var wording: Wording { phrases.wording }
  private var language: Language { wording.language }

  package init(_ phrases: ReleasePhrases) { self.phrases = phrases }

  private static let paper: StaticString = "@page { size: A4 portrait; margin: 0; }"
  private static let right: Int64 = 21_000 - Sheet.margin
  /// Where the bars begin.
  private static let axis: Int64 = 9400

  package func render() -> [UInt8] { Markup.picture(sheet(ReleasePicture.paper)) }

  /// - Parameter paper: rules of a picture that stands alone; nil within a page, which has its own.
  func sheet(_ paper: StaticString? = nil) -> Markup {
    let sheet = Sheet(
      language: language, name: planned.file.name, scope: phrases.summary, width: 210, height: 297,
      title: phrases.title, description: description)
    // A night takes its title and its hours, and each work a line.
    let lines = planned.nights.reduce(0) { $0 + $1.works.count + 2 } + 4
    let height = min(620, (29_700 - 3400 - Sheet.margin) / Int64(max(1, lines)))
    return sheet.root(paper) {
      Pen.text(phrases.title, Sheet.margin, 1550, size: 600, width: ReleasePicture.right - Sheet.margin, bold: true)
      Sheet.paragraph(
        [phrases.summary], Sheet.margin, 1750, width: ReleasePicture.right - Sheet.margin, height: 900, size: 300)
      nights(from: 2900, lineHeight: height)
      legend(29_700 - 700)
    }
  }

  private func nights(from top: Int64, lineHeight height: Int64) -> Markup {
    var y = top
    var parts: [Markup] = []
    for night in planned.nights {
      parts.append(self.night(night, y, height))
      y += Int64(night.works.count + 2) * height
    }
    return .joined(parts)
  }

  private func night(
    _ night: (evening: CivilDate, works: [PlannedRelease.Placed]), _ top: Int64, _ height: Int64
  ) -> Markup {
    let size = height * 55 / 100
    let hours = self.hours(night.works)
    let length = (hours.end - hours.start).seconds
    func x(_ instant: Instant) -> Int64 {
      let seconds = max(0, min(length, (instant - hours.start).seconds))
      return ReleasePicture.axis + (ReleasePicture.right - ReleasePicture.axis) * seconds / length
    }
    let bottom = top + Int64(night.works.count + 1) * height + height / 3
    // As many marks as there is room for.
    let step: Int64 = ([1, 2, 3, 4, 6] as [Int64]).first(where: { length / 3600 / $0 <= 10 }) ?? 12
    var parts: [Markup] = [
      Pen.line([(Sheet.margin, top + height / 6), (ReleasePicture.right, top + height / 6)], width: 12),
      Pen.text(
        phrases.night(night), Sheet.margin, top + height, size: size, width: ReleasePicture.axis - Sheet.margin - 900,
        bold: true),
    ]
    for hour in stride(from: hours.start.secondsSinceEpoch, through: hours.end.secondsSinceEpoch, by: Int(step) * 3600)
    {
      let instant = Instant(secondsSinceEpoch: hour)
      parts.append(Pen.line([(x(instant), top + height * 6 / 5), (x(instant), bottom)], width: 8, "#777777"))
      parts.append(
        Pen.text(
          wording.time(wording.zone.civil(instant).time), x(instant), top + height, size: size * 8 / 10,
          anchor: .middle))
    }
    for (index, row) in night.works.enumerated() {
      let y = top + Int64(index + 1) * height + height / 3
      let cells = phrases.cells(row)
      let (start, end) = (x(row.interval.start), x(row.interval.end))
      let undone = x(row.interval.end + .minutes(Int64(row.change.work.rollback)))
      let text =
        cells[0] + "  " + cells[1] + " – "
        + ([row.change.title] + cells[3...4].filter { !$0.isEmpty })
        .joined(separator: " · ")
      parts.append(
        Pen.text(text, Sheet.margin, y + height * 7 / 10, size: size, width: ReleasePicture.axis - Sheet.margin - 300))
      if undone > end {
        parts.append(
          Pen.box(
            end, y + height / 5, undone - end, height * 6 / 10, fill: .fill(Pen.paper), stroke: .stroke(Pen.ink),
            line: 12, dashes: .dashes(60, gap: 50)))
      }
      parts.append(
        Pen.box(
          start, y + height / 5, max(60, end - start), height * 6 / 10,
          fill: row.change.work.isVisible ? .fill(Pen.window) : .fill(pattern: Pen.hatchID), stroke: .stroke(Pen.ink)))
    }
    return .joined(parts)
  }

  /// Whole hours around the works of a night and what is kept for undoing them.
  private func hours(_ works: [PlannedRelease.Placed]) -> (start: Instant, end: Instant) {
    let starts = works.map(\.interval.start.secondsSinceEpoch).min() ?? 0
    let ends = works.map { $0.interval.end.secondsSinceEpoch + Int64($0.change.work.rollback) * 60 }.max() ?? 0
    let first = starts - starts.quotientAndRemainder(dividingBy: 3600).remainder
    let last = max(first + 4 * 3600, ends + 3599 - (ends + 3599) % 3600)
    return (Instant(secondsSinceEpoch: first), Instant(secondsSinceEpoch: last))
  }

  private func legend(_ y: Int64) -> Markup {
    let items: [(Markup, String)] = [
      (
        Pen.box(Sheet.margin, y - 260, 600, 280, fill: .fill(Pen.window), stroke: .stroke(Pen.ink)),
        language("seen by clients", "vu des clients")
      ),
      (
        Pen.box(Sheet.margin + 4500, y - 260, 600, 280, fill: .fill(pattern: Pen.hatchID), stroke: .stroke(Pen.ink)),
        language("unseen by clients", "invisible des clients")
      ),
      (
        Pen.box(
          Sheet.margin + 9000, y - 260, 600, 280, fill: .fill(Pen.paper), stroke: .stroke(Pen.ink),
          dashes: .dashes(60, gap: 50)),
        language("kept for undoing the work", "gardé pour revenir en arrière")
      ),
    ]
    return .joined(
      items.enumerated().flatMap { index, item in
        [item.0, Pen.text(item.1, Sheet.margin + Int64(index) * 4500 + 750, y, size: 270, width: 3700)]
      } + [
        Pen.text(wording.zoneName, ReleasePicture.right, y, size: 270, width: 3000, anchor: .end)
      ])
  }

  /// The same in words, for those who do not see it.
  private var description: String {
    planned.nights.map { night in
      phrases.night(night) + language.colon + " "
        + night.works.map { phrases.cells($0).prefix(3).joined(separator: " ") }.joined(separator: ", ")
    }.joined(separator: "\n")
  }
}
