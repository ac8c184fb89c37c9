import CivilTime
import Planning
import Wording

/// The hours of a day as a bar: the window fills it, a freeze runs along its upper edge, a change along its lower one,
/// so that they are told apart by place and not by colour alone. The words beside it say the same.
struct DayBar {
  let day: CalendarDay

  private static let height: Int64 = 12

  var markup: Markup {
    let minutes = day.interval.length.seconds / 60
    return element(.svg, .style("bar-of-day"), .hidden, .viewBox(width: minutes, height: Self.height), .stretched) {
      bar(day.interval, .style("bar-closed"), y: 0, height: Self.height)
      for window in day.windows { bar(window, .style("bar-window"), y: 0, height: Self.height) }
      for freeze in day.freezes { bar(freeze.interval, .style("bar-freeze"), y: 0, height: 4) }
      for change in day.changes where change.state != .cancelled {
        bar(change.content.interval, .style("bar-change"), y: 6, height: 6)
      }
    }
  }

  private func bar(_ piece: Interval, _ style: Attribute, y: Int64, height: Int64) -> Markup? {
    guard let part = piece.intersection(day.interval) else { return nil }
    let start = (part.start - day.interval.start).seconds / 60
    // A minute would be too thin to see.
    let width = max(part.length.seconds / 60, 20)
    return element(.rect, style, .x(start), .y(y), .width(width), .height(height))
  }

  /// A bar of one kind, for the legend.
  static func sample(_ style: Attribute?, y: Int64, height: Int64) -> Markup {
    element(.svg, .style("bar-sample"), .hidden, .viewBox(width: 60, height: Self.height), .stretched) {
      element(.rect, .style("bar-closed"), .x(0), .y(0), .width(60), .height(Self.height))
      if let style { element(.rect, style, .x(0), .y(y), .width(60), .height(height)) }
    }
  }
}
