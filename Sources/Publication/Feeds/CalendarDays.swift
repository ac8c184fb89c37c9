package import CivilTime
import ICalendar
package import Planning
package import Wording

/// The contract's own calendar as feeds: windows, holidays and freezes, so that a client's calendar can show them.
package struct CalendarDays: Sendable {
  package enum Content: String, CaseIterable, Sendable { case windows, holidays, freezes, availability }

  let contract: Contract
  let environment: String
  let language: Language
  /// The stretch of time that is told of.
  let range: Interval

  package init(_ contract: Contract, environment: String = Contract.production, language: Language, range: Interval) {
    self.contract = contract
    self.environment = environment
    self.language = language
    self.range = range
  }

  package var windows: [Interval] {
    Array(WindowTable(contract: contract, environment: environment, covering: range).windows(meeting: range))
  }

  package var holidays: [Holiday] {
    let zone = contract.currentTimeZone
    return contract.holidays(
      in: zone.civil(range.start).date...zone.civil(range.end - Elapsed(seconds: 1)).date)
  }

  package var freezes: [Freeze] {
    var seen: Set<Freeze> = []
    return contract.versions.flatMap(\.freezes).filter { $0.interval.overlaps(range) && seen.insert($0).inserted }
      .sorted { ($0.interval.start, $0.title) < ($1.interval.start, $1.title) }
  }

  package func render(_ content: Content) throws -> [UInt8] {
    switch content {
    case .windows: try calendar(windowTitle, windows.map(windowEvent))
    case .holidays: try render(holidays)
    case .freezes: try calendar(language("Freeze periods", "Périodes de gel"), freezes.map(freezeEvent))
    case .availability: try availability()
    }
  }

  /// Windows, the given holidays and freezes in one calendar, under the same identifiers as in the calendars of each.
  package func renderAll(_ holidays: [Holiday]) throws -> [UInt8] {
    try calendar(
      language("Maintenance calendar", "Calendrier de maintenance"),
      windows.map(windowEvent) + holidays.map(holidayEvent) + freezes.map(freezeEvent))
  }

  /// How far ahead feeds of recurring days reach, in civil months from the current one: readers that poll have time to
  /// fetch the next.
  static let monthsAhead = 13

  /// The stretch of such a feed: the same all through a month, so that its bytes are too.
  package static func range(_ contract: Contract, at now: Instant) -> Interval {
    let zone = contract.currentTimeZone
    let (year, month, _) = zone.civil(now).date.components
    func first(_ offset: Int) -> Instant {
      let index = year * 12 + month - 1 + offset
      // Holds: every month has a first day.
      return zone.startOfDay(CivilDate(year: index / 12, month: index % 12 + 1, day: 1)!)
    }
    // Holds: months follow each other.
    return Interval(start: first(0), end: first(monthsAhead))!
  }

  /// Terms are dated by the version that says them.
  private var stamp: Instant {
    let newest = contract.versions[contract.versions.count - 1]
    return newest.timeZone.startOfDay(newest.effectiveFrom)
  }

  private var windowTitle: String { language("Maintenance window", "Fenêtre de maintenance") }

  /// Each merged window as one event in UTC; recurring rules are read differently by different readers.
  private func windowEvent(_ window: Interval) -> CalendarEvent {
    event("window-\(TimeText.basicUTC(window.start))", .timed(window), windowTitle, window)
  }

  private func event(_ key: String, _ span: CalendarSpan, _ summary: String, _ interval: Interval) -> CalendarEvent {
    CalendarEvent(
      uid: "\(key)-\(contract.service)@preavis", span: span, stamp: stamp, summary: summary,
      description: described(interval),
      url: "\(contract.portal)#\(key)", isTransparent: true)
  }

  private func described(_ interval: Interval) -> String {
    let wording = wording(at: interval.start)
    return "\(wording.range(interval)) (\(wording.zoneName))"
  }

  private func wording(at moment: Instant) -> Wording {
    Wording(language, zone: contract.timeZone(at: moment), audience: .clients)
  }

  /// Whole civil days (exclusive end); of another list of holidays than the contract's own where one is asked for.
  package func render(_ holidays: [Holiday]) throws -> [UInt8] {
    try calendar(language("Public holidays", "Jours fériés"), holidays.map(holidayEvent))
  }

  private func holidayEvent(_ holiday: Holiday) -> CalendarEvent {
    let key = "holiday-\(TimeText.basicDate(holiday.date))"
    return CalendarEvent(
      uid: "\(key)-\(contract.service)@preavis",
      span: .allDay(first: holiday.date, end: holiday.date.advanced(byDays: 1)), stamp: stamp,
      summary: holiday.names.map(wording(at: range.start).holiday).joined(separator: ", "),
      description: holiday.laws.joined(separator: "\n"),
      url: "\(contract.portal)#\(key)", isTransparent: true)
  }

  /// A freeze of whole civil days as such days, another with its times.
  private func freezeEvent(_ freeze: Freeze) -> CalendarEvent {
    let zone = contract.timeZone(at: freeze.interval.start)
    let (first, end) = (zone.civil(freeze.interval.start).date, zone.civil(freeze.interval.end).date)
    let isWhole =
      zone.startOfDay(first) == freeze.interval.start && zone.startOfDay(end) == freeze.interval.end && first < end
    return event(
      "freeze-\(TimeText.basicUTC(freeze.interval.start))",
      isWhole ? .allDay(first: first, end: end) : .timed(freeze.interval), freeze.title, freeze.interval)
  }

  /// The windows as availability for work, at an address of its own: a reader refuses calendars that hold both this and
  /// events. Source: RFC 7953.
  private func availability() throws -> [UInt8] {
    var bytes = try header(windowTitle).render()
    let organizer = CalendarEvent.Organizer(address: contract.organizer, name: contract.contact.name)
    bytes += try AvailabilityComponent(
      uid: "availability-\(contract.service)@preavis", range: range, stamp: stamp, summary: windowTitle,
      organizer: organizer,
      available: windows.map {
        .init(uid: "available-\(TimeText.basicUTC($0.start))-\(contract.service)@preavis", interval: $0)
      }
    ).render()
    return bytes + CalendarHeader.footer
  }

  private func header(_ what: String) -> CalendarHeader {
    let name = language.choice(contract.name)
    return CalendarHeader(
      prodID: StandardFeed.prodID(language), method: "PUBLISH", name: "\(name) – \(what)", refreshInterval: .hours(24))
  }

  /// Never empty: a reader that finds no event keeps what it had.
  private func calendar(_ what: String, _ events: [CalendarEvent]) throws -> [UInt8] {
    var bytes = try header(what).render()
    for var event in events.isEmpty ? [StandardFeed.placeholder(contract, language)] : events {
      event.organizer = .init(address: contract.organizer, name: contract.contact.name)
      bytes += try event.render()
    }
    return bytes + CalendarHeader.footer
  }
}
