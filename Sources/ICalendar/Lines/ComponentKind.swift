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
