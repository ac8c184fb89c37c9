public import CivilTime

/// When support owes its answers to one Request. Source: contract, articles 12.2 and 12.3.
public struct SupportDeadlines: Hashable, Sendable {
  /// From where the delays of criticality 1 and 2 run: article 12.3 has them run once the anomaly is qualified and
  /// reproduced.
  public enum Reading: String, Hashable, Sendable {
    /// The moment of qualification is not known: the earliest dates that the text can mean.
    case earliest
    /// From the moment of qualification.
    case qualified
  }

  public var registeredAt: Instant
  public var qualifiedAt: Instant?
  public var isInSupportHours: Bool
  /// First instant of support hours at or after the registration.
  public var clockStart: Instant
  /// Last instant at which taking the Request in charge is in time, inclusive.
  public var takeInCharge: Instant
  /// Last instant for the action plan of an anomaly of criticality 1, inclusive.
  public var criticality1Plan: Instant
  /// Last instant for the correction or workaround of an anomaly of criticality 2, inclusive.
  public var criticality2Correction: Instant

  public var reading: Reading { qualifiedAt == nil ? .earliest : .qualified }
}

/// How grave an anomaly is. Source: contract, article 12.3.
public enum Criticality: Int, CaseIterable, Hashable, Sendable {
  /// An action plan is owed.
  case one = 1
  /// A correction or a workaround is owed.
  case two
  /// Nothing is owed by a date.
  case three
}
