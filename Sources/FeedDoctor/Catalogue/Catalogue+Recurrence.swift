extension Catalogue {
  /// Recurrence.
  static func recurrence(_ code: FindingCode) -> Catalogue? {
    switch code {
    case .recurrence:
      Catalogue(
        .warning, "RFC 5545, 3.8.5.3",
        [
          (.expandsDifferently, .measured, [.thunderbird, .recurringICalEvents, .libical])
        ])
    case .recurrenceUnbounded:
      Catalogue(.warning, "RFC 5545, 3.3.10")
    case .badRecurrence:
      Catalogue(
        .error, "RFC 5545, 3.3.10",
        [
          (.reportsError, .measured, [.libical]),
          (.losesEvents, .measured, [.calcurse]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .recurrenceTooFast:
      Catalogue(
        .error, "RFC 5545, 3.3.10",
        [
          (.losesEvents, .document, [.outlook]),
          (.losesEvents, .anecdote, [.googleCalendar]),
          (.neverReturns, .measured, [.libical]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .recurrenceTooMany:
      Catalogue(
        .warning, "RFC 5545, 3.3.10",
        [
          (.refusesFeed, .source, [.preavis])
        ])
    case .recurrenceNever:
      Catalogue(
        .error, "RFC 5545, 3.3.10",
        [
          (.losesEvents, .measured, [.calcurse]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .recurrenceScale:
      Catalogue(
        .error, "RFC 7529, 4",
        [
          (.refusesFeed, .measured, [.recurringICalEvents]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .recurrenceUntilType:
      Catalogue(.error, "RFC 5545, 3.3.10")
    case .recurrenceUntilPast:
      Catalogue(
        .error, "RFC 5545, 3.3.10",
        [
          (.refusesFeed, .source, [.preavis])
        ])
    case .recurrenceUnsynchronised:
      Catalogue(
        .error, "RFC 5545, 3.8.5.3",
        [
          (.expandsDifferently, .measured, [.recurringICalEvents]),
          (.losesEvents, .measured, [.calcurse]),
        ])
    case .recurrenceOverClockChange:
      Catalogue(
        .error, "RFC 5545, 3.8.5.3",
        [
          (.readsOtherTime, .measured, [.thunderbird, .kcalendarcore, .recurringICalEvents, .libical])
        ])
    case .excludedRule:
      Catalogue(
        .warning, "RFC 5545, A.1",
        [
          (.refusesFeed, .source, [.preavis])
        ])
    case .overrideWithoutMaster:
      Catalogue(
        .warning, "RFC 5545, 3.8.4.4",
        [
          (.expandsDifferently, .measured, [.thunderbird, .kcalendarcore])
        ])
    case .overrideRange:
      Catalogue(
        .error, "RFC 5545, 3.2.13",
        [
          (.expandsDifferently, .measured, [.libical])
        ])
    case .overrideType:
      Catalogue(
        .error, "RFC 5545, 3.8.4.4",
        [
          (.expandsDifferently, .measured, [.thunderbird, .kcalendarcore])
        ])
    case .overrideOfSingle:
      Catalogue(
        .error, "RFC 5545, 3.8.4.4",
        [
          (.expandsDifferently, .measured, [.thunderbird, .kcalendarcore]),
          (.losesEvents, .measured, [.calcurse]),
        ])
    case .overrideNotOccurrence:
      Catalogue(
        .error, "RFC 5545, 3.8.4.4",
        [
          (.expandsDifferently, .measured, [.thunderbird, .kcalendarcore])
        ])
    default: nil
    }
  }
}
