/// `OUT-2026-0001`: the civil year in which an outage was recorded, and its number in that year from 1, without gaps.
public struct OutageID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let year: Int
  public let number: Int

  public init(year: Int, number: Int) {
    self.year = year
    self.number = number
  }

  /// Reads `OUT-YYYY-NNNN`, the letters in either case; four digits of number or more.
  public init?(_ text: String) {
    guard text.prefix(4).uppercased() == "OUT-", let twin = ChangeID("CHG-" + text.dropFirst(4)) else { return nil }
    self.init(year: twin.year, number: twin.number)
  }

  public var description: String { "OUT-" + ChangeID(year: year, number: number).description.dropFirst(4) }

  public static func < (a: OutageID, b: OutageID) -> Bool { (a.year, a.number) < (b.year, b.number) }
}
