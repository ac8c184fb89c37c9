import CivilTime
package import JSONText
import Planning
import Register

/// The calendar as stable JSON: times with their offset, lengths in elapsed seconds. Source: docs/interface.md.
package enum AnnexJSON {
  package static func json(_ year: AnnexYear) -> JSON { form.json(year, .inForce(year.contract.timeZone)) }

  package static let form = Form<AnnexYear>(
    "Year",
    [
      .must("service") { $0.contract.service }, .must("environment") { $0.environment },
      .must("source") { $0.contract.source }, .must("year") { $0.year },
      .must("versions", list: version) { $0.versions }, .must("windows", list: window) { $0.windows },
      .must("holidays", list: holiday) { $0.holidays }, .must("bridges", list: bridge) { $0.bridges },
      .must("clock_changes", list: clockChange) { $0.clockChanges }, .must("freezes", list: freeze) { $0.freezes },
      .must("months", list: month) { $0.months }, .must("total", figures) { $0.total },
    ])

  private static let version = Form<ContractTerms>([
    .must("effective_from") { $0.effectiveFrom }, .must("time_zone") { $0.timeZone.name },
    .must("holiday_zone") { $0.holidays.zone }, .must("window_clause") { $0.window.clause },
    .must("availability_clause") { $0.availability?.clause },
  ])

  private static let window = Form<AnnexWindow>([
    .all(of: Interval.form) { $0.interval }, .must("clock_shift_seconds") { $0.clockShift },
    .must("whole_days") { $0.wholeDays }, .must("holidays") { $0.holidays.map(\.date) },
    .must("lengthened_by_holiday") { $0.isLengthenedByHoliday },
  ])

  private static let holiday = Form<Holiday>([
    .must("date") { $0.date }, .must("names") { $0.names }, .must("laws") { $0.laws },
  ])

  private static let bridge = Form<(date: CivilDate, holidays: [Holiday])>([
    .must("date") { $0.date }, .must("holidays") { $0.holidays.map(\.date) },
  ])

  private static let clockChange = Form<ClockChange>([
    .must("date") { $0.date }, .must("at") { $0.at }, .must("offset_before") { TimeText.offset($0.before) },
    .must("offset_after") { TimeText.offset($0.after) }, .must("day_seconds") { $0.dayLength },
    .must("window") { $0.window?.interval }, .must("window_shift_seconds") { $0.window?.clockShift ?? .zero },
  ])

  private static let freeze = Form<Freeze>([
    .all(of: Interval.form) { $0.interval }, .must("title") { $0.title },
  ])

  private static let month = Form<AnnexMonth>([
    .must("month") { String(TimeText.date($0.days[0].date).prefix(7)) }, .all(of: figures) { $0.figures },
    .must("target_basis_points") { $0.target },
  ])

  private static let figures = Form<AnnexFigures>([
    .must("days") { $0.days }, .must("windows") { $0.windows }, .must("window_seconds") { $0.window },
    .must("business_days") { $0.referenceDays }, .must("prt_seconds") { $0.reference },
    .must("allowed_seconds") { $0.allowed },
  ])
}
