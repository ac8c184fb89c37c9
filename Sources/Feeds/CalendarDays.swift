package import CivilTime
import ICalendar
package import Planning
package import Wording

/// The contract's own calendar as feeds: windows and holidays, so that a client's calendar can show them.
package enum CalendarDays {
  private static func header(_ contract: Contract, _ language: Language, _ what: String) -> CalendarHeader {
    let name = language(contract.name.english, contract.name.french)
    return CalendarHeader(
      prodID: "-//Preavis//Preavis//\(language("EN", "FR"))", method: "PUBLISH", name: "\(name) – \(what)",
      refreshInterval: .hours(24))
  }

  /// Each merged window as one event in UTC; recurring rules are read differently by different readers.
  package static func windows(_ windows: [Interval], contract: Contract, language: Language) throws -> [UInt8] {
    let title = language("Maintenance window", "Fenêtre de maintenance")
    let stamp = contract.versions[contract.versions.count - 1]
    return try calendar(
      header(contract, language, title), contract,
      windows.map { window in
        CalendarEvent(
          uid: "window-\(TimeText.basicUTC(window.start))-\(contract.service)@preavis", span: .timed(window),
          stamp: stamp.timeZone.startOfDay(stamp.effectiveFrom), summary: title,
          description: Wording(language, zone: contract.timeZone(at: window.start)).range(window),
          url: contract.portal + "#window-\(TimeText.basicUTC(window.start))", isTransparent: true)
      })
  }

  package static func holidays(_ holidays: [Holiday], contract: Contract, language: Language) throws -> [UInt8] {
    let stamp = contract.versions[contract.versions.count - 1]
    return try calendar(
      header(contract, language, language("Public holidays", "Jours fériés")), contract,
      holidays.map { holiday in
        CalendarEvent(
          uid: "holiday-\(TimeText.basicDate(holiday.date))-\(contract.service)@preavis",
          span: .allDay(first: holiday.date, end: holiday.date.advanced(byDays: 1)),
          stamp: stamp.timeZone.startOfDay(stamp.effectiveFrom), summary: holiday.names.joined(separator: ", "),
          description: holiday.laws.joined(separator: "\n"),
          url: contract.portal + "#holiday-\(TimeText.basicDate(holiday.date))", isTransparent: true)
      })
  }

  private static func calendar(
    _ header: CalendarHeader, _ contract: Contract, _ events: [CalendarEvent]
  ) throws -> [UInt8] {
    var bytes = try header.render()
    for var event in events {
      event.organizer = .init(address: contract.organizer, name: contract.contact.name)
      bytes += try event.render()
    }
    return bytes + CalendarHeader.footer
  }
}
