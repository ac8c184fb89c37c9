/// A length of elapsed time in whole seconds; may be negative. Never a number of civil days.
public struct Elapsed: Hashable, Comparable, Sendable {
  public var seconds: Int64

  public init(seconds: Int64) { self.seconds = seconds }
  public static func hours(_ hours: Int64) -> Elapsed { Elapsed(seconds: hours * 3600) }
  public static func minutes(_ minutes: Int64) -> Elapsed { Elapsed(seconds: minutes * 60) }
  public static let zero = Elapsed(seconds: 0)

  public static func < (a: Elapsed, b: Elapsed) -> Bool { a.seconds < b.seconds }
  public static func + (a: Elapsed, b: Elapsed) -> Elapsed { Elapsed(seconds: a.seconds + b.seconds) }
  public static func - (a: Elapsed, b: Elapsed) -> Elapsed { Elapsed(seconds: a.seconds - b.seconds) }
}
