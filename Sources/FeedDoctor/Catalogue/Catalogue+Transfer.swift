extension Catalogue {
  /// HTTP.
  static func transfer(_ code: FindingCode) -> Catalogue? {
    switch code {
    case .httpStatus:
      Catalogue(
        .error, "RFC 9110, 15",
        [
          (.disablesCalendar, .source, [.thunderbird])
        ])
    case .httpGone:
      Catalogue(.error, "RFC 9110, 15.5.5")
    case .httpPageInstead:
      Catalogue(
        .error, "RFC 9110, 15.3.1",
        [
          (
            .refusesFeed, .measured,
            [
              .thunderbird, .kcalendarcore, .pythonICalendar, .recurringICalEvents, .pythonICS, .vobject, .libical,
              .rubyICalendar, .golangICal, .sabreVObject,
            ]
          ),
          (.emptiesCalendar, .measured, [.evolution]),
          (.losesEvents, .measured, [.calcurse]),
        ])
    case .httpContentType:
      Catalogue(.warning, "RFC 5545, 8.1")
    case .httpCharset:
      Catalogue(.warning, "RFC 5545, 8.1")
    case .httpAddressSuffix:
      Catalogue(.note, "RFC 5545, 8.1")
    case .httpNoETag:
      Catalogue(.warning, "RFC 9110, 8.8.3")
    case .httpWeakETag:
      Catalogue(.note, "RFC 9110, 8.8.1")
    case .httpNoLastModified:
      Catalogue(.note, "RFC 9110, 8.8.2")
    case .httpNotConditional:
      Catalogue(.warning, "RFC 9110, 13.1")
    case .httpHeadRefused:
      Catalogue(
        .error, "RFC 9110, 9.3.2",
        [
          (.disablesCalendar, .source, [.thunderbird])
        ])
    case .httpBodyCut:
      Catalogue(
        .error, "RFC 9110, 8.6",
        [
          (.emptiesCalendar, .source, [.thunderbird]),
          (.emptiesCalendar, .measured, [.evolution]),
        ])
    case .httpRedirectScheme:
      Catalogue(
        .warning, "RFC 9110, 15.4",
        [
          (.mayDiffer, .document, [.appleCalendar])
        ])
    case .httpRedirectHost:
      Catalogue(.warning, "RFC 9110, 15.4")
    case .httpNotEncrypted:
      Catalogue(
        .warning, "RFC 9110, 4.2.2",
        [
          (.mayDiffer, .document, [.appleCalendar])
        ])
    case .httpNoStore:
      Catalogue(.warning, "RFC 9111, 5.2.2.5")
    case .httpCookie:
      Catalogue(.warning, "RFC 6265, 3")
    case .httpRobots:
      Catalogue(
        .warning, "RFC 9309, 2",
        [
          (.refusesFeed, .anecdote, [.googleCalendar])
        ])
    default: nil
    }
  }
}
