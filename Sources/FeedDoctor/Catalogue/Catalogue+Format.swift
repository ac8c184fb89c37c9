extension Catalogue {
  /// The file as a whole.
  static func format(_ code: FindingCode) -> Catalogue? {
    switch code {
    case .emptyFile:
      Catalogue(
        .error, "RFC 5545, 3.4",
        [
          (.refusesFeed, .measured, [.kcalendarcore, .libical, .rubyICalendar, .sabreVObject])
        ])
    case .looksLikeHTML:
      Catalogue(
        .error, "RFC 5545, 3.4",
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
    case .looksLikeXML:
      Catalogue(.error, "RFC 6321, 3")
    case .looksLikeJSON:
      Catalogue(
        .error, "RFC 7265, 3",
        [
          (
            .refusesFeed, .measured,
            [
              .thunderbird, .kcalendarcore, .pythonICalendar, .recurringICalEvents, .pythonICS, .vobject, .libical,
              .rubyICalendar, .golangICal, .sabreVObject,
            ]
          ),
          (.losesEvents, .measured, [.calcurse]),
        ])
    case .looksLikeGzip:
      Catalogue(
        .error, "RFC 9110, 8.4",
        [
          (
            .refusesFeed, .measured,
            [
              .thunderbird, .kcalendarcore, .pythonICalendar, .recurringICalEvents, .pythonICS, .vobject, .libical,
              .rubyICalendar, .golangICal, .sabreVObject,
            ]
          ),
          (.losesEvents, .measured, [.calcurse]),
        ])
    case .looksLikeZip:
      Catalogue(.error, "RFC 5545, 3.4")
    case .looksLikeUTF16:
      Catalogue(
        .error, "RFC 5545, 3.1.4",
        [
          (
            .refusesFeed, .measured,
            [
              .thunderbird, .kcalendarcore, .pythonICalendar, .recurringICalEvents, .pythonICS, .vobject, .libical,
              .rubyICalendar, .golangICal, .sabreVObject,
            ]
          ),
          (.losesEvents, .measured, [.calcurse]),
        ])
    case .notCalendar:
      Catalogue(
        .error, "RFC 5545, 3.4",
        [
          (
            .refusesFeed, .measured,
            [
              .thunderbird, .kcalendarcore, .pythonICalendar, .recurringICalEvents, .pythonICS, .vobject, .libical,
              .rubyICalendar, .golangICal, .sabreVObject,
            ]
          ),
          (.losesEvents, .measured, [.calcurse]),
        ])
    case .tooLarge:
      Catalogue(
        .error, "RFC 5545, 3.4",
        [
          (.refusesFeed, .document, [.googleCalendar])
        ])
    case .largeFeed:
      Catalogue(
        .warning, "RFC 5545, 3.4",
        [
          (.refusesFeed, .document, [.googleCalendar]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .byteOrderMark:
      Catalogue(
        .error, "RFC 5545, 3.1.4",
        [
          (.refusesFeed, .measured, [.pythonICS, .vobject, .sabreVObject]),
          (.losesEvents, .measured, [.calcurse]),
        ])
    case .notUTF8:
      Catalogue(
        .error, "RFC 5545, 3.1.4",
        [
          (.refusesFeed, .measured, [.thunderbird, .pythonICS, .vobject, .rubyICalendar, .sabreVObject])
        ])
    case .importRefuses:
      Catalogue(
        .note, "RFC 5545, 3.4",
        [
          (.refusesFeed, .source, [.preavis])
        ])
    case .libicalRefuses:
      Catalogue(
        .error, "RFC 5545, 3.4",
        [
          (.reportsError, .measured, [.libical])
        ])
    default: nil
    }
  }
}
