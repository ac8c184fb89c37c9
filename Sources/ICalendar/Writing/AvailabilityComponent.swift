package import CivilTime

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
