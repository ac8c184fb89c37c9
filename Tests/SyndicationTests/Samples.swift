import CivilTime
import Foundation
import Planning
import TestSupport

@testable import Publication

/// Changes, a contract and a portal to publish, built as a register builds them: by events.
enum Samples {
  static let fixtures = Project.fixtures

  static let paris = Fixtures.paris

  static func contract(components: [String] = ["application", "administration", "flux"]) -> Contract {
    let terms = ContractTerms(
      effectiveFrom: CivilDate("2021-10-18")!, timeZone: paris,
      holidays: HolidayCalendar(zone: "metropole", rules: []),
      window: .init(clause: "article 5", nights: [], weekdays: [.sunday], holidays: true),
      planned: .init(clause: "article 5", notice: .hours(48), insideAnnouncedKeepsNotice: true),
      emergency: .init(clause: "article 5", refuseWhenPlannable: true),
      updates: .init(clause: "article 10", announceBeforeStart: true, exceptSimpleCorrections: true),
      availability: nil, support: nil, freezes: [])
    return Contract(
      service: "hub", name: .init(french: "Portail", english: "Hub"), source: "contract.pdf", components: components,
      environments: ["production", "preproduction"],
      contact: .init(name: "Support", url: "https://portal.example/support", email: nil),
      organizer: "maintenance@portal.example", portal: "https://Portal.example:8443/maintenance/", versions: [terms],
      keepPastDays: 90, clients: [])
  }

  static func at(_ text: String) -> Instant { utc(text) }

  static func interval(_ start: String, _ end: String) -> Interval { Interval(start: at(start), end: at(end))! }

  static func content(
    _ kind: ChangeKind = .maintenance, title: String = "Database upgrade", description: String = "New engine.",
    environment: String = "production", components: [String] = ["application", "flux"], impact: Impact = .outage,
    reason: Reason? = nil, day: String = "2026-12-06"
  ) -> ChangeContent {
    ChangeContent(
      kind: kind, service: "hub", environment: environment, components: components,
      interval: interval("\(day)T01:00+01:00", "\(day)T03:00+01:00"), title: title, description: description,
      impact: impact, reason: reason ?? (kind == .emergency ? "Security fix" : nil),
      update: kind == .update
        ? UpdateDetails(
          version: "8.2", category: .evolution, training: true, configuration: false, interruption: true,
          documentation: "https://portal.example/docs/8.2") : nil, alongside: [])
  }

  static let verdict = Verdict(findings: [])

  /// What was published of a change with these events, the first at 2026-11-02 09:30 in Paris, each next an hour later.
  static func history(
    _ number: Int, _ events: [ChangeEvent], from moment: String = "2026-11-02T09:30+01:00"
  ) -> PublishedHistory {
    var change: Change?
    var now = at(moment)
    var published: [Change] = []
    for event in events {
      let before = change?.revision
      change = event.apply(to: change, id: ChangeID(year: 2026, number: number), at: now)
      if let change, change.revision != before { published.append(change) }
      now = now + .hours(1)
    }
    return PublishedHistory(published)!
  }

  static func moved(_ content: ChangeContent, to day: String) -> ChangeContent {
    var moved = content
    moved.interval = interval("\(day)T02:00+01:00", "\(day)T04:00+01:00")
    moved.reason = "Supplier late"
    return moved
  }

  /// One change of each fate, oldest first.
  static let all: [PublishedHistory] = {
    let plain = content()
    var narrowed = plain
    narrowed.impact = .degraded
    let start = at("2026-12-06T01:02+01:00")
    return [
      history(1, [.planned(plain, verdict), .rescheduled(moved(plain, to: "2026-12-13"), verdict)]),
      history(2, [.planned(plain, verdict), .amended(narrowed, verdict)], from: "2026-11-03T09:30+01:00"),
      history(3, [.planned(plain, verdict), .cancelled(reason: "Not needed")], from: "2026-11-04T09:30+01:00"),
      history(
        4,
        [
          .planned(plain, verdict), .started(at: start, reason: nil),
          .extended(end: at("2026-12-06T04:30+01:00"), reason: "Checks take longer"),
        ], from: "2026-11-05T09:30+01:00"),
      history(
        5,
        [
          .planned(plain, verdict), .started(at: start, reason: nil),
          .completed(at: at("2026-12-06T03:10+01:00"), reason: nil),
        ], from: "2026-11-06T09:30+01:00"),
      history(
        6, [.emergencyRecorded(content(.emergency), verdict, start: start, end: nil)], from: "2026-11-07T09:30+01:00"),
      history(7, [.planned(content(.update), verdict)], from: "2026-11-08T09:30+01:00"),
      history(8, [.planned(content(environment: "preproduction"), verdict)], from: "2026-11-09T09:30+01:00"),
    ]
  }()

  static func stop(
    start: String = "2026-11-09T10:05+01:00", end: String? = nil, components: [String] = [],
    title: String = "Login fails",
    cause: OutageCause = .incident, environment: String = "production"
  ) -> OutageContent {
    OutageContent(
      service: "hub", environment: environment, components: components, cause: cause, start: at(start),
      end: end.map(at), title: title, evidence: "Ticket 4711")
  }

  /// What clients were told, the first event at 10:10 in Paris, each next ten minutes later.
  static func outage(_ events: [OutageEvent], told: OutagePublication = .status) -> PublishedOutage {
    published(events, told: told)!
  }

  static func published(_ events: [OutageEvent], told: OutagePublication = .status) -> PublishedOutage? {
    let id = OutageID(year: 2026, number: 1)
    var states: [(outage: Outage, at: Instant)] = []
    var now = at("2026-11-09T10:10+01:00")
    for event in events {
      states.append((event.apply(to: states.last?.outage, id: id, at: now)!, now))
      now = now + .minutes(10)
    }
    return PublishedOutage(id, states, told: told)
  }

  /// The texts of the hostile corpus.
  static func hostileTexts() throws -> [(id: String, text: String)] {
    struct All: Decodable {
      struct Text: Decodable {
        var id: String
        var file: String
      }
      var strings: [Text]
    }
    let folder = fixtures.appending(path: "hostile")
    let all = try JSONDecoder().decode(All.self, from: Data(contentsOf: folder.appending(path: "strings.json")))
    return try all.strings.map {
      // What is no UTF-8 is no String: it is repaired where it enters.
      ($0.id, String(decoding: try Data(contentsOf: folder.appending(path: $0.file)), as: UTF8.self))
    }
  }

  static func hostile() throws -> [PublishedHistory] {
    try hostileTexts().enumerated().map { index, hostile in
      let content = content(
        .emergency, title: hostile.text, description: hostile.text, reason: Reason(hostile.text))
      var again = content
      again.title = hostile.text + " 2"
      return history(100 + index, [.planned(content, verdict), .amended(again, verdict)])
    }
  }
}
