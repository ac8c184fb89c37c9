extension Catalogue {
  /// Octets, lines and folds.
  static func lines(_ code: FindingCode) -> Catalogue? {
    switch code {
    case .bareLineFeed:
      Catalogue(.warning, "RFC 5545, 3.1")
    case .bareReturn:
      Catalogue(
        .error, "RFC 5545, 3.1",
        [
          (.refusesFeed, .measured, [.pythonICS, .vobject, .sabreVObject])
        ])
    case .noFinalLineEnd:
      Catalogue(.warning, "RFC 5545, 3.1")
    case .lineOver75Octets:
      Catalogue(.warning, "RFC 5545, 3.1")
    case .foldWithinCharacter:
      Catalogue(
        .error, "RFC 5545, 3.1",
        [
          (.refusesFeed, .measured, [.thunderbird, .pythonICS, .vobject, .rubyICalendar, .sabreVObject])
        ])
    case .foldWithoutLine:
      Catalogue(
        .error, "RFC 5545, 3.1",
        [
          (.refusesFeed, .measured, [.kcalendarcore, .vobject, .libical]),
          (.losesEvents, .measured, [.calcurse]),
        ])
    case .emptyFold:
      Catalogue(.warning, "RFC 5545, 3.1")
    case .blankLine:
      Catalogue(.warning, "RFC 5545, 3.1")
    case .nul:
      Catalogue(
        .error, "RFC 5545, 3.1",
        [
          (.refusesFeed, .measured, [.kcalendarcore, .pythonICS, .libical])
        ])
    case .controlCharacter:
      Catalogue(
        .error, "RFC 5545, 3.1",
        [
          (.refusesFeed, .measured, [.pythonICS])
        ])
    case .lineTooLong:
      Catalogue(
        .error, "RFC 5545, 3.1",
        [
          (.refusesFeed, .source, [.preavis])
        ])
    case .tooManyLines:
      Catalogue(
        .error, "RFC 5545, 3.1",
        [
          (.refusesFeed, .source, [.preavis])
        ])
    case .badContentLine:
      Catalogue(
        .error, "RFC 5545, 3.1",
        [
          (.reportsError, .measured, [.pythonICalendar]),
          (.refusesFeed, .measured, [.pythonICS, .vobject, .golangICal, .sabreVObject]),
        ])
    case .controlInParameter:
      Catalogue(
        .error, "RFC 5545, 3.1",
        [
          (.reportsError, .measured, [.pythonICalendar]),
          (.refusesFeed, .measured, [.pythonICS, .golangICal]),
        ])
    default: nil
    }
  }
}
