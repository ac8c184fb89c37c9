/// A point on the time line: whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
public struct Instant: Hashable, Comparable, Sendable {
  public var secondsSinceEpoch: Int64

  public init(secondsSinceEpoch: Int64) { self.secondsSinceEpoch = secondsSinceEpoch }

  /// The bounds of what is read: 0001-01-02T00:00:00Z and 9999-12-30T23:59:59Z, both inclusive.
  public static let earliest = Instant(secondsSinceEpoch: -62_135_510_400)
  public static let latest = Instant(secondsSinceEpoch: 253_402_214_399)

  public static func < (a: Instant, b: Instant) -> Bool { a.secondsSinceEpoch < b.secondsSinceEpoch }
  public static func + (a: Instant, b: Elapsed) -> Instant {
    Instant(secondsSinceEpoch: a.secondsSinceEpoch + b.seconds)
  }
  public static func - (a: Instant, b: Elapsed) -> Instant {
    Instant(secondsSinceEpoch: a.secondsSinceEpoch - b.seconds)
  }
  public static func - (a: Instant, b: Instant) -> Elapsed {
    Elapsed(seconds: a.secondsSinceEpoch - b.secondsSinceEpoch)
  }

  /// The civil time that a clock at `offset` east of Greenwich shows.
  public func civil(at offset: UTCOffset) -> CivilDateTime {
    CivilDateTime(secondsSinceCivilEpoch: secondsSinceEpoch + Int64(offset.seconds))
  }
}

/// Seconds east of Greenwich, as in `+01:00`. Bounds: ±24 h, exclusive (RFC 9636 allows −25 h…26 h; no zone in use needs it).
public struct UTCOffset: Hashable, Comparable, Sendable {
  public var seconds: Int32

  public init(seconds: Int32) { self.seconds = seconds }
  public static let utc = UTCOffset(seconds: 0)
  public static func < (a: UTCOffset, b: UTCOffset) -> Bool { a.seconds < b.seconds }
}
