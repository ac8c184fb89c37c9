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
  private(set) var propertyLines = PropertyLines()

  init(line: Int) { self.line = line }

  /// An event and each of its exceptions are different (RFC 5545, section 3.8.4.4).
  var identity: String {
    recurrenceID.map { "\(uid)\n\($0.civil.secondsSinceCivilEpoch)" } ?? uid
  }

  mutating func take(
    _ line: ContentLine, _ value: ValueScreen.Value, in text: UnfoldedText, limits: CalendarScreen.Limits
  ) throws(ScreenError) {
    if line.property.isSingle, propertyLines[line.property] != nil {
      throw ScreenError(line: line.number, .repeatedProperty, line.property.text)
    }
    propertyLines[line.property] = line.number
    switch (line.property, value) {
    case (.uid, _):
      guard line.value.count <= limits.uidOctets else { throw ScreenError(line: line.number, .lineTooLong, "UID") }
      uid = text.string(line.value)
    case (.dtstart, .time(let time)): start = time
    case (.dtend, .time(let time)): end = time
    case (.recurrenceID, .time(let time)):
      if try line.text(of: line.range, "RANGE", in: text) != nil {
        throw ScreenError(line: line.number, .unsupported, "RANGE")
      }
      recurrenceID = time
    case (.duration, .duration(let duration)):
      hasDuration = true
      if start?.isDate ?? false, duration.time != .zero { throw mixed(line.number) }
    case (.rrule, .rule(let rule)): self.rule = rule
    default: break
    }
  }

  /// What can only be said once all of the event is known.
  func checkWhole() throws(ScreenError) {
    guard !uid.isEmpty else { throw ScreenError(line: line, .missingProperty, "UID") }
    guard let start else { throw ScreenError(line: line, .missingProperty, "DTSTART") }
    if end != nil, hasDuration {
      throw ScreenError(line: propertyLines[.duration], .repeatedProperty, "DTEND, DURATION")
    }
    if let end {
      let number = propertyLines[.dtend]
      guard start.isDate == end.isDate else { throw mixed(number) }
      // Times in different zones are compared when they are resolved.
      guard !start.isSameScale(as: end) || start.civil <= end.civil else {
        throw ScreenError(line: number, .endBeforeStart)
      }
    }
    if let until = rule?.until, until.civil.date.advanced(byDays: 1) < start.civil.date || isBefore(until, start) {
      throw ScreenError(line: propertyLines[.rrule], .impossibleRecurrence, "UNTIL lies before the start")
    }
    if rule != nil, recurrenceID != nil {
      throw ScreenError(line: propertyLines[.rrule], .unsupported, "RRULE together with RECURRENCE-ID")
    }
  }

  private func isBefore(_ until: CalendarTime, _ start: CalendarTime) -> Bool {
    if until.isDate || start.isDate { return until.civil.date < start.civil.date }
    return until.isSameScale(as: start) && until.civil < start.civil
  }

  private func mixed(_ number: Int?) -> ScreenError {
    ScreenError(line: number, .badTime, "a date together with a time")
  }
}

/// On which line each property of an event stands, of several the last.
struct PropertyLines {
  /// By raw value of the name; 0 for none.
  private var numbers: InlineArray<44, Int32>

  init() {
    numbers = InlineArray(repeating: 0)
  }

  subscript(_ name: PropertyName) -> Int? {
    get {
      let number = numbers[Int(name.rawValue)]
      return number == 0 ? nil : Int(number)
    }
    set { numbers[Int(name.rawValue)] = Int32(clamping: newValue ?? 0) }
  }
}
