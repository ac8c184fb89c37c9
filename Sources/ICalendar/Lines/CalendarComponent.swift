package import CivilTime

/// A content line taken apart without judging it.
package struct CalendarProperty: Sendable {
  /// First physical line, from 1.
  package let line: Int
  /// In capitals.
  package let name: String
  /// Names in capitals, values without their quotation marks.
  package private(set) var parameters: [(name: String, values: [String])] = []
  /// As it was written; octets that are not UTF-8 became U+FFFD.
  package let value: String

  init(_ line: ContentLine, in text: UnfoldedText) {
    self.line = line.number
    name = text.string(line.name).uppercased()
    value = text.string(line.value)
    // All of it is well formed: names up to `=`, then values, quoted or not, parted by commas.
    var index = line.name.upperBound
    func piece(upTo marks: String) -> String {
      let start = index
      while !marks.utf8.contains(text.bytes[index]) { index += 1 }
      return text.string(start..<index)
    }
    while index < line.value.lowerBound - 1 {
      index += 1
      let name = piece(upTo: "=").uppercased()
      var values: [String] = []
      repeat {
        index += 1
        if text.bytes[index] == UInt8(ascii: "\"") {
          index += 1
          values.append(piece(upTo: "\""))
          index += 1
        } else {
          values.append(piece(upTo: ":;,"))
        }
      } while text.bytes[index] == UInt8(ascii: ",")
      parameters.append((name, values))
    }
  }

  /// The first value of a parameter.
  package func parameter(_ wanted: String) -> String? {
    parameters.first { $0.name == wanted }.map { $0.values.first ?? "" }
  }

  /// The VALUE parameter in capitals.
  package var valueType: String? { parameter("VALUE")?.uppercased() }

  /// The value as a time in the zone that TZID names.
  package func time(letting leniency: Leniency) -> CalendarTime? { time(value, letting: leniency) }

  /// One time of a list.
  package func time(_ text: String, letting leniency: Leniency) -> CalendarTime? {
    CalendarTime(text.utf8Span.span, zone: parameter("TZID"), letting: leniency)
  }

  package func duration(letting leniency: Leniency) -> CalendarDuration? {
    CalendarDuration(value.utf8Span.span, letting: leniency)
  }

  package func offset(letting leniency: Leniency) -> UTCOffset? {
    UTCOffset(value.utf8Span.span, letting: leniency)
  }

  package func rule(letting leniency: Leniency) throws(RecurrenceRule.Fault) -> RecurrenceRule {
    try RecurrenceRule(value, letting: leniency)
  }
}

