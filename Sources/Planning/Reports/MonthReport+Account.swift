public import CivilTime

extension MonthReport {
  /// - Parameters:
  ///   - streams: of changes of the service and environment, in any order; those in `reach` at least.
  ///   - overrides: of the gate of the service, of any month and environment.
  ///   - availability: that of the service in the month, from the same register.
  /// - Returns: nil for a month without length by the contract’s zones.
  public init?(
    _ contract: Contract, environment: String, month: CivilMonth, streams: [ChangeStream],
    overrides: [GateOverride] = [], availability: MonthAvailability?, now: Instant
  ) {
    guard let bounds = month.bounds(contract) else { return nil }
    let until = min(now, bounds.end)
    let changes = streams.map(\.newest)
    let begun = changes.compactMap { change in change.actualStart.map { (start: $0.stated, change: change) } }
      .filter { bounds.contains($0.start) }.sorted { ($0.start, $0.change.id) < ($1.start, $1.change.id) }
      .map(\.change)
    let done = changes.filter { $0.actualEnd.map { bounds.contains($0.stated) } ?? false }
    service = contract.service
    name = contract.name
    self.environment = environment
    environmentName = contract.environmentNames[environment] ?? .init(french: environment, english: environment)
    self.month = month
    self.bounds = bounds
    self.until = until
    self.availability = environment == Contract.production ? availability : nil
    planned = KindCounts(
      changes.filter { $0.marks.first.map { bounds.contains($0.at) } ?? false }.map(\.content.kind))
    refusals = Refusals(streams, in: bounds)
    moves = Moves(streams, in: bounds)
    self.begun = KindCounts(begun.map(\.content.kind))
    self.done = KindCounts(done.map(\.content.kind))
    urgency = Urgency(begun)
    let beginnings = Set(begun.map(\.id))
    notice = NoticeGiven(
      given: changes.filter { change in
        beginnings.contains(change.id) || change.plannedAt.map { bounds.contains($0) } ?? false
      }
      .compactMap { NoticeGiven.Given($0, contract: contract) }
      .sorted { ($0.start, $0.change) < ($1.start, $1.change) },
      required: contract.terms(on: month.first).planned.notice)
    overruns = done.compactMap { change in change.overrun.map { Overrun(change: change.id, length: $0) } }
      .sorted { ($1.length, $0.change) < ($0.length, $1.change) }
    notices = Notices(
      published: changes.flatMap(\.notices).count { bounds.contains($0.publishedAt.stated) },
      late: MonthReport.late(streams, contract, at: until))
    self.overrides = overrides.filter { $0.environment == environment && bounds.contains($0.start) }
    weeks = Week.weeks(of: month, begun, contract)
  }

  /// A change without an event after this moment, not under way and over by then, is in no account of the month.
  public static func reach(_ contract: Contract, _ bounds: Interval, now: Instant) -> Instant {
    min(bounds.start - Elapsed(seconds: 1), min(now, bounds.end) - .hours(Int64(contract.keepPastDays) * 24))
  }

  /// What a change owed is forgotten when it leaves the feeds.
  private static func late(_ streams: [ChangeStream], _ contract: Contract, at until: Instant) -> [NoticeObligation] {
    let kept = until - .hours(Int64(contract.keepPastDays) * 24)
    return streams.flatMap { stream -> [NoticeObligation] in
      guard let change = stream.state(at: until),
        change.state == .inProgress || change.content.interval.end > kept
          || stream.entries.contains(where: { $0.at > kept && $0.at <= until })
      else { return [] }
      return NoticeObligations.owed(for: change, at: until, by: contract.notices)
        .filter { $0.status(at: until) == .late }
    }
    .sorted { ($0.due, $0.change) < ($1.due, $1.change) }
  }
}

extension CivilMonth {
  /// By the zones of the versions in force at its two ends.
  public func bounds(_ contract: Contract) -> Interval? {
    Interval(
      start: contract.terms(on: first).timeZone.startOfDay(first),
      end: contract.terms(on: end.advanced(byDays: -1)).timeZone.startOfDay(end))
  }
}

extension MonthReport.Refusals {
  fileprivate init(_ streams: [ChangeStream], in bounds: Interval) {
    for stream in streams {
      let verdicts = stream.entries.filter { bounds.contains($0.at) }.compactMap(\.event.refusal)
      requests += verdicts.count
      changes += verdicts.isEmpty ? 0 : 1
      for verdict in verdicts {
        for code in Set(verdict.findings.filter { !$0.isSatisfied }.map(\.code)) { counts[code, default: 0] += 1 }
      }
    }
  }
}

extension ChangeEvent {
  /// The verdict by which a request was refused; nil for all other events.
  fileprivate var refusal: Verdict? {
    switch self {
    case .refused(_, let verdict), .draftRevised(_, let verdict), .replanningRefused(_, let verdict): verdict
    default: nil
    }
  }
}

extension MonthReport.Moves {
  /// A draft that becomes a plan is announced, not moved; one that is dropped was never published.
  fileprivate init(_ streams: [ChangeStream], in bounds: Interval) {
    for entry in streams.flatMap(\.entries) where bounds.contains(entry.at) {
      switch (entry.event, entry.after.lastRevision) {
      case (.rescheduled, .rescheduled?): rescheduled += 1
      case (.amended, .amended?): amended += 1
      case (.extended, .extended?): extended += 1
      case (.cancelled, .cancelled?): cancelled += 1
      default: break
      }
    }
  }
}

extension MonthReport.Urgency {
  fileprivate init(_ begun: [Change]) {
    let urgent = begun.filter { $0.content.kind == .emergency }
    count = urgent.count
    work = begun.count
    recordedAfterwards = urgent.filter { change in
      guard let start = change.actualStart?.stated else { return false }
      return start < change.marks.first?.at ?? change.recordedAt
    }.map(\.id)
  }
}

extension MonthReport.Week {
  fileprivate static func weeks(of month: CivilMonth, _ begun: [Change], _ contract: Contract) -> [MonthReport.Week] {
    var weeks: [MonthReport.Week] = []
    for day in month.days {
      if weeks.isEmpty || day.weekday == .monday {
        weeks.append(MonthReport.Week(first: day, last: day, work: KindCounts()))
      }
      weeks[weeks.count - 1].last = day
    }
    for change in begun {
      guard let start = change.actualStart?.stated else { continue }
      let day = contract.timeZone(at: start).civil(start).date
      if let index = weeks.lastIndex(where: { $0.first <= day }) { weeks[index].work[change.content.kind] += 1 }
    }
    return weeks
  }
}
