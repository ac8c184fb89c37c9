import Foundation
import Planning
import Publication
import Testing
import Wording

@Suite struct PageTests {
  static let harmless = PortalSamples.pages()
  static let structures = PortalSamples.pages(text: "plain words").mapValues(structure)

  /// Names of the tags and attributes of a page in their order: what a browser makes of it, without the texts.
  /// By scalars, as browsers read: `<` with an accent is a `<`.
  private static func structure(_ page: String) -> [String] {
    page.matches(of: #/<[^>]*>/#.matchingSemantics(.unicodeScalar)).map { tag in
      String(tag.output).replacing(#/"[^"]*"/#, with: "\"\"").replacing(" title=\"\"", with: "")
    }
  }

  /// A page without its tags.
  private func text(_ page: String) -> String { page.replacing(#/<[^>]*>/#, with: " ") }

  @Test(
    "Text of a request changes no tag and no attribute of any page",
    arguments: [
      "<script>window.inj3ct=1</script>", "\" onmouseover=\"inj3ct()\" x=\"", "<\u{338}inj3ct>", "'\u{301} onload='x",
      "</title></style><svg/onload=inj3ct()>", "]]><inj3ct/>", "<!-- ", "&lt;inj3ct&gt;", "{{{title}}}", "été 👍🏽",
      "a\r\nX-INJ3CT: 1", "\u{202E}tcejni\0",
    ])
  func hostileText(text: String) {
    for (path, page) in PortalSamples.pages(text: text) {
      #expect(PageTests.structure(page) == PageTests.structures[path], "\(path)")
    }
  }

  @Test func `Every link within the site leads to a page or a feed of it`() {
    let paths = PortalPaths(service: "profession-liberale")
    var known = Set(PageTests.harmless.keys).union([
      "style.css", "icon.svg", paths.stylesheet.description, paths.icon.description,
    ])
    for language in Language.allCases {
      for feed in PortalFeed.allCases { known.insert(paths.feed(feed, language).description) }
      for number in 1...3 { known.insert(paths.event(ChangeID(year: 2026, number: number), language).description) }
    }
    var checked = 0
    for (path, page) in PageTests.harmless {
      for match in page.matches(of: #/href="([^"]*)"/#) {
        let address = String(match.1)
        if address.hasPrefix("#") {
          #expect(page.contains("id=\"\(address.dropFirst())\""), "\(path): \(address)")
        } else if !address.contains(":") {
          let target =
            URL(string: address, relativeTo: URL(string: "https://x.example/" + path))?.absoluteURL.path ?? ""
          #expect(known.contains(String(target.dropFirst())), "\(path): \(address)")
          checked += 1
        }
      }
    }
    #expect(checked > 300)
  }

  @Test func `No page runs a script, carries a style or loads anything from elsewhere`() {
    for (path, page) in PageTests.harmless {
      #expect(!page.contains(#/<script|<style| style=| on[a-z]+=| src=|@import|<form/#), "\(path)")
      for match in page.matches(of: #/<link [^>]*href="([^"]*)"/#) { #expect(!match.1.contains(":"), "\(path)") }
    }
    let stylesheet = PortalSamples.string(PortalSite.stylesheet)
    #expect(!stylesheet.contains("url(") && !stylesheet.contains("@import"))
  }

  @Test func `Every page names its language, its landmarks and one heading of the first level`() {
    for (path, page) in PageTests.harmless {
      let language = path.contains("/en/") ? "en" : "fr"
      #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language)\">"), "\(path)")
      for part in ["<header ", "<main id=\"content\"", "class=\"skip\" href=\"#content\"", "name=\"viewport\""] {
        #expect(page.ranges(of: part).count == 1, "\(path): \(part)")
      }
      #expect(page.contains("<meta name=\"referrer\" content=\"no-referrer\">"))
      #expect(page.matches(of: #/<h1>/#).count == 1, "\(path)")
    }
  }

  @Test func `A register of simulation marks every page`() {
    for (path, page) in PortalSamples.pages(isSimulation: true) {
      #expect(page.contains("<title>SIMULATION – ") && page.contains("<strong>SIMULATION</strong>"), "\(path)")
    }
    for page in PageTests.harmless.values { #expect(!page.contains("SIMULATION")) }
  }

  @Test func `French pages have no blank that breaks before a sign, and no typewriter apostrophe`() {
    let pages = Array(PageTests.harmless) + Array(PortalSamples.pages(isSimulation: true))
    for (path, page) in pages where !path.contains("/en/") {
      let text = text(page)
      #expect(!text.contains(#/[^\s] [;:!?»]|« /#), "\(path)")
      #expect(!text.contains("&#39;") && !text.contains("..."), "\(path)")
    }
  }

  @Test(arguments: Language.allCases)
  func `An empty first page says so in words`(language: Language) {
    let page = PortalSamples.string(
      PortalSamples.site(language, pastYears: []).home(PortalSamples.lists([], [], [])))
    #expect(
      page.contains(
        language(
          "No work is in progress. None is planned.", "Aucune intervention n’est en cours. Aucune n’est prévue.")))
    #expect(page.contains(language("Nothing is announced.", "Rien n’est annoncé.")))
    #expect(!page.contains("class=\"card"))
  }

  @Test(arguments: Language.allCases)
  func `Subscribing shows both addresses in full and says who comes late`(language: Language) {
    let page = PortalSamples.string(PortalSamples.site(language).subscribe())
    #expect(page.contains(">https://portal.example/maintenance/feeds/maintenance.\(language.rawValue).ics</code>"))
    #expect(page.contains("href=\"webcal://portal.example/maintenance/feeds/maintenance.\(language.rawValue).ics\""))
    #expect(page.contains(language("every 4 to 24 hours", "toutes les 4 à 24 heures")))
    // Calendars of people first; what programs read is folded.
    let folded = page.split(separator: "<summary>\(language("Feeds for programs", "Flux pour les logiciels"))").last
    for feed in ["atom", "feed", "summary.json", "change-calendar.ics", "availability.ics"] {
      #expect(folded?.contains("\(feed)") == true, "\(feed)")
    }
    #expect(folded?.contains("windows.") == false)
    // Source of the path since iOS 18: words.md, section 6.
    #expect(page.contains(language("Settings › Apps › Calendar", "Réglages › Apps › Calendrier")))
    for program in ["Outlook", "Google", "iPhone", "Mac", "Thunderbird"] { #expect(page.contains(program)) }
  }
}
