/// A day of the proleptic Gregorian calendar, 0001-01-01 to 9999-12-31.
public struct CivilDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  public let dayNumber: Int32

  /// The days that four digits of year can write.
  public static let dayNumbers: ClosedRange<Int32> = -719_162...2_932_896

  /// Nil when the day does not exist: 30 February, month 13, year 0.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilDate.length(ofMonth: month, year: year)
    else { return nil }
    dayNumber = CivilDate.dayNumber(year: year, month: month, day: day)
  }

  /// Clamped to the first and last day that can be written.
  public init(dayNumber: Int32) {
    self.dayNumber = min(max(dayNumber, CivilDate.dayNumbers.lowerBound), CivilDate.dayNumbers.upperBound)
  }

  /// Source of the arithmetic: H. Hinnant, "chrono-compatible low-level date algorithms", days_from_civil.
  static func dayNumber(year: Int, month: Int, day: Int) -> Int32 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Year, month 1…12 and day 1…31. Source: as above, civil_from_days.
  public var components: (year: Int, month: Int, day: Int) {
    let z = Int(dayNumber) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let m = (5 * dayOfYear + 2) / 153
    let month = m < 10 ? m + 3 : m - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * m + 2) / 5 + 1)
  }

  public var year: Int { components.year }
  public var month: Int { components.month }
  public var day: Int { components.day }
  public var weekday: Weekday { Weekday(dayNumber: dayNumber) }

  public static func < (a: CivilDate, b: CivilDate) -> Bool { a.dayNumber < b.dayNumber }

  /// The day `days` later (earlier when negative).
  public func advanced(byDays days: Int) -> CivilDate { CivilDate(dayNumber: Int32(clamping: Int(dayNumber) + days)) }

  public static func isLeap(year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year: year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Midnight at the start of this day, as a civil time.
  public var midnight: CivilDateTime { CivilDateTime(date: self, time: .midnight) }
}

/// A day of the week; raw values as in ISO 8601: Monday 1 … Sunday 7.
public enum Weekday: Int, CaseIterable, Hashable, Sendable {
  case monday = 1
  case tuesday, wednesday, thursday, friday, saturday, sunday

  /// 1970-01-01 was a Thursday.
  init(dayNumber: Int32) {
    let offset = (Int(dayNumber) % 7 + 7 + 3) % 7
    self = Weekday.allCases[offset]
  }
}

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

  // Holds: a day has these seconds.
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
