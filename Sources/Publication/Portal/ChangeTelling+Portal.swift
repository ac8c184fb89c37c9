import CivilTime
import Planning
import Wording

/// What the portal says of one change in lists, on its page and in its history, in the words of the notices.
extension ChangeTelling {
  /// The title; the identifier where the title shows nothing, since a link and a heading need a name.
  var titleText: String {
    let isVisible = content.title.unicodeScalars.contains {
      !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint
        && $0.properties.generalCategory != .control
    }
    return isVisible ? content.title : change.id.description
  }

  /// Whether the time of the plan went by, and nobody has said whether the work took place.
  func isUnconfirmed(at now: Instant) -> Bool { change.state == .planned && content.isOver(at: now) }

  /// Where the work stands: a plan whose time went by is planned no more.
  func state(at now: Instant) -> String {
    isUnconfirmed(at: now) ? language("not confirmed", "non confirmée") : wording.state(of: change)
  }

  /// A sentence that the state alone does not say; nil where there is none.
  ///
  /// `now` is nil on pages that do not depend on the moment.
  func remark(at now: Instant?) -> String? {
    switch change.state {
    case .cancelled:
      let isPast = now.map { content.interval.end <= $0 } ?? false
      return isPast
        ? language("This work was cancelled.", "Cette intervention a été annulée.")
        : language(
          "This work is cancelled: it will not take place.",
          "Cette intervention est annulée\(language.colon) elle n’aura pas lieu.")
    case .completed:
      if let overrunSentence { return overrunSentence }
      // Over before it was to begin: the announced time alone would say that it is yet to come.
      guard let end = change.actualEnd?.stated, end <= content.interval.start else { return nil }
      return language(
        "The work took place earlier than announced and ended on \(wording.dateTime(end)).",
        "L’intervention a eu lieu plus tôt qu’annoncé et s’est terminée le \(wording.dateTime(end)).")
    case .inProgress:
      guard let now, now > content.interval.end else { return nil }
      guard content.isEndKnown else {
        let word = wording.dateTime(wording.promised(content.interval.end))
        return language(
          "An update was due by \(word); none has been given yet.",
          "Une information était attendue au plus tard le \(word)\(Typography.narrow); elle n’a pas encore été donnée.")
      }
      let late = wording.spelled(now - content.interval.end)
      return language("The announced end passed \(late) ago.", "La fin annoncée est passée depuis \(late).")
    case .planned:
      guard let now, now >= content.interval.start else { return nil }
      return content.covers(now)
        ? language(
          "The announced time has come; the start is not confirmed yet.",
          "L’heure annoncée est passée\(Typography.narrow); le début de l’intervention n’a pas encore été confirmé.")
        : language(
          "The announced time is over; whether the work took place has not been confirmed yet.",
          "L’horaire annoncé est passé\(Typography.narrow); le déroulement de l’intervention reste à confirmer.")
    case .refused, .requested:
      return nil
    }
  }

  /// The title, struck where the change is cancelled; its direction of writing is its own.
  var heading: Markup {
    let isTitle = titleText == content.title
    let text = element(.bdi, isTitle ? .lang(titleLanguage, on: language) : nil) { titleText }
    return change.state == .cancelled ? element(.del) { text } : text
  }

  /// What clients will feel, or feel; nil of work that is over, or does not take place.
  private var impactBadge: String? {
    guard change.state != .completed, change.state != .cancelled else { return nil }
    return content.impact == .none ? wording.impact(.none) : impact
  }

  /// State, kind and impact in words; colour only repeats them.
  func badges(at now: Instant) -> Markup {
    element(.p, .style("badges")) {
      element(.span, stateStyle(at: now)) { state(at: now).capitalizedFirst }
      " "
      element(.span, content.kind == .emergency ? .style("badge urgent") : .style("badge kind")) {
        shortKind.capitalizedFirst
      }
      if let impactBadge {
        " "
        element(.span, .style("badge impact")) { impactBadge.capitalizedFirst }
      }
      if let otherEnvironment {
        " "
        element(.span, .style("badge impact")) {
          language("Environment: ", "Environnement\(language.colon) ") + otherEnvironment
        }
      }
    }
  }

  private func stateStyle(at now: Instant) -> Attribute {
    switch change.state {
    case .planned where isUnconfirmed(at: now): .style("badge unconfirmed")
    case .planned, .requested, .refused: .style("badge ahead")
    case .inProgress: .style("badge running")
    case .completed: .style("badge done")
    case .cancelled: .style("badge cancelled")
    }
  }
}
