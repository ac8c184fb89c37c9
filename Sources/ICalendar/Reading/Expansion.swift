import CLibical
package import CivilTime
import Synchronization

/// Turns one event of a file into its occurrences between two days. Source: RFC 5545, section 3.8.5.
struct Expansion {
  let zone: ZoneRules
  /// What `TZID=z0` and so on mean.
  let zones: [ZoneRules]
  /// Days of interest; `days.upperBound` is exclusive.
  let days: Range<CivilDate>
  /// How many occurrences are found at the most.
  let limit: Int

  /// What was found of an event.
  struct Found {
    /// Each with the start that it has by its rule.
    var spans: [(span: CalendarSpan, start: CalendarTime)] = []
    /// Exceptions that are no time of the series, of the days of interest: of those by other events which, of EXDATE the
    /// line.
    var missed: [(override: Int?, line: Int?, text: String)] = []
    /// Whether DTSTART is no occurrence of its rule; it counts as one all the same, as calendar programs have it.
    var isStartAdded = false
  }

  /// - Parameter overridden: starts that another event with the same UID and a RECURRENCE-ID replaces.
  func occurrences(
    of event: ReadEvent, overridden: [CalendarTime], seen: ScreenedEvent
  ) throws(CalendarFileError) -> Found {
    func error(_ property: PropertyName, _ reason: CalendarFileError.Reason) -> CalendarFileError {
      CalendarFileError(line: seen.propertyLines[property] ?? seen.line, uid: event.uid, reason: reason)
    }
    guard let start = event.start else { throw error(.dtstart, .empty) }
    var found = Found()
    // Nothing of a past event matters but that it is past.
    if seen.rule == nil, event.added.isEmpty, isPast(event, start) { return found }
    let shape = try shape(of: event, start: start, error: error)
    var starts: Set<Moment> = []
    var exceptions: [(moment: Moment, time: CalendarTime, override: Int?)] = []
    for time in event.excluded where isNear(time) {
      exceptions.append((try moment(time, like: start, .exdate, error), time, nil))
    }
    for (index, time) in overridden.enumerated() where isNear(time) {
      exceptions.append((try moment(time, like: start, .recurrenceID, error), time, index))
    }
    let skipped = Set(exceptions.map(\.moment))
    func add(_ time: CalendarTime, _ property: PropertyName) throws(CalendarFileError) {
      // Long past, in any zone: whether its time exists is of no interest.
      guard time.civil.date.advanced(byDays: shape.longest) >= days.lowerBound else { return }
      let moment = try moment(time, like: start, property, error)
      // A time given both by RRULE and by RDATE counts once (RFC 5545, section 3.8.5.2).
      guard starts.insert(moment).inserted, !skipped.contains(moment) else { return }
      let span = try span(from: time, moment, shape, property, error)
      guard meets(span) else { return }
      found.spans.append((span, time))
      if found.spans.count > limit { throw error(property, .tooMany(limit)) }
    }
    if let rule = seen.rule {
      let times = try self.starts(rule, from: start, error: error)
      found.isStartAdded = times.first != start && start.civil.date < days.upperBound
      if found.isStartAdded { try add(start, .dtstart) }
      for time in times { try add(time, .rrule) }
    } else {
      try add(start, .dtstart)
    }
    for time in event.added { try add(time, .rdate) }
    for exception in exceptions
    where !starts.contains(exception.moment) && days.contains(exception.time.civil.date) {
      found.missed.append(
        (exception.override, seen.propertyLines[.exdate], TimeText.date(exception.time.civil.date)))
    }
    return found
  }

  /// Whether it was over a day before the days of interest, on any clock.
  private func isPast(_ event: ReadEvent, _ start: CalendarTime) -> Bool {
    var end = event.end?.civil.date ?? start.civil.date
    if let duration = event.duration { end = end.advanced(byDays: duration.seconds / 86_400 + 1) }
    return max(end, start.civil.date).advanced(byDays: 2) < days.lowerBound
  }

  /// Whether it may be of the days of interest; exceptions of a moved night begin a little before them.
  private func isNear(_ time: CalendarTime) -> Bool { time.civil.date.advanced(byDays: 400) >= days.lowerBound }

  private typealias MakeError = (PropertyName, CalendarFileError.Reason) -> CalendarFileError

  /// What makes two starts the same.
  private enum Moment: Hashable {
    case day(CivilDate)
    case instant(Instant)
  }

