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
