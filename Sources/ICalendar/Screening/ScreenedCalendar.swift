import CivilTime

/// A calendar that has passed the screen.
struct ScreenedCalendar {
  /// Its content lines in order, unfolded.
  let text: UnfoldedText
  /// One for each line.
  let roles: [LineRole]
  let events: [ScreenedEvent]
  let zones: [ScreenedZone]
  /// Components that stand directly in the calendar, time zones included.
  let componentCount: Int
  /// X-LIC-ERROR properties that the file itself holds: data, no verdict of the parser.
  let foreignErrorCount: Int

  /// How much of the calendar libical is given; each part holds those before it.
  enum Part: Int {
    /// Only the events, and of them only what ``PropertyName/part`` names: nothing else of a foreign file needs to be
    /// parsed.
    case events
    /// The events with their descriptions.
    case requests
    case whole
  }

  /// To be called by ``CalendarScreen`` only.
  init(text: UnfoldedText, structure: StructureScreen) {
    self.text = text
    roles = structure.roles
    events = structure.events
    zones = structure.zones
    componentCount = structure.topLevelCount
    foreignErrorCount = structure.foreignErrorCount
  }
}

/// The content lines of a part of a calendar, as calendars that follow one another, so that libical's tree stays small
/// whatever the size of the file: its cost per event would grow with the tree.
struct CalendarPieces {
  private let calendar: ScreenedCalendar
  private let part: ScreenedCalendar.Part
  /// The first line that no piece has had yet.
  private var next = 0

  /// A piece ends with the first component beyond so many octets.
  private static let octets = 32_768
  private static let begin = Array("BEGIN:VCALENDAR\r\n".utf8)
  private static let end = Array("END:VCALENDAR\r\n".utf8)

  init(of calendar: ScreenedCalendar, _ part: ScreenedCalendar.Part) {
    self.calendar = calendar
    self.part = part
  }

  /// Fills `piece` with the next calendar, each of its lines whole and ended by CR LF, so that libical has nothing to
  /// unfold, and a NUL after the last; false when there is none.
  mutating func fill(_ piece: inout [UInt8]) -> Bool {
    let text = calendar.text
    guard next < text.lines.count else { return false }
    piece.removeAll(keepingCapacity: true)
    if next > 0 { piece += CalendarPieces.begin }
    while next < text.lines.count {
      let (line, role) = (text.lines[next], calendar.roles[next])
      next += 1
      guard role.part.rawValue <= part.rawValue else { continue }
      piece += text.bytes[line.range.lowerBound..<line.range.upperBound + 2]
      if role.endsComponent, piece.count > CalendarPieces.octets {
        piece += CalendarPieces.end
        break
      }
    }
    piece.append(0)
    return true
  }
}

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

/// What the screen has seen of one VTIMEZONE. Source: RFC 5545, section 3.6.5.
struct ScreenedZone {
  /// One STANDARD or DAYLIGHT.
  struct Observance {
    let line: Int
    private(set) var offset: UTCOffset?
    /// Whether it has a rule without end, so that it speaks of today.
    private(set) var isCurrent = false

    init(line: Int) { self.line = line }

    mutating func take(_ property: PropertyName, _ value: ValueScreen.Value) {
      switch (property, value) {
      case (.tzoffsetto, .offset(let offset)): self.offset = offset
      case (.rrule, .rule(let rule)): isCurrent = rule.until == nil && rule.count == nil
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
