import Testing
import Wording

@testable import FeedDoctor

/// What people read.
@Suite struct FindingTextTests {
  @Test(arguments: FindingCode.allCases)
  func `every code has a sentence in both languages, a source and a severity`(code: FindingCode) {
    let texts = Language.allCases.map { FindingText.sentence(code, $0) }
    #expect(Set(texts).count == 2)
    #expect(!texts.contains(code.rawValue))
    #expect(texts.allSatisfy { $0.hasSuffix(".") || $0.hasSuffix("?") })
    #expect(Catalogue.entries[code] != nil && !code.source.isEmpty)
  }

  @Test(arguments: FindingCode.allCases)
  func `French is set with narrow and hard blanks and curved apostrophes`(code: FindingCode) {
    let text = FindingText.sentence(code, .french)
    for wrong in [" ;", " :", " ?", " !", "'"] { #expect(!text.contains(wrong), "\(code.rawValue): \(wrong)") }
  }

  @Test(arguments: FindingCode.allCases)
  func `raw values are snake case and a reader has one behaviour a code`(code: FindingCode) {
    #expect(code.rawValue.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F })
    #expect(Set(code.effects.map(\.reader)).count == code.effects.count)
  }

  @Test func `an effect names the reader, what it does and how that is known`() {
    let effect = Effect(reader: .evolution, behaviour: .keepsOldEvents, evidence: .measured)
    #expect(FindingText.effect(effect, .english) == "GNOME Evolution keeps the old events (measured)")
    #expect(FindingText.effect(effect, .french) == "GNOME Evolution garde les anciens événements (mesuré)")
  }
}
