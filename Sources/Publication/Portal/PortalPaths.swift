import CivilTime
package import Planning
package import Wording

/// Where a file of the portal lies, below the root of the site: `profession-liberale/en/index.html`.
package struct PortalPath: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  fileprivate init(_ parts: [String]) { description = parts.joined(separator: "/") }

  /// This file as seen from `page`: only `..` and names, so that the site works below any folder and without a server.
  package func relative(to page: PortalPath) -> String {
    let from = page.description.split(separator: "/").dropLast()
    let to = description.split(separator: "/")
    var common = 0
    while common < from.count, common < to.count - 1, from[common] == to[common] { common += 1 }
    let up = Array(repeating: "..", count: from.count - common)
    return (up + to[common...].map(String.init)).joined(separator: "/")
  }
}

/// The one place that knows where the files of a service lie.
package struct PortalPaths: Hashable, Sendable {
  /// Name of the service's folder.
  package let service: String

  package init(service: String) { self.service = service }

  package static let services = PortalPath(["index.html"])
  /// That of the page of all services. Each service has its own copy, so that its folder can be served alone.
  package static let stylesheet = PortalPath(["style.css"])
  package var stylesheet: PortalPath { PortalPath([service, "style.css"]) }
  package static let icon = PortalPath(["icon.svg"])
  package var icon: PortalPath { PortalPath([service, "icon.svg"]) }

  /// French stands in the service's folder, English in `en/` below it.
  package func page(_ page: PortalPage, _ language: Language) -> PortalPath {
    let folder = language == .french ? [service] : [service, language.rawValue]
    switch page {
    case .services: return PortalPaths.services
    case .home: return PortalPath(folder + ["index.html"])
    case .component(let name): return PortalPath(folder + ["component", "\(name).html"])
    case .past(let year, let isNewest): return PortalPath(folder + [isNewest ? "past.html" : "past-\(year).html"])
    case .calendar: return PortalPath(folder + ["calendar", "index.html"])
    case .month(let month):
      return PortalPath(folder + ["calendar", "\(month.year)-\(month.month.padded(2)).html"])
    case .subscribe: return PortalPath(folder + [PortalPaths.subscribe])
    case .subscription(let token): return PortalPath(folder + [PortalPaths.subscriptions, token])
    case .change(let id): return PortalPath(folder + [id.description, "index.html"])
    }
  }

  /// The name of the page with the form, and of the folder of pages that only mails lead to. A server answers what is posted
  /// to them.
  package static let subscribe = "subscribe.html"
  package static let subscriptions = "subscription"

  /// Feeds lie beside the French pages for both languages, since their addresses are subscribed to for years.
  package func feed(_ feed: PortalFeed, _ language: Language) -> PortalPath {
    let code = language.rawValue
    switch feed {
    case .maintenance: return PortalPath([service, "feeds", "maintenance.\(code).ics"])
    case .windows: return PortalPath([service, "feeds", "windows.\(code).ics"])
    case .holidays: return PortalPath([service, "feeds", "holidays.\(code).ics"])
    case .freezes: return PortalPath([service, "feeds", "freezes.\(code).ics"])
    case .availability: return PortalPath([service, "feeds", "availability.ics"])
    case .changeCalendar: return PortalPath([service, "feeds", "change-calendar.ics"])
    case .atom: return PortalPath([service, "feeds", "atom.\(code).xml"])
    case .json: return PortalPath([service, "feeds", "feed.\(code).json"])
    case .statuspage: return PortalPath([service, "api", "v2", "summary.json"])
    }
  }

  /// The calendar file of one change.
  package func event(_ id: ChangeID, _ language: Language) -> PortalPath {
    PortalPath([service, id.description, "change.\(language.rawValue).ics"])
  }

  /// The address under which `path` is published where `base` is that of the service's folder, without a slash at its
  /// end. A page that a folder stands for loses its file name.
  package func address(of path: PortalPath, base: String) -> String {
    var parts = path.description.split(separator: "/").map(String.init)
    if parts.first == service { parts.removeFirst() }
    if parts.last == "index.html" { parts[parts.count - 1] = "" }
    return base + "/" + parts.joined(separator: "/")
  }

  /// The same address for programs that subscribe; nil where `address` is no web address.
  package static func subscription(to address: String) -> String? {
    for scheme in ["https://", "http://"] where address.utf8.starts(with: scheme.utf8) {
      return "webcal://" + address.dropFirst(scheme.count)
    }
    return nil
  }
}

/// A page of the portal.
package enum PortalPage: Hashable, Sendable {
  /// All services of the site, in both languages.
  case services
  case home
  /// What touches one component.
  case component(String)
  /// What ended in one year; the newest year stands under a name without year.
  case past(year: Int, isNewest: Bool)
  /// The month of today, under a name that stays.
  case calendar
  case month(CalendarMonth)
  case subscribe
  /// Of one subscription by mail; no file.
  case subscription(token: String)
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
