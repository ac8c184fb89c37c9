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
    let text = try UnfoldedText(bytes, limits: limits)
    var structure = StructureScreen(limits: limits)
    try structure.take(text)
    return ScreenedCalendar(text: text, structure: structure)
  }
}
