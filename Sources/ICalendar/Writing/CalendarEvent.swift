package import CivilTime

/// One VEVENT to be written. Source: RFC 5545, section 3.6.1.
package struct CalendarEvent: Hashable, Sendable {
  package typealias Span = CalendarSpan

  /// RFC 5545, section 3.8.1.11.
  package enum Status: String, Hashable, Sendable, CaseIterable {
    case tentative = "TENTATIVE"
    case confirmed = "CONFIRMED"
    case cancelled = "CANCELLED"
  }

  /// A mail address and the name to show for it.
  package struct Organizer: Hashable, Sendable {
    package var address: String
    package var name: String?

    package init(address: String, name: String? = nil) {
      self.address = address
      self.name = name
    }
  }

  /// Whether the event lets its time count as busy; derived from ``CalendarEvent/isTransparent``.
  /// Source: MS-OXCICAL, section 2.1.3.1.1.20.31.
  package enum BusyStatus: String, Hashable, Sendable {
    case free = "FREE"
    case busy = "BUSY"
  }

  /// Never changes during the life of the event (RFC 5545, section 3.8.4.7).
  package var uid: String
  package var span: Span
  /// Moment of this revision, written as DTSTAMP and as LAST-MODIFIED.
  package var stamp: Instant
  package var created: Instant?
  /// 0 and up, one more for each revision (RFC 5545, section 3.8.7.4).
  package var sequence: Int
  package var summary: String
  /// Not written when empty.
  package var description: String
  package var url: String?
  package var status: Status
  package var isTransparent: Bool
  package var categories: [String]
  package var organizer: Organizer?
  package var location: String?
  package var contact: String?
  /// Written last, in this order.
  package var additional: [ExtensionProperty]

  package init(
    uid: String, span: Span, stamp: Instant, created: Instant? = nil, sequence: Int = 0, summary: String,
    description: String = "", url: String? = nil, status: Status = .confirmed, isTransparent: Bool = false,
    categories: [String] = [], organizer: Organizer? = nil, location: String? = nil, contact: String? = nil,
    additional: [ExtensionProperty] = []
  ) {
    self.uid = uid
    self.span = span
    self.stamp = stamp
    self.created = created
    self.sequence = sequence
    self.summary = summary
    self.description = description
    self.url = url
    self.status = status
    self.isTransparent = isTransparent
    self.categories = categories
    self.organizer = organizer
    self.location = location
    self.contact = contact
    self.additional = additional
  }

  package var busyStatus: BusyStatus { isTransparent ? .free : .busy }
}

/// A property of one's own: its name begins with `X-`, its value is TEXT (RFC 5545, section 3.8.8.2).
package struct ExtensionProperty: Hashable, Sendable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  func write(to writer: inout ContentLineWriter) throws(ContentLineError) {
    guard name.utf8.count > 2, name.utf8.starts(with: "X-".utf8) else {
      throw ContentLineError(property: name, reason: .badName)
    }
    try writer.text(name, value)
  }
}

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
