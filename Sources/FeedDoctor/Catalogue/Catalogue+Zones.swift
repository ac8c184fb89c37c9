extension Catalogue {
  /// Times and zones.
  static func zones(_ code: FindingCode) -> Catalogue? {
    switch code {
    case .dateWithZone:
      Catalogue(
        .error, "RFC 5545, 3.2.19",
        [
          (.readsOtherTime, .measured, [.pythonICalendar]),
          (.losesEvents, .measured, [.calcurse]),
        ])
    case .utcWithZone:
      Catalogue(
        .error, "RFC 5545, 3.2.19",
        [
          (.readsOtherTime, .measured, [.pythonICalendar, .rubyICalendar]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .floatingTime:
      Catalogue(
        .error, "RFC 5545, 3.3.5",
        [
          (.readsOtherTime, .document, [.outlook]),
          (.readsOtherTime, .measured, [.pythonICS, .rubyICalendar]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .zoneUndefined:
      Catalogue(
        .error, "RFC 5545, 3.2.19",
        [
          (.mayDiffer, .document, [.outlook]),
          (.reportsError, .measured, [.thunderbird, .libical]),
          (.readsOtherTime, .measured, [.rubyICalendar]),
        ])
    case .zoneIsPath:
      Catalogue(
        .error, "RFC 5545, 3.8.3.1",
        [
          (.mayDiffer, .measured, [.libical]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .timeInGap:
      Catalogue(
        .error, "RFC 5545, 3.3.5",
        [
          (
            .readsOtherTime, .measured,
            [.kcalendarcore, .pythonICalendar, .recurringICalEvents, .golangICal, .sabreVObject]
          )
        ])
    case .timeInFold:
      Catalogue(
        .error, "RFC 5545, 3.3.5",
        [
          (.readsOtherTime, .measured, [.libical])
        ])
    case .zoneWithoutName:
      Catalogue(
        .error, "RFC 5545, 3.6.5",
        [
          (.refusesFeed, .source, [.preavis])
        ])
    case .zoneTwice:
      Catalogue(
        .error, "RFC 5545, 3.6.5",
        [
          (.refusesFeed, .source, [.preavis])
        ])
    case .zoneBroken:
      Catalogue(
        .error, "RFC 5545, 3.6.5",
        [
          (.readsOtherTime, .measured, [.thunderbird]),
          (.refusesFeed, .measured, [.pythonICS, .vobject]),
        ])
    case .badOffset:
      Catalogue(
        .error, "RFC 5545, 3.3.14",
        [
          (.refusesFeed, .source, [.preavis])
        ])
    case .zoneManyParts:
      Catalogue(
        .warning, "MS-OXCICAL, 2.1.3.1.1.19",
        [
          (.readsOtherTime, .document, [.outlook, .exchange])
        ])
    case .zoneRuleForExchange:
      Catalogue(
        .warning, "MS-OXCICAL, 2.1.3.1.1.19",
        [
          (.readsOtherTime, .document, [.outlook, .exchange])
        ])
    case .zoneNotIANA:
      Catalogue(
        .error, "RFC 7808, 3.1",
        [
          (.readsOtherTime, .measured, [.pythonICS, .sabreVObject]),
          (.refusesFeed, .measured, [.golangICal]),
        ])
    case .zoneUnverified:
      Catalogue(.note, "RFC 5545, 3.6.5")
    case .zoneDisagrees:
      Catalogue(
        .error, "RFC 5545, 3.6.5",
        [
          (.readsOtherTime, .measured, [.thunderbird, .kcalendarcore, .recurringICalEvents, .vobject, .libical])
        ])
    case .zoneUnused:
      Catalogue(.note, "RFC 5545, 3.6.5")
    default: nil
    }
  }
}
