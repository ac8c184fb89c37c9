import CivilTime
import Planning
import Wording

/// What a part of a stop means for TD, and how it is drawn: each is told from the others without colour.
enum StopShape: CaseIterable, Hashable {
  case counted
  /// Its own cause is excluded, or another stop of such a cause covers it.
  case excluded
  /// In the window, or outside of the reference period.
  case free
  case countedOnce
  case otherEnvironment

  /// Nil for what lies in another month.
  init?(_ reason: StopAccount.LeftOut.Reason) {
    switch reason {
    case .anotherMonth: return nil
    case .otherEnvironment: self = .otherEnvironment
    case .window, .outsideReferencePeriod: self = .free
    case .excludedCause, .excused: self = .excluded
    case .countedOnce: self = .countedOnce
    }
  }

  func box(_ x: Int64, _ y: Int64, _ width: Int64, _ height: Int64) -> Markup {
    let ink = Attribute.stroke(Pen.ink)
    return switch self {
    case .counted: Pen.box(x, y, width, height, fill: .fill(Pen.ink))
    case .excluded: Pen.box(x, y, width, height, fill: .fill(pattern: Pen.hatchID), stroke: ink, line: 16)
    case .free: Pen.box(x, y, width, height, fill: .fill(Pen.paper), stroke: ink, line: 16)
    case .countedOnce: Pen.box(x, y, width, height, fill: .fill(pattern: Self.barsID), stroke: ink, line: 16)
    case .otherEnvironment:
      Pen.box(x, y, width, height, fill: .fill(Pen.paper), stroke: ink, line: 20, dashes: .dashes(55, gap: 45))
    }
  }

  func meaning(_ language: Language) -> String {
    switch self {
    case .counted: language("stop that counts (TI)", "arrêt compté (TI)")
    case .excluded: language("excluded cause, or covered by one", "cause exclue, ou couvert par une telle cause")
    case .free: language("in the window or outside the reference", "dans la fenêtre ou hors référence")
    case .countedOnce: language("counted with another stop", "compté avec un autre arrêt")
    case .otherEnvironment:
      language("other environment: never counts", "autre environnement\(language.colon) ne compte pas")
    }
  }

  // MARK: Patterns

  private static let barsID = "preavis-bars"
  static let dotsID = "preavis-dots"

  /// Upright lines for stops; dots for hours that are neither window nor reference period.
  static var definitions: Markup {
    element(.defs) {
      element(.pattern, .id(barsID), .width(90), .height(90), .patternInPictureUnits) {
        Pen.box(0, 0, 90, 90, fill: .fill(Pen.paper))
        Pen.box(0, 0, 30, 90, fill: .fill(Pen.ink))
      }
      element(.pattern, .id(dotsID), .width(110), .height(110), .patternInPictureUnits) {
        Pen.box(0, 0, 110, 110, fill: .fill(Pen.paper))
        element(.circle, .centre(x: 55), .centre(y: 55), .radius(14), .fill("#666666"))
      }
    }
  }
}
