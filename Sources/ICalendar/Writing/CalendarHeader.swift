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
