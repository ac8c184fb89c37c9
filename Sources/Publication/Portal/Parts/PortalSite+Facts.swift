import CivilTime
import Planning
import Wording

extension PortalSite {
  /// The list of facts on the page of a change, in the order of the notices; a line without a value is left out.
  func facts(_ phrases: ChangePhrases) -> Markup {
    let change = phrases.change
    let content = phrases.content
    let wording = phrases.wording
    return element(.dl, .style("facts")) {
      fact(language("State", "État")) { phrases.state }
      fact(language("Kind", "Nature")) { phrases.kind }
      fact(language("Announced start", "Début annoncé")) { moment(content.interval.start, wording) }
      fact(language("Announced end", "Fin annoncée")) { moment(content.interval.end, wording) }
      fact(language("Duration", "Durée")) { wording.duration(content.interval.length) }
      fact("Impact") { phrases.impact }
      fact(language("Components", "Composants")) { phrases.capitalized(phrases.components) }
      fact(language("Environment", "Environnement")) { content.environment }
      if let end = change.plannedEnd {
        fact(language("End announced at first", "Fin annoncée d’abord")) {
          phrases.capitalized(phrases.wording.dateTime(end))
        }
      }
      if let start = change.actualStart {
        fact(language("Actual start", "Début réel")) { stated(start, phrases) }
      }
      if let end = change.actualEnd {
        fact(language("Actual end", "Fin réelle")) { stated(end, phrases) }
      }
      if let actual = phrases.actual {
        fact(language("Actual duration", "Durée réelle")) { wording.duration(actual.length) }
      }
      if let overrun = change.overrun {
        fact(language("Overrun", "Dépassement")) { wording.duration(overrun) }
      }
      if let announced = phrases.announced {
        fact(language("Announced", "Annonce")) { phrases.capitalized(announced) }
      }
      if let reason = content.reason, !reason.isEmpty {
        fact(language("Reason", "Motif")) { element(.span, .directionOfText) { reason } }
      }
      if let reason = content.moveReason, !reason.isEmpty {
        fact(wording.moveReasonName(change)) { element(.span, .directionOfText) { reason } }
      }
      if let update = content.update { details(of: update, phrases) }
      fact(language("Contract clause", "Clause du contrat")) { phrases.capitalized(phrases.clause) }
    }
  }

  @MarkupBuilder private func details(of update: UpdateDetails, _ phrases: ChangePhrases) -> Markup {
    fact("Version") { element(.bdi) { update.version } }
    fact(language("Category", "Catégorie")) { phrases.capitalized(phrases.wording.category(update.category)) }
    fact(language("Needs", "À prévoir")) { phrases.capitalized(phrases.needs(update)) }
    fact(language("Interruption", "Interruption")) { phrases.capitalized(phrases.interruption(update)) }
    if let documentation = update.documentation {
      fact("Documentation") {
        if let link = Link(documentation) {
          element(.a, .href(link)) { documentation }
        } else {
          documentation
        }
      }
    }
  }

  private func fact(_ name: String, @MarkupBuilder value: () -> Markup) -> Markup {
    element(.div) {
      element(.dt) { name }
      element(.dd, content: value)
    }
  }

  private func moment(_ instant: Instant, _ wording: Wording) -> Markup {
    element(.time, .datetime(instant, in: wording.zone)) {
      let text = wording.dateTime(instant)
      return .text(text.prefix(1).uppercased() + text.dropFirst())
    }
  }

  private func stated(_ moment: Change.StatedInstant, _ phrases: ChangePhrases) -> Markup {
    element(.time, .datetime(moment.stated, in: phrases.wording.zone)) { phrases.capitalized(phrases.stated(moment)) }
  }
}
