import Testing

@testable import FeedDoctor

/// How a feed is sent. Source: RFC 9110, RFC 9111, RFC 5545 section 8.1.
@Suite struct TransferTests {
  static let good: HTTPFacts = {
    let headers = [
      "Content-Type": "text/calendar; charset=utf-8", "ETag": "\"abc\"",
      "Last-Modified": "Thu, 01 Jan 2026 09:00:00 GMT", "Content-Length": "700", "Cache-Control": "max-age=300",
    ]
    var facts = HTTPFacts(
      address: "https://exemple.fr/maintenance.ics", status: 200, bodyLength: 700, header: { headers[$0] })
    facts.headStatus = 200
    facts.conditionalStatus = 304
    return facts
  }()

  @Test func `a feed that is sent well has no finding`() throws {
    #expect(try Feeds.examine("good/base.ics", http: Self.good).codes == [])
  }

  /// One fault, and the code that tells it.
  struct Case: Sendable {
    var code: FindingCode
    var change: @Sendable (inout HTTPFacts) -> Void

    init(_ code: FindingCode, _ change: @escaping @Sendable (inout HTTPFacts) -> Void) {
      self.code = code
      self.change = change
    }
  }

  static let cases = [
    Case(.httpStatus) { $0.status = 503 },
    Case(.httpGone) { $0.status = 404 },
    Case(.httpContentType) { $0.contentType = "text/plain; charset=utf-8" },
    Case(.httpContentType) { $0.contentType = nil },
    Case(.httpCharset) { $0.contentType = "text/calendar" },
    Case(.httpCharset) { $0.contentType = "text/calendar; charset=iso-8859-1" },
    Case(.httpAddressSuffix) {
      $0.address = "https://exemple.fr/feed?x.ics"
      $0.finalAddress = $0.address
    },
    Case(.httpNoETag) { $0.etag = nil },
    Case(.httpWeakETag) { $0.etag = "W/\"abc\"" },
    Case(.httpNoLastModified) { $0.lastModified = nil },
    Case(.httpNotConditional) { $0.conditionalStatus = 200 },
    Case(.httpHeadRefused) { $0.headStatus = 405 },
    Case(.httpBodyCut) { $0.bodyLength = 600 },
    Case(.httpRedirectScheme) { $0.finalAddress = "http://exemple.fr/maintenance.ics" },
    Case(.httpRedirectHost) { $0.finalAddress = "https://login.exemple.fr/maintenance.ics" },
    Case(.httpNotEncrypted) {
      $0.address = "http://exemple.fr/maintenance.ics"
      $0.finalAddress = $0.address
    },
    Case(.httpNoStore) { $0.cacheControl = "private, no-store" },
    Case(.httpCookie) { $0.setsCookie = true },
    Case(.httpRobots) { $0.robots = "noindex" },
  ]

  @Test(arguments: cases)
  func `each fault of the transfer is found alone`(fault: Case) throws {
    var facts = Self.good
    fault.change(&facts)
    #expect(try Feeds.examine("good/base.ics", http: facts).findings.map(\.code) == [fault.code])
  }

  @Test func `an address in other letters, webcal and a decoded body are no fault`() throws {
    var facts = Self.good
    facts.address = "webcal://Exemple.fr/maintenance.ICS"
    facts.bodyLength = 100
    facts.isDecoded = true
    facts.contentType = "Text/Calendar;charset=\"UTF-8\""
    #expect(try Feeds.examine("good/base.ics", http: facts).codes == [])
  }

  @Test func `an HTML page with status 200 is worse than one with status 503`() throws {
    var facts = Self.good
    #expect(try Feeds.examine("bad/html.ics", http: facts).codes == ["http_page_instead@0"])
    facts.status = 503
    #expect(try Feeds.examine("bad/html.ics", http: facts).codes == ["http_status@0", "looks_like_html@0"])
  }

  @Test func `a redirect from http to https is a note`() throws {
    var facts = Self.good
    facts.address = "http://exemple.fr/maintenance.ics"
    #expect(try Feeds.examine("good/base.ics", http: facts).findings.map(\.severity) == [.note])
  }
}
