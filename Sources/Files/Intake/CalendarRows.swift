package import CivilTime
package import ICalendar
import Planning

/// Change requests in an iCalendar file: one for each time that an event takes place.
package enum CalendarRows {
  /// The largest file, in octets.
  package static let limit = 1 << 20

  /// SUMMARY is the title, DESCRIPTION the description, X-PREAVIS-IMPACT or X-MAINTNOTE-IMPACT the impact. Events on
  /// whole days last from midnight to midnight in `zone`. Each occurrence of a recurring event is a row of its own.
  /// What asks for no work, or for none that lies ahead, is skipped. Alarms, attachments and people are not read.
  ///
  /// - Parameter note: words what is to be known of how the file was read.
  package static func read(
    _ bytes: [UInt8], zone: ZoneRules, wishes: CalendarWishes = CalendarWishes(), note: (CalendarFileError) -> String,
    seal: () throws -> Void = {}
  ) throws(CalendarFileErrors) -> RowFile {
    let (events, others, notes) = try CalendarFile.requests(
      in: bytes, zones: SystemZones.book(civil: zone), wishes: wishes, seal: seal)
    var file = RowFile()
    file.notes = notes.map { FileNote(line: $0.line, text: note($0)) }
    for event in events {
      for name in event.gone {
        guard let uid = event.uid else { break }
        var row = RequestRow(line: event.line)
        row[.title] = event.summary
        row.identity = "\(uid)\n\(name)"
        row.withdrawal = event.leftOut == .cancelled ? .event : .time
        file.rows.append(row)
      }
      if event.leftOut == .cancelled, event.uid != nil { continue }
      if let reason = event.leftOut {
        file.skipped.append(SkippedRow(line: event.line, title: event.summary, reason: .leftOut(reason)))
        continue
      }
      for time in event.times {
        var row = row(event, time.span, zone)
        row.identity = event.uid.map { "\($0)\n\(time.recurrence)" }
        file.rows.append(row)
      }
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
