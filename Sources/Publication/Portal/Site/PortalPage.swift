package import Planning

/// A page of the portal.
package enum PortalPage: Hashable, Sendable {
  /// All services of the site, in both languages.
  case services
  case home
  /// What ended in one year; the newest year stands under a name without year.
  case past(year: Int, isNewest: Bool)
  /// The month of today, under a name that stays.
  case calendar
  case month(CalendarMonth)
  case subscribe
  case change(ChangeID)
}

/// A publication for programs, of one service.
package enum PortalFeed: Hashable, CaseIterable, Sendable {
  case maintenance, windows, holidays, freezes, availability, changeCalendar, atom, json, statuspage

  /// Its media type. Source: RFC 5545, RFC 4287, JSON Feed 1.1.
  package var mediaType: String {
    switch self {
    case .maintenance, .windows, .holidays, .freezes, .availability, .changeCalendar: "text/calendar"
    case .atom: "application/atom+xml"
    case .json: "application/feed+json"
    case .statuspage: "application/json"
    }
  }
}
