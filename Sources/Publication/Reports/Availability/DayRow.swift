import CivilTime
import Planning
import Wording

/// A day of the picture: its date, its hours with the stops in them, what it adds to TI, and the names of the stops.
struct DayRow {
  let day: AvailabilityDay
  /// Those that meet the day, by start.
  let accounts: [StopAccount]
  let wording: Wording

  static let height: Int64 = 440
  static let stripHeight: Int64 = 400
  /// One hour; the longest day has 25.
  static let hour: Int64 = 700
  static let stripLeft: Int64 = 3500
  private static let lossRight: Int64 = 23_250
  private static let namesLeft: Int64 = 23_500
  private static let namesWidth: Int64 = 28_700 - namesLeft

  static func changesClock(_ day: AvailabilityDay) -> Bool { day.interval.length != .hours(24) }

  /// Hours and heads of the columns, above the rows that begin at `y`.
  static func axis(_ y: Int64, days: Int, _ language: Language) -> Markup {
    .joined(
      (0...24).map { number in
        Pen.text(
          number < 10 ? "0\(number)" : String(number), stripLeft + Int64(number) * hour, y - 110, size: 230, width: 500,
          anchor: .middle)
      } + [
        Pen.text("TI", lossRight, y - 110, size: 250, width: 1500, bold: true, anchor: .end),
        Pen.text(language("Stops", "Arrêts"), namesLeft, y - 110, size: 250, width: namesWidth, bold: true),
      ])
  }

  func markup(_ y: Int64) -> Markup {
    element(.g, .moved(x: 0, y: y)) {
      Pen.text(
        wording.shortDate(day.date), Sheet.margin, 290, size: 270, width: 2150, bold: !day.lost.isEmpty)
      if Self.changesClock(day) { Pen.clock(Self.stripLeft - 200, Self.stripHeight / 2, radius: 115) }
      hours
      stops
      if !day.lost.isEmpty {
        Pen.text(
          wording.duration(day.lost.length), Self.lossRight, 290, size: 270, width: 2250, bold: true, anchor: .end)
      }
      Pen.text(names, Self.namesLeft, 290, size: 240, width: Self.namesWidth, colour: Pen.soft)
    }
  }

  // MARK: Hours

  private var hours: Markup {
    let end = position(day.interval.end)
    func boxes(_ parts: IntervalSet, _ fill: Attribute) -> [Markup] {
      parts.intervals.map {
        Pen.box(position($0.start), 0, position($0.end) - position($0.start), Self.stripHeight, fill: fill)
      }
    }
    let lines = stride(from: Int64(0), through: 24, by: 2).map { Self.stripLeft + $0 * Self.hour }.filter { $0 < end }
    return .joined(
      [Pen.box(Self.stripLeft, 0, end - Self.stripLeft, Self.stripHeight, fill: .fill(pattern: StopShape.dotsID))]
        + boxes(day.reference, .fill(Pen.paper)) + boxes(day.windows, .fill(AvailabilityLegend.window))
        + lines.map { Pen.line([($0, 0), ($0, Self.stripHeight)], width: 8, "#777777") }
        + [
          Pen.box(
            Self.stripLeft, 0, end - Self.stripLeft, Self.stripHeight, fill: .fill("none"), stroke: .stroke(Pen.soft),
            line: 12)
        ])
  }

  /// Elapsed time from the beginning of the day.
  private func position(_ instant: Instant) -> Int64 {
    Self.stripLeft + (instant - day.interval.start).seconds * Self.hour / 3600
  }

  // MARK: Stops

  private var stops: Markup {
    let lanes = StopLanes(accounts).lanes
    guard !lanes.isEmpty else { return .empty }
    let room = Self.stripHeight - 40
    let height = room / Int64(lanes.count)
    return .joined(
      lanes.enumerated().flatMap { index, lane -> [Markup] in
        let y = 20 + Int64(index) * height
        // Boxes that would fall into one already drawn are left out, so that a day of countless stops stays a picture.
        var drawn: [StopShape: Int64] = [:]
        return lane.flatMap { account in
          parts(account).compactMap { shape, part -> Markup? in
            let x = position(part.start)
            let width = max(position(part.end) - x, 40)
            if let end = drawn[shape], x + width <= end { return nil }
            drawn[shape] = x + width
            return shape.box(x, y, width, height - (lanes.count > 1 ? 16 : 0))
          } + (goesOn(account) ? [Self.arrow(position(account.stop.interval.end), y + height / 2)] : [])
        }
      })
  }

  private func goesOn(_ account: StopAccount) -> Bool {
    account.stop.isOngoing && account.stop.interval.end > day.interval.start
      && account.stop.interval.end <= day.interval.end
  }

  /// Points to the right, from where a stop that has no end stands now.
  static func arrow(_ x: Int64, _ y: Int64) -> Markup {
    element(
      .path, .lines([(x + 20, y - 110), (x + 190, y), (x + 20, y + 110), (x + 20, y - 110)]), .fill(Pen.ink),
      .stroke(Pen.paper), .strokeWidth(14))
  }

  /// By start, what counts last: drawn over its neighbours' outlines.
  private func parts(_ account: StopAccount) -> [(StopShape, Interval)] {
    account.leftOut.flatMap { left -> [(StopShape, Interval)] in
      guard let shape = StopShape(left.reason) else { return [] }
      return left.parts.clipped(to: day.interval).intervals.map { (shape, $0) }
    } + account.counted.clipped(to: day.interval).intervals.map { (.counted, $0) }
  }

  /// The holiday, that the day is still to come, the stops; how many more where there is no room.
  private var names: String {
    var parts = day.holiday
    if day.isToCome { parts.append(wording.language("to come", "à venir")) }
    let names = accounts.map { wording.source($0.stop.source) }
    func fits(_ text: String) -> Bool { TextWidth.of(text, size: 240) * 118 <= Self.namesWidth * 100 }
    var count = names.count
    func text() -> String {
      (parts + names.prefix(count) + (count < names.count ? ["+\(names.count - count)"] : [])).joined(separator: ", ")
    }
    // More names than that never fit.
    count = min(count, 8)
    while count > 0, !fits(text()) { count -= 1 }
    return text()
  }
}
