extension Catalogue {
  /// Components and properties as such.
  static func structure(_ code: FindingCode) -> Catalogue? {
    switch code {
    case .severalCalendars:
      Catalogue(
        .error, "RFC 5545, 3.4",
        [
          (.losesEvents, .document, [.outlook, .exchange]),
          (.reportsError, .measured, [.libical]),
          (.refusesFeed, .measured, [.golangICal]),
          (.losesEvents, .measured, [.sabreVObject]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .lowerCaseComponent:
      Catalogue(
        .error, "RFC 5545, 2",
        [
          (.losesEvents, .measured, [.pythonICS, .rubyICalendar, .golangICal]),
          (.refusesFeed, .measured, [.sabreVObject]),
        ])
    case .unknownComponent:
      Catalogue(
        .warning, "RFC 5545, 3.6",
        [
          (.refusesFeed, .source, [.preavis])
        ])
    case .badNesting:
      Catalogue(
        .error, "RFC 5545, 3.6",
        [
          (.refusesFeed, .measured, [.rubyICalendar]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .mismatchedEnd:
      Catalogue(
        .error, "RFC 5545, 3.6",
        [
          (.refusesFeed, .measured, [.pythonICS, .vobject, .golangICal, .sabreVObject]),
          (.losesEvents, .measured, [.calcurse]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .unclosed:
      Catalogue(
        .error, "RFC 5545, 3.6",
        [
          (.refusesFeed, .measured, [.thunderbird, .kcalendarcore, .vobject, .libical, .golangICal, .sabreVObject]),
          (.losesEvents, .measured, [.pythonICalendar, .calcurse]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .outsideCalendar:
      Catalogue(
        .error, "RFC 5545, 3.4",
        [
          (.refusesFeed, .source, [.preavis])
        ])
    case .nestedTooDeep:
      Catalogue(
        .error, "RFC 5545, 3.6",
        [
          (.refusesFeed, .source, [.preavis])
        ])
    case .tooManyComponents:
      Catalogue(
        .error, "RFC 5545, 3.6",
        [
          (.refusesFeed, .source, [.preavis])
        ])
    case .unknownProperty:
      Catalogue(
        .warning, "RFC 5545, 3.8.8",
        [
          (.reportsError, .measured, [.libical])
        ])
    case .badExtensionName:
      Catalogue(.warning, "RFC 5545, 3.8.8.2")
    case .libicalErrorProperty:
      Catalogue(
        .warning, "libical 3.0, icalproperty.h",
        [
          (.reportsError, .measured, [.libical])
        ])
    case .propertyRepeated:
      Catalogue(
        .error, "RFC 5545, 3.6",
        [
          (.refusesFeed, .measured, [.pythonICS]),
          (.reportsError, .measured, [.vobject, .libical]),
        ])
    case .otherComponent:
      Catalogue(.note, "RFC 5545, 3.6.2")
    default: nil
    }
  }
}
