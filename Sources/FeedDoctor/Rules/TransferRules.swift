import Wording

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
  package var isDecoded = false

  /// - Parameter header: the value of a header of the answer, nil where it was missing.
  package init(
    address: String, finalAddress: String? = nil, status: Int, bodyLength: Int? = nil, header: (String) -> String?
  ) {
    self.address = address
    self.finalAddress = finalAddress ?? address
    self.status = status
    self.bodyLength = bodyLength
    contentType = header("Content-Type")
    etag = header("ETag")
    lastModified = header("Last-Modified")
    contentLength = header("Content-Length").flatMap(Int.init)
    cacheControl = header("Cache-Control")
    setsCookie = header("Set-Cookie") != nil
    robots = header("X-Robots-Tag")
  }
}

/// How the feed was sent. Source: RFC 9110, sections 8 and 9.3.2; RFC 9111, section 5.2.2; RFC 5545, section 8.1.
enum TransferRules {
  static func check(_ facts: HTTPFacts, into report: inout Report) {
    if !(200...299).contains(facts.status) {
      report.add(facts.status == 404 || facts.status == 410 ? .httpGone : .httpStatus, nil, "\(facts.status)")
    }
    type(facts, &report)
    validators(facts, &report)
    redirect(facts, &report)
    if let length = facts.contentLength, let body = facts.bodyLength, !facts.isDecoded, body < length {
      report.add(.httpBodyCut, nil, "\(body) < \(length)")
    }
    if let head = facts.headStatus, !(200...299).contains(head) { report.add(.httpHeadRefused, nil, "\(head)") }
    let directives = (facts.cacheControl ?? "").lowercased()
    if directives.contains("no-store") { report.add(.httpNoStore, nil, directives) }
    if facts.setsCookie { report.add(.httpCookie, nil) }
    if let robots = facts.robots?.lowercased(), robots.contains("noindex") || robots.contains("none") {
      report.add(.httpRobots, nil, robots)
    }
  }

  private static func type(_ facts: HTTPFacts, _ report: inout Report) {
    let parts = (facts.contentType ?? "").lowercased().split(separator: ";")
      .map { String(String.UnicodeScalarView($0.unicodeScalars.filter { $0 != " " && $0 != "\"" })) }
    if parts.first != "text/calendar" {
      report.add(.httpContentType, nil, facts.contentType ?? "")
    } else if let charset = parts.first(where: { $0.hasPrefix("charset=") }) {
      if charset != "charset=utf-8" { report.add(.httpCharset, nil, charset) }
    } else {
      report.add(.httpCharset, nil, facts.contentType ?? "")
    }
    let path = facts.address.prefix { $0 != "?" && $0 != "#" }
    if !path.lowercased().hasSuffix(".ics") { report.add(.httpAddressSuffix, nil, facts.address) }
  }

  private static func validators(_ facts: HTTPFacts, _ report: inout Report) {
    if let etag = facts.etag {
      if etag.hasPrefix("W/") { report.add(.httpWeakETag, nil, etag) }
    } else {
      report.add(.httpNoETag, nil)
    }
    if facts.lastModified == nil { report.add(.httpNoLastModified, nil) }
    if let status = facts.conditionalStatus, status != 304, facts.etag != nil || facts.lastModified != nil {
      report.add(.httpNotConditional, nil, "\(status)")
    }
  }

  private static func redirect(_ facts: HTTPFacts, _ report: inout Report) {
    guard let asked = parts(facts.address), let answered = parts(facts.finalAddress) else { return }
    if asked.scheme != answered.scheme {
      // From http to https is an improvement; the way back gives the feed away.
      let isWorse = answered.scheme == "http"
      report.add(
        .httpRedirectScheme, nil, "\(asked.scheme) → \(answered.scheme)", severity: isWorse ? .warning : .note)
    }
    if asked.host != answered.host { report.add(.httpRedirectHost, nil, "\(asked.host) → \(answered.host)") }
    if answered.scheme == "http", asked.scheme == "http" { report.add(.httpNotEncrypted, nil, facts.address) }
  }

  /// Scheme (webcal counts as https) and host with port, in small letters.
  private static func parts(_ address: String) -> (scheme: String, host: String)? {
    let lower = address.lowercased()
    guard let range = lower.firstRange(of: "://") else { return nil }
    let host = lower[range.upperBound...].prefix { !"/?#".contains($0) }
    let scheme = String(lower[..<range.lowerBound])
    return (scheme == "webcal" || scheme == "webcals" ? "https" : scheme, String(host))
  }
}

extension FindingCode {
  static let transfer: [FindingCode] = [
    httpStatus, httpGone, httpPageInstead, httpContentType, httpCharset, httpAddressSuffix, httpNoETag, httpWeakETag,
    httpNoLastModified, httpNotConditional, httpHeadRefused, httpBodyCut, httpRedirectScheme, httpRedirectHost,
    httpNotEncrypted, httpNoStore, httpCookie, httpRobots,
  ]

