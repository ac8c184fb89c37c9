/// Follows BEGIN and END, counts, and hands each property on. Source: RFC 5545, sections 3.4 and 3.6.
struct StructureScreen {
  let limits: CalendarScreen.Limits
  let values: ValueScreen
  private(set) var events: [ScreenedEvent] = []
  private(set) var zones: [ScreenedZone] = []
  /// Indices of the lines that say when which event takes place.
  private(set) var eventLines: [Int] = []
  /// The same, and what says more of it to people.
  private(set) var requestLines: [Int] = []
  private(set) var topLevelCount = 0
  private(set) var foreignErrorCount = 0
  private var open: [Component] = []
  private var componentCount = 0
  private var isCalendarClosed = false
  /// UID and RECURRENCE-ID of the events so far.
  private var identities: Set<String> = []

  /// A component that has begun.
  private struct Component {
    var name: String
    var line: Int
    var propertyCount = 0
    var event: ScreenedEvent?
    var zone: ScreenedZone?
    var observance: ScreenedZone.Observance?
  }

  /// What may stand in what; a component that is not named here may stand nowhere. Nothing nests deeper than three.
  /// Source: RFC 5545, section 3.6; RFC 7953, section 3.1.
  private static let parents: [String: Set<String>] = [
    "VEVENT": ["VCALENDAR"], "VTODO": ["VCALENDAR"], "VJOURNAL": ["VCALENDAR"], "VFREEBUSY": ["VCALENDAR"],
    "VTIMEZONE": ["VCALENDAR"], "VAVAILABILITY": ["VCALENDAR"], "STANDARD": ["VTIMEZONE"], "DAYLIGHT": ["VTIMEZONE"],
    "VALARM": ["VEVENT", "VTODO"], "AVAILABLE": ["VAVAILABILITY"],
  ]

  /// What is read of an event of a foreign file.
  static let eventProperties: Set<String> = [
    "UID", "DTSTART", "DTEND", "DURATION", "SUMMARY", "STATUS", "RRULE", "EXDATE", "RDATE", "RECURRENCE-ID",
  ]

  init(limits: CalendarScreen.Limits) {
    self.limits = limits
    values = ValueScreen(zones: ZoneNames(known: limits.zoneNames), limits: limits)
  }

  /// - Parameter index: the place of the line in the file's list of lines.
  mutating func take(_ line: ContentLine, index: Int) throws(ScreenError) {
    let isFrame = line.name == "BEGIN" || line.name == "END"
    let depth = open.count
    let isEvent = depth == 2 && open[1].event != nil
    defer {
      let isEventFrame = isFrame && (isEvent || open.last?.event != nil) && open.count + depth == 3
      let isCalendarFrame = isFrame && open.count + depth == 1
      let isWanted = isEvent && StructureScreen.eventProperties.contains(line.name)
      if isCalendarFrame || isEventFrame || isWanted { eventLines.append(index) }
      let isText = isEvent && line.name == "DESCRIPTION"
      if isCalendarFrame || isEventFrame || isWanted || isText { requestLines.append(index) }
    }
    switch line.name {
    case "BEGIN": try begin(line)
    case "END": try end(line)
    default: try property(line)
    }
  }

  func checkEnd() throws(ScreenError) {
    if let component = open.last { throw ScreenError(line: component.line, .unclosed, component.name) }
    guard isCalendarClosed else { throw ScreenError(line: nil, .noCalendar) }
  }

  private mutating func begin(_ line: ContentLine) throws(ScreenError) {
    let name = line.text.uppercased()
    let wrong = ScreenError(line: line.number, .badNesting, "BEGIN:\(name)")
    guard line.parameters.isEmpty else { throw wrong }
    componentCount += 1
    guard componentCount <= limits.components else { throw ScreenError(line: line.number, .tooManyComponents) }
    var component = Component(name: name, line: line.number)
    if let parent = open.last {
      guard StructureScreen.parents[name]?.contains(parent.name) ?? false else { throw wrong }
      if open.count == 1 { topLevelCount += 1 }
    } else {
      guard name == "VCALENDAR" else { throw ScreenError(line: line.number, .noCalendar, "BEGIN:\(name)") }
      if isCalendarClosed { throw ScreenError(line: line.number, .severalCalendars) }
    }
    switch name {
    case "VEVENT": component.event = ScreenedEvent(line: line.number)
    case "VTIMEZONE": component.zone = ScreenedZone(line: line.number)
    case "STANDARD", "DAYLIGHT": component.observance = ScreenedZone.Observance(line: line.number)
    default: break
    }
    open.append(component)
  }

  private mutating func end(_ line: ContentLine) throws(ScreenError) {
    let name = line.text.uppercased()
    guard line.parameters.isEmpty, let component = open.popLast(), component.name == name else {
      throw ScreenError(line: line.number, .badNesting, "END:\(name)")
    }
    if open.isEmpty { isCalendarClosed = true }
    if let event = component.event {
      try event.checkWhole()
      let identity = event.identity
      guard identities.insert(identity).inserted else {
        throw ScreenError(line: event.line, .repeatedUID, event.uid)
      }
      events.append(event)
    }
    if let zone = component.zone {
      guard !zone.name.isEmpty else { throw ScreenError(line: zone.line, .missingProperty, "TZID") }
      guard !zones.contains(where: { $0.name == zone.name }) else {
        throw ScreenError(line: zone.line, .repeatedZone, zone.name)
      }
      zones.append(zone)
    }
    if let observance = component.observance {
      open[open.count - 1].zone?.observances.append(observance)
    }
  }

  private mutating func property(_ line: ContentLine) throws(ScreenError) {
    guard let last = open.indices.last else {
      throw ScreenError(line: line.number, isCalendarClosed ? .badNesting : .noCalendar, line.name)
    }
    open[last].propertyCount += 1
    guard open[last].propertyCount <= limits.propertiesPerComponent else {
      throw ScreenError(line: line.number, .tooManyProperties, open[last].name)
    }
    if line.name == "X-LIC-ERROR" { foreignErrorCount += 1 }
    if line.name == "VERSION", open.count == 1, line.text != "2.0" {
      throw ScreenError(line: line.number, .unsupported, "VERSION:\(line.text)")
    }
    let value = try values.check(line, inZone: open.count > 1 && open[1].name == "VTIMEZONE")
    try open[last].event?.take(line, value, limits: limits)
    open[last].observance?.take(line, value)
    if line.name == "TZID", open[last].zone != nil {
      guard open[last].zone?.name.isEmpty ?? false else {
        throw ScreenError(line: line.number, .repeatedProperty, line.name)
      }
      open[last].zone?.name = line.text
    }
  }
}
