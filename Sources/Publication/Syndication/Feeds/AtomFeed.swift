import CivilTime
import Planning
import Wording

/// Writes a feed as Atom 1.0 (RFC 4287), media type `application/atom+xml`.
package enum AtomFeed {
  /// The same bytes for the same feed. `address` is where the feed itself is served.
  package static func render(_ feed: SyndicationFeed, address: String) -> [UInt8] {
    var lines = [
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
      "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"\(feed.language.rawValue)\">",
      "  " + element("title", feed.title), "  " + element("subtitle", feed.subtitle), "  " + element("id", feed.id),
      "  " + element("updated", TimeText.utc(feed.updated)),
      "  " + link("self", "application/atom+xml", address), "  " + link("alternate", "text/html", feed.home),
      "  <author>", "    " + element("name", feed.author.name),
    ]
    if let address = feed.author.address { lines.append("    " + element("uri", address)) }
    lines += ["    " + element("email", feed.author.email), "  </author>"]
    for entry in feed.entries { lines += self.entry(entry, language: feed.language) }
    lines += ["</feed>", ""]
    return Array(lines.joined(separator: "\n").utf8)
  }

  private static func entry(_ entry: SyndicationEntry, language: Language) -> [String] {
    let moment = TimeText.utc(entry.published)
    let html = EntryBody.html(entry, colon: language.colon)
    return [
      "  <entry>", "    " + element("title", entry.title), "    " + element("id", entry.id),
      "    " + link("alternate", "text/html", entry.address), "    " + element("published", moment),
      "    " + element("updated", moment),
      "    <category term=\"\(entry.kind.rawValue)\" label=\"\(HTMLText.escaped(entry.kindName))\"/>",
      "    " + element("summary", entry.lead),
      // Escaped twice: as HTML inside, as XML outside (RFC 4287, section 3.1.1.2).
      "    <content type=\"html\">\(HTMLText.escaped(html))</content>", "  </entry>",
    ]
  }

  /// Text constructs without `type` are plain text (RFC 4287, section 3.1.1).
  private static func element(_ name: StaticString, _ text: String) -> String {
    "<\(name)>\(HTMLText.escaped(text))</\(name)>"
  }

  private static func link(_ relation: StaticString, _ type: StaticString, _ address: String) -> String {
    "<link rel=\"\(relation)\" type=\"\(type)\" href=\"\(HTMLText.escaped(address))\"/>"
  }
}
