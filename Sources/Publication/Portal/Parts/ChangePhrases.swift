import CivilTime
import Planning
import Wording

/// What is said of one change in lists, on its page and in its history, in the words of the notices.
struct ChangePhrases {
  let change: Change
  let contract: Contract
  let language: Language
  let wording: Wording

  init(_ change: Change, contract: Contract, language: Language) {
    self.change = change
    self.contract = contract
    self.language = language
    wording = Wording(language, zone: contract.timeZone(at: change.content.interval.start))
  }

  var content: ChangeContent { change.content }

  /// The title; the identifier where the title shows nothing, since a link and a heading need a name.
  var titleText: String {
    let isVisible = content.title.unicodeScalars.contains {
      !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint
        && $0.properties.generalCategory != .control
    }
    return isVisible ? content.title : change.id.description
  }

  var state: String { capitalized(wording.state(of: change)) }
  var kind: String { capitalized(wording.kind(content.kind)) }
  var impact: String { capitalized(wording.impact(content.impact)) }

  var components: String { wording.components(content.components) }
  var clause: String { contract.clause(for: content) }
  var announced: String? { wording.announced(change) }
  var actual: Interval? { change.actual }
  func stated(_ moment: Change.StatedInstant) -> String { wording.stated(moment) }
  func needs(_ update: UpdateDetails) -> String { wording.needs(update) }

  func interruption(_ update: UpdateDetails) -> String {
    update.interruption
      ? language("the service is interrupted", "le service est interrompu")
      : language("the service is not interrupted", "le service n’est pas interrompu")
  }

  /// A sentence that the state alone does not say; nil where there is none.
  ///
  /// `now` is nil on pages that do not depend on the moment.
  func remark(at now: Instant?) -> String? {
    switch change.state {
    case .cancelled:
      return language(
        "This work is cancelled and does not take place.", "Cette intervention est annulée et n’a pas lieu.")
    case .completed:
      if let overrun = change.overrun {
        return language(
          "The work ended \(wording.duration(overrun)) later than announced.",
          "L’intervention s’est terminée \(wording.duration(overrun)) plus tard qu’annoncé.")
      }
      // Over before it was to begin: the announced time alone would say that it is yet to come.
      guard let end = change.actualEnd?.stated, end <= content.interval.start else { return nil }
      return language(
        "The work took place earlier than announced and ended on \(wording.dateTime(end)).",
        "L’intervention a eu lieu plus tôt qu’annoncé et s’est terminée le \(wording.dateTime(end)).")
    case .inProgress:
      guard let now, now > content.interval.end else { return nil }
      let late = wording.duration(now - content.interval.end)
      return language("The announced end passed \(late) ago.", "La fin annoncée est passée depuis \(late).")
    case .planned:
      guard let now, now >= content.interval.start else { return nil }
      return content.interval.contains(now)
        ? language(
          "The announced time has come; the start is not confirmed yet.",
          "L’heure annoncée est passée\(Typography.narrow); le début n’est pas encore confirmé.")
        : language(
          "The announced time is over; it is not confirmed that the work took place.",
          "L’horaire annoncé est passé\(Typography.narrow); le déroulement n’est pas confirmé.")
    case .refused:
      return nil
    }
  }

  static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
  func capitalized(_ text: String) -> String { Self.capitalized(text) }
}
