import CivilTime

/// What the screen has seen of one VEVENT. Source: RFC 5545, section 3.6.1.
struct ScreenedEvent {
  /// Line of its BEGIN.
  let line: Int
  private(set) var uid = ""
  private(set) var start: CalendarTime?
  private(set) var end: CalendarTime?
  private(set) var hasDuration = false
  private(set) var rule: RecurrenceRule?
  private var recurrenceID: CalendarTime?
  /// First line of each property, by name.
  private(set) var propertyLines = [String: Int](minimumCapacity: 20)

  /// Properties that may stand only once in an event.
  private static let single: Set<String> = [
    "UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "RRULE", "SUMMARY", "STATUS", "SEQUENCE", "TRANSP", "CLASS",
    "RECURRENCE-ID", "LAST-MODIFIED", "CREATED", "DESCRIPTION", "URL", "LOCATION", "ORGANIZER", "PRIORITY", "GEO",
  ]

  init(line: Int) { self.line = line }

  /// An event and each of its exceptions are different (RFC 5545, section 3.8.4.4).
  var identity: String {
    recurrenceID.map { "\(uid)\n\($0.civil.secondsSinceCivilEpoch)" } ?? uid
  }

  mutating func take(_ line: ContentLine, _ value: ValueScreen.Value, limits: CalendarScreen.Limits) throws(ScreenError)
  {
    if propertyLines.updateValue(line.number, forKey: line.name) != nil, ScreenedEvent.single.contains(line.name) {
      throw ScreenError(line: line.number, .repeatedProperty, line.name)
    }
    switch (line.name, value) {
    case ("UID", _):
      uid = line.text
      guard uid.utf8.count <= limits.uidOctets else { throw ScreenError(line: line.number, .lineTooLong, "UID") }
    case ("DTSTART", .times(let times)): start = times.first
    case ("DTEND", .times(let times)): end = times.first
    case ("RECURRENCE-ID", .times(let times)):
      if try line.parameter("RANGE") != nil { throw ScreenError(line: line.number, .unsupported, "RANGE") }
      recurrenceID = times.first
    case ("DURATION", .duration(let duration)):
      hasDuration = true
      if start?.isDate ?? false, duration.time != .zero { throw mixed(line.number) }
    case ("RRULE", .rule(let rule)): self.rule = rule
    default: break
    }
  }

  /// What can only be said once all of the event is known.
  func checkWhole() throws(ScreenError) {
    guard !uid.isEmpty else { throw ScreenError(line: line, .missingProperty, "UID") }
    guard let start else { throw ScreenError(line: line, .missingProperty, "DTSTART") }
    if end != nil, hasDuration {
      throw ScreenError(line: propertyLines["DURATION"], .repeatedProperty, "DTEND, DURATION")
    }
    if let end {
      let number = propertyLines["DTEND"]
      guard start.isDate == end.isDate else { throw mixed(number) }
      // Times in different zones are compared when they are resolved.
      guard !isSameScale(start, end) || start.civil <= end.civil else {
        throw ScreenError(line: number, .endBeforeStart)
      }
    }
    if let until = rule?.until, until.civil.date.advanced(byDays: 1) < start.civil.date || isBefore(until, start) {
      throw ScreenError(line: propertyLines["RRULE"], .impossibleRecurrence, "UNTIL lies before the start")
    }
    if rule != nil, recurrenceID != nil {
      throw ScreenError(line: propertyLines["RRULE"], .unsupported, "RRULE together with RECURRENCE-ID")
    }
  }

  private func isBefore(_ until: CalendarTime, _ start: CalendarTime) -> Bool {
    if until.isDate || start.isDate { return until.civil.date < start.civil.date }
    return isSameScale(until, start) && until.civil < start.civil
  }

  /// Whether two values can be compared without knowing any zone.
  private func isSameScale(_ a: CalendarTime, _ b: CalendarTime) -> Bool {
    switch (a, b) {
    case (.date, .date), (.utc, .utc): true
    case (.local(_, let first), .local(_, let second)): first == second
    default: false
    }
  }

  private func mixed(_ number: Int?) -> ScreenError {
    ScreenError(line: number, .badTime, "a date together with a time")
  }
}

/// What the screen has seen of one VTIMEZONE. Source: RFC 5545, section 3.6.5.
struct ScreenedZone {
  /// One STANDARD or DAYLIGHT.
  struct Observance {
    let line: Int
    private(set) var offset: UTCOffset?
    /// Whether it has a rule without end, so that it speaks of today.
    private(set) var isCurrent = false

    init(line: Int) { self.line = line }

    mutating func take(_ line: ContentLine, _ value: ValueScreen.Value) {
      switch (line.name, value) {
      case ("TZOFFSETTO", .offset(let offset)): self.offset = offset
      case ("RRULE", .rule(let rule)): isCurrent = rule.until == nil && rule.count == nil
      default: break
      }
    }
  }

  /// Line of its BEGIN.
  let line: Int
  /// TZID as it was written.
  var name = ""
  var observances: [Observance] = []

  init(line: Int) { self.line = line }
}