  static let httpStatus = FindingCode(
    "http_status", .error, "RFC 9110, 15",
    "The server answered with an error; serve the last good copy.",
    "Le serveur a répondu par une erreur ; servez la dernière bonne copie.",
    (.disablesCalendar, .source, [.thunderbird]))
  static let httpGone = FindingCode(
    "http_gone", .error, "RFC 9110, 15.5.5",
    "There is nothing at this address (any more); keep the address for good, or redirect it.",
    "Il n’y a (plus) rien à cette adresse ; gardez l’adresse pour toujours, ou redirigez-la.")
  static let httpPageInstead = FindingCode(
    "http_page_instead", .error, "RFC 9110, 15.3.1",
    "The server answered 200 with an HTML page (a login or an error page?); answer with an error status, or with the "
      + "last good copy.",
    "Le serveur a répondu 200 avec une page HTML (connexion ou erreur ?) ; répondez par un code d’erreur, ou par la "
      + "dernière bonne copie.",
    (.refusesFeed, .measured, Reader.parsers), (.emptiesCalendar, .measured, [.evolution]),
    (.losesEvents, .measured, [.calcurse]))
  static let httpContentType = FindingCode(
    "http_content_type", .warning, "RFC 5545, 8.1",
    "Content-Type is not text/calendar; send text/calendar; charset=utf-8.",
    "Content-Type n’est pas text/calendar ; envoyez text/calendar; charset=utf-8.")
  static let httpCharset = FindingCode(
    "http_charset", .warning, "RFC 5545, 8.1",
    "Content-Type does not say charset=utf-8.",
    "Content-Type ne dit pas charset=utf-8.")
  static let httpAddressSuffix = FindingCode(
    "http_address_suffix", .note, "RFC 5545, 8.1",
    "The address does not end in .ics, by which some clients tell a calendar.",
    "L’adresse ne finit pas par .ics, à quoi des clients reconnaissent un calendrier.")
  static let httpNoETag = FindingCode(
    "http_no_etag", .warning, "RFC 9110, 8.8.3",
    "There is no ETag; every client fetches the whole feed each time.",
    "Il n’y a pas d’ETag ; chaque client relit tout le flux à chaque fois.")
  static let httpWeakETag = FindingCode(
    "http_weak_etag", .note, "RFC 9110, 8.8.1",
    "The ETag is weak; a strong one lets clients compare bytes.",
    "L’ETag est faible ; un ETag fort permet de comparer les octets.")
  static let httpNoLastModified = FindingCode(
    "http_no_last_modified", .note, "RFC 9110, 8.8.2",
    "There is no Last-Modified.",
    "Il n’y a pas de Last-Modified.")
  static let httpNotConditional = FindingCode(
    "http_not_conditional", .warning, "RFC 9110, 13.1",
    "The server does not answer 304 to its own ETag or Last-Modified.",
    "Le serveur ne répond pas 304 à son propre ETag ou Last-Modified.")
  static let httpHeadRefused = FindingCode(
    "http_head_refused", .error, "RFC 9110, 9.3.2",
    "The server refuses HEAD, which Thunderbird asks first; answer it like GET, without a body.",
    "Le serveur refuse HEAD, que Thunderbird demande d’abord ; répondez-y comme à GET, sans corps.",
    (.disablesCalendar, .source, [.thunderbird]))
  static let httpBodyCut = FindingCode(
    "http_body_cut", .error, "RFC 9110, 8.6",
    "The body is shorter than Content-Length: the transfer was cut.",
    "Le corps est plus court que Content-Length : le transfert a été coupé.",
    (.emptiesCalendar, .source, [.thunderbird]), (.emptiesCalendar, .measured, [.evolution]))
  static let httpRedirectScheme = FindingCode(
    "http_redirect_scheme", .warning, "RFC 9110, 15.4",
    "The address redirects to another scheme; publish the final address, over https.",
    "L’adresse redirige vers un autre schéma ; publiez l’adresse finale, en https.",
    (.mayDiffer, .document, [.appleCalendar]))
  static let httpRedirectHost = FindingCode(
    "http_redirect_host", .warning, "RFC 9110, 15.4",
    "The address redirects to another host (a login?); publish the final address.",
    "L’adresse redirige vers un autre hôte (connexion ?) ; publiez l’adresse finale.")
  static let httpNotEncrypted = FindingCode(
    "http_not_encrypted", .warning, "RFC 9110, 4.2.2",
    "The feed is sent without encryption; use https.",
    "Le flux est envoyé sans chiffrement ; prenez https.",
    (.mayDiffer, .document, [.appleCalendar]))
  static let httpNoStore = FindingCode(
    "http_no_store", .warning, "RFC 9111, 5.2.2.5",
    "Cache-Control: no-store forbids clients to keep the feed, so that nothing is shown offline.",
    "Cache-Control: no-store interdit aux clients de garder le flux, rien ne s’affiche donc hors ligne.")
  static let httpCookie = FindingCode(
    "http_cookie", .warning, "RFC 6265, 3",
    "The server sets a cookie, which calendar programs do not keep; send none.",
    "Le serveur pose un cookie, que les agendas ne gardent pas ; n’en envoyez pas.")
  static let httpRobots = FindingCode(
    "http_robots", .warning, "RFC 9309, 2",
    "X-Robots-Tag keeps robots out, Google Calendar’s importer perhaps among them.",
    "X-Robots-Tag écarte les robots, peut-être aussi l’importateur de Google Agenda.",
    (.refusesFeed, .anecdote, [.googleCalendar]))
}
