import CivilTime
import Wording

/// A day, a time of day or both, as people say them in French and English: `demain 01:00`, `dimanche 1h`, `+3d 01:00`,
/// `06/12 01:00`, `mardi 1er décembre 2026 à 1 h`, `tomorrow 1am`, `dans 2 h`. Words of both languages are taken in both;
/// where day and month are figures alone, French says the day first, and English is refused where it could mean two days.
struct SpokenTime {
  enum Day: Hashable {
    case ahead(days: Int)
    /// The next such day whose time is still to come; or the next after today, the last before it.
    case weekday(Weekday, Turn)
    /// `dimanche 6`: the nearest such weekday that is such a day of its month.
    case numbered(Weekday, day: Int)
    case date(year: Int?, month: Int, day: Int)
    /// `cette nuit`, `tonight`: the first such time from now.
    case night
  }

  /// `.later` is a week after the coming one: `dimanche en huit`.
  /// `ce dimanche` is the nearest from today on, whatever the hour.
  enum Turn { case coming, this, next, last, later }

  struct MonthDay: Hashable {
    let month: Int
    let day: Int
  }

  /// Why a text is none.
  enum Fault: Error, Hashable {
    case unknown(String)
    /// A number that is neither a day nor an hour.
    case number(Int)
    case twoDays(MonthDay, MonthDay)
    case shortYear(Int)
    case noSuchDay, noSuchTime, midnight, twice, nothing
    /// The weekday said beside a date is not that of the date.
    case otherWeekday(Weekday)
    /// What is missing to make an instant.
    case noTime, noDay, noYear, notAtNight
    /// That day of this year is just over.
    case justOver
    /// The next such day is months away.
    case farAway
    /// An end without its date, days after the start.
    case farEnd
    /// `dans 2 jours 3 heures`.
    case lengthOrHour
    /// `01:00-03:00`; a length as an end.
    case range, lengthAsEnd
  }

  private(set) var day: Day?
  /// Said beside a date.
  private(set) var weekday: Weekday?
  private(set) var time: TimeOfDay?
  private(set) var offset: UTCOffset?
  /// A word says so, of which day it does not.
  private(set) var isMidnight = false
  /// `+2h`, `dans 2 h`: from now.
  private(set) var length: Elapsed?

  init(_ text: String, in language: Language) throws(Fault) {
    var reader = SpokenTimeReader(text, language: language)
    while let token = reader.next {
      if case .word(let word) = token, SpokenTimeReader.fillers.contains(word) {
        reader.skip()
      } else if let length = try reader.length() {
        guard self.length == nil, day == nil, time == nil else { throw .twice }
        self.length = length
      } else if let time = try reader.time() {
        guard self.time == nil, length == nil else { throw .twice }
        self.time = time
        offset = try reader.offset()
      } else if let said = try reader.day() {
        guard length == nil else { throw .twice }
        try take(said)
      } else {
        throw reader.unknown
      }
    }
    guard day != nil || time != nil || length != nil else { throw .nothing }
    isMidnight = reader.isMidnight
  }

  /// A weekday may stand beside a date: what the program prints can be pasted.
  private mutating func take(_ said: Day) throws(Fault) {
    switch (day, said) {
    case (nil, _): day = said
    case (.weekday(let named, .coming), .date): (day, weekday) = (said, named)
    case (.date, .weekday(let named, .coming)) where weekday == nil: weekday = named
    default: throw .twice
    }
  }

