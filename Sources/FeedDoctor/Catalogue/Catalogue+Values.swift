extension Catalogue {
  /// Other values.
  static func values(_ code: FindingCode) -> Catalogue? {
    switch code {
    case .badDuration:
      Catalogue(
        .error, "RFC 5545, 3.3.6",
        [
          (.refusesFeed, .measured, [.thunderbird, .pythonICalendar, .recurringICalEvents, .pythonICS, .sabreVObject]),
          (.reportsError, .measured, [.libical]),
          (.losesEvents, .measured, [.calcurse]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .durationNotPositive:
      Catalogue(
        .error, "RFC 5545, 3.8.2.5",
        [
          (.readsOtherTime, .measured, [.rubyICalendar]),
          (.losesEvents, .measured, [.calcurse]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .badSequence:
      Catalogue(
        .error, "RFC 5545, 3.8.7.4",
        [
          (.reportsError, .measured, [.pythonICalendar]),
          (.refusesFeed, .measured, [.recurringICalEvents]),
          (.readsZero, .measured, [.libical]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .badPriority:
      Catalogue(
        .warning, "RFC 5545, 3.8.1.9",
        [
          (.reportsError, .measured, [.pythonICalendar])
        ])
    case .badPercent:
      Catalogue(.warning, "RFC 5545, 3.8.1.8")
    case .badTransparency:
      Catalogue(.warning, "RFC 5545, 3.8.2.7")
    case .badClass:
      Catalogue(
        .warning, "RFC 5545, 3.8.1.3",
        [
          (.mayDiffer, .document, [.outlook])
        ])
    case .badPosition:
      Catalogue(
        .error, "RFC 5545, 3.8.1.6",
        [
          (.reportsError, .measured, [.pythonICalendar, .libical]),
          (.refusesFeed, .measured, [.pythonICS]),
        ])
    case .badRequestStatus:
      Catalogue(
        .warning, "RFC 5545, 3.8.8.3",
        [
          (.reportsError, .measured, [.libical])
        ])
    case .badStatus:
      Catalogue(
        .error, "RFC 5545, 3.8.1.11",
        [
          (.readsOtherStatus, .measured, [.kcalendarcore]),
          (.refusesFeed, .measured, [.pythonICS]),
          (.reportsError, .measured, [.libical]),
        ])
    case .badTime:
      Catalogue(
        .error, "RFC 5545, 3.3.5",
        [
          (
            .refusesFeed, .measured,
            [.pythonICalendar, .recurringICalEvents, .pythonICS, .vobject, .rubyICalendar, .golangICal, .sabreVObject]
          ),
          (.reportsError, .measured, [.libical]),
          (.losesEvents, .measured, [.calcurse]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .timeNotUTC:
      Catalogue(.error, "RFC 5545, 3.8.7")
    case .timeInFuture:
      Catalogue(.warning, "RFC 5545, 3.8.7")
    case .valueTypeMismatch:
      Catalogue(
        .error, "RFC 5545, 3.2.20",
        [
          (.readsOtherTime, .measured, [.vobject, .rubyICalendar, .sabreVObject]),
          (.losesEvents, .measured, [.calcurse]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .yearOutOfRange:
      Catalogue(
        .error, "RFC 5545, 3.3.4",
        [
          (.refusesFeed, .measured, [.sabreVObject]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .tooManyValues:
      Catalogue(
        .error, "RFC 5545, 3.8.5",
        [
          (.losesEvents, .measured, [.libical]),
          (.refusesFeed, .source, [.preavis]),
        ])
    default: nil
    }
  }
}
