/// A yearly rule of standard and summer time, as in the footer of a TZif file: `CET-1CEST,M3.5.0,M10.5.0/3`.
/// Source: POSIX.1-2024, section 8.3 (TZ); RFC 9636, section 3.3.1 (hours −167…167).
struct PosixRule: Hashable, Sendable {
  let standard: UTCOffset
  let summer: Summer?

  struct Summer: Hashable, Sendable {
    let offset: UTCOffset
    let start: DayRule
    let end: DayRule
  }

  /// A day of the year and the wall-clock second after its midnight at which the clock changes.
  struct DayRule: Hashable, Sendable {
    enum Day: Hashable, Sendable {
      /// `Jn`: 1…365, 29 February never counted.
      case julian(Int)
      /// `n`: 0…365, 29 February counted.
      case zeroBased(Int)
      /// `Mm.w.d`: week 5 is the last; day 0 is Sunday.
      case month(Int, week: Int, day: Int)
    }
    let day: Day
    let seconds: Int

    /// Wall-clock seconds since the civil epoch.
    func civilSeconds(year: Int) -> Int64 {
      let firstOfYear = CivilDate.dayNumber(year: year, month: 1, day: 1)
      let dayNumber: Int32
      switch day {
      case .julian(let n):
        dayNumber = firstOfYear + Int32(n - 1) + (CivilDate.isLeap(year: year) && n >= 60 ? 1 : 0)
      case .zeroBased(let n): dayNumber = firstOfYear + Int32(n)
      case .month(let month, let week, let weekday):
        let first = CivilDate.dayNumber(year: year, month: month, day: 1)
        let firstWeekday = Weekday(dayNumber: first).rawValue % 7
        var day = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
        if day >= CivilDate.length(ofMonth: month, year: year) { day -= 7 }
        dayNumber = first + Int32(day)
      }
      return Int64(dayNumber) * 86_400 + Int64(seconds)
    }
  }

  func offset(at instant: Instant) -> UTCOffset {
    guard let summer else { return standard }
    let year = instant.civil(at: standard).date.year
    let start = summer.start.civilSeconds(year: year) - Int64(standard.seconds)
    let end = summer.end.civilSeconds(year: year) - Int64(summer.offset.seconds)
    let t = instant.secondsSinceEpoch
    // South of the equator summer runs over the new year.
    let isSummer = start < end ? (start <= t && t < end) : !(end <= t && t < start)
    return isSummer ? summer.offset : standard
  }
}

extension PosixRule {
  /// Nil when `text` is not a rule of this form.
  init?(_ text: some Sequence<UInt8>) {
    var scanner = ByteScanner(Array(text))
    guard scanner.skipZoneName(), let west = scanner.time(hours: 24) else { return nil }
    standard = UTCOffset(seconds: Int32(-west))
    if scanner.isAtEnd {
      summer = nil
      return
    }
    guard scanner.skipZoneName() else { return nil }
    var offset = standard.seconds + 3600
    if scanner.peek != UInt8(ascii: ",") {
      guard let west = scanner.time(hours: 24) else { return nil }
      offset = Int32(-west)
    }
    guard scanner.skip(UInt8(ascii: ",")), let start = scanner.dayRule(),
      scanner.skip(UInt8(ascii: ",")), let end = scanner.dayRule(), scanner.isAtEnd
    else { return nil }
    summer = Summer(offset: UTCOffset(seconds: offset), start: start, end: end)
  }
}

extension ByteScanner {
  fileprivate mutating func skipZoneName() -> Bool {
    let start = position
    if skip(UInt8(ascii: "<")) {
      while let byte = peek, byte != UInt8(ascii: ">") { position += byte == 0 ? bytes.count : 1 }
      return skip(UInt8(ascii: ">")) && position - start >= 5
    }
    while let byte = peek, (byte | 0x20) >= UInt8(ascii: "a"), (byte | 0x20) <= UInt8(ascii: "z") { position += 1 }
    return position - start >= 3
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  fileprivate mutating func time(hours limit: Int) -> Int? {
    let negative = skip(UInt8(ascii: "-"))
    if !negative { _ = skip(UInt8(ascii: "+")) }
    guard let hours = number(digits: 1...3), hours <= limit else { return nil }
    var seconds = hours * 3600
    if skip(UInt8(ascii: ":")) {
      guard let minutes = number(digits: 2...2), minutes < 60 else { return nil }
      seconds += minutes * 60
      if skip(UInt8(ascii: ":")) {
        guard let rest = number(digits: 2...2), rest < 60 else { return nil }
        seconds += rest
      }
    }
    return negative ? -seconds : seconds
  }

  fileprivate mutating func dayRule() -> PosixRule.DayRule? {
    let day: PosixRule.DayRule.Day
    if skip(UInt8(ascii: "M")) {
      guard let month = number(digits: 1...2), (1...12).contains(month), skip(UInt8(ascii: ".")),
        let week = number(digits: 1...1), (1...5).contains(week), skip(UInt8(ascii: ".")),
        let weekday = number(digits: 1...1), weekday <= 6
      else { return nil }
      day = .month(month, week: week, day: weekday)
    } else if skip(UInt8(ascii: "J")) {
      guard let n = number(digits: 1...3), (1...365).contains(n) else { return nil }
      day = .julian(n)
    } else {
      guard let n = number(digits: 1...3), n <= 365 else { return nil }
      day = .zeroBased(n)
    }
    var seconds = 7200
    if skip(UInt8(ascii: "/")) {
      guard let time = time(hours: 167) else { return nil }
      seconds = time
    }
    return PosixRule.DayRule(day: day, seconds: seconds)
  }
}

/// Reads ASCII grammar from bytes; every reader of this module is built on it.
struct ByteScanner {
  let bytes: [UInt8]
  var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position >= bytes.count }
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Steps over `byte` when it is next.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  /// Steps over blanks.
  mutating func skipBlanks() {
    while skip(UInt8(ascii: " ")) {}
  }

  /// A run of small letters, empty where none is next.
  mutating func letters() -> String {
    let first = position
    while let next = peek, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(next) { position += 1 }
    return String(decoding: bytes[first..<position], as: UTF8.self)
  }

  /// A run of decimal digits whose count lies in `digits` (18 at the most); nothing is consumed when it does not.
  mutating func number(digits: ClosedRange<Int>) -> Int? {
    var value = 0
    var end = position
    while end < bytes.count, bytes[end] >= 0x30, bytes[end] <= 0x39, end - position < digits.upperBound {
      value = value * 10 + Int(bytes[end] - 0x30)
      end += 1
    }
    guard digits.contains(end - position) else { return nil }
    position = end
    return value
  }
}
