public import CivilTime

/// TD of one month in whole seconds, judged without rounding: TD = (PRT − ΣTI) / PRT × 100 (contract, article 6).
public struct AvailabilityFigures: Hashable, Sendable {
  /// PRT.
  public let reference: Elapsed
  /// ΣTI, at most PRT.
  public let unavailable: Elapsed
  /// Hundredths of a percent.
  public let targetBasisPoints: Int

  public init(reference: Elapsed, unavailable: Elapsed, targetBasisPoints: Int) {
    self.reference = reference
    self.unavailable = unavailable
    self.targetBasisPoints = targetBasisPoints
  }

  /// Exactly the target is met; so is a month without reference period, in which nothing was promised.
  public var isMet: Bool {
    (reference - unavailable).seconds * 10_000 >= Int64(targetBasisPoints) * reference.seconds
  }

  /// The longest TI, in whole seconds, with which the target is met.
  public var budget: Elapsed {
    Elapsed(seconds: reference.seconds * Int64(10_000 - targetBasisPoints) / 10_000)
  }

  /// Negative exactly when the target is not met.
  public var budgetLeft: Elapsed { budget - unavailable }

  /// TD with six decimals, rounded half up; nil in a month without reference period.
  ///
  /// One second of a month is more than a millionth of a percent, so that no breach is rounded to the target.
  public var percent: String? { AvailabilityFigures.percent(of: reference - unavailable, in: reference) }

  /// `part` of `whole` in percent, six decimals, half up; nil where `whole` is zero.
  public static func percent(of part: Elapsed, in whole: Elapsed) -> String? {
    guard whole > .zero, part >= .zero else { return nil }
    let millionths = (part.seconds * 200_000_000 + whole.seconds) / (2 * whole.seconds)
    let decimals = String(millionths % 1_000_000)
    return "\(millionths / 1_000_000)." + String(repeating: "0", count: 6 - decimals.count) + decimals
  }
}
