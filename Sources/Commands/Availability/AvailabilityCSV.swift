import Answers
import CivilTime
import Planning
import Wording

/// Availability for spreadsheets, in stable columns; holds no text that anyone typed, so that nothing is quoted and no
/// cell is taken for a formula. Source: RFC 4180.
enum AvailabilityCSV {
  /// One row a month.
  static func months(_ months: [MonthAvailability]) -> String {
    let head = [
      "service", "month", "business_days", "prt_seconds", "ti_seconds", "td_percent", "target_percent", "met",
      "provisional", "budget_seconds", "budget_left_seconds", "td_percent_without_late_urgency",
    ]
    let rows = months.map { month in
      let figures = month.figures
      return [
        month.service, month.period.month.description, "\(month.period.days)", "\(figures.reference.seconds)",
        "\(figures.unavailable.seconds)", figures.percent ?? "", AvailabilityJSON.target(figures.targetBasisPoints),
        "\(figures.isMet)", "\(!month.provisional.isEmpty)", "\(figures.budget.seconds)",
        "\(figures.budgetLeft.seconds)", month.withoutLateUrgency.percent ?? "",
      ]
    }
    return text([head] + rows)
  }

  /// One row a stop and month that it meets: what counts, and what is left out for each reason, in whole seconds.
  /// - Parameter wording: times are written in the zone of each service.
  static func stops(_ months: [MonthAvailability], wording: (MonthAvailability) -> Wording) -> String {
    let reasons = StopAccount.LeftOut.Reason.allCases
    let head =
      [
        "service", "month", "id", "cause", "environment", "start", "end", "ongoing", "seconds", "counted_seconds",
      ] + reasons.map { "\($0.rawValue)_seconds" } + ["reasons", "recorded_afterwards"]
    let rows = months.flatMap { month in
      let zone = wording(month).zone
      return month.accounts.map { account in
        let stop = account.stop
        let left = reasons.map { reason in
          account.leftOut.first { $0.reason == reason }?.parts.length ?? .zero
        }
        return [
          month.service, month.period.month.description, id(stop.source), stop.cause.rawValue, stop.environment,
          TimeText.local(stop.interval.start, in: zone),
          stop.isOngoing ? "" : TimeText.local(stop.interval.end, in: zone), "\(stop.isOngoing)",
          "\(stop.interval.length.seconds)", "\(account.counted.length.seconds)",
        ] + left.map { "\($0.seconds)" } + [
          account.leftOut.map(\.reason.rawValue).joined(separator: " "), "\(stop.isUrgencyRecordedAfterwards)",
        ]
      }
    }
    return text([head] + rows)
  }

  private static func id(_ source: Stop.Source) -> String {
    switch source {
    case .outage(let id): id.description
    case .change(let id): id.description
    case .supposed: ""
    }
  }

  private static func text(_ rows: [[String]]) -> String {
    rows.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }
}
