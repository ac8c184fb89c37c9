import API
import CivilTime
import NIOCore
import Publication
import Register

/// One published file as it is sent: both encodings, with the heads of the answers ready but for the date.
final class SnapshotEntry: Sendable {
  /// What is sent, whatever carries it.
  enum Variant: Sendable {
    case identity, gzip
    /// With the tag of what the client has.
    case notModified(gzip: Bool)
  }

  /// What of an entry outlives it.
  struct Trace: Sendable {
    let tag: String
    let lastModified: Instant
    /// Of feeds, which are asked for again and again.
    let gzip: [ByteBuffer]?
  }

  /// What follows the head of an answer.
  enum Body {
    case nothing
    case octets([ByteBuffer])
    /// Made of them one by one while it is sent.
    case blocks([PackedText.Block])
  }

  let path: String
  /// By which it is asked for.
  let target: String
  let mediaType: String
  let lastModified: Instant
  let text: PackedText
  /// Until when this may be sent without a look at the clock's effect on it; the register's changes are another matter.
  let freshUntil: NIODeadline
  let source: SiteFile.Source
  private let quoted: (identity: String, gzip: String)
  private let head: Head
  private let heads: (identity: ByteBuffer, gzip: ByteBuffer, notModified: ByteBuffer, notModifiedGzip: ByteBuffer)

  /// `lastModified` is that of `older` where the bytes are the same, and later than it where they are not: two contents
  /// of one second would be one to a client that asks by time alone (RFC 9110, 8.8.2.2).
  init(
    _ path: String, mediaType: String, text: PackedText, source: SiteFile.Source, lastModified: Instant,
    older: Trace?, freshUntil: NIODeadline, isPrivate: Bool = false
  ) {
    self.path = path
    target = "/" + path
    self.mediaType = mediaType
    self.source = source
    self.freshUntil = freshUntil
    self.text = text
    let isSame = older?.tag == text.tag
    quoted = ("\"\(text.tag)\"", "\"\(text.tag).gz\"")
    self.lastModified =
      older.map { isSame ? $0.lastModified : max(lastModified, $0.lastModified + Elapsed(seconds: 1)) } ?? lastModified
    let head = Head(
      tag: text.tag, mediaType: mediaType, length: text.length, gzipLength: text.gzipLength,
      common: SnapshotEntry.fields(
        mediaType: mediaType, lastModified: self.lastModified, isPrivate: isPrivate,
        isPage: mediaType.hasPrefix("text/html"), hasForm: path.hasSuffix("/\(PortalPaths.subscribe)")))
    self.head = head
    heads = (
      head.octets(.identity), head.octets(.gzip), head.octets(.notModified(gzip: false)),
      head.octets(.notModified(gzip: true))
    )
  }

  /// What stands above the body, up to the date: as fields, and as octets for the connections that need no more.
  private struct Head {
    let tag: String
    let mediaType: String
    let length: Int
    let gzipLength: Int
    let common: [(String, String)]

    func fields(_ variant: Variant) -> [(String, String)] {
      switch variant {
      case .identity:
        [("etag", "\"\(tag)\""), ("content-type", mediaType), ("content-length", "\(length)")] + common
      case .gzip:
        [
          ("etag", "\"\(tag).gz\""), ("content-type", mediaType), ("content-length", "\(gzipLength)"),
          ("content-encoding", "gzip"),
        ] + common
      case .notModified(let gzip): [("etag", gzip ? "\"\(tag).gz\"" : "\"\(tag)\"")] + common
      }
    }

    func octets(_ variant: Variant) -> ByteBuffer {
      let status = if case .notModified = variant { "304 Not Modified" } else { "200 OK" }
      return ByteBuffer(
        string: "HTTP/1.1 \(status)\r\n" + fields(variant).map { "\($0): \($1)\r\n" }.joined())
    }
  }

  /// The fields of an answer but for the date.
  func fields(_ variant: Variant) -> [(String, String)] { head.fields(variant) }

  /// Strong, without quotes; that of the compressed form ends with `.gz`, since its bytes are others (RFC 9110, 8.8.3).
  var tag: String { text.tag }

  var trace: Trace {
    Trace(tag: tag, lastModified: lastModified, gzip: isFeed && text.whole != nil ? text.gzip : nil)
  }

  /// What calendars and feed readers poll.
  var isFeed: Bool { path.contains("/feeds/") }

  /// What takes long to make from nothing.
  var isLasting: Bool { isFeed || text.whole == nil }

  /// The bytes of a status line and its fields, and the body that follows.
  func answer(_ variant: Variant) -> (head: ByteBuffer, body: Body) {
    switch variant {
    case .identity: (heads.identity, text.whole.map { .octets([$0]) } ?? .blocks(text.blocks))
    case .gzip: (heads.gzip, text.gzip.map(Body.octets) ?? .nothing)
    case .notModified(let gzip): (gzip ? heads.notModifiedGzip : heads.notModified, .nothing)
    }
  }

  /// What a request with these fields is sent. Source: RFC 9110, sections 12.5.3, 13.1.2, 13.1.3 and 13.2.2.
  func variant(ifNoneMatch: String?, ifModifiedSince: String?, acceptsGzip: Bool) -> Variant {
    let wantsGzip = acceptsGzip && text.gzip != nil
    if let ifNoneMatch {
      if let known = known(ifNoneMatch, wantsGzip: wantsGzip) { return .notModified(gzip: known) }
    } else if let ifModifiedSince, let since = InternetDate.instant(http: ifModifiedSince), lastModified <= since {
      return .notModified(gzip: wantsGzip)
    }
    return wantsGzip ? .gzip : .identity
  }

  /// Which form of this content a list of entity tags names: true for the compressed one, nil for none; weak comparison.
  private func known(_ list: String, wantsGzip: Bool) -> Bool? {
    // What nearly all send: the tag that they were given.
    if list == quoted.gzip { return true }
    if list == quoted.identity { return false }
    var found: Bool?
    for tag in EntityTag.named(in: list) {
      if tag == "*" { return wantsGzip }
      if tag == quoted.gzip { found = found == false && !wantsGzip ? false : true }
      if tag == quoted.identity { found = found == true && wantsGzip ? true : false }
    }
    return found
  }

  private static func fields(
    mediaType: String, lastModified: Instant, isPrivate: Bool, isPage: Bool, hasForm: Bool
  ) -> [(String, String)] {
    var fields = [
      ("last-modified", InternetDate.http(lastModified)),
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
    if isPage {
      fields.append(
        ("content-security-policy", hasForm ? SecurityFields.formPolicy : SecurityFields.pagePolicy))
    }
    return fields
  }
}

/// What every answer says to browsers.
enum SecurityFields {
  static let all = [
    ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("x-frame-options", "DENY"),
  ]

  /// The pages have no script and load nothing but their stylesheet.
  static let pagePolicy = policy(formAction: "'none'")
  /// Of a page with a button.
  static let formPolicy = policy(formAction: "'self'")

  private static func policy(formAction: String) -> String {
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action \(formAction); frame-ancestors 'none'"
  }
}
