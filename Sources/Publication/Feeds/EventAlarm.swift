import CivilTime
import ICalendar
import Wording

/// Alarms in events that were rendered without: the stored fragment stays the one that was read back.
enum EventAlarm {
  private static let end = Array("END:VEVENT\r\n".utf8)
  private static let cancelled = Array("\r\nSTATUS:CANCELLED\r\n".utf8)

  /// `fragment` with one VALARM for each elapsed time before its start; none for what is cancelled.
  /// Source: RFC 5545, section 3.6.6.
  static func added(
    _ alarms: [Elapsed], to fragment: [UInt8], _ language: Language
  ) throws(ContentLineError) -> [UInt8] {
    guard fragment.suffix(end.count).elementsEqual(end), !contains(fragment, cancelled) else { return fragment }
    var writer = ContentLineWriter()
    writer.append(Array(fragment.dropLast(end.count)))
    for alarm in alarms {
      writer.begin("VALARM")
      try writer.token("ACTION", "DISPLAY")
      try writer.duration("TRIGGER", .zero - alarm)
      try writer.text("DESCRIPTION", language("Reminder of planned work", "Rappel d’intervention"))
      writer.end("VALARM")
    }
    writer.append(end)
    return writer.bytes
  }

  private static func contains(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
    guard bytes.count >= wanted.count else { return false }
    return (0...(bytes.count - wanted.count)).contains { bytes[$0...].starts(with: wanted) }
  }
}
