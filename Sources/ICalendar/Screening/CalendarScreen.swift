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

  /// What refuses a file, of all that its lines may be at fault in.
  private static let refusals: [CalendarFault.Code: ScreenError.Code] = [
    .byteOrderMark: .byteOrderMark, .bareReturn: .controlCharacter, .nul: .controlCharacter,
    .controlCharacter: .controlCharacter, .notUTF8: .notUTF8, .foldWithoutLine: .badLine, .badContentLine: .badLine,
    .lineCut: .lineTooLong, .tooManyLines: .tooManyLines,
  ]

  static func refuse(_ fault: CalendarFault) throws(ScreenError) {
    guard let code = refusals[fault.code] else { return }
    throw ScreenError(line: fault.line, code, code == .notUTF8 ? "" : fault.subject)
  }

  /// The only maker of what ``LibicalReader`` parses.
  static func screen(_ bytes: [UInt8], limits: Limits) throws(ScreenError) -> ScreenedCalendar {
    guard bytes.count <= limits.octets else { throw ScreenError(line: nil, .tooLarge, "\(bytes.count) octets") }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw ScreenError(line: 1, .byteOrderMark)
    }
    let text = try UnfoldedText(bytes, lines: limits.lines, lineOctets: limits.lineOctets, tell: refuse)
    var structure = StructureScreen(limits: limits)
    try structure.take(text)
    return ScreenedCalendar(text: text, structure: structure)
  }
}

/// Why a file is not handed to the parser.
package struct ScreenError: Error, Hashable, Sendable {
  /// First physical line of what is wrong, from 1; nil when it concerns the file as a whole.
  package var line: Int?
  package var code: Code
  /// The name, value or figure that is meant, at most 80 characters, without control characters.
  package var subject: String

  init(line: Int?, _ code: Code, _ subject: String = "") {
    self.line = line
    self.code = code
    self.subject = String(ContentText.cleaned(subject).split(separator: "\n").joined(separator: " ").prefix(80))
  }

  /// Raw values are stable.
  package enum Code: String, Hashable, Sendable, CaseIterable {
    case tooLarge = "too_large"
    case archive
    case tooManyLines = "too_many_lines"
    case lineTooLong = "line_too_long"
    case byteOrderMark = "byte_order_mark"
    case controlCharacter = "control_character"
    case notUTF8 = "not_utf8"
    case noCalendar = "no_calendar"
    case severalCalendars = "several_calendars"
    case badLine = "bad_line"
    case badNesting = "bad_nesting"
    case unclosed = "unclosed"
    case tooManyComponents = "too_many_components"
    case tooManyProperties = "too_many_properties"
    case tooManyValues = "too_many_values"
    case repeatedProperty = "repeated_property"
    case missingProperty = "missing_property"
    case badTime = "bad_time"
    case yearOutOfRange = "year_out_of_range"
    case badDuration = "bad_duration"
    case badOffset = "bad_offset"
    case badNumber = "bad_number"
    case badZone = "bad_zone"
    case repeatedZone = "repeated_zone"
    case badRecurrence = "bad_recurrence"
    case unsupportedRecurrence = "unsupported_recurrence"
    case impossibleRecurrence = "impossible_recurrence"
    case endBeforeStart = "end_before_start"
    case repeatedUID = "repeated_uid"
    case unsupported = "unsupported"
  }

  /// One English line: where, what and, where that helps, what to do.
  package var text: String { (line.map { "line \($0): " } ?? "") + sentence }

  /// The same without the line.
  var sentence: String { code.text + (subject.isEmpty ? "" : ": \(subject)") }
}

extension ScreenError.Code {
  /// What is wrong, in a few English words.
  package var text: String {
    switch self {
    case .tooLarge: "the file is larger than allowed; split it"
    case .tooManyLines: "the file has more lines than allowed; split it"
    case .lineTooLong: "the line is longer than allowed"
    case .byteOrderMark: "the file begins with a byte order mark; save it as UTF-8 without one"
    case .controlCharacter: "control character; export the calendar anew"
    case .archive: "the file is an archive; unpack it and import what is inside"
    case .notUTF8: "not UTF-8; it may be Windows-1252 (iconv -f WINDOWS-1252 -t UTF-8 FILE)"
    case .noCalendar: "no VCALENDAR; the file is not an iCalendar file or was cut short"
    case .severalCalendars: "more than one VCALENDAR; split the file"
    case .badLine: "not a content line of the form NAME;PARAMETER=VALUE:VALUE; a line that goes on begins with a blank"
    case .badNesting: "this component may not begin or end here"
    case .unclosed: "END is missing; the file was cut short"
    case .tooManyComponents: "more components than allowed"
    case .tooManyProperties: "more properties in one component than allowed"
    case .tooManyValues: "more values in one property than allowed"
    case .repeatedProperty: "the property or parameter may stand only once; take one out"
    case .missingProperty: "a property is missing; add it, or take the event out"
    case .badTime: "no such date or time, or not in its RFC 5545 form (20261206T010000, VALUE=DATE:20261206)"
    case .yearOutOfRange: "year out of range"
    case .badDuration: "not a duration, or not a positive one"
    case .badOffset: "not an offset, or beyond 14 hours"
    case .badNumber: "not a whole number, or out of range"
    case .badZone: "unknown time zone, and no VTIMEZONE of the file says its rules; name one such as Europe/Paris"
    case .repeatedZone: "the time zone is defined twice"
    case .badRecurrence: "not a recurrence rule"
    case .unsupportedRecurrence: "recurrence rule not supported: readers disagree on it; write the dates as events"
    case .impossibleRecurrence: "the recurrence rule has no occurrence"
    case .endBeforeStart: "the end lies before the start; swap them"
    case .repeatedUID: "two events have this UID and say different things; raise SEQUENCE in the newer one"
    case .unsupported: "not supported; export it in another form, or take the event out"
    }
  }
}
