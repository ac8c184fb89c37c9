import CLibical
import CivilTime

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
