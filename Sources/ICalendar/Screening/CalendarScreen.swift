import CivilTime

/// Everything that is looked at before a file reaches libical, which reads most broken files without a word, and with
/// some of them never returns or reads out of bounds.
///
/// Order: size and characters, lines, structure and counts, each value whose reading could go wrong, then each event
/// as a whole.
package enum CalendarScreen {
  /// How much is read, and which names of time zones are known.
  package struct Limits: Sendable {
    package var octets = 1_048_576
    package var lines = 60_000
    /// Of an unfolded line.
    package var lineOctets = 65_535
    package var components = 5_000
    package var propertiesPerComponent = 500
    /// In EXDATE and RDATE, where libical drops what comes after 500 values without a word.
    package var valuesPerProperty = 400
    package var uidOctets = 1_000
    package var zoneNames: Set<String>

    package init(zoneNames: Set<String> = ["UTC", "Europe/Paris"]) { self.zoneNames = zoneNames }

    package static let `default` = Limits()
  }

  /// Years that may be written in events.
  package static let years = 1900...2200

  /// Throws the first thing that is wrong, with its line.
  package static func check(_ bytes: [UInt8], limits: Limits = .default) throws(ScreenError) {
    _ = try screen(bytes, limits: limits)
  }

  /// The only maker of what ``LibicalReader`` parses.
  static func screen(_ bytes: [UInt8], limits: Limits) throws(ScreenError) -> ScreenedCalendar {
    let lines = try LogicalLines.read(bytes, limits: limits)
    var structure = StructureScreen(limits: limits)
    for (index, line) in lines.enumerated() { try structure.take(ContentLine(line), index: index) }
    return try structure.finish(lines)
  }
}

/// A calendar that has passed the screen.
struct ScreenedCalendar {
  /// Its content lines in order, unfolded.
  let lines: [LogicalLine]
  let events: [ScreenedEvent]
  let zones: [ScreenedZone]
  /// Components that stand directly in the calendar, time zones included.
  let componentCount: Int
  /// X-LIC-ERROR properties that the file itself holds: data, no verdict of the parser.
  let foreignErrorCount: Int

  /// Indices in ``lines`` of what says when which event takes place.
  private let eventLines: [Int]
  private let requestLines: [Int]

  fileprivate init(lines: [LogicalLine], structure: StructureScreen) {
    self.lines = lines
    eventLines = structure.eventLines
    requestLines = structure.requestLines
    events = structure.events
    zones = structure.zones
    componentCount = structure.topLevelCount
    foreignErrorCount = structure.foreignErrorCount
  }

  /// How much of the calendar libical is given.
  enum Part {
    case whole
    /// Only the events, and of them only what ``StructureScreen/eventProperties`` names: nothing else of a foreign file
    /// needs to be parsed.
    case events
    /// The events with their descriptions.
    case requests
  }

  /// The content lines of `part`, each of them whole and ended by CR LF, so that libical has nothing to unfold.
  func text(_ part: Part) -> [UInt8] {
    var text: [UInt8] = []
    func append(_ line: LogicalLine) {
      text.append(contentsOf: line.bytes)
      text.append(0x0D)
      text.append(0x0A)
    }
    switch part {
    case .whole: for line in lines { append(line) }
    case .events: for index in eventLines { append(lines[index]) }
    case .requests: for index in requestLines { append(lines[index]) }
    }
    return text
  }
}

extension StructureScreen {
  fileprivate consuming func finish(_ lines: [LogicalLine]) throws(ScreenError) -> ScreenedCalendar {
    try checkEnd()
    return ScreenedCalendar(lines: lines, structure: self)
  }
}
