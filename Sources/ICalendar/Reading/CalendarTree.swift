import CLibical
package import CivilTime

/// A parsed calendar in libical's memory, freed with this handle. Nothing that points into it leaves it.
/// To be used under ``LibicalReader/lock`` only.
@safe struct CalendarTree: ~Copyable {
  private let root: OpaquePointer

  private init(taking root: OpaquePointer) { unsafe self.root = root }

  /// Nil when the text, which a NUL ends, is not one VCALENDAR. Give it only what ``CalendarScreen`` has passed.
  static func parse(_ text: [UInt8]) -> CalendarTree? {
    guard text.last == 0 else { return nil }
    let root = unsafe text.withUnsafeBytes { bytes in
      unsafe icalparser_parse_string(bytes.assumingMemoryBound(to: CChar.self).baseAddress)
    }
    guard let root = unsafe root else { return nil }
    let tree = unsafe CalendarTree(taking: root)
    return unsafe icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT ? consume tree : nil
  }

  deinit { unsafe icalcomponent_free(root) }

  /// X-LIC-ERROR properties in the whole tree.
  var errorCount: Int { Int(unsafe icalcomponent_count_errors(root)) }

  /// The words of the first of them.
  var firstError: String? { unsafe CalendarTree.firstError(in: root) }

  private static func firstError(in component: OpaquePointer) -> String? {
    if let property = unsafe icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY) {
      return unsafe copy(icalproperty_get_xlicerror(property))
    }
    var child = unsafe icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT)
    while let current = unsafe child {
      if let found = unsafe firstError(in: current) { return found }
      unsafe child = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT)
    }
    return nil
  }

  /// Copies the events that stand directly in the calendar.
  func read(into events: inout [ReadEvent]) throws(ReadError) {
    var component = unsafe icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT)
    while let current = unsafe component {
      events.append(try unsafe CalendarTree.event(current))
      unsafe component = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT)
    }
  }

  private static func event(_ component: OpaquePointer) throws(ReadError) -> ReadEvent {
    var event = ReadEvent()
    var property = unsafe icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY)
    while let current = unsafe property {
      try unsafe PropertyCopy(current).read(into: &event)
      unsafe property = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY)
    }
    return event
  }

  /// A copy of a C string that libical keeps.
  static func copy(_ text: UnsafePointer<CChar>?) -> String? {
    guard let text = unsafe text else { return nil }
    return unsafe String(cString: text)
  }
}

/// Copies one property out of libical's memory.
///
/// The accessors of libical do not look at the type of a value: `SUMMARY;VALUE=INTEGER:1` read as text is a pointer to
/// address 1. So each value is asked for its type first.
@safe struct PropertyCopy {
  private let property: OpaquePointer
  private let value: OpaquePointer?
  private let type: icalvalue_kind

  init(_ property: OpaquePointer) {
    unsafe self.property = property
    unsafe value = icalproperty_get_value(property)
    type = unsafe value.map { unsafe icalvalue_isa($0) } ?? ICAL_NO_VALUE
  }

  func read(into event: inout ReadEvent) throws(ReadError) {
    switch unsafe icalproperty_isa(property) {
    case ICAL_UID_PROPERTY: event.uid = try text("UID")
    case ICAL_SUMMARY_PROPERTY: event.summary = try text("SUMMARY")
    case ICAL_DESCRIPTION_PROPERTY: event.description = try text("DESCRIPTION")
    case ICAL_URL_PROPERTY: event.url = try uri("URL")
    case ICAL_STATUS_PROPERTY: event.status = written()
    case ICAL_TRANSP_PROPERTY: event.isTransparent = written()?.hasPrefix("TRANSPARENT") ?? false
    case ICAL_SEQUENCE_PROPERTY: event.sequence = try integer("SEQUENCE")
    case ICAL_DTSTAMP_PROPERTY: event.stamp = try instant("DTSTAMP")
    case ICAL_LASTMODIFIED_PROPERTY: event.lastModified = try instant("LAST-MODIFIED")
    case ICAL_DTSTART_PROPERTY: event.start = try time("DTSTART")
    case ICAL_DTEND_PROPERTY: event.end = try time("DTEND")
    case ICAL_DURATION_PROPERTY: event.duration = try duration("DURATION")
    case ICAL_RRULE_PROPERTY: event.recurrenceRule = written()
    case ICAL_EXDATE_PROPERTY: event.excluded.append(try time("EXDATE"))
    case ICAL_RDATE_PROPERTY: event.added.append(try time("RDATE"))
    case ICAL_RECURRENCEID_PROPERTY: event.recurrenceID = try time("RECURRENCE-ID")
    default: break
    }
  }

  private func text(_ name: String) throws(ReadError) -> String {
    guard type == ICAL_TEXT_VALUE, let text = unsafe CalendarTree.copy(icalvalue_get_text(value)) else {
      throw .unexpectedValue(property: name)
    }
    return text
  }

