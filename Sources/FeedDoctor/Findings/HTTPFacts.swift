package import CivilTime

/// What is known of how a feed was fetched. Header values as they were sent; nil where the header was missing.
package struct HTTPFacts: Hashable, Sendable {
  /// The address that was asked for, and the one that answered in the end.
  package var address: String
  package var finalAddress: String
  package var status: Int
  package var contentType: String?
  package var etag: String?
  package var lastModified: String?
  package var contentLength: Int?
  package var cacheControl: String?
  package var setsCookie: Bool
  /// Status of a HEAD request, nil when none was made.
  package var headStatus: Int?
  /// Status of a second GET with the validators of the first, nil when none was made.
  package var conditionalStatus: Int?
  /// The `X-Robots-Tag` header.
  package var robots: String?
  /// Octets of the body that came.
  package var bodyLength: Int?
  /// Whether the body was decoded from a content coding, so that its length and `Content-Length` differ.
  package var isDecoded: Bool

  package init(
    address: String, finalAddress: String? = nil, status: Int, contentType: String? = nil, etag: String? = nil,
    lastModified: String? = nil, contentLength: Int? = nil, cacheControl: String? = nil, setsCookie: Bool = false,
    headStatus: Int? = nil, conditionalStatus: Int? = nil, robots: String? = nil, bodyLength: Int? = nil,
    isDecoded: Bool = false
  ) {
    self.address = address
    self.finalAddress = finalAddress ?? address
    self.status = status
    self.contentType = contentType
    self.etag = etag
    self.lastModified = lastModified
    self.contentLength = contentLength
    self.cacheControl = cacheControl
    self.setsCookie = setsCookie
    self.headStatus = headStatus
    self.conditionalStatus = conditionalStatus
    self.robots = robots
    self.bodyLength = bodyLength
    self.isDecoded = isDecoded
  }
}

/// What the doctor cannot know from the bytes.
package struct Surroundings: Sendable {
  /// The present, to tell times that lie in the future; nil leaves those rules out.
  package var now: Instant?
  /// The zones that a VTIMEZONE is compared with, by name.
  package var zones: [String: ZoneRules]

  package init(now: Instant? = nil, zones: [ZoneRules] = []) {
    self.now = now
    self.zones = Dictionary(zones.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
