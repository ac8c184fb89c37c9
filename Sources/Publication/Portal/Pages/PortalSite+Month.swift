package import CivilTime
package import Planning
import Wording

extension PortalSite {
  /// The calendar of the month that `first` lies in. What does not meet the month is left out; windows are shown cut to
  /// the days. The same bytes serve as `calendar/index.html`, since both lie in one folder.
  package func month(
    _ first: CivilDate, changes: [Change], windows: [Interval], holidays: [Holiday], freezes: [Freeze]
  ) -> [UInt8] {
    let month = CalendarMonth(first)
    // A month that is over changes only when what is told of it does.
    let isDated = month >= CalendarMonth(contract.timeZone(at: now).civil(now).date)
    let here = PortalPage.month(month)
    let zone = contract.terms(on: month.first).timeZone
    let days = (0..<month.length).compactMap {
      CalendarDay(
        month.first.advanced(byDays: $0), zone: zone, windows: windows, holidays: holidays, freezes: freezes,
        changes: changes)
    }
    let wording = Wording(language, zone: zone)
    let heading = name(of: month)
    return page(
      here, title: "\(heading) – \(language("calendar", "calendrier")) – \(service)",
      description: language(
        "Maintenance windows, public holidays, freezes and work of \(service), \(heading).",
        "Fenêtres de maintenance, jours fériés, gels et interventions de \(service), \(heading)."), isDated: isDated
    ) {
      element(.h1) { heading }
      neighbours(of: month, from: here)
      legend
      table(days, caption: "\(heading), \(wording.zoneName)", wording, from: here)
      neighbours(of: month, from: here, isSecond: true)
    }
  }

  private func neighbours(of month: CalendarMonth, from here: PortalPage, isSecond: Bool = false) -> Markup {
    let label =
      isSecond
      ? language("Other months, below the calendar", "Autres mois, sous le calendrier")
      : language("Other months", "Autres mois")
    return element(.nav, .style("months"), .label(label)) {
      element(.ul, .role("list")) {
        if months.contains(month.previous) {
          element(.li) {
            element(.a, .rel("prev"), .href(link(.month(month.previous), from: here))) {
              "← " + name(of: month.previous)
            }
          }
        }
        if months.contains(month.next) {
          element(.li, .style("next")) {
            element(.a, .rel("next"), .href(link(.month(month.next), from: here))) { name(of: month.next) + " →" }
          }
        }
      }
    }
  }

  private var legend: Markup {
    element(.div, .style("legend")) {
      element(.h2) { language("Legend", "Légende") }
      element(.p) {
        language(
          "The bar of a day runs from midnight to midnight.", "La barre d’un jour va de minuit à minuit.")
      }
      element(.ul, .role("list")) {
        element(.li) {
          DayBar.sample(.style("bar-window"), y: 0, height: 12)
          language("full height: maintenance window", "toute la hauteur\(colon)fenêtre de maintenance")
        }
        element(.li) {
          DayBar.sample(.style("bar-change"), y: 6, height: 6)
          language("lower edge: announced work", "bord inférieur\(colon)intervention annoncée")
        }
        element(.li) {
          DayBar.sample(.style("bar-freeze"), y: 0, height: 4)
          language("upper edge: freeze, no planned work", "bord supérieur\(colon)gel, aucune maintenance planifiée")
        }
        element(.li) {
          DayBar.sample(nil, y: 0, height: 0)
          language("empty: outside the window", "vide\(colon)hors de la fenêtre")
        }
      }
    }
  }

  private func table(_ days: [CalendarDay], caption: String, _ wording: Wording, from here: PortalPage) -> Markup {
    element(.table, .style("month")) {
      element(.caption) { caption }
      element(.thead) {
        element(.tr) {
          element(.th, .columnHeader, .style("week"), .abbreviated(from: language("Week", "Semaine"))) {
            language("Wk", "Sem.")
          }
          for weekday in Weekday.allCases {
            element(.th, .columnHeader) { wording.weekday(weekday).capitalizedFirst }
          }
        }
      }
      element(.tbody) {
        for week in weeks(days) {
          element(.tr) {
            element(.th, .rowHeader, .style("week")) {
              element(.span, .style("narrow-only")) { language("Week ", "Semaine ") }
              String(week.number)
            }
            for _ in 0..<week.before { element(.td, .style("outside")) }
            for day in week.days { cell(day, wording, from: here) }
            for _ in 0..<(7 - week.before - week.days.count) { element(.td, .style("outside")) }
          }
        }
      }
    }
  }

  /// Weeks from Monday; `before` counts the days of the first week that belong to the month before.
  private func weeks(_ days: [CalendarDay]) -> [(number: Int, before: Int, days: [CalendarDay])] {
    var weeks: [(number: Int, before: Int, days: [CalendarDay])] = []
    for day in days {
      let position = day.date.weekday.rawValue - 1
      if position == 0 || weeks.isEmpty {
        weeks.append((day.date.isoWeek, position, [day]))
      } else {
        weeks[weeks.count - 1].days.append(day)
      }
    }
    return weeks
  }
}
