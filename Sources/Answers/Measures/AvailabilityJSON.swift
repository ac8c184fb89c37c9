package import CivilTime
package import JSONText
package import Planning
import Publication
import Register
package import Wording

/// The stable JSON of availability: figures are whole seconds and exact, percentages are texts with six decimals.
package struct AvailabilityJSON {
  let wording: Wording
  let isSimulation: Bool
  /// Leaves out what the cause of an outage rests on: those are papers of the house.
  let isForEveryone: Bool

  package init(wording: Wording, isSimulation: Bool, isForEveryone: Bool = false) {
    self.wording = wording
    self.isSimulation = isSimulation
    self.isForEveryone = isForEveryone
  }

  /// `99.00`
  package static func target(_ basisPoints: Int) -> String {
    Wording.decimal(basisPoints, digits: 2)
  }

  package func month(_ month: MonthAvailability) -> JSON {
    AvailabilityJSON.month.json((month, self), .local(wording.zone))
  }

  /// What an interval would cost, month by month.
  package func simulation(_ supposed: Interval, _ pairs: [(before: MonthAvailability, after: MonthAvailability)])
    -> JSON
  {
    AvailabilityJSON.simulation.json((supposed, pairs, self), .local(wording.zone))
  }

  package static let month = Form<(month: MonthAvailability, words: AvailabilityJSON)>(
    "Month",
    [
      .must("service") { $0.month.service }, .must("month") { $0.month.period.month },
      .must("business_days") { $0.month.period.days }, .must("prt_seconds") { $0.month.figures.reference },
      .must("ti_seconds") { $0.month.figures.unavailable }, .must("td_percent") { $0.month.figures.percent },
      .must("target_percent") { target($0.month.figures.targetBasisPoints) },
      .must("met") { $0.month.figures.isMet }, .must("budget_seconds") { $0.month.figures.budget },
      .must("budget_left_seconds") { $0.month.figures.budgetLeft }, .must("clause") { $0.month.period.clause },
      .must("provisional") { !$0.month.provisional.isEmpty },
      .must("provisional_reasons", list: reason) { shown in
        shown.month.provisional.map { ($0, shown.words.wording) }
      },
      .must("without_late_urgency", late) { $0.month },
      .must("stops", list: stop) { shown in
        shown.month.accounts.map { StopShown(account: $0, period: shown.month.period, words: shown.words) }
      },
      .simulation { $0.words.isSimulation },
    ])

  private static let reason = Form<(reason: MonthAvailability.Provisional, wording: Wording)>([
    .must("code", .choice(["month_not_over", "ongoing", "unrecorded_start"])) { shown in
      switch shown.reason {
      case .monthNotOver: "month_not_over"
      case .ongoing: "ongoing"
      case .unrecordedStart: "unrecorded_start"
      }
    },
    .may("id") { shown -> String?? in
      switch shown.reason {
      case .monthNotOver: nil
      case .ongoing(let source): .some(source.id)
      case .unrecordedStart(let id): id.description
      }
    },
    .must("message") { $0.wording.provisional($0.reason) },
  ])

  private static let late = Form<MonthAvailability>([
    .must("ti_seconds") { $0.withoutLateUrgency.unavailable }, .must("td_percent") { $0.withoutLateUrgency.percent },
    .must("met") { $0.withoutLateUrgency.isMet },
    .must("excluded_afterwards") { $0.lateUrgency.map(\.stop.source.id) },
  ])

  private typealias StopShown = (account: StopAccount, period: ReferencePeriod, words: AvailabilityJSON)

  private static let stop = Form<StopShown>([
    .must("id") { $0.account.stop.source.id }, .must("cause") { $0.account.stop.cause },
    .must("title") { $0.account.stop.title }, .must("environment") { $0.account.stop.environment },
    .must("start") { $0.account.stop.interval.start },
    .must("end") { $0.account.stop.isOngoing ? nil : $0.account.stop.interval.end },
    .must("ongoing") { $0.account.stop.isOngoing },
    .may("counted_until") { $0.account.stop.isOngoing ? $0.account.stop.interval.end : nil },
    .must("seconds") { $0.account.stop.interval.length }, .must("counted_seconds") { $0.account.counted.length },
    .must("counted") { $0.account.counted.intervals }, .must("left_out", list: leftOut, parts),
    .may("recorded_afterwards") { $0.account.stop.isUrgencyRecordedAfterwards ? true : nil },
    .may("evidence") {
      $0.words.isForEveryone || $0.account.stop.evidence.isEmpty ? nil : $0.account.stop.evidence
    },
  ])

  @Sendable private static func parts(_ stop: StopShown) -> [(part: StopAccount.LeftOut, stop: StopShown)] {
    stop.account.leftOut.map { ($0, stop) }
  }

  private static let leftOut = Form<(part: StopAccount.LeftOut, stop: StopShown)>([
    .must("reason") { $0.part.reason },
    .must("message") {
      $0.stop.words.wording.leftOut($0.part.reason, $0.stop.account.stop, $0.stop.period)
    },
    .must("seconds") { $0.part.parts.length }, .must("parts") { $0.part.parts.intervals },
  ])

  private typealias Pair = (before: MonthAvailability, after: MonthAvailability, words: AvailabilityJSON)

  package static let simulation = Form<
    (supposed: Interval, pairs: [(before: MonthAvailability, after: MonthAvailability)], words: AvailabilityJSON)
  >(
    "Simulation",
    [
      .must("supposed") { $0.supposed },
      .must("months", list: cost) { shown in shown.pairs.map { ($0.before, $0.after, shown.words) } },
      .simulation { $0.words.isSimulation },
    ])

  private static let cost = Form<Pair>([
    .must("service") { $0.after.service }, .must("month") { $0.after.period.month },
    .must("cost_seconds") { $0.after.figures.unavailable - $0.before.figures.unavailable },
    .must("before", figures) { $0.before.figures }, .must("after", figures) { $0.after.figures },
    .must("left_out", list: leftOut) { pair in
      let account = pair.after.accounts.first { $0.stop.source == .supposed }
      return account.map { parts(($0, pair.after.period, pair.words)) } ?? []
    },
  ])

  private static let figures = Form<AvailabilityFigures>([
    .must("ti_seconds") { $0.unavailable }, .must("td_percent") { $0.percent }, .must("met") { $0.isMet },
    .must("budget_left_seconds") { $0.budgetLeft },
  ])
}

extension Stop.Source {
  /// Nil for what is only supposed.
  package var id: String? {
    switch self {
    case .outage(let id): id.description
    case .change(let id): id.description
    case .supposed: nil
    }
  }
}
