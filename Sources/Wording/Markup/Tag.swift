/// The elements that pages and pictures use. Nothing that runs, embeds or styles is among them, so that they work under
/// `Content-Security-Policy: default-src 'none'; style-src 'self'`; `Markup.stylesheet` is for documents that stand alone.
package enum Tag: String, CaseIterable, Sendable {
  case html, head, meta, title, link, body
  case header, nav, main, footer, section, article, div
  case h1, h2, h3, p, ul, ol, li, dl, dt, dd, details, summary
  case a, span, strong, del, time, code, bdi
  case table, caption, thead, tbody, tr, th, td
  case svg, g, defs, pattern, desc, rect, line, circle, path, text

  /// Source: HTML Living Standard, section 13.1.2 (void elements).
  package var isVoid: Bool { self == .meta || self == .link }

  /// Whether a line break after the start tag changes nothing that is shown.
  package var isBlock: Bool {
    switch self {
    case .html, .head, .body, .header, .nav, .main, .footer, .section, .article, .div, .ul, .ol, .dl, .table, .thead,
      .tbody, .tr, .details:
      true
    default: false
    }
  }

  /// Whether a line break after the end tag changes nothing that is shown.
  package var endsLine: Bool {
    switch self {
    case .meta, .title, .link, .h1, .h2, .h3, .p, .li, .dt, .dd, .summary, .caption, .th, .td: true
    default: isBlock
    }
  }
}
