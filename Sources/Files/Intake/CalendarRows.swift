package import CivilTime
package import ICalendar
import Planning

/// Change requests in an iCalendar file: one for each time that an event takes place.
package enum CalendarRows {
  /// The largest file, in octets.
  package static let limit = 1 << 20

  /// Names of Windows for zones of contracts. Source: Unicode CLDR 46, windowsZones.xml.
  private static let windowsNames = ["Europe/Paris": ["Romance Standard Time"]]

  /// SUMMARY is the title, DESCRIPTION the description, X-PREAVIS-IMPACT or X-MAINTNOTE-IMPACT the impact. Events on
  /// whole days last from midnight to midnight in `zone`. Each occurrence of a recurring event is a row of its own.
  /// Cancelled events and what is no event are skipped. UIDs, alarms, attachments and people are not read.
  package static func read(_ bytes: [UInt8], zone: ZoneRules) throws(CalendarFileError) -> RowFile {
    let names = [zone.name] + (windowsNames[zone.name] ?? [])
    let (events, others) = try CalendarFile.requests(in: bytes, zone: zone, zoneNames: names)
    var file = RowFile()
    for event in events {
      if event.isCancelled {
        file.skipped.append(SkippedRow(line: event.line, title: event.summary, reason: .cancelled))
        continue
      }
      for span in event.spans { file.rows.append(row(event, span, zone)) }
    }
    for _ in 0..<others { file.skipped.append(SkippedRow(line: nil, title: "", reason: .noEvent)) }
    return file
  }

  private static func row(_ event: CalendarRequest, _ span: CalendarSpan, _ zone: ZoneRules) -> RequestRow {
    var row = RequestRow(line: event.line)
    row[.title] = event.summary
    if !event.description.isEmpty { row[.description] = event.description }
    row[.impact] = event.impact.map(impact)
    switch span {
    case .timed(let interval):
      row[.start] = TimeText.utc(interval.start)
      row[.end] = TimeText.utc(interval.end)
    case .allDay(let first, let end):
      row[.start] = TimeText.utc(zone.startOfDay(first))
      row[.end] = TimeText.utc(zone.startOfDay(end))
    }
    return row
  }

  /// Our words are those of the maintenance-notification standard, in small letters, save for one.
  private static func impact(_ text: String) -> String {
    let word = text.lowercased()
    return word == "no-impact" ? "none" : word
  }
}
