import CivilTime

/// What is counted anew in each civil year, from 1 and without gaps.
public protocol YearKind: SendableMetatype {
  /// The three letters before the year, with the hyphen.
  static var prefix: String { get }
}

/// An outage, `OUT-2026-0001`.
public enum OutageKind: YearKind { public static let prefix = "OUT-" }
/// A release, `REL-2026-0001`.
public enum ReleaseKind: YearKind { public static let prefix = "REL-" }

public typealias OutageID = YearID<OutageKind>
public typealias ReleaseID = YearID<ReleaseKind>

/// The civil year in which something was recorded, and its number in that year.
public struct YearID<Kind: YearKind>: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let year: Int
  public let number: Int

  public init(year: Int, number: Int) {
    self.year = year
    self.number = number
  }

  /// Reads `OUT-YYYY-NNNN`, the letters in either case; four digits of number or more.
  public init?(_ text: String) {
    guard text.prefix(4).uppercased() == Kind.prefix, let twin = ChangeID("CHG-" + text.dropFirst(4)) else {
      return nil
    }
    self.init(year: twin.year, number: twin.number)
  }

  public var description: String { Kind.prefix + ChangeID(year: year, number: number).description.dropFirst(4) }

  public static func < (a: YearID, b: YearID) -> Bool { (a.year, a.number) < (b.year, b.number) }
}
