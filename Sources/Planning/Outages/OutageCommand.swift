public import CivilTime

/// What someone asks of the record of outages.
public enum OutageCommand: Hashable, Sendable {
  case record(OutageContent)
  case amend(Amendment, reason: String?)
  case void(reason: String?)

  /// Fields of an outage to be replaced; nil leaves one as it is.
  public struct Amendment: Hashable, Sendable {
    public var components: [String]?
    public var environment: String?
    public var cause: OutageCause?
    public var start: Instant?
    public var end: End?
    public var title: String?
    public var evidence: String?

    public enum End: Hashable, Sendable {
      case ongoing
      case at(Instant)
    }

    public init() {}
  }
}

/// Why nothing was recorded of an outage.
public enum OutageError: Error, Hashable, Sendable {
  /// A voided record is closed for good.
  case voided(OutageID)
  /// All but the end of what goes on, and texts, is corrected with a reason; so is voiding.
  case missingReason(OutageID)
  /// No field was given, or all are as they were.
  case nothingToAmend
  case startInFuture(Instant, now: Instant)
  case endInFuture(Instant, now: Instant)
  case endNotAfterStart(start: Instant, end: Instant)
  case tooLong(Elapsed)
  case tooLongAgo(Instant)
  case unknownEnvironment(String, known: [String])
  case unknownComponent(String, known: [String])
  case invalidText(TextError)
}

extension OutageCommand {
  /// The event that records the command. Pure: the same arguments give the same event.
  ///
  /// `outage` is nil exactly for `record`. An outage is a fact: nothing of it lies after `now`.
  public func decide(on outage: Outage?, contract: Contract, now: Instant) throws(OutageError) -> OutageEvent {
    let rules = OutageRules(contract: contract, now: now)
    switch (self, outage) {
    case (.record(let content), nil):
      return .recorded(try rules.checked(content))
    case (.amend(let amendment, let reason), let outage?):
      guard !outage.isVoided else { throw .voided(outage.id) }
      let content = try rules.checked(amendment.applied(to: outage.content))
      guard content != outage.content else { throw .nothingToAmend }
      let reason = try rules.reason(reason)
      guard reason != nil || !content.isCorrection(of: outage.content) else { throw .missingReason(outage.id) }
      return .amended(content, reason: reason)
    case (.void(let reason), let outage?):
      guard !outage.isVoided else { throw .voided(outage.id) }
      guard let reason = try rules.reason(reason) else { throw .missingReason(outage.id) }
      return .voided(reason: reason)
    case (.record, _?), (.amend, nil), (.void, nil):
      // Holds: whoever names an outage looks it up before.
      preconditionFailure("a command that changes an outage is given one")
    }
  }
}

extension OutageCommand.Amendment {
  func applied(to content: OutageContent) -> OutageContent {
    var result = content
    result.components = components ?? content.components
    result.environment = environment ?? content.environment
    result.cause = cause ?? content.cause
    result.start = start ?? content.start
    result.title = title ?? content.title
    result.evidence = evidence ?? content.evidence
    switch end {
    case .ongoing?: result.end = nil
    case .at(let end)?: result.end = end
    case nil: break
    }
    return result
  }
}

extension OutageContent {
  /// Whether figures may differ from what was recorded before. The end of an outage that went on is news, not a
  /// correction.
  fileprivate func isCorrection(of before: OutageContent) -> Bool {
    var same = self
    same.title = before.title
    same.evidence = before.evidence
    if before.end == nil { same.end = nil }
    return same != before
  }
}

/// What an outage may say.
private struct OutageRules {
  let contract: Contract
  let now: Instant

  func checked(_ request: OutageContent) throws(OutageError) -> OutageContent {
    var content = request
    guard contract.environments.contains(content.environment) else {
      throw .unknownEnvironment(content.environment, known: contract.environments)
    }
    for component in content.components where !contract.components.contains(component) {
      throw .unknownComponent(component, known: contract.components)
    }
    let named = Set(content.components)
    content.components = contract.components.filter(named.contains)
    content.title = try text(content.title, .title)
    content.evidence = try text(content.evidence, .evidence)
    guard content.start <= now else { throw .startInFuture(content.start, now: now) }
    guard now - content.start <= CommandError.Limits.horizon else { throw .tooLongAgo(content.start) }
    guard let end = content.end else { return content }
    guard end <= now else { throw .endInFuture(end, now: now) }
    guard end > content.start else { throw .endNotAfterStart(start: content.start, end: end) }
    guard end - content.start <= CommandError.Limits.longestInterval else { throw .tooLong(end - content.start) }
    return content
  }

  func reason(_ reason: String?) throws(OutageError) -> String? {
    guard let reason else { return nil }
    let text = try text(reason, .reason)
    return text.isEmpty ? nil : text
  }

  private func text(_ value: String, _ field: TextField) throws(OutageError) -> String {
    do { return try TextRules.check(value, as: field) } catch { throw .invalidText(error) }
  }
}
