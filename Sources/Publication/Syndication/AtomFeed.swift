import CivilTime
import JSONText
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
    let html = EntryBody.html(entry, language)
    return [
      "  <entry>", "    " + element("title", entry.title), "    " + element("id", entry.id),
      "    " + link("alternate", "text/html", entry.address), "    " + element("published", moment),
      "    " + element("updated", moment),
      "    <category term=\"\(entry.category)\" label=\"\(HTMLText.escaped(entry.categoryName))\"/>",
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

/// Writes a feed as JSON Feed 1.1 (jsonfeed.org/version/1.1), media type `application/feed+json`.
package enum JSONFeed {
  /// The same bytes for the same feed. `address` is where the feed itself is served.
  package static func render(_ feed: SyndicationFeed, address: String) -> [UInt8] {
    let json = JSON.members([
      "version": "https://jsonfeed.org/version/1.1",
      "title": .string(feed.title),
      "home_page_url": .string(feed.home),
      "feed_url": .string(address),
      "description": .string(feed.subtitle),
      "language": .string(feed.language.rawValue),
      // A mail address is a valid URL of an author, and the one that clients can answer to.
      "authors": [
        .members([
          "name": .string(feed.author.name), "url": .string(feed.author.address ?? "mailto:\(feed.author.email)"),
        ])
      ],
      "items": .array(feed.entries.map { item($0, language: feed.language) }),
    ])
    return Array((json.prettyText + "\n").utf8)
  }

  private static func item(_ entry: SyndicationEntry, language: Language) -> JSON {
    let moment = TimeText.utc(entry.published)
    return .members([
      "id": .string(entry.id),
      "url": .string(entry.address),
      "title": .string(entry.title),
      "content_html": .string(EntryBody.html(entry, language)),
      "content_text": .string(EntryBody.text(entry, colon: language.colon)),
      "summary": .string(entry.lead),
      "date_published": .string(moment),
      "date_modified": .string(moment),
      "tags": [.string(entry.category)],
      "language": .string(language.rawValue),
    ])
  }
}

/// Writes a feed as RSS 2.0 (rssboard.org/rss-specification), media type `application/rss+xml`: what readers of status
/// pages look for beside Atom.
package enum RSSFeed {
  /// The same bytes for the same feed. `address` is where the feed itself is served.
  package static func render(_ feed: SyndicationFeed, address: String) -> [UInt8] {
    var lines = [
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
      "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\">", "  <channel>",
      "    " + element("title", feed.title), "    " + element("link", feed.home),
      "    <atom:link rel=\"self\" type=\"application/rss+xml\" href=\"\(HTMLText.escaped(address))\"/>",
      "    " + element("description", feed.subtitle), "    " + element("language", feed.language.rawValue),
      "    " + element("lastBuildDate", InternetDate.http(feed.updated)),
    ]
    for entry in feed.entries {
      lines += [
        "    <item>", "      " + element("title", entry.title), "      " + element("link", entry.address),
        "      <guid isPermaLink=\"false\">\(HTMLText.escaped(entry.id))</guid>",
        "      " + element("pubDate", InternetDate.http(entry.published)),
        "      " + element("category", entry.categoryName),
        "      " + element("description", EntryBody.html(entry, feed.language)), "    </item>",
      ]
    }
    lines += ["  </channel>", "</rss>", ""]
    return Array(lines.joined(separator: "\n").utf8)
  }

  private static func element(_ name: StaticString, _ text: String) -> String {
    "<\(name)>\(HTMLText.escaped(text))</\(name)>"
  }
}

/// The body of an entry as text and as HTML.
enum EntryBody {
  static func text(_ entry: SyndicationEntry, colon: String) -> String {
    var blocks: [[String]] = []
    if let simulation = entry.simulation { blocks.append([simulation]) }
    blocks.append([entry.lead])
    blocks.append(entry.differences.map { "\($0.name)\(colon) \($0.before) → \($0.after)" })
    blocks.append(entry.facts.map { "\($0.name)\(colon) \($0.value)" })
    blocks.append(entry.description.isEmpty ? [] : [entry.description])
    blocks.append([entry.reference])
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
  }

  /// Paragraphs and lists only, which every reader keeps; what stood before is struck out.
  static func html(_ entry: SyndicationEntry, _ page: Language) -> String {
    var result = ""
    let colon = page.colon
    func paragraph(_ text: String) { result += "<p>\(lines(text))</p>" }
    /// Text in another language than the entry says so (WCAG 2.2, 3.1.2).
    func lang(_ language: Language?) -> String {
      language.flatMap { $0 == page ? nil : " lang=\"\($0.rawValue)\"" } ?? ""
    }
    func worded(_ text: String, _ language: Language?) -> String {
      let (text, lang) = (HTMLText.escaped(text), lang(language))
      return lang.isEmpty ? text : "<span\(lang)>\(text)</span>"
    }
    func list(_ items: [String]) {
      if !items.isEmpty { result += "<ul>" + items.map { "<li>\($0)</li>" }.joined() + "</ul>" }
    }
    if let simulation = entry.simulation { result += "<p><strong>\(lines(simulation))</strong></p>" }
    paragraph(entry.lead)
    list(
      entry.differences.map {
        "<strong>\(HTMLText.escaped($0.name))\(colon)</strong> <del>\(worded($0.before, $0.beforeLanguage))</del> → "
          + "<ins>\(worded($0.after, $0.afterLanguage))</ins>"
      })
    list(entry.facts.map { "<strong>\(HTMLText.escaped($0.name))\(colon)</strong> \(worded($0.value, $0.language))" })
    for block in paragraphs(entry.description) { result += "<p\(lang(entry.descriptionLanguage))>\(lines(block))</p>" }
    result += "<p><small>\(HTMLText.escaped(entry.reference))</small></p>"
    return result
  }

  private static func lines(_ text: String) -> String {
    HTMLText.escaped(text).split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "<br>")
  }

  /// Pieces between empty lines.
  private static func paragraphs(_ text: String) -> [String] {
    var result: [[Substring]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        result.append([])
      } else {
        result[result.count - 1].append(line)
      }
    }
    return result.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
  }
}
