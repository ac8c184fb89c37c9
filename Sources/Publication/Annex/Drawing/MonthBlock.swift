import CivilTime
import Planning
import Wording

/// A month: figures, weeks from Monday on, and what is special about its days.
struct MonthBlock {
  let month: AnnexMonth
  let phrases: AnnexPhrases

  /// Of the column with the numbers of the weeks.
  static let weekWidth: Int64 = 540
  static let width = weekWidth + 7 * DayCell.width
  static let height: Int64 = 7700
  private static let gridTop: Int64 = 1240
  private static let noteSize: Int64 = 250
  private static let noteLine: Int64 = 295

  /// With its upper left corner at the given point; `scale` in hundredths.
  func markup(_ x: Int64, _ y: Int64, scale: Int64 = 100) -> Markup {
    element(.g, .moved(x: x, y: y, scale: scale)) {
      Pen.text(phrases.monthName(month), 0, 390, size: 440, width: 4200, bold: true)
      Pen.text(
        phrases.windowSum(month.figures), Self.width, 390, size: 270, width: 4800, anchor: .end)
      Pen.line([(0, 500), (Self.width, 500)], width: 25)
      if let budget = phrases.budget(month) {
        Pen.text(budget, 0, 800, size: 270, width: Self.width, bold: true)
      }
      heads
      weeks
      notes
    }
  }

  private var heads: Markup {
    .joined(
      Weekday.allCases.map { day in
        Pen.text(
          phrases.wording.shortWeekday(day), column(day) + 30, 1155, size: 240, width: DayCell.width - 60,
          colour: Pen.soft)
      } + [Pen.line([(0, Self.gridTop), (Self.width, Self.gridTop)], width: 12)])
  }

  private func column(_ day: Weekday) -> Int64 { Self.weekWidth + Int64(day.rawValue - 1) * DayCell.width }

  private var weeks: Markup {
    var parts: [Markup] = []
    var row: Int64 = 0
    for day in month.days {
      if day.date.weekday == .monday, day.date.day > 1 { row += 1 }
      let y = Self.gridTop + row * DayCell.height
      if day.date.weekday == .monday || day.date.day == 1 {
        parts.append(
          Pen.text(
            Self.weekLabel(day.date, phrases.language), 0, y + 418, size: 225, width: 430, colour: Pen.soft))
      }
      parts.append(DayCell(day: day, phrases: phrases).markup(column(day.date.weekday), y))
    }
    return .joined(parts)
  }

  /// `W53`, `S53`: the week that holds the Thursday. Source: ISO 8601-1, 4.2.2.
  private static func weekLabel(_ date: CivilDate, _ language: Language) -> String {
    let thursday = date.advanced(byDays: 4 - date.weekday.rawValue)
    guard let first = CivilDate(year: thursday.year, month: 1, day: 1) else { return "" }
    return language("W", "S") + String((thursday.dayNumber - first.dayNumber) / 7 + 1)
  }

  /// Right below the last week.
  private var notesTop: Int64 {
    let rows = month.days.dropFirst().reduce(Int64(1)) { $1.date.weekday == .monday ? $0 + 1 : $0 }
    return Self.gridTop + rows * DayCell.height + 120
  }

  /// Short ones two a line; smaller where there are many, so that all of them stand in the block.
  private var notes: Markup? {
    let notes = phrases.notes(month)
    guard !notes.isEmpty else { return nil }
    let room = Self.height - notesTop
    var percent: Int64 = 100
    var laid = layout(notes, percent)
    while laid.rows * Self.noteLine * percent / 100 > room, percent > 30 {
      percent -= 5
      laid = layout(notes, percent)
    }
    let size = Self.noteSize * percent / 100
    return .joined(
      laid.lines.map { line in
        let y = notesTop + (line.row + 1) * Self.noteLine * percent / 100 - 60
        return Markup.joined([
          line.when.map { Pen.text($0, line.x, y, size: size, width: line.whenWidth, bold: true) } ?? .empty,
          Pen.text(line.text, line.x + line.whenWidth + 60, y, size: size, width: line.width),
        ])
      })
  }

  private struct Line {
    let row: Int64
    let x: Int64
    let width: Int64
    let when: String?
    let whenWidth: Int64
    let text: String
  }

  private func layout(_ notes: [MonthNote], _ percent: Int64) -> (lines: [Line], rows: Int64) {
    let size = Self.noteSize * percent / 100
    let half = Self.width / 2
    var lines: [Line] = []
    var row: Int64 = 0
    var isLeft = true
    // One column for all days of the month, so that what they are stands in line.
    let when = notes.map { TextWidth.of($0.when, size: size, isBold: true) * 12 / 10 }.max() ?? 0
    let whenWidth = min(when, Self.width / 4)
    let gap = whenWidth + 60
    for note in notes {
      if TextWidth.of(note.text, size: size) * 108 / 100 <= half - gap - 100 {
        lines.append(
          Line(
            row: row, x: isLeft ? 0 : half, width: half - gap - 60, when: note.when, whenWidth: whenWidth,
            text: note.text))
        if !isLeft { row += 1 }
        isLeft.toggle()
      } else {
        if !isLeft { row += 1 }
        isLeft = true
        let width = Self.width - gap
        for (index, text) in TextWidth.lines(note.text, size: size, width: width * 92 / 100).enumerated() {
          lines.append(
            Line(row: row, x: 0, width: width, when: index == 0 ? note.when : nil, whenWidth: whenWidth, text: text))
          row += 1
        }
      }
    }
    return (lines, isLeft ? row : row + 1)
  }
}

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
