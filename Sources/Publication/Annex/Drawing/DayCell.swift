import CivilTime
import Planning
import Wording

/// A day: its number, the lengths of the windows that begin on it, and its hours as a strip.
struct DayCell {
  let day: AnnexDay
  let phrases: AnnexPhrases

  static let width: Int64 = 1285
  static let height: Int64 = 800
  /// One hour of a strip; the longest day has 25.
  static let hour: Int64 = 49
  private static let margin: Int64 = 30
  private static let stripTop: Int64 = 505
  static let stripHeight: Int64 = 220

  /// With its upper left corner at the given point.
  func markup(_ x: Int64, _ y: Int64) -> Markup {
    element(.g, .moved(x: x, y: y)) {
      if !day.freezes.isEmpty { Pen.box(0, 15, Self.width, 105, fill: .fill(pattern: Pen.hatchID)) }
      number
      if !day.clockChanges.isEmpty { Pen.clock(1160, 305, radius: 100) }
      lengths
      strip
      Pen.line([(0, 0), (0, Self.height), (Self.width, Self.height), (Self.width, 0)], width: 8, "#999999")
    }
  }

  private var number: Markup {
    let text = String(day.date.day)
    return Markup.joined([
      Self.numberFrame(isHoliday: day.holiday != nil, isBridge: !day.bridged.isEmpty),
      Pen.text(
        text, Self.margin + 230, 418, size: 320, width: 420, bold: day.holiday != nil, anchor: .middle,
        colour: day.holiday == nil ? Pen.ink : Pen.paper),
    ])
  }

  /// Black for a holiday, dashed for a working day alone between days off.
  static func numberFrame(isHoliday: Bool, isBridge: Bool) -> Markup {
    if isHoliday { return Pen.box(margin, 140, 460, 335, fill: .fill(Pen.ink), corners: 50) }
    guard isBridge else { return .empty }
    return Pen.box(
      margin + 10, 150, 440, 315, fill: .fill("none"), stroke: .stroke(Pen.ink), line: 22, corners: 50,
      dashes: .dashes(70, gap: 45))
  }

  /// Beside each other or, where they are long, below each other.
  private var lengths: Markup? {
    guard !day.opening.isEmpty else { return nil }
    let isSpecial = day.opening.contains { !$0.wholeDays.isEmpty }
    let lengths = day.opening.map { phrases.duration($0.length) }
    let joined = lengths.joined(separator: " + ")
    let size: Int64 = day.clockChanges.isEmpty ? 255 : 235
    let width: Int64 = day.clockChanges.isEmpty ? 720 : 515
    func text(_ text: String, _ y: Int64, _ size: Int64) -> Markup {
      Pen.text(text, 525, y, size: size, width: width, bold: isSpecial, colour: isSpecial ? Pen.ink : Pen.soft)
    }
    guard lengths.count > 1, TextWidth.of(joined, size: size, isBold: isSpecial) > width else {
      return text(joined, 418, size)
    }
    let step = 360 / Int64(lengths.count)
    return .joined(
      lengths.enumerated().map { index, length in
        text(length, 110 + (Int64(index) + 1) * step, step * 95 / 100)
      })
  }

  private var strip: Markup {
    element(.g, .moved(x: Self.margin, y: Self.stripTop)) {
      Pen.box(
        0, 0, position(day.interval.end), Self.stripHeight, fill: .fill(Pen.paper), stroke: .stroke(Pen.soft), line: 10)
      if let reference = day.reference { piece(reference, Self.reference) }
      for window in day.windows { piece(window, Self.open) }
      for freeze in day.freezes {
        for window in day.windows {
          if let part = window.intersection(freeze.interval) { piece(part, Self.frozen) }
        }
      }
    }
  }

  private func position(_ instant: Instant) -> Int64 { (instant - day.interval.start).seconds * Self.hour / 3600 }

  private func piece(_ interval: Interval, _ draw: (Int64, Int64) -> Markup) -> Markup? {
    guard let part = interval.intersection(day.interval) else { return nil }
    return draw(position(part.start), max(position(part.end) - position(part.start), 8))
  }

  // MARK: What a strip holds, from x on

  static func open(_ x: Int64, _ width: Int64) -> Markup {
    Pen.box(x, 0, width, stripHeight, fill: .fill(Pen.window))
  }
  static func frozen(_ x: Int64, _ width: Int64) -> Markup {
    Pen.box(
      x, 0, width, stripHeight, fill: .fill(pattern: Pen.hatchID), stroke: .stroke(Pen.ink), line: 10)
  }
  static func reference(_ x: Int64, _ width: Int64) -> Markup {
    Pen.line([(x, stripHeight / 2), (x + width, stripHeight / 2)], width: 40, "#777777")
  }
}
