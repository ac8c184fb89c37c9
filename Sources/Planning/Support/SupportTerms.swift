public import CivilTime

/// The support terms of a contract by version, light enough to look up for every Request of a long file.
public struct SupportTerms: Sendable {
  /// One version of the contract; `support` is nil where it promises none.
  public struct Version: Sendable {
    public let effectiveFrom: CivilDate
    public let zone: ZoneRules
    public let support: ContractTerms.Support?
  }

  /// Ascending by date; never empty.
  public let versions: [Version]

  public init(_ contract: Contract) {
    versions = contract.versions.map {
      Version(effectiveFrom: $0.effectiveFrom, zone: $0.timeZone, support: $0.support)
    }
  }

  /// The version in force at an instant, and the civil day that it is then in its zone. Days before the first version
  /// are judged by the first.
  public func version(at instant: Instant) -> (version: Version, day: CivilDate) {
    for index in versions.indices.reversed() {
      let day = versions[index].zone.civil(instant).date
      if index == 0 || versions[index].effectiveFrom <= day { return (versions[index], day) }
    }
    preconditionFailure("a contract has at least one version")
  }
}

/// Why a Request has no deadlines.
public enum SupportClockError: Error, Hashable, Sendable {
  /// The version in force on the day of registration has no support terms.
  case noSupport(CivilDate)
  /// The hours of support end before the deadline: a contract whose last version has none, or the end of year 9999.
  case neverReached
}
