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
          number.padded(2), stripLeft + Int64(number) * hour, y - 110, size: 230, width: 500,
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

/// What a part of a stop means for TD, and how it is drawn: each is told from the others without colour.
enum StopShape: CaseIterable, Hashable {
  case counted
  /// Its own cause is excluded, or another stop of such a cause covers it.
  case excluded
  /// In the window, or outside of the reference period.
  case free
  case countedOnce
  case otherEnvironment

  /// Nil for what lies in another month.
  init?(_ reason: StopAccount.LeftOut.Reason) {
    switch reason {
    case .anotherMonth: return nil
    case .otherEnvironment: self = .otherEnvironment
    case .window, .outsideReferencePeriod: self = .free
    case .excludedCause, .excused: self = .excluded
    case .countedOnce: self = .countedOnce
    }
  }

  func box(_ x: Int64, _ y: Int64, _ width: Int64, _ height: Int64) -> Markup {
    let ink = Attribute.stroke(Pen.ink)
    return switch self {
    case .counted: Pen.box(x, y, width, height, fill: .fill(Pen.ink))
    case .excluded: Pen.box(x, y, width, height, fill: .fill(pattern: Pen.hatchID), stroke: ink, line: 16)
    case .free: Pen.box(x, y, width, height, fill: .fill(Pen.paper), stroke: ink, line: 16)
    case .countedOnce: Pen.box(x, y, width, height, fill: .fill(pattern: Self.barsID), stroke: ink, line: 16)
    case .otherEnvironment:
      Pen.box(x, y, width, height, fill: .fill(Pen.paper), stroke: ink, line: 20, dashes: .dashes(55, gap: 45))
    }
  }

  func meaning(_ language: Language) -> String {
    switch self {
    case .counted: language("stop that counts (TI)", "arrêt compté (TI)")
    case .excluded: language("excluded cause, or covered by one", "cause exclue, ou couvert par une telle cause")
    case .free: language("in the window or outside the reference", "dans la fenêtre ou hors référence")
    case .countedOnce: language("counted with another stop", "compté avec un autre arrêt")
    case .otherEnvironment:
      language("other environment: never counts", "autre environnement\(language.colon) ne compte pas")
    }
  }

  // MARK: Patterns

  private static let barsID = "preavis-bars"
  static let dotsID = "preavis-dots"

  /// Upright lines for stops; dots for hours that are neither window nor reference period.
  static var definitions: Markup {
    element(.defs) {
      element(.pattern, .id(barsID), .width(90), .height(90), .patternInPictureUnits) {
        Pen.box(0, 0, 90, 90, fill: .fill(Pen.paper))
        Pen.box(0, 0, 30, 90, fill: .fill(Pen.ink))
      }
      element(.pattern, .id(dotsID), .width(110), .height(110), .patternInPictureUnits) {
        Pen.box(0, 0, 110, 110, fill: .fill(Pen.paper))
        element(.circle, .centre(x: 55), .centre(y: 55), .radius(14), .fill("#666666"))
      }
    }
  }
}

/// The stops of one day laid side by side, so that none hides another; there are few lanes, and what finds none shares
/// the last.
struct StopLanes {
  static let most = 4
  private(set) var lanes: [[StopAccount]] = []

  /// - Parameter accounts: by start.
  init(_ accounts: [StopAccount]) {
    for account in accounts {
      let free = lanes.firstIndex { lane in
        lane.last.map { $0.stop.interval.end <= account.stop.interval.start } ?? true
      }
      if let free {
        lanes[free].append(account)
      } else if lanes.count < StopLanes.most {
        lanes.append([account])
      } else {
        lanes[lanes.count - 1].append(account)
      }
    }
  }
}
