package import CivilTime
package import JSONText
package import Planning
package import Wording

/// The stable JSON of availability: figures are whole seconds and exact, percentages are texts with six decimals.
package struct AvailabilityJSON {
  let wording: Wording
  let isSimulation: Bool

  package init(wording: Wording, isSimulation: Bool) {
    self.wording = wording
    self.isSimulation = isSimulation
  }

  private func time(_ instant: Instant) -> JSON { .string(TimeText.local(instant, in: wording.zone)) }

  private func interval(_ interval: Interval) -> JSON {
    [
      "start": time(interval.start), "end": time(interval.end), "seconds": .integer(interval.length.seconds),
    ]
  }

  private func percent(_ figures: AvailabilityFigures) -> JSON { figures.percent.json }

  /// `99.00`
  package static func target(_ basisPoints: Int) -> String {
    Wording.decimal(basisPoints, digits: 2)
  }

  package func month(_ month: MonthAvailability) -> JSON {
    let (figures, late) = (month.figures, month.withoutLateUrgency)
    return .members([
      "service": .string(month.service), "month": .string(month.period.month.description),
      "business_days": .integer(Int64(month.period.days)), "prt_seconds": .integer(figures.reference.seconds),
      "ti_seconds": .integer(figures.unavailable.seconds), "td_percent": percent(figures),
      "target_percent": .string(AvailabilityJSON.target(figures.targetBasisPoints)), "met": .bool(figures.isMet),
      "budget_seconds": .integer(figures.budget.seconds),
      "budget_left_seconds": .integer(figures.budgetLeft.seconds), "clause": .string(month.period.clause),
      "provisional": .bool(!month.provisional.isEmpty),
      "provisional_reasons": .array(month.provisional.map(provisional)),
      "without_late_urgency": [
        "ti_seconds": .integer(late.unavailable.seconds), "td_percent": percent(late), "met": .bool(late.isMet),
        "excluded_afterwards": .array(month.lateUrgency.map { source($0.stop.source) }),
      ],
      "stops": .array(month.accounts.map { account($0, month.period) }), "simulation": isSimulation ? true : nil,
    ])
  }

  private func provisional(_ reason: MonthAvailability.Provisional) -> JSON {
    let message = JSON.string(wording.provisional(reason))
    return switch reason {
    case .monthNotOver: ["code": "month_not_over", "message": message]
    case .ongoing(let source): ["code": "ongoing", "id": self.source(source), "message": message]
    case .unrecordedStart(let id):
      ["code": "unrecorded_start", "id": .string(id.description), "message": message]
    }
  }

  private func source(_ source: Stop.Source) -> JSON {
    switch source {
    case .outage(let id): .string(id.description)
    case .change(let id): .string(id.description)
    case .supposed: .null
    }
  }

  private func account(_ account: StopAccount, _ period: ReferencePeriod) -> JSON {
    let stop = account.stop
    return .members([
      "id": source(stop.source), "cause": .string(stop.cause.rawValue), "title": .string(stop.title),
      "environment": .string(stop.environment), "start": time(stop.interval.start),
      "end": stop.isOngoing ? .null : time(stop.interval.end), "ongoing": .bool(stop.isOngoing),
      "counted_until": stop.isOngoing ? time(stop.interval.end) : nil,
      "seconds": .integer(stop.interval.length.seconds), "counted_seconds": .integer(account.counted.length.seconds),
      "counted": .array(account.counted.intervals.map(interval)),
      "left_out": .array(
        account.leftOut.map { part in
          [
            "reason": .string(part.reason.rawValue),
            "message": .string(wording.leftOut(part.reason, stop, period)),
            "seconds": .integer(part.parts.length.seconds), "parts": .array(part.parts.intervals.map(interval)),
          ]
        }),
      "recorded_afterwards": stop.isUrgencyRecordedAfterwards ? true : nil,
      "evidence": stop.evidence.isEmpty ? nil : .string(stop.evidence),
    ])
  }

  /// What an interval would cost, month by month.
  package func simulation(_ supposed: Interval, _ pairs: [(before: MonthAvailability, after: MonthAvailability)])
    -> JSON
  {
    .members([
      "supposed": interval(supposed),
      "months": .array(
        pairs.map { pair in
          let account = pair.after.accounts.first { $0.stop.source == .supposed }
          return [
            "service": .string(pair.after.service), "month": .string(pair.after.period.month.description),
            "cost_seconds": .integer((pair.after.figures.unavailable - pair.before.figures.unavailable).seconds),
            "before": figures(pair.before), "after": figures(pair.after),
            "left_out": account.map { self.account($0, pair.after.period)["left_out"] ?? .array([]) } ?? .array([]),
          ]
        }), "simulation": isSimulation ? true : nil,
    ])
  }

  private func figures(_ month: MonthAvailability) -> JSON {
    [
      "ti_seconds": .integer(month.figures.unavailable.seconds), "td_percent": percent(month.figures),
      "met": .bool(month.figures.isMet), "budget_left_seconds": .integer(month.figures.budgetLeft.seconds),
    ]
  }
}
