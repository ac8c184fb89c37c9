public import CivilTime

/// Someone's decision that the gate stands open for a while, whatever is planned.
public struct GateOverride: Hashable, Sendable {
  public var environment: String
  /// The register's clock when it was recorded.
  public var start: Instant
  /// Not included.
  public var until: Instant
  public var reason: String
  /// The account that recorded it; a statement, not a proof.
  public var actor: String?
  /// When it was ended, where that was before its time.
  public var ended: Ending?

  public struct Ending: Hashable, Sendable {
    public var at: Instant
    public var reason: String?
    public var actor: String?
    public init(at: Instant, reason: String?, actor: String?) {
      self.at = at
      self.reason = reason
      self.actor = actor
    }
  }

  public init(
    environment: String, start: Instant, until: Instant, reason: String, actor: String?, ended: Ending? = nil
  ) {
    self.environment = environment
    self.start = start
    self.until = until
    self.reason = reason
    self.actor = actor
    self.ended = ended
  }

  /// In which the gate is open; nil where it was ended in the second in which it began.
  public var interval: Interval? { Interval(start: start, end: min(until, ended?.at ?? until)) }

  /// The longest that one override lasts: what takes longer is a change, and is announced.
  public static let longest = Elapsed.hours(4)
}

/// What happened to the overrides of a service.
public enum GateEvent: Hashable, Sendable {
  case overridden(environment: String, until: Instant, reason: String)
  /// Ends every override of the environment that is in force.
  case overrideEnded(environment: String, reason: String?)

  /// The overrides after this event, recorded at `moment`; nil for an event that cannot follow.
  public func apply(to overrides: [GateOverride], at moment: Instant, actor: String?) -> [GateOverride]? {
    switch self {
    case .overridden(let environment, let until, let reason):
      guard until > moment, until - moment <= GateOverride.longest, !reason.isEmpty else { return nil }
      return overrides
        + [GateOverride(environment: environment, start: moment, until: until, reason: reason, actor: actor)]
    case .overrideEnded(let environment, let reason):
      guard overrides.contains(where: { $0.isInForce(environment, at: moment) }) else { return nil }
      return overrides.map { override in
        guard override.isInForce(environment, at: moment) else { return override }
        var result = override
        result.ended = .init(at: moment, reason: reason, actor: actor)
        return result
      }
    }
  }
}

extension GateOverride {
  /// Whether it opens the gate of `environment` at `moment`.
  public func isInForce(_ environment: String, at moment: Instant) -> Bool {
    self.environment == environment && interval?.contains(moment) ?? false
  }
}

/// What someone asks of the gate.
public enum GateCommand: Hashable, Sendable {
  case override(environment: String, length: Elapsed, reason: String)
  case overrideUntil(Instant, environment: String, reason: String)
  case endOverride(environment: String, reason: String?)

  public var environment: String {
    switch self {
    case .override(let environment, _, _), .overrideUntil(_, let environment, _), .endOverride(let environment, _):
      environment
    }
  }
}

/// Why nothing was recorded of the gate, or why it was not asked.
public enum GateError: Error, Hashable, Sendable {
  /// An override needs a reason.
  case missingReason
  /// Not positive, or more than `GateOverride.longest`.
  case length(Elapsed)
  /// There is no override in force to end.
  case noOverride(environment: String)
  case unknownEnvironment(String, known: [String])
  case invalidText(TextError)
  /// A change that was asked for belongs to another gate.
  case otherGate(ChangeID, service: String, environment: String)
}

extension GateCommand {
  /// The event that records the command. Pure: the same arguments give the same event.
  public func decide(on overrides: [GateOverride], contract: Contract, now: Instant) throws(GateError) -> GateEvent {
    guard contract.environments.contains(environment) else {
      throw .unknownEnvironment(environment, known: contract.environments)
    }
    switch self {
    case .override(_, let length, let reason): return try holdOpen(length, reason, now)
    case .overrideUntil(let end, _, let reason): return try holdOpen(end - now, reason, now)
    case .endOverride(_, let reason):
      let reason = try GateCommand.checked(reason)
      guard overrides.contains(where: { $0.isInForce(environment, at: now) }) else {
        throw .noOverride(environment: environment)
      }
      return .overrideEnded(environment: environment, reason: reason)
    }
  }

  private func holdOpen(_ length: Elapsed, _ reason: String, _ now: Instant) throws(GateError) -> GateEvent {
    guard let reason = try GateCommand.checked(reason) else { throw .missingReason }
    guard length > .zero, length <= GateOverride.longest else { throw .length(length) }
    return .overridden(environment: environment, until: now + length, reason: reason)
  }

  /// Nil for a text that says nothing.
  private static func checked(_ reason: String?) throws(GateError) -> String? {
    guard let reason else { return nil }
    do {
      let text = try TextRules.check(reason, as: .reason)
      return text.isEmpty ? nil : text
    } catch { throw .invalidText(error) }
  }
}
