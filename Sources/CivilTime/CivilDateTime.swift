/// A time of day in whole seconds after midnight as a clock shows it, 00:00:00 to 23:59:59.
public struct TimeOfDay: Hashable, Comparable, Sendable {
  public let secondsAfterMidnight: Int32

  public static let midnight = TimeOfDay(unchecked: 0)

  init(unchecked: Int32) { secondsAfterMidnight = unchecked }

  /// Nil outside 00:00:00…23:59:59; a 60th second is not accepted.
  public init?(hour: Int, minute: Int, second: Int = 0) {
    guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else { return nil }
    secondsAfterMidnight = Int32(hour * 3600 + minute * 60 + second)
  }

  public var hour: Int { Int(secondsAfterMidnight) / 3600 }
  public var minute: Int { Int(secondsAfterMidnight) / 60 % 60 }
  public var second: Int { Int(secondsAfterMidnight) % 60 }

  public static func < (a: TimeOfDay, b: TimeOfDay) -> Bool { a.secondsAfterMidnight < b.secondsAfterMidnight }
}

/// Part of a civil day, half-open. `end` may be 24:00, which is the next midnight.
public struct TimeOfDayRange: Hashable, Sendable {
  /// Seconds after midnight on the clock face; `0 ≤ start < end ≤ 86 400`.
  public let start: Int32
  public let end: Int32

  public init?(startSeconds: Int32, endSeconds: Int32) {
    guard startSeconds >= 0, startSeconds < endSeconds, endSeconds <= 86_400 else { return nil }
    start = startSeconds
    end = endSeconds
  }

  public static let wholeDay = TimeOfDayRange(startSeconds: 0, endSeconds: 86_400)!
}

/// A civil date and time of day without zone: what a wall clock and a calendar show.
public struct CivilDateTime: Hashable, Comparable, Sendable {
  public let date: CivilDate
  public let time: TimeOfDay

  public init(date: CivilDate, time: TimeOfDay) {
    self.date = date
    self.time = time
  }

  /// Seconds since 1970-01-01T00:00:00 on the same wall clock.
  public var secondsSinceCivilEpoch: Int64 {
    Int64(date.dayNumber) * 86_400 + Int64(time.secondsAfterMidnight)
  }

  public init(secondsSinceCivilEpoch seconds: Int64) {
    let (day, rest) = seconds.quotientAndRemainderFloored(by: 86_400)
    date = CivilDate(dayNumber: Int32(clamping: day))
    time = TimeOfDay(unchecked: Int32(rest))
  }

  public static func < (a: CivilDateTime, b: CivilDateTime) -> Bool {
    a.secondsSinceCivilEpoch < b.secondsSinceCivilEpoch
  }

  /// The instant at which a clock at `offset` shows this time.
  public func instant(at offset: UTCOffset) -> Instant {
    Instant(secondsSinceEpoch: secondsSinceCivilEpoch - Int64(offset.seconds))
  }
}

extension Int64 {
  /// Quotient rounded towards negative infinity, remainder in `0..<divisor`.
  @inlinable package func quotientAndRemainderFloored(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (q, r) = quotientAndRemainder(dividingBy: divisor)
    return r < 0 ? (q - 1, r + divisor) : (q, r)
  }
}
