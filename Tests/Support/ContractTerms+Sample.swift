import CivilTime
package import Planning

extension ContractTerms {
  /// Nights and Sundays in Paris, 48 hours of notice, no public holidays.
  package static let sample = ContractTerms(
    effectiveFrom: CivilDate("2021-10-18")!, timeZone: Fixtures.paris,
    holidays: HolidayCalendar(zone: "metropole", rules: []),
    window: .init(
      clause: "article 5", nights: [.init(start: .midnight, end: TimeOfDay(hour: 7, minute: 0)!)],
      weekdays: [.sunday], holidays: true),
    planned: .init(clause: "article 5", notice: .hours(48), insideAnnouncedKeepsNotice: true),
    emergency: .init(clause: "article 5", refuseWhenPlannable: true),
    updates: .init(clause: "article 10", announceBeforeStart: true, exceptSimpleCorrections: true),
    availability: nil, support: nil, freezes: [])
}
