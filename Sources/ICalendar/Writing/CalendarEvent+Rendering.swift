import CivilTime

extension CalendarEvent {
  /// The lines from `BEGIN:VEVENT` to `END:VEVENT`, each ended by CR LF; the same bytes for the same event.
  package func render() throws(ContentLineError) -> [UInt8] {
    var writer = ContentLineWriter()
    try write(to: &writer)
    return writer.bytes
  }

  /// The same, behind what `writer` holds.
  package func write(to writer: inout ContentLineWriter) throws(ContentLineError) {
    writer.begin("VEVENT")
    // A line feed in an identifier is a mistake, though TEXT could carry it.
    if uid.utf8.contains(0x0A) { throw ContentLineError(property: "UID", reason: .lineBreak) }
    try writer.text("UID", uid)
    try writer.utc("DTSTAMP", stamp)
    if let created { try writer.utc("CREATED", created) }
    try writer.utc("LAST-MODIFIED", stamp)
    guard sequence >= 0 else { throw ContentLineError(property: "SEQUENCE", reason: .outOfRange) }
    try writer.integer("SEQUENCE", sequence)
    switch span {
    case .timed(let interval):
      try writer.utc("DTSTART", interval.start)
      try writer.utc("DTEND", interval.end)
    case .allDay(let first, let end):
      guard first < end else { throw ContentLineError(property: "DTEND", reason: .emptySpan) }
      try writer.date("DTSTART", first)
      try writer.date("DTEND", end)
    }
    try writer.text("SUMMARY", summary)
    if !description.isEmpty { try writer.text("DESCRIPTION", description) }
    if let location { try writer.text("LOCATION", location) }
    if let contact { try writer.text("CONTACT", contact) }
    if let url { try writer.uri("URL", url) }
    if let organizer {
      try writer.calendarAddress("ORGANIZER", address: organizer.address, commonName: organizer.name)
    }
    try writer.token("STATUS", status.rawValue)
    try writer.token("TRANSP", isTransparent ? "TRANSPARENT" : "OPAQUE")
    try writer.token("X-MICROSOFT-CDO-BUSYSTATUS", busyStatus.rawValue)
    if !categories.isEmpty { try writer.texts("CATEGORIES", categories) }
    for property in additional { try property.write(to: &writer) }
    writer.end("VEVENT")
  }
}
