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
