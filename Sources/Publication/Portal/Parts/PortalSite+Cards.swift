import CivilTime
import Planning
import Wording

extension PortalSite {
  /// Changes as a list of cards, each with the day of its start in a block beside it.
  ///
  /// `now` adds what a state alone does not say; nil on pages that do not depend on the moment.
  func cards(_ changes: [Change], from page: PortalPage, at now: Instant?) -> Markup {
    element(.ul, .style("cards"), .role("list")) {
      for change in changes {
        element(.li, change.state == .cancelled ? .style("card off") : .style("card")) {
          card(telling(of: change), from: page, at: now)
        }
      }
    }
  }

  private func card(_ telling: ChangeTelling, from page: PortalPage, at now: Instant?) -> Markup {
    let content = telling.content
    let zone = telling.wording.zone
    return .joined([
      dateBlock(zone.civil(content.interval.start).date, telling.wording),
      element(.div, .style("card-text")) {
        element(.h3) {
          element(.a, .href(link(.change(telling.change.id), from: page))) { telling.heading }
        }
        telling.badges
        element(.p, .style("when")) {
          element(.time, .datetime(content.interval.start, in: zone)) {
            telling.wording.range(content.interval).capitalizedFirst
          }
        }
        if let remark = telling.remark(at: now) { element(.p, .style("remark")) { remark } }
        element(.p, .style("fine")) {
          [
            telling.change.id.description,
            language("Duration: ", "Durée\(colon)") + telling.wording.duration(content.interval.length),
            language("Components: ", "Composants\(colon)") + telling.wording.components(content.components),
          ].joined(separator: " · ")
        }
      },
    ])
  }

  /// `dim. / 6 / déc. 2026`. Hidden from screen readers: the sentence beside it says the same with the time.
  private func dateBlock(_ date: CivilDate, _ wording: Wording) -> Markup {
    element(.div, .style("date"), .hidden) {
      element(.span, .style("date-weekday")) { wording.shortWeekday(date.weekday) }
      element(.span, .style("date-day")) { String(date.day) }
      element(.span, .style("date-month")) { "\(wording.shortMonth(date.month)) \(date.year)" }
    }
  }
}