  /// How long each occurrence is: a recurrence set made with DTEND keeps the exact length of its first member
  /// (RFC 5545, section 3.8.5.3); DURATION counts days on the calendar and the rest exactly (section 3.3.6).
  private enum Shape {
    case days(Int)
    case exact(Elapsed)
    case nominal(CalendarDuration)

    /// Days within which an occurrence is over on any clock.
    var longest: Int {
      switch self {
      case .days(let count): count
      case .exact(let length): Int(length.seconds / 86_400) + 3
      case .nominal(let duration): duration.days + Int(duration.time.seconds / 86_400) + 3
      }
    }
  }

  private func shape(of event: ReadEvent, start: CalendarTime, error: MakeError) throws(CalendarFileError) -> Shape {
    if case .date(let first) = start {
      var count = event.duration?.days ?? 1
      if case .date(let end) = event.end { count = Int(end.dayNumber - first.dayNumber) }
      guard count > 0 else { throw error(.dtend, .empty) }
      return .days(count)
    }
    if let duration = event.duration { return .nominal(duration) }
    guard let end = event.end else { throw error(.dtstart, .noLength) }
    let length = try instant(end, .dtend, error) - instant(start, .dtstart, error)
    guard length > .zero else { throw error(.dtend, length == .zero ? .noLength : .empty) }
    return .exact(length)
  }

  private func span(
    from time: CalendarTime, _ moment: Moment, _ shape: Shape, _ property: PropertyName, _ error: MakeError
  ) throws(CalendarFileError) -> CalendarSpan {
    switch (shape, moment) {
    case (.days(let count), .day(let first)):
      return .allDay(first: first, end: first.advanced(byDays: count))
    case (.exact(let length), .instant(let start)):
      guard let interval = Interval(start: start, length: length) else { throw error(property, .empty) }
      return .timed(interval)
    case (.nominal(let duration), .instant(let start)):
      var end = start + duration.time
      if duration.days > 0 {
        let civil = time.civil
        let later = CivilDateTime(date: civil.date.advanced(byDays: duration.days), time: civil.time)
        let day: CalendarTime =
          if case .local(_, let name) = time { .local(later, zone: name) } else {
            .utc(later.instant(at: .utc))
          }
        end = try instant(day, property, error) + duration.time
      }
      guard let interval = Interval(start: start, end: end) else { throw error(property, .empty) }
      return .timed(interval)
    default: throw error(property, .empty)
    }
  }

  /// The starts that the rule gives, none after the days of interest. They are found on the wall clock, since a rule
  /// speaks of local days (RFC 5545, section 3.3.10).
  private func starts(
    _ rule: RecurrenceRule, from start: CalendarTime, error: MakeError
  ) throws(CalendarFileError) -> [CalendarTime] {
    let last = days.upperBound.advanced(byDays: 1)
    guard start.civil.date <= last else { return [] }
    let civil = rule.times(from: start.civil, isDate: start.isDate, through: last, limit: .max)
    // Which of them COUNT counts is undefined (RFC 5545, section 3.8.5.3).
    guard let civil, civil.first == start.civil || rule.count == nil else { throw error(.rrule, .startOutsideRule) }
    var times: [CalendarTime] = []
    for next in civil {
      let time: CalendarTime =
        switch start {
        case .date: .date(next.date)
        case .utc: .utc(next.instant(at: .utc))
        case .local(_, let zone): .local(next, zone: zone)
        }
      if let until = rule.until, try isAfter(time, until, error) { break }
      times.append(time)
    }
    return times
  }

  /// UNTIL is the last start that may be: in UTC for times in a zone, a day for days (RFC 5545, section 3.3.10); a day
  /// for times, which some programs write, lasts to its end.
  private func isAfter(_ time: CalendarTime, _ until: CalendarTime, _ error: MakeError) throws(CalendarFileError)
    -> Bool
  {
    // Far from each other, no zone matters.
    let apart = Int(time.civil.date.dayNumber) - Int(until.civil.date.dayNumber)
    if abs(apart) > 2 { return apart > 0 }
    return switch (time, until) {
    case (.date(let day), _): day > until.civil.date
    case (_, .date(let day)): time.civil.date > day
    case (_, .utc(let last)): try instant(time, .rrule, error) > last
    case (_, .local(let last, _)): time.civil > last
    }
  }

  private func moment(
    _ time: CalendarTime, like start: CalendarTime, _ property: PropertyName, _ error: MakeError
  ) throws(CalendarFileError) -> Moment {
    switch (time, start) {
    case (.date(let day), .date): return .day(day)
    // EXDATE with a day takes away what begins on that day at the time of DTSTART.
    case (.date(let day), .utc(let instant)):
      return .instant(CivilDateTime(date: day, time: instant.civil(at: .utc).time).instant(at: .utc))
    case (.date(let day), .local(let civil, let zone)):
      return .instant(try instant(.local(CivilDateTime(date: day, time: civil.time), zone: zone), property, error))
    case (_, .date): return .day(time.civil.date)
    default: return .instant(try instant(time, property, error))
    }
  }

