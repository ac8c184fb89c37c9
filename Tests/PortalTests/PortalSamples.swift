import CivilTime
import Foundation
import Planning
import Publication
import TestSupport
import Wording

/// A contract, changes through their events, and pages, for the tests of the portal.
enum PortalSamples {
  static let zone = Fixtures.paris

  static func at(_ text: String) -> Instant { utc(text) }

  static func interval(_ start: String, _ end: String) -> Interval { Interval(start: at(start), end: at(end))! }
  static func day(_ text: String) -> CivilDate { CivilDate(text)! }

  static func contract(text: String? = nil) -> Contract {
    Contract(
      service: "profession-liberale",
      name: .init(french: text ?? "Profession Libérale", english: text ?? "Profession Libérale"),
      source: text ?? "Livret de Services", components: ["application", "flux"], environments: ["production"],
      contact: .init(
        name: text ?? "Support", url: "https://portal.example/support", email: "support@portal.example",
        phone: "+33 1 23 45 67 89"),
      organizer: "maintenance@portal.example", portal: "https://portal.example/maintenance", versions: [.sample],
      keepPastDays: 90, clients: [])
  }

  /// `text` stands in every field that a request fills.
  static func content(
    _ kind: ChangeKind = .maintenance, text: String? = nil,
    _ interval: Interval = interval("2026-12-06T01:00+01:00", "2026-12-06T03:00+01:00")
  ) -> ChangeContent {
    ChangeContent(
      kind: kind, service: "profession-liberale", environment: text ?? "production",
      components: [text ?? "application", "flux"], interval: interval, title: text ?? "Mise à niveau",
      description: text ?? "Changement de moteur.", impact: .outage, reason: Reason(text) ?? "Correctif",
      update: kind == .update
        ? UpdateDetails(
          version: text ?? "8.2", category: .evolution, training: true, configuration: false, interruption: true,
          documentation: "https://portal.example/docs/8.2") : nil, alongside: [])
  }

  /// What `events` publish, the first at 2026-12-02 09:30 in Paris, each next one an hour later.
  static func history(_ events: [ChangeEvent], number: Int = 42) -> PublishedHistory {
    var change: Change?
    var published: [Change] = []
    var now = at("2026-12-02T09:30+01:00")
    for event in events {
      let before = change?.revision
      change = event.apply(to: change, id: ChangeID(year: 2026, number: number), at: now)
      if let change, change.revision != before { published.append(change) }
      now = now + .hours(1)
    }
    return PublishedHistory(published)!
  }

  static let verdict = Verdict(findings: [])

  /// A change that was planned, moved and reworded.
  static func moved(_ kind: ChangeKind = .maintenance, text: String? = nil) -> PublishedHistory {
    let first = content(kind, text: text)
    var second = first
    second.interval = interval("2026-12-13T02:00+01:00", "2026-12-14T05:00+01:00")
    second.impact = .degraded
    second.title += " (2)"
    second.description += " Encore."
    return history([.planned(first, verdict), .rescheduled(second, verdict)])
  }

  static func site(
    _ language: Language, now: String = "2026-12-06T02:00+01:00", isSimulation: Bool = false, text: String? = nil,
    pastYears: [Int] = [2026, 2025], base: String = "https://portal.example/maintenance/"
  ) -> PortalSite {
    PortalSite(
      contract: contract(text: text), language: language, now: at(now), isSimulation: isSimulation, base: base,
      pastYears: pastYears,
      months: CalendarMonth(day("2026-11-01"))...CalendarMonth(day("2027-01-01")))
  }

  static func month(
    _ language: Language, _ first: String, changes: [Change] = [], isSimulation: Bool = false, text: String? = nil
  ) -> String {
    let first = day(first)
    let span = Interval(start: zone.startOfDay(first), end: zone.startOfDay(first.advanced(byDays: 31)))!
    let windows = WindowTable(contract: contract(), environment: "production", covering: span).windows.intervals
    return string(
      site(language, isSimulation: isSimulation, text: text).month(
        first, changes: changes, windows: windows, holidays: [],
        freezes: [
          Freeze(title: text ?? "Clôture", interval: interval("2026-12-16T00:00Z", "2026-12-18T00:00Z"), source: "f")
        ]))
  }

  static func lists(_ current: [Change], _ upcoming: [Change], _ past: [Change]) -> PortalLists {
    var lists = PortalLists([], at: .earliest)
    (lists.current, lists.upcoming, lists.past) = (current, upcoming, past)
    return lists
  }

  static func string(_ page: [UInt8]) -> String { String(decoding: page, as: UTF8.self) }

  /// Every page of a site with one change of each kind, by path.
  static func pages(text: String? = nil, isSimulation: Bool = false) -> [String: String] {
    var pages: [String: String] = [:]
    let histories = ChangeKind.allCases.enumerated().map { index, kind in
      let planned = ChangeEvent.planned(content(kind, text: text), verdict)
      let events: [ChangeEvent] =
        index == 1
        ? [planned, .started(at: at("2026-12-06T01:02+01:00"), reason: Reason(text))]
        : [planned, .cancelled(reason: Reason(text))]
      return history(events, number: index + 1)
    }
    let changes = histories.map(\.newest)
    pages["index.html"] = string(PortalSite.services([contract(text: text)], isSimulation: isSimulation))
    for language in Language.allCases {
      let site = site(language, isSimulation: isSimulation, text: text)
      func put(_ page: PortalPage, _ bytes: [UInt8]) {
        pages[site.paths.page(page, language).description] = string(bytes)
      }
      let lists = self.lists(changes, changes, changes)
      put(.home, site.home(lists))
      for name in site.contract.components { put(.component(name), site.home(lists, component: name)) }
      put(.past(year: 2026, isNewest: true), site.past(changes))
      put(.past(year: 2025, isNewest: false), site.past([], year: 2025))
      put(.subscribe, site.subscribe())
      for history in histories { put(.change(history.newest.id), site.change(history)) }
      for first in ["2026-11-01", "2026-12-01", "2027-01-01"] {
        let page = month(language, first, changes: changes, isSimulation: isSimulation, text: text)
        pages[site.paths.page(.month(CalendarMonth(day(first))), language).description] = page
        pages[site.paths.page(.calendar, language).description] = page
      }
    }
    return pages
  }
}
