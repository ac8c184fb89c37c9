import CivilTime
package import Planning
import Wording

extension PortalSite {
  /// What ended in one year, month by month, latest first. `year` nil: the newest of `pastYears`.
  package func past(_ changes: [Change], year: Int? = nil, outages: [PublishedOutage] = []) -> [UInt8] {
    let (before, after) = aroundPast(isEmpty: changes.isEmpty, year: year, outages: outages)
    var months: [[Change]] = []
    for change in changes.sorted(by: { PortalLists.isEarlier($1, $0) }) {
      let month = month(of: change.content.interval.start)
      if let last = months.last?.last, self.month(of: last.content.interval.start) == month {
        months[months.count - 1].append(change)
      } else {
        months.append([change])
      }
    }
    return before + months.flatMap { pastMonth($0, year: year) } + after
  }

  private func pastPage(_ year: Int?) -> (year: Int, newest: Int, page: PortalPage) {
    let newest = pastYears.first ?? wording(at: now).zone.civil(now).date.year
    let year = year ?? newest
    return (year, newest, .past(year: year, isNewest: year == newest))
  }

  /// What stands before and after the months of a year; behind them its outages.
  func aroundPast(isEmpty: Bool, year: Int?, outages: [PublishedOutage]) -> (before: [UInt8], after: [UInt8]) {
    let (year, newest, here) = pastPage(year)
    let heading =
      pastYears.isEmpty ? language("Past work", "Historique") : language("Past work, \(year)", "Historique \(year)")
    let page = page(
      here, title: "\(heading) – \(service)",
      description: language(
        "Maintenance and updates of \(service) that have ended, \(year).",
        "Maintenances et mises à jour terminées de \(service), \(year).")
    ) {
      element(.h1) { heading }
      years(from: here, newest: newest)
      if isEmpty {
        element(.p, .style("nothing")) {
          language("No work has ended yet.", "Aucune intervention ne s’est encore terminée.")
        }
      }
      Markup.gap
      pastOutages(outages, year: year)
    }
    return Markup.parts(page)
  }

  /// Changes of one month, latest first, as a part of the page of that year.
  func pastMonth(_ changes: [Change], year: Int?) -> [UInt8] {
    guard let first = changes.first else { return [] }
    let month = month(of: first.content.interval.start)
    return element(.section, .labelled(by: anchor(month))) {
      element(.h2, .id(anchor(month))) { name(of: month) }
      // What is planned here is over whenever it is shown, so that nothing else of it depends on the moment.
      cards(changes, from: pastPage(year).page)
    }.bytes
  }

  /// The month that a change is listed under which starts then.
  func month(of start: Instant) -> CalendarMonth { CalendarMonth(contract.timeZone(at: start).civil(start).date) }

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

  private func anchor(_ month: CalendarMonth) -> String { "m\(month.year)-\(month.month)" }

  /// `Décembre 2026`, `December 2026`.
  func name(of month: CalendarMonth) -> String {
    let name = wording(at: now).month(month.month)
    return "\(name.prefix(1).uppercased())\(name.dropFirst()) \(month.year)"
  }
}
