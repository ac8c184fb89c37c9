import CivilTime
package import JSONText
package import Planning

/// The JSON of a year's holidays, the same at the command line and in a batch.
package enum HolidayJSON {
  /// - Parameter laws: whether the laws are named that make each.
  package static func year(_ year: Int, _ calendar: HolidayCalendar, laws: Bool = false) -> JSON {
    form.json((calendar.holidays(in: year), laws), .utc)
  }

  package static let form = Form<(holidays: [Holiday], laws: Bool)>(
    "Holidays",
    [
      .must("distinct_dates") { $0.holidays.count },
      .must("named") { $0.holidays.reduce(0) { $0 + $1.names.count } },
      .must("holidays", list: day) { year in year.holidays.map { ($0, year.laws) } },
    ])

  private static let day = Form<(holiday: Holiday, laws: Bool)>([
    .must("date") { $0.holiday.date }, .must("weekday", .whole(1...7)) { $0.holiday.date.weekday.rawValue },
    .must("names") { $0.holiday.names.sorted() }, .may("laws") { $0.laws ? $0.holiday.laws : nil },
  ])
}