  /// The civil day that is meant, counted from `today`.
  ///
  /// - Parameter counts: whether a day is far enough: a day of the week, or a date without a year, is the nearest that
  ///   counts, before today where `backwards` is true.
  func date(
    from today: CivilDate?, backwards: Bool, counts: (CivilDate) -> Bool = { _ in true }
  ) throws(Fault) -> CivilDate {
    guard let day else { throw .noDay }
    if case .date(let year?, let month, let number) = day { return try checked(year, month, number) }
    guard let today else { throw .noYear }
    switch day {
    case .ahead(let days): return today.advanced(byDays: days)
    case .night: throw .notAtNight
    case .weekday(let weekday, let turn):
      if turn == .later {
        let coming = SpokenTime.nearest(weekday, from: today, behind: false)
        return (counts(coming) ? coming : coming.advanced(byDays: 7)).advanced(byDays: 7)
      }
      let behind = turn == .last || (turn == .coming && backwards)
      let nearest = SpokenTime.nearest(weekday, from: today, behind: behind)
      let isFarEnough = turn == .coming ? counts(nearest) : turn == .this || nearest != today
      return isFarEnough ? nearest : nearest.advanced(byDays: behind ? -7 : 7)
    case .numbered(let weekday, let number):
      let days = (0...SpokenTime.near).lazy.map { today.advanced(byDays: backwards ? -$0 : $0) }
      guard let found = days.first(where: { $0.weekday == weekday && $0.day == number && counts($0) }) else {
        throw .farAway
      }
      return found
    case .date(_, let month, let number):
      let years = (0...8).map { today.year + (backwards ? -$0 : $0) }
      let found = years.lazy.compactMap { CivilDate(year: $0, month: month, day: number) }
        .first { (backwards ? $0 <= today : $0 >= today) && counts($0) }
      guard let found else { throw .noSuchDay }
      // Who says a day that has just passed without its year means no day eleven months away.
      if !backwards, let before = CivilDate(year: found.year - 1, month: month, day: number),
        today.dayNumber - before.dayNumber <= SpokenTime.near
      {
        throw .justOver
      }
      return try checked(found.year, month, number)
    }
  }

  /// Days in which a day without its month, or without its year, is looked for.
  private static let near = 62
  /// Days after its start in which an end that is said without its date lies.
  private static let longestNight = 3

  private static func nearest(_ weekday: Weekday, from today: CivilDate, behind: Bool) -> CivilDate {
    let distance = (weekday.rawValue - today.weekday.rawValue + 7) % 7
    return today.advanced(byDays: behind && distance > 0 ? distance - 7 : distance)
  }

  var isTimeAlone: Bool { day == nil && length == nil }

  private var isAhead: Bool { if case .ahead? = day { true } else { false } }

  private func checked(_ year: Int, _ month: Int, _ number: Int) throws(Fault) -> CivilDate {
    guard let date = CivilDate(year: year, month: month, day: number) else { throw .noSuchDay }
    if let weekday, weekday != date.weekday { throw .otherWeekday(date.weekday) }
    return date
  }

  /// The moment that is meant, at `now`; with an offset, or counted from now, it is an instant.
  ///
  /// - Parameters:
  ///   - now: nil where only dates with their year are taken.
  ///   - start: what the time comes after, where it is an end.
  func meaning(
    at now: Instant?, after start: Instant?, backwards: Bool, in zone: ZoneRules
  ) throws(Fault) -> WrittenTime {
    if let length {
      guard let now else { throw .noYear }
      guard start == nil else { throw .lengthAsEnd }
      return .instant(now + length)
    }
    // The day is chosen by the clock that was said.
    func clock(_ instant: Instant) -> CivilDateTime { offset.map(instant.civil) ?? zone.civil(instant) }
    let civil = try civil(from: now.map(clock), after: start.map(clock), backwards: backwards)
    return offset.map { .instant(civil.instant(at: $0)) } ?? .civil(civil)
  }

  /// The civil time that is meant. A time alone is the first after `start` or `now`, or the last up to it.
  ///
  /// - Parameter now: what a clock shows in the zone of the times.
  private func civil(from now: CivilDateTime?, after start: CivilDateTime?, backwards: Bool) throws(Fault)
    -> CivilDateTime
  {
    guard let time else { throw .noTime }
    let now = isAhead ? now : start ?? now
    func at(_ date: CivilDate) -> CivilDateTime { CivilDateTime(date: date, time: time) }
    if day == nil || day == .night {
      guard let now else { throw .noDay }
      if day == .night, (8..<18).contains(time.hour) { throw .notAtNight }
      let today = at(now.date)
      if backwards {
        // An evening that is still to come is no fact.
        if day == .night, today > now, time.hour >= 18 { throw .noDay }
        return today <= now ? today : at(now.date.advanced(byDays: -1))
      }
      return today > now ? today : at(now.date.advanced(byDays: 1))
    }
    let date = try date(from: now?.date, backwards: backwards) { date in
      // An end on the day of its start, and before it, is a mistake, not another week.
      if let start { return date >= start.date }
      return now.map { backwards ? at(date) <= $0 : at(date) > $0 } ?? true
    }
    if let start, case .weekday? = day, date.dayNumber - start.date.dayNumber > SpokenTime.longestNight {
      throw .farEnd
    }
    return at(date)
  }
}
