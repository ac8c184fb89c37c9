import CivilTime
import Planning
import Wording

extension PortalSite {
  /// A day in the table of a month.
  func cell(_ day: CalendarDay, _ wording: Wording, from here: PortalPage) -> Markup {
    let isToday = day.interval.contains(now)
    return element(.td, isToday ? .style("today") : nil, isToday ? .currentDate : nil) {
      element(.p, .style("day")) {
        element(.time, .datetime(day.date)) {
          element(.span, .style("narrow-only")) { wording.shortWeekday(day.date.weekday) + " " }
          element(.span, .style("day-number")) { String(day.date.day) }
          element(.span, .style("narrow-only")) { " " + wording.shortMonth(day.date.month) }
        }
        if isToday { element(.span, .style("today-word")) { language("today", "aujourd’hui") } }
      }
      for holiday in day.holidays { element(.p, .style("holiday")) { name(of: holiday) } }
      if let clock = clockChange(on: day) { element(.p, .style("clock")) { clock } }
      DayBar(day: day).markup
      windows(of: day, wording)
      for freeze in day.freezes { element(.p, .style("freeze")) { self.freeze(freeze, on: day, wording) } }
      if !day.changes.isEmpty {
        element(.ul, .style("day-changes"), .role("list")) {
          for change in day.changes { element(.li) { self.change(change, on: day, from: here) } }
        }
      }
    }
  }

  /// The names are those of French law, also on English pages.
  private func name(of holiday: Holiday) -> Markup {
    let names = holiday.names.joined(separator: ", ")
    return .joined([
      .text(language("Public holiday: ", "Férié\(colon)")),
      language == .french ? .text(names) : element(.span, .lang(.french)) { names },
    ])
  }

  private func clockChange(on day: CalendarDay) -> String? {
    guard day.changesClock else { return nil }
    let hours = Wording(language, zone: day.zone).duration(day.interval.length)
    return language("Clock change: this day has \(hours)", "Changement d’heure\(colon)journée de \(hours)")
  }

  private func windows(of day: CalendarDay, _ wording: Wording) -> Markup? {
    guard !day.windows.isEmpty else { return nil }
    return element(.p, .style("window")) {
      language("Window: ", "Fenêtre\(colon)")
        + language.list(day.windows.map { day.times(of: $0, wording) ?? language("all day", "toute la journée") })
    }
  }

  private func freeze(_ freeze: Freeze, on day: CalendarDay, _ wording: Wording) -> String {
    let times = day.times(of: freeze.interval, wording).map { ", \($0)" } ?? ""
    return language("Freeze: ", "Gel\(colon)") + freeze.title + times
  }

  private func change(_ change: Change, on day: CalendarDay, from here: PortalPage) -> Markup {
    let telling = telling(of: change)
    let times = day.times(of: change.content.interval, telling.wording) ?? language("all day", "toute la journée")
    return element(
      .a, change.state == .cancelled ? .style("off") : nil, .href(link(.change(change.id), from: here))
    ) {
      element(.span, .style("day-times")) { times }
      " "
      element(.span, .style("day-title")) { telling.heading }
      " "
      element(.span, .style("day-state")) { self.state(of: telling) }
    }
  }

  /// `(maintenance urgente, annulée)`: what a colour could say, in words.
  private func state(of telling: ChangeTelling) -> String {
    var words = [telling.wording.state(of: telling.change)]
    if telling.content.kind != .maintenance { words.insert(telling.kind, at: 0) }
    return "(\(words.joined(separator: ", ")))"
  }
}
