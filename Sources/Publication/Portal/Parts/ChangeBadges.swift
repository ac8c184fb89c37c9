import Planning
import Wording

extension ChangePhrases {
  /// The title, struck where the change is cancelled; its direction of writing is its own.
  var title: Markup {
    let text = element(.bdi) { titleText }
    return change.state == .cancelled ? element(.del) { text } : text
  }

  /// State, kind and impact in words; colour only repeats them.
  var badges: Markup {
    element(.p, .style("badges")) {
      element(.span, stateStyle) { state }
      " "
      element(.span, content.kind == .emergency ? .style("badge urgent") : .style("badge kind")) { kind }
      " "
      element(.span, .style("badge impact")) { impact }
      if content.environment != "production" {
        " "
        element(.span, .style("badge impact")) {
          language("Environment: ", "Environnement\(language.colon) ") + content.environment
        }
      }
    }
  }

  private var stateStyle: Attribute {
    switch change.state {
    case .planned, .refused: .style("badge ahead")
    case .inProgress: .style("badge running")
    case .completed: .style("badge done")
    case .cancelled: .style("badge cancelled")
    }
  }
}
