import CivilTime
import JSONText
import Planning
import Wording

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
      "content_html": .string(EntryBody.html(entry, colon: language.colon)),
      "content_text": .string(EntryBody.text(entry, colon: language.colon)),
      "summary": .string(entry.lead),
      "date_published": .string(moment),
      "date_modified": .string(moment),
      "tags": [.string(entry.kind.rawValue)],
      "language": .string(language.rawValue),
    ])
  }
}
