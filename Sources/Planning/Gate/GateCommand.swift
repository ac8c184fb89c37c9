public import CivilTime

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

  /// Whether the command was right as typed and the register does not allow it. An override that is not there is refused
  /// by no rule.
  public var isRefusal: Bool {
    switch self {
    case .missingReason: true
    default: false
    }
  }
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
