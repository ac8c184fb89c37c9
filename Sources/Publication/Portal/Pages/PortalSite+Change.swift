import CivilTime
package import Planning
import Wording

extension PortalSite {
  /// The page of one change: what clients know now, and everything that they were told before. `notices` are listed
  /// under the revisions that they spoke of.
  package func change(_ history: PublishedHistory, notices: [NoticeRecord] = []) -> [UInt8] {
    let change = history.newest
    let here = PortalPage.change(change.id)
    let telling = telling(of: change)
    let range = telling.wording.range(change.content.interval)
    let impact = telling.wording.impact(change.content.impact)
    let mark = change.state == .cancelled ? language("[CANCELLED] ", "[ANNULÉE] ") : ""
    return page(
      here, title: "\(mark)\(telling.titleText) – \(service)",
      description: "\(telling.kind.capitalizedFirst)\(colon)\(range). \(impact.capitalizedFirst)."
    ) {
      element(.p, .style("back")) {
        element(.a, .href(link(.home, from: here))) {
          language("← Maintenance and updates", "← Maintenances et mises à jour")
        }
      }
      element(.p, .style("reference")) { "\(change.id), \(revision(change))" }
      element(.h1) { telling.heading }
      telling.badges
      element(.p, .style("lead")) {
        element(.time, .datetime(change.content.interval.start, in: telling.wording.zone)) {
          range.capitalizedFirst
        }
      }
      if let remark = telling.remark(at: nil) { element(.p, .style("remark")) { remark } }
      element(.section, .labelled(by: "details")) {
        element(.h2, .id("details")) { language("Details", "Détails") }
        facts(telling)
      }
      if !change.content.description.isEmpty {
        element(.section, .labelled(by: "description")) {
          element(.h2, .id("description")) { "Description" }
          element(.p, .style("prose"), .directionOfText) { change.content.description }
        }
      }
      keep(change, from: here)
      element(.section, .labelled(by: "history")) {
        element(.h2, .id("history")) { language("History", "Historique") }
        element(.ul, .style("history"), .role("list")) {
          for index in history.revisions.indices.reversed() {
            element(.li) { entry(history.revisions, index, notices) }
          }
        }
      }
    }
  }

  /// The calendar file of this change alone, and why a subscription is better.
  private func keep(_ change: Change, from here: PortalPage) -> Markup {
    element(.section, .style("offer"), .labelled(by: "calendar")) {
      element(.h2, .id("calendar")) { language("In your calendar", "Dans votre agenda") }
      element(.p) {
        language(
          "The file is a copy of this revision: it does not follow later changes. A subscription does.",
          "Le fichier est une copie de cette révision\(colon)il ne suit pas les changements ultérieurs. "
            + "Un abonnement les suit.")
      }
      element(.p, .style("actions")) {
        element(.a, .style("button"), .href(link(.subscribe, from: here))) {
          language("Subscribe to the calendar", "S’abonner au calendrier")
        }
        " "
        element(.a, .type("text/calendar"), .href(link(paths.event(change.id, language), from: here))) {
          language("Download this change (.ics)", "Télécharger ce changement (.ics)")
        }
      }
    }
  }

  func revision(_ change: Change) -> String {
    language("revision \(change.revision ?? 0)", "révision \(change.revision ?? 0)")
  }
}
