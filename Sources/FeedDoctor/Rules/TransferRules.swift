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
