import CivilTime
package import Planning
package import Wording

/// What someone wrote of an outage; nil where they wrote nothing.
package struct OutageTexts {
  package var environment: String?
  package var components: [String]?
  package var cause: String?
  package var start: String?
  package var end: String?
  package var duration: String?
  /// Takes an end back.
  package var isOngoing = false
  package var title: String?
  package var evidence: String?

  package init() {}

  /// A new record; without an end, of an outage that goes on. `start` and `cause` have to be there.
  package func content(of contract: Contract, wording: Wording) throws -> OutageContent {
    let times = TimeArgument(wording: wording)
    guard let start, let cause else {
      throw BadValue(
        wording.language(
          "\(wording.door.name(.start)), \(wording.door.name(.cause)): missing.",
          "\(wording.door.name(.start)), \(wording.door.name(.cause)) : manquants."))
    }
    let interval =
      try end != nil || duration != nil
      ? times.interval(start: start, end: end, duration: duration, backwards: true) : nil
    return OutageContent(
      service: contract.service, environment: environment ?? Contract.production, components: components ?? [],
      cause: try WordArgument(language: wording.language, door: wording.door).read(cause, field: .cause),
      start: try interval?.start ?? times.instant(start, field: .start, backwards: true), end: interval?.end,
      title: title ?? "",
      evidence: evidence ?? "")
  }

  package func amendment(wording: Wording) throws -> OutageCommand.Amendment {
    let (times, language) = (TimeArgument(wording: wording), wording.language)
    guard !(isOngoing && end != nil) else {
      let (end, ongoing) = (wording.door.name(.end), wording.door.name(.ongoing))
      throw BadValue(language("Give \(end) or \(ongoing), not both.", "Donnez \(end) ou \(ongoing), pas les deux."))
    }
    var amendment = OutageCommand.Amendment()
    amendment.start = try start.map { try times.instant($0, field: .start, backwards: true) }
    amendment.end = isOngoing ? .ongoing : try end.map { .at(try times.instant($0, field: .end, backwards: true)) }
    amendment.cause = try cause.map { try WordArgument(language: language, door: wording.door).read($0, field: .cause) }
    amendment.environment = environment
    amendment.components = components
    amendment.title = title
    amendment.evidence = evidence
    return amendment
  }
}