  private func uri(_ name: String) throws(ReadError) -> String {
    guard type == ICAL_URI_VALUE, let text = unsafe CalendarTree.copy(icalvalue_get_uri(value)) else {
      throw .unexpectedValue(property: name)
    }
    return text
  }

  private func integer(_ name: String) throws(ReadError) -> Int {
    guard type == ICAL_INTEGER_VALUE else { throw .unexpectedValue(property: name) }
    return Int(unsafe icalvalue_get_integer(value))
  }

  private func duration(_ name: String) throws(ReadError) -> CalendarDuration {
    guard type == ICAL_DURATION_VALUE else { throw .unexpectedValue(property: name) }
    let duration = unsafe icalvalue_get_duration(value)
    let minutes = Int64(duration.hours) * 60 + Int64(duration.minutes)
    return CalendarDuration(
      days: Int(duration.weeks) * 7 + Int(duration.days),
      time: .minutes(minutes) + .init(seconds: Int64(duration.seconds)),
      isNegative: duration.is_neg != 0)
  }

  private func instant(_ name: String) throws(ReadError) -> Instant {
    guard case .utc(let instant) = try time(name) else { throw .unexpectedValue(property: name) }
    return instant
  }

  /// The fields of the value only: the functions of libical that reckon with times do not check them.
  private func time(_ name: String) throws(ReadError) -> CalendarTime {
    let time: icaltimetype
    switch type {
    case ICAL_DATE_VALUE: unsafe time = icalvalue_get_date(value)
    case ICAL_DATETIME_VALUE: unsafe time = icalvalue_get_datetime(value)
    case ICAL_DATETIMEPERIOD_VALUE: unsafe time = icalvalue_get_datetimeperiod(value).time
    default: throw .unexpectedValue(property: name)
    }
    guard
      let date = unsafe CivilDate(year: Int(time.year), month: Int(time.month), day: Int(time.day))
    else { throw .unexpectedValue(property: name) }
    if unsafe time.is_date != 0 { return .date(date) }
    guard
      let clock = unsafe TimeOfDay(hour: Int(time.hour), minute: Int(time.minute), second: Int(time.second))
    else { throw .unexpectedValue(property: name) }
    let civil = CivilDateTime(date: date, time: clock)
    if unsafe icaltime_is_utc(time) != 0 { return .utc(civil.instant(at: .utc)) }
    return .local(civil, zone: zone)
  }

  /// TZID as it was written.
  private var zone: String? {
    guard let parameter = unsafe icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER) else { return nil }
    return unsafe CalendarTree.copy(icalparameter_get_tzid(parameter))
  }

  /// The value as libical writes it.
  private func written() -> String? {
    guard let text = unsafe icalproperty_get_value_as_string_r(property) else { return nil }
    defer { unsafe icalmemory_free_buffer(text) }
    return unsafe String(cString: text)
  }
}

/// One VEVENT as libical has read it. Source: RFC 5545, section 3.6.1.
package struct ReadEvent: Hashable, Sendable {
  package var uid = ""
  package var summary = ""
  package var start: CalendarTime?
  package var end: CalendarTime?
  package var duration: CalendarDuration?
  /// As libical writes it; nil when the event has none.
  package var status: String?
  /// 0 when the event has none (RFC 5545, section 3.8.7.4).
  package var sequence = 0
  package var stamp: Instant?
  package var lastModified: Instant?
  package var description: String?
  package var url: String?
  package var isTransparent = false
  /// As libical writes it, for instance `FREQ=WEEKLY;BYDAY=MO`.
  package var recurrenceRule: String?
  /// EXDATE and RDATE, one by one.
  package var excluded: [CalendarTime] = []
  package var added: [CalendarTime] = []
  package var recurrenceID: CalendarTime?

  /// Whether it may take place more than once.
  var recurs: Bool { recurrenceRule != nil || !added.isEmpty }

  /// Whether it ends when it begins (RFC 5545, section 3.6.1).
  var isMoment: Bool { duration == nil && !(start?.isDate ?? true) && (end == nil || end == start) }

  /// The time of the event where no zone is needed to tell it: whole days, or both ends in UTC.
  /// Nil also when it ends no later than it begins. A DTSTART with VALUE=DATE alone is one day.
  package var span: CalendarSpan? {
    switch (start, end) {
    case (.date(let first), .date(let end)): return first < end ? .allDay(first: first, end: end) : nil
    case (.date(let first), nil):
      let days = duration?.days ?? 1
      return days > 0 ? .allDay(first: first, end: first.advanced(byDays: days)) : nil
    case (.utc(let start), .utc(let end)): return Interval(start: start, end: end).map { .timed($0) }
    case (.utc(let start), nil):
      guard let duration, duration.isPositive else { return nil }
      return Interval(start: start, length: .hours(Int64(duration.days) * 24) + duration.time).map { .timed($0) }
    default: return nil
    }
  }
}
