/// What a line is to its calendar.
struct LineRole {
  /// The smallest part of the calendar that it belongs to.
  let part: ScreenedCalendar.Part
  /// Whether it is the END of a component that stands directly in the calendar.
  var endsComponent = false
}

/// Follows BEGIN and END, counts, and hands each property on. Source: RFC 5545, sections 3.4 and 3.6.
struct StructureScreen {
  let limits: CalendarScreen.Limits
  let values: ValueScreen
  /// One for each line so far.
  private(set) var roles: [LineRole] = []
  private(set) var events: [ScreenedEvent] = []
  private(set) var zones: [ScreenedZone] = []
  private(set) var topLevelCount = 0
  private(set) var foreignErrorCount = 0
  /// Nothing nests deeper than three.
  private var open: [OpenComponent] = []
  /// The event, the zone and the observance that are open; there is never more than one of each.
  private var event: ScreenedEvent?
  private var zone: ScreenedZone?
  private var observance: ScreenedZone.Observance?
  private var componentCount = 0
  private var isCalendarClosed = false
  private var hasMethod = false
  /// UID and RECURRENCE-ID of the events so far.
  private var identities: Set<String> = []

  /// A component that has begun.
  private struct OpenComponent {
    let kind: ComponentKind
    let line: Int
    var propertyCount = 0
  }

  init(limits: CalendarScreen.Limits) {
    self.limits = limits
    values = ValueScreen(limits: limits)
  }

  /// Takes the lines of `text` in order.
  mutating func take(_ text: UnfoldedText) throws(ScreenError) {
    roles.reserveCapacity(text.lines.count)
    for line in text.lines {
      guard let line = ContentLine(line, in: text) else {
        try CalendarScreen.refuse(ContentLine.fault(line, in: text))
        continue
      }
      switch line.property {
      case .begin: roles.append(LineRole(part: try begin(line, in: text)))
      case .end: roles.append(LineRole(part: try end(line, in: text), endsComponent: open.count == 1))
      default: roles.append(LineRole(part: try property(line, in: text)))
      }
    }
    if let component = open.last { throw ScreenError(line: component.line, .unclosed, component.kind.rawValue) }
    guard isCalendarClosed else { throw ScreenError(line: nil, .noCalendar) }
  }

  private mutating func begin(_ line: ContentLine, in text: UnfoldedText) throws(ScreenError) -> ScreenedCalendar.Part {
    func error(_ code: ScreenError.Code) -> ScreenError {
      ScreenError(line: line.number, code, "BEGIN:\(text.string(line.value).uppercased())")
    }
    guard !line.hasParameters else { throw error(.badNesting) }
    componentCount += 1
    guard componentCount <= limits.components else { throw ScreenError(line: line.number, .tooManyComponents) }
    let kind = ComponentKind(line.value, in: text)
    if let parent = open.last {
      guard let kind, kind.mayStand(in: parent.kind) else { throw error(.badNesting) }
      if open.count == 1 { topLevelCount += 1 }
    } else {
      guard kind == .calendar else { throw error(.noCalendar) }
      if isCalendarClosed { throw ScreenError(line: line.number, .severalCalendars) }
    }
    guard let kind else { throw error(.badNesting) }
    switch kind {
    case .event: event = ScreenedEvent(line: line.number)
    case .zone: zone = ScreenedZone(line: line.number)
    case .standard, .daylight: observance = ScreenedZone.Observance(line: line.number)
    default: break
    }
    open.append(OpenComponent(kind: kind, line: line.number))
    return kind.part
  }

  private mutating func end(_ line: ContentLine, in text: UnfoldedText) throws(ScreenError) -> ScreenedCalendar.Part {
    guard !line.hasParameters, let kind = open.popLast()?.kind, kind == ComponentKind(line.value, in: text) else {
      throw ScreenError(line: line.number, .badNesting, "END:\(text.string(line.value).uppercased())")
    }
    switch kind {
    case .calendar: isCalendarClosed = true
    case .event: try endEvent()
    case .zone: try endZone()
    case .standard, .daylight:
      if let observance { zone?.observances.append(observance) }
    default: break
    }
    return kind.part
  }

  private mutating func endEvent() throws(ScreenError) {
    guard let event = event.take() else { return }
    try event.checkWhole()
    guard identities.insert(event.identity).inserted else {
      throw ScreenError(line: event.line, .repeatedUID, event.uid)
    }
    events.append(event)
  }

  private mutating func endZone() throws(ScreenError) {
    guard let zone = zone.take() else { return }
    guard !zone.name.isEmpty else { throw ScreenError(line: zone.line, .missingProperty, "TZID") }
    guard !zones.contains(where: { $0.name == zone.name }) else {
      throw ScreenError(line: zone.line, .repeatedZone, zone.name)
    }
    zones.append(zone)
  }

  private mutating func property(
    _ line: ContentLine, in text: UnfoldedText
  ) throws(ScreenError) -> ScreenedCalendar.Part {
    guard let last = open.indices.last else {
      let name = text.string(line.name).uppercased()
      throw ScreenError(line: line.number, isCalendarClosed ? .badNesting : .noCalendar, name)
    }
    let kind = open[last].kind
    open[last].propertyCount += 1
    guard open[last].propertyCount <= limits.propertiesPerComponent else {
      throw ScreenError(line: line.number, .tooManyProperties, kind.rawValue)
    }
    if line.property == .licError { foreignErrorCount += 1 }
    if line.property == .version, kind == .calendar, text.string(line.value) != "2.0" {
      throw ScreenError(line: line.number, .unsupported, "VERSION:\(text.string(line.value))")
    }
    let value = try values.check(line, in: text, inZone: zone != nil)
    switch kind {
    // Two could say both that the events take place and that they do not. Source: RFC 5545, section 3.7.2.
    case .calendar where text.string(line.name).uppercased() == "METHOD":
      guard !hasMethod else { throw ScreenError(line: line.number, .repeatedProperty, "METHOD") }
      hasMethod = true
    case .event:
      try event?.take(line, value, in: text, limits: limits)
      return line.property.part
    case .standard, .daylight: observance?.take(line.property, value)
    case .zone where line.property == .tzid:
      guard zone?.name.isEmpty ?? false else {
        throw ScreenError(line: line.number, .repeatedProperty, line.property.text)
      }
      zone?.name = text.string(line.value)
    default: break
    }
    return .whole
  }
}