  private func instant(_ time: CalendarTime, _ property: PropertyName, _ error: MakeError) throws(CalendarFileError)
    -> Instant
  {
    switch time {
    case .utc(let instant): return instant
    case .date(let day): return zone.startOfDay(day)
    case .local(let civil, let written):
      let text =
        TimeText.date(civil.date) + "T" + String(TimeText.utc(civil.instant(at: .utc)).dropFirst(11).dropLast())
      let index = written.flatMap { Int($0.dropFirst()) }
      let rules = index.flatMap { zones.indices.contains($0) ? zones[$0] : nil } ?? zone
      switch rules.resolve(civil) {
      case .unique(let instant): return instant
      case .gap: throw error(property, .gap(text))
      case .fold: throw error(property, .fold(text))
      }
    }
  }

  private func meets(_ span: CalendarSpan) -> Bool {
    switch span {
    case .allDay(let first, let end): first < days.upperBound && end > days.lowerBound
    case .timed(let interval):
      interval.start < zone.startOfDay(days.upperBound) && interval.end > zone.startOfDay(days.lowerBound)
    }
  }
}

extension RecurrenceRule {
  /// The occurrences on the wall clock from `start` to the day `last`, in order: by libical, but for what it would expand
  /// wrongly. UNTIL is not applied: it is in another zone. Nil where nothing can be made of the rule.
  package func times(
    from start: CivilDateTime, isDate: Bool = false, through last: CivilDate, limit: Int
  ) -> [CivilDateTime]? {
    var budget = RecurrenceRule.daysPerFile
    guard !isExpandedHere else { return occurrences(from: start, limit: limit, last: last, budget: &budget) }
    return LibicalReader.lock.withLock { _ -> [CivilDateTime]? in
      guard var iterator = RecurrenceIterator.start(text, at: start, isDate: isDate, last: last) else { return nil }
      var found: [CivilDateTime] = []
      while found.count < limit, let next = iterator.next(), next.date <= last { found.append(next) }
      return found
    }
  }
}

/// The occurrences of a rule on the wall clock, one by one, from libical; freed with this handle.
/// To be used under ``LibicalReader/lock`` only.
@safe struct RecurrenceIterator: ~Copyable {
  private let iterator: OpaquePointer

  private init(taking iterator: OpaquePointer) { unsafe self.iterator = iterator }

  /// Nil when libical cannot read the rule, which must have passed ``RecurrenceRule``.
  ///
  /// - Parameter last: the last day that is of interest. It takes the place of the rule's UNTIL, which libical would
  ///   compare as if every zone were UTC, and makes an end of rules that hardly ever occur.
  static func start(_ rule: String, at first: CivilDateTime, isDate: Bool, last: CivilDate) -> RecurrenceIterator? {
    let start = unsafe time(first, isDate: isDate)
    let until = unsafe time(last.advanced(byDays: 1).midnight, isDate: false)
    guard let iterator = unsafe shim_recurrence_iterator(rule, start, until) else { return nil }
    return unsafe RecurrenceIterator(taking: iterator)
  }

  /// A time as libical has it, without zone.
  private static func time(_ civil: CivilDateTime, isDate: Bool) -> icaltimetype {
    var time = unsafe icaltime_null_time()
    let (year, month, day) = civil.date.components
    unsafe time.year = Int32(year)
    unsafe time.month = Int32(month)
    unsafe time.day = Int32(day)
    unsafe time.hour = Int32(civil.time.hour)
    unsafe time.minute = Int32(civil.time.minute)
    unsafe time.second = Int32(civil.time.second)
    unsafe time.is_date = isDate ? 1 : 0
    return unsafe time
  }

  deinit { unsafe icalrecur_iterator_free(iterator) }

  /// Nil when there are no more.
  mutating func next() -> CivilDateTime? {
    let time = unsafe icalrecur_iterator_next(iterator)
    guard unsafe icaltime_is_null_time(time) == 0,
      let date = unsafe CivilDate(year: Int(time.year), month: Int(time.month), day: Int(time.day)),
      let clock = unsafe TimeOfDay(hour: Int(time.hour), minute: Int(time.minute), second: Int(time.second))
    else { return nil }
    return CivilDateTime(date: date, time: clock)
  }
}
