import CivilTime
import JSONText
import Planning
import Testing
import Wording

@testable import Publication

/// The drawings of a year: picture, page, text, JSON.
@Suite struct DrawingTests {
  static let cases: [(year: Int, language: Language, isCrowded: Bool)] = [
    (2027, .french, false), (2027, .english, false), (2018, .french, false), (2028, .english, false),
    (2035, .french, false), (2027, .french, true), (2027, .english, true),
  ]

  private func year(_ number: Int, _ isCrowded: Bool) throws -> AnnexYear {
    try AnnexSamples.year(number, isCrowded ? AnnexSamples.crowded() : AnnexSamples.contract())
  }

  @Test(arguments: cases)
  func `No text of a picture leaves the page or meets another`(
    number: Int, language: Language, isCrowded: Bool
  ) throws {
    let picture = AnnexPicture(try year(number, isCrowded), language)
    let pages = [(picture.renderYear(), 42_000.0)] + (1...12).map { (picture.render(month: $0) ?? [], 21_000.0) }
    for (bytes, width) in pages {
      let reader = try #require(PictureReader(bytes))
      let texts = reader.texts
      for (index, text) in texts.enumerated() {
        #expect(text.left >= 900 && text.right <= width - 900, "\(text)")
        #expect(text.top >= 500 && text.bottom <= 29_200, "\(text)")
        let met = texts[(index + 1)...].first { $0.meets(text) }
        #expect(met == nil, "\(text) meets \(String(describing: met))")
      }
    }
  }

  @Test(arguments: cases)
  func `A picture loads and runs nothing, and says in words what it shows`(
    number: Int, language: Language, isCrowded: Bool
  ) throws {
    let year = try year(number, isCrowded)
    let reader = try #require(PictureReader(AnnexPicture(year, language).renderYear()))
    #expect(
      Set(reader.elements.keys).isSubset(of: [
        "svg", "title", "desc", "style", "defs", "pattern", "g", "rect", "path", "circle", "text",
      ]))
    #expect(reader.attributes.isDisjoint(with: ["href", "xlink:href", "style", "onload", "class"]))
    #expect(reader.root["role"] == "img")
    #expect(reader.root["lang"] == language.rawValue)
    let description = try #require(reader.titles["desc"])
    #expect(try #require(reader.titles["title"]).contains(String(number)))
    for holiday in year.holidays { #expect(description.contains(holiday.names[0])) }
    let shown = reader.texts.map(\.content).joined(separator: " ")
    for holiday in year.holidays { #expect(shown.contains(holiday.names[0])) }
    for freeze in year.freezes { #expect(description.contains(freeze.title.split(separator: " ")[0])) }
    for clause in ["article 5", "article 6"] { #expect(shown.contains(clause)) }
  }

  /// Without it a browser cuts a sheet of A3 off where the office's paper ends.
  @Test func `A picture that stands alone names its paper, and nothing else, to a browser that prints it`() throws {
    let picture = AnnexPicture(try year(2027, false), .french)
    let pages =
      [(picture.renderYear(), "A3 landscape")] + (1...12).map { (picture.render(month: $0) ?? [], "A4 portrait") }
    for (bytes, paper) in pages {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.split(separator: "<style>").count == 2)
      #expect(text.contains("<style>\n@page { size: \(paper); margin: 0; }\n</style>"))
    }
    let page = String(decoding: AnnexPage(try year(2027, false), .french).render(), as: UTF8.self)
    #expect(page.split(separator: "<style>").count == 2)
  }

  @Test(arguments: cases)
  func `A French description has its blank before each semicolon, an English one has none`(
    number: Int, language: Language, isCrowded: Bool
  ) throws {
    let picture = AnnexPicture(try year(number, isCrowded), language)
    let reader = try #require(PictureReader(picture.renderYear()))
    let description = try #require(reader.titles["desc"])
    let parts = description.split(separator: ";").dropLast()
    #expect(parts.count > 12)
    for part in parts { #expect((part.last == "\u{202F}") == (language == .french), "\(part)") }
  }

  @Test func `The picture states length, reference period and allowance`() throws {
    let reader = try #require(PictureReader(AnnexPicture(try year(2027, false), .english).renderYear()))
    let texts = reader.texts.map { $0.content.replacing("\u{202F}", with: " ") }
    // Easter Monday joined to the Sunday of the clock change; 247 h is 19 days of 13 h.
    #expect(texts.filter { $0 == "54 h" }.count == 1)
    #expect(texts.filter { $0 == "31 h" }.count >= 45)
    #expect(texts.contains("PRT 247 h · stop allowed by 99 %: 2 h 28 min 12 s"))
    #expect(
      texts.contains {
        $0.hasPrefix("Year 2027: 303 windows, 3609 h · PRT 3302 h · stop allowed by 99 %: 33 h 1 min 12 s")
      })
  }

  @Test(arguments: cases)
  func `No line of the text is wider than 80 columns`(number: Int, language: Language, isCrowded: Bool) throws {
    let text = AnnexText(try year(number, isCrowded), language).render()
    for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    #expect(!text.contains { $0 == "\t" || $0 == "\r" })
    #expect(!text.split(separator: "\n").contains { $0.hasSuffix(" ") })
  }

  @Test(arguments: 2024...2038)
  func `No line of any year's text is wider than 80 columns`(number: Int) throws {
    for language in Language.allCases {
      for zone in ["alsace-moselle", "martinique"] {
        let text = AnnexText(try AnnexSamples.year(number, AnnexSamples.contract(zone)), language).render()
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
      }
    }
  }

  @Test func `The page holds the picture and the same as tables`() throws {
    let page = String(decoding: AnnexPage(try year(2027, true), .french).render(), as: UTF8.self)
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"fr\">"))
    #expect(page.contains("@page { size: A3 landscape; margin: 0; }"))
    #expect(page.split(separator: "<caption>").count == 7)
    #expect(page.contains("<svg "))
    #expect(!page.contains("<?xml"))
    #expect(!page.contains("<b>"))
    #expect(!page.contains("<script") && !page.contains("src="))
  }

  @Test func `The JSON has the figures and the windows of the year`() throws {
    let year = try year(2028, false)
    let json = AnnexJSON.json(year)
    #expect(json["windows"]?.array?.count == 303)
    // 1 January 2028 is a Saturday: with the Sunday, until Monday 07:00. 31 December is a Sunday before a holiday.
    let windows = try #require(json["windows"]?.array)
    #expect(windows.first?["start"]?.string == "2028-01-01T00:00:00+01:00")
    #expect(windows.first?["seconds"]?.integer == 198_000)
    #expect(windows.last?["end"]?.string == "2029-01-02T07:00:00+01:00")
    #expect(json["total"]?["prt_seconds"]?.integer == 11_746_800)
    #expect(json["total"]?["days"]?.integer == 366)
    #expect(json["months"]?.array?.count == 12)
    #expect(json["clock_changes"]?.array?.first?["at"]?.string == "2028-03-26T03:00:00+02:00")
  }
}
