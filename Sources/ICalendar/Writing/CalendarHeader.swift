package import CivilTime

/// What stands in a VCALENDAR before its first component. Source: RFC 5545, section 3.6; RFC 7986, section 5.
package struct CalendarHeader: Hashable, Sendable {
  package var prodID: String
  /// `PUBLISH` for a feed; it makes ORGANIZER mandatory in each event (RFC 5546, section 3.2.1).
  package var method: String?
  package var name: String?
  package var description: String?
  package var refreshInterval: Elapsed?
  /// A CSS3 colour name (RFC 7986, section 5.9).
  package var color: String?
  /// Written last, in this order.
  package var additional: [ExtensionProperty]

  package init(
    prodID: String, method: String? = nil, name: String? = nil, description: String? = nil,
    refreshInterval: Elapsed? = nil, color: String? = nil, additional: [ExtensionProperty] = []
  ) {
    self.prodID = prodID
    self.method = method
    self.name = name
    self.description = description
    self.refreshInterval = refreshInterval
    self.color = color
    self.additional = additional
  }

  /// The lines from `BEGIN:VCALENDAR` on, each ended by CR LF.
  package func render() throws(ContentLineError) -> [UInt8] {
    var writer = ContentLineWriter()
    writer.begin("VCALENDAR")
    try writer.text("VERSION", "2.0")
    try writer.text("PRODID", prodID)
    try writer.token("CALSCALE", "GREGORIAN")
    if let method { try writer.token("METHOD", method) }
    if let name {
      try writer.text("NAME", name)
      try writer.text("X-WR-CALNAME", name)
    }
    if let description { try writer.text("X-WR-CALDESC", description) }
    if let refreshInterval {
      try writer.duration("REFRESH-INTERVAL", refreshInterval, parameters: [("VALUE", "DURATION")])
      try writer.duration("X-PUBLISHED-TTL", refreshInterval)
    }
    if let color { try writer.token("COLOR", color) }
    for property in additional { try property.write(to: &writer) }
    return writer.bytes
  }

  /// `END:VCALENDAR`
  package static let footer: [UInt8] = Array("END:VCALENDAR\r\n".utf8)
}

/// A VAVAILABILITY: times that are free for something, inside a stretch that otherwise is not. Source: RFC 7953,
/// section 3.1.
package struct AvailabilityComponent: Hashable, Sendable {
  /// One AVAILABLE part.
  package struct Available: Hashable, Sendable {
    package var uid: String
    package var interval: Interval

    package init(uid: String, interval: Interval) {
      self.uid = uid
      self.interval = interval
    }
  }

  package var uid: String
  package var range: Interval
  package var stamp: Instant
  package var summary: String
  package var organizer: CalendarEvent.Organizer?
  package var available: [Available]

  package init(
    uid: String, range: Interval, stamp: Instant, summary: String, organizer: CalendarEvent.Organizer?,
    available: [Available]
  ) {
    self.uid = uid
    self.range = range
    self.stamp = stamp
    self.summary = summary
    self.organizer = organizer
    self.available = available
  }

  package func render() throws(ContentLineError) -> [UInt8] {
    var writer = ContentLineWriter()
    writer.begin("VAVAILABILITY")
    try writer.text("UID", uid)
    try writer.utc("DTSTAMP", stamp)
    try writer.utc("DTSTART", range.start)
    try writer.utc("DTEND", range.end)
    try writer.token("BUSYTYPE", "BUSY-UNAVAILABLE")
    try writer.text("SUMMARY", summary)
    if let organizer {
      try writer.calendarAddress("ORGANIZER", address: organizer.address, commonName: organizer.name)
    }
    for part in available {
      writer.begin("AVAILABLE")
      try writer.text("UID", part.uid)
      try writer.utc("DTSTAMP", stamp)
      try writer.utc("DTSTART", part.interval.start)
      try writer.utc("DTEND", part.interval.end)
      try writer.text("SUMMARY", summary)
      writer.end("AVAILABLE")
    }
    writer.end("VAVAILABILITY")
    return writer.bytes
  }
}
