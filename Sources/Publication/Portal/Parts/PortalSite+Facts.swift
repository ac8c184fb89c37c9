import CivilTime
import Planning
import Wording

extension PortalSite {
  /// The list of facts on the page of a change.
  func facts(_ telling: ChangeTelling) -> Markup {
    element(.dl, .style("facts")) {
      for fact in ChangeFacts.told(.page, of: telling) {
        element(.div) {
          element(.dt) { fact.name }
          element(.dd) { shown(fact.value, telling.wording) }
        }
      }
    }
  }

  private func shown(_ value: ChangeFacts.Value, _ wording: Wording) -> Markup {
    let text = value.text
    switch value {
    case .words: return .text(text.capitalizedFirst)
    case .plain: return .text(text)
    case .name: return element(.bdi) { text }
    case .entered, .prose: return element(.span, .directionOfText) { text }
    case .link(_, let address):
      guard let link = address.flatMap(Link.init) else { return .text(text) }
      return element(.a, .href(link)) { text }
    case .moment(_, let instant):
      return element(.time, instant.map { .datetime($0, in: wording.zone) }) { text.capitalizedFirst }
    }
  }
}