/// A component with what stands in it, whatever that is. Source: RFC 5545, sections 3.4 and 3.6; RFC 9073, section 7.
package struct CalendarComponent: Sendable {
  /// In capitals.
  package let name: String
  /// Line of its BEGIN.
  package let line: Int
  package fileprivate(set) var properties: [CalendarProperty] = []
  package fileprivate(set) var children: [CalendarComponent] = []

  package func first(_ name: String) -> CalendarProperty? { properties.first { $0.name == name } }
  package func all(_ name: String) -> [CalendarProperty] { properties.filter { $0.name == name } }
  package func children(_ name: String) -> [CalendarComponent] { children.filter { $0.name == name } }

  /// The outermost components of a text, mended where BEGIN and END do not match.
  ///
  /// - Parameters:
  ///   - limit, depth: components that are kept, and how deep they may nest.
  ///   - tell: is given each fault in the order of reading; what it throws ends the reading.
  package static func read<Refusal>(
    _ text: UnfoldedText, limit: Int, depth: Int, tell: (CalendarFault) throws(Refusal) -> Void
  ) throws(Refusal) -> [CalendarComponent] {
    var reading = Reading(limit: limit, depth: depth)
    for line in text.lines {
      guard let content = ContentLine(line, in: text) else {
        try tell(ContentLine.fault(line, in: text))
        continue
      }
      let property = CalendarProperty(content, in: text)
      switch content.property {
      case .begin: try reading.begin(property, tell)
      case .end: try reading.end(property, tell)
      default: try reading.take(property, tell)
      }
    }
    while let component = reading.open.last {
      try tell(CalendarFault(component.line, .unclosed, component.name))
      reading.close()
    }
    return reading.roots
  }

  private struct Reading {
    let limit: Int
    let depth: Int
    var roots: [CalendarComponent] = []
    var open: [CalendarComponent] = []
    /// Components begun below the greatest depth, which are not kept.
    var skipped = 0
    var count = 0

    mutating func begin<Refusal>(
      _ property: CalendarProperty, _ tell: (CalendarFault) throws(Refusal) -> Void
    ) throws(Refusal) {
      let line = property.line
      let name = trimmed(property.value).uppercased()
      if name != property.value { try tell(CalendarFault(line, .lowerCaseComponent, property.value)) }
      count += 1
      guard open.count < depth, skipped == 0, count <= limit else {
        if skipped == 0 { try tell(CalendarFault(line, count > limit ? .tooManyComponents : .nestedTooDeep, name)) }
        skipped += 1
        return
      }
      if let kind = ComponentKind(rawValue: name) {
        if let parent = open.last {
          let isPlaced = ComponentKind(rawValue: parent.name).map(kind.mayStand) ?? false
          if !isPlaced { try tell(CalendarFault(line, .badNesting, "\(name), \(parent.name)")) }
        } else if kind != .calendar {
          try tell(CalendarFault(line, .outsideCalendar, name))
        }
      } else if !name.hasPrefix("X-") {
        try tell(CalendarFault(line, .unknownComponent, name))
      }
      open.append(CalendarComponent(name: name, line: line))
    }

    mutating func end<Refusal>(
      _ property: CalendarProperty, _ tell: (CalendarFault) throws(Refusal) -> Void
    ) throws(Refusal) {
      if skipped > 0 {
        skipped -= 1
        return
      }
      let name = trimmed(property.value).uppercased()
      guard let last = open.last else {
        try tell(CalendarFault(property.line, .mismatchedEnd, name))
        return
      }
      if last.name != name {
        try tell(CalendarFault(property.line, .mismatchedEnd, "\(name), \(last.name)"))
        // An END of something further out closes all within it; one of nothing that is open is passed over.
        guard open.contains(where: { $0.name == name }) else { return }
        while let current = open.last, current.name != name { close() }
      }
      close()
    }

    mutating func take<Refusal>(
      _ property: CalendarProperty, _ tell: (CalendarFault) throws(Refusal) -> Void
    ) throws(Refusal) {
      guard skipped == 0 else { return }
      guard let last = open.indices.last else {
        try tell(CalendarFault(property.line, .outsideCalendar, property.name))
        return
      }
      open[last].properties.append(property)
    }

    mutating func close() {
      guard let component = open.popLast() else { return }
      if let last = open.indices.last {
        open[last].children.append(component)
      } else {
        roots.append(component)
      }
    }

    private func trimmed(_ text: String) -> String {
      var view = text.unicodeScalars[...]
      while let first = view.first, first == " " || first == "\t" { view.removeFirst() }
      while let last = view.last, last == " " || last == "\t" { view.removeLast() }
      return String(view)
    }
  }
}

/// The components that standards name. Source: RFC 5545, section 3.6; RFC 7953, section 3.1; RFC 9073, section 7.
enum ComponentKind: String {
  case calendar = "VCALENDAR"
  case event = "VEVENT"
  case task = "VTODO"
  case journal = "VJOURNAL"
  case freeBusy = "VFREEBUSY"
  case zone = "VTIMEZONE"
  case standard = "STANDARD"
  case daylight = "DAYLIGHT"
  case alarm = "VALARM"
  case availability = "VAVAILABILITY"
  case available = "AVAILABLE"
  case participant = "PARTICIPANT"
  case location = "VLOCATION"
  case resource = "VRESOURCE"

  /// Nil for any name but those of components that libical 3.0 knows.
  init?(_ range: Range<Int>, in text: UnfoldedText) {
    // Nearly all that a feed holds.
    if text.bytes[range].elementsEqual("VEVENT".utf8) {
      self = .event
    } else {
      self.init(rawValue: text.string(range).uppercased())
      if self == .participant || self == .location || self == .resource { return nil }
    }
  }

  /// Whether it may stand directly in `parent`; a calendar may stand in nothing.
  func mayStand(in parent: ComponentKind) -> Bool {
    switch self {
    case .calendar: false
    case .event, .task, .journal, .freeBusy, .zone, .availability: parent == .calendar
    case .standard, .daylight: parent == .zone
    case .alarm: parent == .event || parent == .task
    case .available: parent == .availability
    case .participant: parent == .event || parent == .task || parent == .journal || parent == .freeBusy
    case .location, .resource: parent == .event || parent == .task || parent == .journal
    }
  }

  /// The smallest part of a calendar that its BEGIN and END belong to.
  var part: ScreenedCalendar.Part { self == .calendar || self == .event ? .events : .whole }
}
