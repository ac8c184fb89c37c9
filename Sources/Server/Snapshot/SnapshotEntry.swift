import CivilTime
import Gzip
import NIOCore
import Register
import Site

/// One published file as it is sent: both encodings, with the heads of the answers ready but for the date.
final class SnapshotEntry: Sendable {
  /// What is sent, whatever carries it.
  enum Variant: Sendable {
    case identity, gzip, notModified
  }

  let path: String
  let mediaType: String
  /// Strong, without quotes; that of the compressed form ends with `.gz`, since its bytes are others (RFC 9110, 8.8.3).
  let tag: String
  let lastModified: Instant
  let body: ByteBuffer
  /// Nil where compression gains nothing.
  let gzip: ByteBuffer?
  /// Until when this may be sent without a look at the clock's effect on it; the register's changes are another matter.
  let freshUntil: NIODeadline
  let source: SiteFile.Source
  /// Status line and header fields, up to the date.
  private let heads: (identity: ByteBuffer, gzip: ByteBuffer, notModified: ByteBuffer, notModifiedGzip: ByteBuffer)

  /// Below this many octets a packet is not saved.
  private static let worthCompressing = 860

  /// `lastModified` is that of `older` where the bytes are the same.
  init(
    _ path: String, mediaType: String, bytes: [UInt8], source: SiteFile.Source, lastModified: Instant,
    older: SnapshotEntry?, freshUntil: NIODeadline, isPrivate: Bool = false
  ) throws {
    self.path = path
    self.mediaType = mediaType
    self.source = source
    self.freshUntil = freshUntil
    let tag = String(Digest.sha256(bytes).prefix(32))
    let isSame = older?.tag == tag
    self.tag = tag
    self.lastModified = isSame ? older?.lastModified ?? lastModified : lastModified
    if isSame, let older {
      body = older.body
      gzip = older.gzip
    } else {
      body = ByteBuffer(bytes: bytes)
      let isWorth = bytes.count >= SnapshotEntry.worthCompressing
      let compressed = isWorth ? try GzipStream.compressed(bytes, level: 6) : []
      gzip = isWorth && compressed.count < bytes.count ? ByteBuffer(bytes: compressed) : nil
    }
    let common = SnapshotEntry.fields(
      mediaType: mediaType, lastModified: self.lastModified, isPrivate: isPrivate,
      isPage: mediaType.hasPrefix("text/html"))
    func head(_ status: String, _ own: [(String, String)]) -> ByteBuffer {
      var text = "HTTP/1.1 \(status)\r\n"
      for (name, value) in own + common { text += "\(name): \(value)\r\n" }
      return ByteBuffer(string: text)
    }
    let length = body.readableBytes
    let compressedLength = gzip?.readableBytes ?? 0
    heads = (
      head("200 OK", [("etag", "\"\(tag)\""), ("content-type", mediaType), ("content-length", "\(length)")]),
      head(
        "200 OK",
        [
          ("etag", "\"\(tag).gz\""), ("content-type", mediaType), ("content-length", "\(compressedLength)"),
          ("content-encoding", "gzip"),
        ]),
      head("304 Not Modified", [("etag", "\"\(tag)\"")]),
      head("304 Not Modified", [("etag", "\"\(tag).gz\"")])
    )
  }

  /// Octets of both forms.
  var size: Int { body.readableBytes + (gzip?.readableBytes ?? 0) }

  /// What calendars and feed readers poll.
  var isFeed: Bool { path.contains("/feeds/") }

  /// The bytes of a status line and its fields, and the body that follows; nil for `HEAD` and 304.
  func answer(_ variant: Variant, acceptsGzip: Bool) -> (head: ByteBuffer, body: ByteBuffer?) {
    switch variant {
    case .identity: (heads.identity, body)
    case .gzip: (heads.gzip, gzip)
    case .notModified: (acceptsGzip && gzip != nil ? heads.notModifiedGzip : heads.notModified, nil)
    }
  }

  /// What a request with these fields is sent. Source: RFC 9110, sections 12.5.3, 13.1.2, 13.1.3 and 13.2.2.
  func variant(ifNoneMatch: [String], ifModifiedSince: String?, acceptsGzip: Bool) -> Variant {
    if !ifNoneMatch.isEmpty {
      if ifNoneMatch.contains(where: matches) { return .notModified }
    } else if let ifModifiedSince, let since = HTTPDate.instant(ifModifiedSince), lastModified <= since {
      return .notModified
    }
    return acceptsGzip && gzip != nil ? .gzip : .identity
  }

  /// Whether a list of entity tags names this content; weak comparison.
  private func matches(_ list: String) -> Bool {
    if list == "*" { return true }
    return list.split(separator: ",").contains { item in
      var text = item.drop { $0 == " " || $0 == "\t" }
      while text.last == " " || text.last == "\t" { text.removeLast() }
      if text.hasPrefix("W/") { text = text.dropFirst(2) }
      guard text.count >= 2, text.first == "\"", text.last == "\"" else { return false }
      let opaque = text.dropFirst().dropLast()
      return opaque == tag || opaque == tag + ".gz"
    }
  }

  private static func fields(
    mediaType: String, lastModified: Instant, isPrivate: Bool, isPage: Bool
  ) -> [(String, String)] {
    var fields = [
      ("last-modified", HTTPDate.text(lastModified)),
      // Polling clients ask each time; the answer is a 304 of a few octets, and never an old plan.
      ("cache-control", isPrivate ? "private, no-cache" : "public, no-cache"), ("vary", "accept-encoding"),
    ]
    fields += SecurityFields.all
    if isPrivate {
      fields.append(("x-robots-tag", "noindex"))
    } else if !isPage {
      fields.append(("access-control-allow-origin", "*"))
      fields.append(("access-control-expose-headers", "etag, last-modified"))
    }
    if isPage { fields.append(("content-security-policy", SecurityFields.pagePolicy)) }
    return fields
  }
}

/// What every answer says to browsers.
enum SecurityFields {
  static let all = [
    ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("x-frame-options", "DENY"),
  ]

  /// The pages have no script and load nothing but their stylesheet.
  static let pagePolicy =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}
