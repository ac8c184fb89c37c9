extension Catalogue {
  /// Properties of the calendar.
  static func calendar(_ code: FindingCode) -> Catalogue? {
    switch code {
    case .versionMissing:
      Catalogue(
        .error, "RFC 5545, 3.7.4",
        [
          (.refusesFeed, .measured, [.kcalendarcore]),
          (.reportsError, .measured, [.libical]),
          (.losesEvents, .measured, [.calcurse]),
        ])
    case .versionNot2:
      Catalogue(
        .error, "RFC 5545, 3.7.4",
        [
          (.refusesFeed, .measured, [.kcalendarcore]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .productMissing:
      Catalogue(
        .error, "RFC 5545, 3.7.3",
        [
          (.refusesFeed, .measured, [.pythonICS]),
          (.reportsError, .measured, [.vobject, .libical]),
        ])
    case .scaleNotGregorian:
      Catalogue(
        .error, "RFC 5545, 3.7.1",
        [
          (.refusesFeed, .measured, [.recurringICalEvents])
        ])
    case .methodNotPublish:
      Catalogue(
        .error, "RFC 5546, 3.2",
        [
          (.mayDiffer, .document, [.outlook, .exchange]),
          (.reportsError, .measured, [.libical]),
        ])
    case .methodMissing:
      Catalogue(
        .note, "RFC 5546, 3.2.1",
        [
          (.mayDiffer, .document, [.outlook])
        ])
    case .nameMissing:
      Catalogue(.note, "RFC 7986, 5.1")
    case .shownNameMissing:
      Catalogue(
        .warning, "RFC 7986, 5.1",
        [
          (.mayDiffer, .document, [.outlook])
        ])
    case .namesDisagree:
      Catalogue(
        .warning, "RFC 7986, 5.1",
        [
          (.mayDiffer, .document, [.outlook])
        ])
    case .refreshMissing:
      Catalogue(
        .warning, "RFC 7986, 5.7",
        [
          (.refreshesRarely, .document, [.nextcloud])
        ])
    case .publishedTTLMissing:
      Catalogue(
        .warning, "RFC 7986, 5.7",
        [
          (.refreshesRarely, .anecdote, [.outlook])
        ])
    case .refreshDisagrees:
      Catalogue(.warning, "RFC 7986, 5.7")
    case .refreshWithoutType:
      Catalogue(.warning, "RFC 7986, 5.7")
    case .refreshTooOften:
      Catalogue(.note, "RFC 7986, 5.7")
    case .xWrTimezone:
      Catalogue(
        .error, "RFC 5545, 3.6.5",
        [
          (.readsOtherTime, .measured, [.recurringICalEvents])
        ])
    case .noEvent:
      Catalogue(
        .error, "RFC 5545, 3.6",
        [
          (.keepsOldEvents, .measured, [.evolution])
        ])
    case .badColor:
      Catalogue(.warning, "RFC 7986, 5.9")
    default: nil
    }
  }
}
