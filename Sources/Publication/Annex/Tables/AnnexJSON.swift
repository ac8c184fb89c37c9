import CivilTime
package import JSONText
import Planning

/// The calendar as stable JSON: times with their offset, lengths in elapsed seconds. Source: docs/interface.md.
package enum AnnexJSON {
  package static func json(_ year: AnnexYear) -> JSON {
    func time(_ instant: Instant) -> JSON {
      .string(TimeText.local(instant, in: year.contract.timeZone(at: instant)))
    }
    func span(_ interval: Interval) -> [JSON.Member] {
      [
        .init("start", time(interval.start)), .init("end", time(interval.end)),
        .init("seconds", .integer(interval.length.seconds)),
      ]
    }
    return [
      "service": .string(year.contract.service), "environment": .string(year.environment),
      "source": .string(year.contract.source), "year": .integer(Int64(year.year)),
      "versions": .array(year.versions.map(version)),
      "windows": .array(
        year.windows.map { window in
          .object(
            span(window.interval) + [
              .init("clock_shift_seconds", .integer(window.clockShift.seconds)),
              .init("whole_days", .array(window.wholeDays.map(date))),
              .init("holidays", .array(window.holidays.map { date($0.date) })),
              .init("lengthened_by_holiday", .bool(window.isLengthenedByHoliday)),
            ])
        }),
      "holidays": .array(year.holidays.map(holiday)),
      "bridges": .array(
        year.bridges.map { ["date": date($0.date), "holidays": .array($0.holidays.map { date($0.date) })] }),
      "clock_changes": .array(
        year.clockChanges.map { change in
          [
            "date": date(change.date), "at": time(change.at), "offset_before": .string(TimeText.offset(change.before)),
            "offset_after": .string(TimeText.offset(change.after)), "day_seconds": .integer(change.dayLength.seconds),
            "window": change.window.map { .object(span($0.interval)) } ?? .null,
            "window_shift_seconds": .integer(change.window?.clockShift.seconds ?? 0),
          ]
        }),
      "freezes": .array(
        year.freezes.map { .object(span($0.interval) + [.init("title", .string($0.title))]) }),
      "months": .array(
        year.months.map { month in
          .object(
            [.init("month", .string(String(TimeText.date(month.days[0].date).prefix(7))))]
              + figures(month.figures)
              + [.init("target_basis_points", month.target.map { .integer(Int64($0)) } ?? .null)])
        }),
      "total": .object(figures(year.total)),
    ]
  }

  private static func date(_ date: CivilDate) -> JSON { .string(TimeText.date(date)) }

  private static func holiday(_ holiday: Holiday) -> JSON {
    [
      "date": date(holiday.date), "names": .array(holiday.names.map { .string($0) }),
      "laws": .array(holiday.laws.map { .string($0) }),
    ]
  }

  private static func version(_ terms: ContractTerms) -> JSON {
    [
      "effective_from": date(terms.effectiveFrom), "time_zone": .string(terms.timeZone.name),
      "holiday_zone": .string(terms.holidays.zone), "window_clause": .string(terms.window.clause),
      "availability_clause": (terms.availability?.clause).json,
    ]
  }

  private static func figures(_ figures: AnnexFigures) -> [JSON.Member] {
    [
      .init("days", .integer(Int64(figures.days))), .init("windows", .integer(Int64(figures.windows))),
      .init("window_seconds", .integer(figures.window.seconds)),
      .init("business_days", .integer(Int64(figures.referenceDays))),
      .init("prt_seconds", .integer(figures.reference.seconds)),
      .init("allowed_seconds", figures.allowed.map { .integer($0.seconds) } ?? .null),
    ]
  }
}
