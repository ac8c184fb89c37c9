import CivilTime
import Foundation
import JSONText
import Planning
import Testing
import Wording

@testable import Publication

#if canImport(FoundationXML)
  import FoundationXML
#endif

struct FeedFormatTests {
  private let address = "https://portal.example/feed?a=1&b=2"

  private func feed(
    _ histories: [PublishedHistory] = Samples.all, _ language: Language = .english
  ) -> SyndicationFeed {
    SyndicationFeed(histories, contract: Samples.contract(), language: language, isSimulation: false)
  }

  @Test("XML text keeps no markup, no end of CDATA, and no character that XML 1.0 cannot carry")
  func escaping() {
    // XML 1.0, section 2.2: #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF].
    #expect(HTMLText.escaped("a\u{0}b\u{8}c\u{B}d\u{1F}e\u{FFFE}f\u{FFFF}g\r") == "abcdefg\n")
    #expect(HTMLText.escaped("\t\n\u{20}\u{D7FF}\u{E000}\u{FFFD}\u{10000}").unicodeScalars.count == 7)
    #expect(HTMLText.escaped("]]>") == "]]&gt;")
    #expect(HTMLText.escaped("<a href=\"x\" b='y'>&") == "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;")
    // One Character to Swift, still markup to a parser.
    #expect(HTMLText.escaped("<\u{301}").unicodeScalars.elementsEqual("&lt;\u{301}".unicodeScalars))
  }

  @Test("Text is cleaned of controls, directional overrides and noncharacters, its line ends made line feeds")
  func cleaning() {
    #expect(CleanText.cleaned("a\r\nb\rc\u{2028}d\u{85}e") == "a\nb\nc\nd\ne")
    for value: UInt32 in [0, 0x7F, 0x9B, 0x202E, 0x2066, 0x061C, 0xFEFF, 0xFDD0, 0xFFFE, 0x1FFFE] {
      #expect(CleanText.cleaned("x\(Unicode.Scalar(value)!)y") == "xy")
    }
    #expect(CleanText.line(" a\nb\t\tc ") == "a b c")
  }

  @Test("Atom says who, what, where and when, as RFC 4287 demands")
  func atom() throws {
    let text = String(decoding: AtomFeed.render(feed(), address: address), as: UTF8.self)
    #expect(text.hasPrefix("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\""))
    let document = try XMLDocument(data: Data(text.utf8), options: [])
    let root = try #require(document.rootElement())
    func value(_ name: String, of element: XMLElement) -> String? { element.elements(forName: name).first?.stringValue }
    // FoundationXML's own look-up by name finds nothing in a document with a namespace.
    func attribute(_ name: String, of element: XMLElement) -> String? {
      element.attributes?.first { $0.name == name }?.stringValue
    }
    #expect(value("id", of: root) == "tag:portal.example,2021:hub:en")
    #expect(value("title", of: root) == "Hub – maintenance and updates")
    #expect(value("updated", of: root) == "2026-11-09T08:30:00Z")
    let links = root.elements(forName: "link").map { attribute("href", of: $0) }
    #expect(links == [address, "https://Portal.example:8443/maintenance"])
    let entries = root.elements(forName: "entry")
    #expect(entries.count == 15)
    let oldest = try #require(entries.last)
    #expect(value("published", of: oldest) == "2026-11-02T08:30:00Z")
    #expect(value("updated", of: oldest) == "2026-11-02T08:30:00Z")
    let category = try #require(oldest.elements(forName: "category").first)
    #expect(attribute("term", of: category) == "maintenance")
    #expect(
      value("content", of: oldest)?.contains(
        "<li><strong>Expected impact:</strong> “application” and “flux” components unavailable</li>") == true)
  }

  @Test("The same publications are the same bytes, in whatever order they come")
  func stable() {
    let (first, second) = (feed(), feed(Samples.all.reversed()))
    #expect(AtomFeed.render(first, address: address) == AtomFeed.render(second, address: address))
    #expect(JSONFeed.render(first, address: address) == JSONFeed.render(second, address: address))
  }

  @Test("JSON Feed tells the same entries as Atom, with text and HTML")
  func jsonFeed() throws {
    let json = try JSON(parsing: JSONFeed.render(feed(), address: address))
    #expect(json["version"]?.string == "https://jsonfeed.org/version/1.1")
    #expect(json["feed_url"]?.string == address)
    let items = try #require(json["items"]?.array)
    #expect(items.map { $0["id"]?.string } == feed().entries.map(\.id))
    #expect(items.last?["date_published"]?.string == "2026-11-02T08:30:00Z")
    #expect(
      items.last?["content_text"]?.string == """
        Planned maintenance of Hub will take place during the night of Saturday 5 to Sunday 6 December 2026, from 01:00 \
        to 03:00 (Paris time).

        When: night of Saturday 5 to Sunday 6 December 2026, 01:00 to 03:00
        Expected duration: 2\u{202F}h
        Expected impact: “application” and “flux” components unavailable
        Components: application and flux
        Kind: planned maintenance
        State: planned

        New engine.

        CHG-2026-0001 – version\u{A0}1, recorded on Monday 2 November 2026 at 09:30
        """)
  }

  @Test(
    "No hostile text becomes an element, an attribute or a key, and all stay readable", arguments: Language.allCases)
  func hostile(_ language: Language) throws {
    let feed = feed(try Samples.hostile(), language)
    let atom = AtomFeed.render(feed, address: address)
    let document = try XMLDocument(data: Data(atom), options: [])
    let root = try #require(document.rootElement())
    #expect(root.elements(forName: "entry").count == feed.entries.count)
    for (element, entry) in zip(root.elements(forName: "entry"), feed.entries) {
      #expect(element.elements(forName: "title").first?.stringValue == entry.title)
      let names = (element.children ?? []).filter { $0.kind == .element }.compactMap(\.name)
      #expect(
        Set(names) == ["title", "id", "link", "published", "updated", "category", "summary", "content"], "\(names)")
      // The inner HTML has only the tags that this program writes.
      let html = try #require(element.elements(forName: "content").first?.stringValue)
      let tags = Set(html.matches(of: /<\/?([a-zA-Z0-9]+)/).map { String($0.1) })
      #expect(tags.isSubset(of: ["p", "ul", "li", "strong", "span", "del", "ins", "br", "small"]), "\(tags)")
    }
    let json = try JSON(parsing: JSONFeed.render(feed, address: address))
    #expect(json["items"]?.array?.count == feed.entries.count)
    for bytes in [atom, JSONFeed.render(feed, address: address)] {
      #expect(!bytes.contains { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 || $0 == 0x7F })
    }
  }
}
