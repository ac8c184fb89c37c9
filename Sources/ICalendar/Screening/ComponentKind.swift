/// The components that are taken. Source: RFC 5545, section 3.6; RFC 7953, section 3.1.
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

  /// Nil for any other name.
  init?(_ range: Range<Int>, in text: UnfoldedText) {
    // Nearly all that a feed holds.
    if text.bytes[range].elementsEqual("VEVENT".utf8) {
      self = .event
    } else {
      self.init(rawValue: text.string(range).uppercased())
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
    }
  }

  /// The smallest part of a calendar that its BEGIN and END belong to.
  var part: ScreenedCalendar.Part { self == .calendar || self == .event ? .events : .whole }
}
