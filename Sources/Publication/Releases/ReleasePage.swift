import Planning
import Wording

/// A planned release as a page that stands alone: tables for the screen and for paper, and the picture.
package struct ReleasePage {
  private let phrases: ReleasePhrases
  private var language: Language { phrases.wording.language }

  package init(_ phrases: ReleasePhrases) { self.phrases = phrases }

  package func render() -> [UInt8] {
    standalonePage(phrases.title, language, rules: ReleasePage.rules) {
      element(.h1) { phrases.title }
      element(.p) { phrases.summary }
      element(.ul) { for note in phrases.notes { element(.li) { note } } }
      element(.h2) { language("When", "Quand") + " (\(phrases.wording.zoneName))" }
      for night in phrases.planned.nights {
        dataTable(
          caption: phrases.night(night), phrases.heads, night.works.map { phrases.cells($0).map(Markup.text) })
      }
      if !phrases.planned.left.isEmpty {
        element(.h2) { phrases.leftTitle }
        element(.dl) {
          for change in phrases.planned.left {
            element(.dt) { "\(change.work.id) – \(change.title) (\(phrases.weight(change)))" }
            for reason in phrases.reasons(change) { element(.dd) { reason } }
          }
        }
      }
      element(.div, .style("picture")) { ReleasePicture(phrases).sheet() }
    }
  }

  private static let rules: StaticString = """
    @page { size: A4 portrait; margin: 15mm; }
    @page picture { margin: 0; }
    * { box-sizing: border-box; }
    body { margin: 0; background: #ffffff; color: #111111; font: 1rem/1.5 "Liberation Sans", Arial, Helvetica, sans-serif; }
    main { max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: break-word; }
    h1 { font-size: 1.5rem; line-height: 1.25; }
    h2 { font-size: 1.2rem; }
    table { border-collapse: collapse; margin: 1rem 0; width: 100%; table-layout: fixed; break-inside: avoid; }
    caption { font-weight: bold; text-align: left; padding: 0.25rem 0; }
    th, td { border: 1px solid #777777; padding: 0.2rem 0.5rem; text-align: left; vertical-align: top; }
    th:nth-child(1), th:nth-child(2) { width: 17%; }
    th:nth-child(4) { width: 22%; }
    th:nth-child(5) { width: 14%; }
    tbody th { font-weight: normal; }
    dt { font-weight: bold; }
    .picture svg { display: block; width: 100%; height: auto; border: 1px solid #777777; }
    @media print {
      body { font-size: 10pt; }
      main { max-width: none; padding: 0; }
      .picture { page: picture; break-before: page; }
      .picture svg { width: 210mm; height: 296.5mm; border: 0; }
    }
    """
}
