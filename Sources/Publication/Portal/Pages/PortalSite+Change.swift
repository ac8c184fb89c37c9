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
    let range = range(telling)
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
      element(.p, .style("reference")) { telling.reference }
      element(.h1) { telling.heading }
      telling.badges(at: now)
      element(.p, .style("lead")) {
        element(.time, .datetime(change.content.interval.start, in: telling.wording.zone)) {
          range.capitalizedFirst
        }
      }
      if let remark = telling.remark(at: telling.isUnconfirmed(at: now) ? now : nil) {
        element(.p, .style("remark")) { remark }
      }
      element(.section, .labelled(by: "details")) {
        element(.h2, .id("details")) { language("Details", "Détails") }
        facts(telling)
      }
      if !telling.content.description.isEmpty {
        element(.section, .labelled(by: "description")) {
          element(.h2, .id("description")) { "Description" }
          element(.p, .style("prose"), .directionOfText, .lang(telling.descriptionLanguage, on: language)) {
            telling.content.description
          }
        }
      }
      if change.state != .completed, change.state != .cancelled { keep(change, from: here) }
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
      element(.p, .style("actions")) {
        element(.a, .style("button"), .href(link(.subscribe, from: here))) {
          language("Subscribe to the calendar", "S’abonner au calendrier")
        }
        " "
        element(.a, .type("text/calendar"), .href(link(paths.event(change.id, language), from: here))) {
          language("Add this work to my calendar (.ics)", "Ajouter cette intervention à mon agenda (.ics)")
        }
      }
      element(.p, .style("fine")) {
        language(
          "This file is not updated; subscribe to follow every change.",
          "Ce fichier n’est pas mis à jour\(Typography.narrow); abonnez-vous pour suivre chaque changement.")
      }
    }
  }

}

extension PortalSite {
  /// The list of facts on the page of a change.
  func facts(_ telling: ChangeTelling) -> Markup {
    element(.dl, .style("facts")) {
      for fact in ChangeFacts.told(.page, of: telling) {
        element(.div) {
          element(.dt) { fact.name }
          element(.dd) { shown(fact.value, telling.wording) }
        }
      }
    }
  }

  private func shown(_ value: ChangeFacts.Value, _ wording: Wording) -> Markup {
    let text = value.text
    switch value {
    case .words: return .text(text.capitalizedFirst)
    case .plain: return .text(text)
    case .name: return element(.bdi) { text }
    case .entered, .prose:
      return element(.span, .directionOfText, .lang(value.language, on: language)) { text }
    case .link(_, let address):
      guard let link = address.flatMap(Link.init) else { return .text(text) }
      return element(.a, .href(link)) { text }
    case .moment(_, let instant):
      return element(.time, instant.map { .datetime($0, in: wording.zone) }) { text.capitalizedFirst }
    }
  }
}

extension PortalSite {
  /// One revision in the history of a change: what it was, when it was published, and what differs from the one before.
  @MarkupBuilder func entry(_ revisions: [Change], _ index: Int, _ notices: [NoticeRecord]) -> Markup {
    let change = revisions[index]
    let number = change.revision ?? index
    let newest = telling(of: change)
    element(.h3) { "\(newest.wording.version(number).capitalizedFirst) – \(newest.revisionName)" }
    if let revisedAt = change.revisedAt {
      element(.p, .style("fine")) {
        language("Recorded on ", "Enregistrée le ")
        element(.time, .datetime(revisedAt, in: wording(at: revisedAt).zone)) {
          wording(at: revisedAt).dateTime(revisedAt)
        }
      }
    }
    for notice in notices where notice.revision == number { element(.p, .style("fine")) { text(of: notice) } }
    if index > 0 {
      let (before, after) = (telling(of: revisions[index - 1]), telling(of: change))
      let differences = ChangeFacts.differences(from: before, to: after, in: [.plan, .progress])
      if !differences.isEmpty { table(differences, number) }
    }
  }

  private func text(of notice: NoticeRecord) -> String {
    let moment = notice.publishedAt.stated
    let wording = wording(at: moment)
    let (name, channel) = (wording.notice(notice.kind), wording.channel(notice.channel))
    return language("Notice: \(name) (\(channel)), on ", "Avis\(colon)\(name) (\(channel)), le ")
      + wording.stated(notice.publishedAt)
  }

  private func table(_ differences: [ChangeFacts.Difference], _ number: Int) -> Markup {
    dataTable(
      .style("differences"),
      caption: language(
        "What changed in \(wording(at: now).version(number))",
        "Ce qui change dans la \(wording(at: now).version(number))"),
      [language("What", "Élément"), language("Before", "Avant"), language("After", "Après")],
      differences.map { [.text($0.name), text($0, before: true), text($0, before: false)] })
  }

  /// A long text is folded away behind a word; without a script, a `details` does it.
  @MarkupBuilder private func text(_ line: ChangeFacts.Difference, before: Bool) -> Markup {
    let text = before ? line.before : line.after
    let lang = Attribute.lang(before ? line.beforeLanguage : line.afterLanguage, on: language)
    let value = text
    // Phones show the cells below each other; this says which is which there, and is hidden elsewhere.
    element(.span, .style("narrow-only"), .hidden) {
      (before ? language("Before", "Avant") : language("After", "Après")) + colon
    }
    if line.isLong, !value.isEmpty {
      element(.details) {
        element(.summary) { before ? language("Former text", "Ancien texte") : language("New text", "Nouveau texte") }
        element(.p, .style("prose"), .directionOfText, lang) { value }
      }
    } else {
      element(.span, .directionOfText, value.isEmpty ? nil : lang) { value.isEmpty ? "–" : value }
    }
  }
}
