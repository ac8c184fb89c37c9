import Foundation
import Publication
import Testing

/// Source of the formulas: WCAG 2.2, definitions of relative luminance and contrast ratio.
@Suite struct StylesheetTests {
  private func luminance(_ hex: Substring) -> Double {
    let value = UInt32(hex, radix: 16) ?? 0
    let parts = [value >> 16 & 255, value >> 8 & 255, value & 255].map { part -> Double in
      let share = Double(part) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  /// The colours of the light, the dark and the paper scheme, each on top of the light one.
  private var schemes: [[String: Substring]] {
    var schemes: [[String: Substring]] = []
    for block in PortalSamples.string(PortalSite.stylesheet).matches(of: #/:root \{([^}]*)\}/#) {
      var colours = schemes.first ?? [:]
      for match in block.1.matches(of: #/--([a-z-]+): #([0-9a-f]{6});/#) { colours[String(match.1)] = match.2 }
      schemes.append(colours)
    }
    return schemes
  }

  @Test func `Text keeps 4.5 to 1 and edges 3 to 1 in every scheme`() throws {
    let schemes = schemes
    #expect(schemes.count == 3)
    let texts = [
      ("ink", "ground"), ("ink", "raised"), ("soft", "ground"), ("soft", "raised"), ("link", "ground"),
      ("link", "raised"), ("planned-ink", "planned-ground"), ("running-ink", "running-ground"),
      ("done-ink", "done-ground"), ("cancelled-ink", "cancelled-ground"), ("urgent-ink", "urgent-ground"),
    ]
    let edges = [("edge", "ground"), ("change", "window"), ("change", "closed"), ("freeze", "closed")]
    for (index, colours) in schemes.enumerated() {
      for (pair, least) in texts.map({ ($0, 4.5) }) + edges.map({ ($0, 3.0) }) {
        let one = luminance(try #require(colours[pair.0]))
        let other = luminance(try #require(colours[pair.1]))
        let ratio = (max(one, other) + 0.05) / (min(one, other) + 0.05)
        #expect(ratio >= least, "scheme \(index): \(pair.0) on \(pair.1) is \(ratio)")
      }
    }
    // Buttons are not printed.
    for colours in schemes.prefix(2) {
      let (one, other) = (luminance(try #require(colours["accent"])), luminance(try #require(colours["on-accent"])))
      #expect((max(one, other) + 0.05) / (min(one, other) + 0.05) >= 4.5)
    }
  }

  @Test func `Every name that a page uses is known to the stylesheet, and brackets are closed`() {
    let stylesheet = PortalSamples.string(PortalSite.stylesheet)
    #expect(stylesheet.ranges(of: "{").count == stylesheet.ranges(of: "}").count)
    var names: Set<String> = []
    for page in PortalSamples.pages().values {
      for match in page.matches(of: #/class="([^"]*)"/#) {
        names.formUnion(match.1.split(separator: " ").map(String.init))
      }
    }
    // Hooks without a rule of their own.
    names.subtract(["kind", "impact"])
    for name in names { #expect(stylesheet.contains(try! Regex("\\.\(name)[ ,.{:>]")), "\(name)") }
  }
}
