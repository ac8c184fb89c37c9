import CivilTime
package import Planning
import Wording

extension PortalSite {
  /// What ended in one year, month by month, latest first. `year` nil: the newest of `pastYears`.
  package func past(_ changes: [Change], year: Int? = nil) -> [UInt8] {
    let newest = pastYears.first ?? wording(at: now).zone.civil(now).date.year
    let year = year ?? newest
    let here = PortalPage.past(year: year, isNewest: year == newest)
    let heading =
      pastYears.isEmpty ? language("Past work", "Historique") : language("Past work, \(year)", "Historique \(year)")
    return page(
      here, title: "\(heading) – \(service)",
      description: language(
        "Maintenance and updates of \(service) that have ended, \(year).",
        "Maintenances et mises à jour terminées de \(service), \(year).")
    ) {
      element(.h1) { heading }
      years(from: here, newest: newest)
      if changes.isEmpty {
        element(.p, .style("nothing")) {
          language("No work has ended yet.", "Aucune intervention ne s’est encore terminée.")
        }
      }
      for (month, changes) in byMonth(changes) {
        element(.section, .labelled(by: anchor(month))) {
          element(.h2, .id(anchor(month))) { name(of: month) }
          cards(changes, from: here, at: nil)
        }
      }
    }
  }

  private func years(from here: PortalPage, newest: Int) -> Markup? {
    guard pastYears.count > 1 else { return nil }
    return element(.nav, .style("years"), .label(language("Years", "Années"))) {
      element(.ul, .role("list")) {
        for year in pastYears {
          let target = PortalPage.past(year: year, isNewest: year == newest)
          element(.li) {
            element(.a, .href(link(target, from: here)), target == here ? .currentPage : nil) { String(year) }
          }
        }
      }
    }
  }

  private func byMonth(_ changes: [Change]) -> [(CalendarMonth, [Change])] {
    var result: [(CalendarMonth, [Change])] = []
    for change in changes.sorted(by: { PortalLists.isEarlier($1, $0) }) {
      let month = CalendarMonth(wording(of: change).zone.civil(change.content.interval.start).date)
      if result.last?.0 == month {
        result[result.count - 1].1.append(change)
      } else {
        result.append((month, [change]))
      }
    }
    return result
  }

  private func anchor(_ month: CalendarMonth) -> String { "m\(month.year)-\(month.month)" }

  /// `Décembre 2026`, `December 2026`.
  func name(of month: CalendarMonth) -> String {
    let name = wording(at: now).month(month.month)
    return "\(name.prefix(1).uppercased())\(name.dropFirst()) \(month.year)"
  }
}
