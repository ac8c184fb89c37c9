import CivilTime
import Planning
import TestSupport

/// A contract like the one of the case files: nights 00:00–07:00, Sundays, public holidays, 48 hours of notice.
enum SampleContract {
  static func terms(
    zone: String = "metropole", from date: String = "2020-01-01", _ change: (inout ContractTerms) -> Void = { _ in }
  ) -> ContractTerms {
    var terms = ContractTerms(
      effectiveFrom: day(date), timeZone: Fixtures.paris, holidays: FrenchHolidays.calendar(zone),
      window: .init(
        clause: "5 (window)", nights: [night(0, 7)], weekdays: [.sunday], holidays: true,
        anyTimeEnvironments: ["test"]),
      planned: .init(clause: "5 (notice)", notice: .hours(48), insideAnnouncedKeepsNotice: true),
      emergency: .init(clause: "5 (emergency)", refuseWhenPlannable: true),
      updates: .init(clause: "10", announceBeforeStart: true, exceptSimpleCorrections: true),
      availability: nil, support: nil, freezes: [])
    change(&terms)
    return terms
  }

  static func night(_ start: Int, _ end: Int) -> ContractTerms.NightRange {
    .init(start: TimeOfDay(hour: start, minute: 0)!, end: TimeOfDay(hour: end, minute: 0))
  }

  static func contract(_ versions: [ContractTerms] = [terms()]) -> Contract {
    Contract(
      service: "hub", name: .init(french: "Hub", english: "Hub"), source: "contract.pdf",
      components: ["portal", "api", "database"], environments: ["production", "test"],
      contact: .init(name: "Ops", url: nil, email: "ops@example.org"), organizer: "ops@example.org",
      portal: "https://example.org", versions: versions, keepPastDays: 30, clients: [])
  }

  static let byZone: [String: Contract] = Dictionary(
    uniqueKeysWithValues: FrenchHolidays.zones.map { ($0, contract([terms(zone: $0)])) })
}
