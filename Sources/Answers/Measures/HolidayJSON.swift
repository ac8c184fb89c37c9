import CivilTime
package import JSONText
package import Planning

/// The JSON of a year's holidays, the same at the command line and in a batch.
package enum HolidayJSON {
  package static func year(_ year: Int, _ calendar: HolidayCalendar, laws: Bool = false) -> JSON {
    let holidays = calendar.holidays(in: year)
    return [
      "distinct_dates": .integer(Int64(holidays.count)),
      "named": .integer(Int64(holidays.reduce(0) { $0 + $1.names.count })),
      "holidays": .array(
        holidays.map { holiday in
          .members([
            "date": .string(TimeText.date(holiday.date)), "weekday": .integer(Int64(holiday.date.weekday.rawValue)),
            "names": .array(holiday.names.sorted().map { .string($0) }),
            "laws": laws ? .array(holiday.laws.map { .string($0) }) : nil,
          ])
        }),
    ]
  }
}
