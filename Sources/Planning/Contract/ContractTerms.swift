public import CivilTime

/// One version of a contract. Every term carries the clause it comes from.
public struct ContractTerms: Sendable {
  /// First civil day on which this version is in force.
  public var effectiveFrom: CivilDate
  public var timeZone: ZoneRules
  public var holidays: HolidayCalendar
  public var window: MaintenanceWindow
  public var planned: PlannedMaintenance
  public var emergency: Emergency
  public var updates: Updates
  public var availability: Availability?
  public var support: Support?
  public var freezes: [Freeze]
  /// What opens the gate for pipelines.
  public var gate: GateOpening
  /// What somebody else has to approve before it is published; nil where nothing is said of it.
  public var approval: Approval?

  public init(
    effectiveFrom: CivilDate, timeZone: ZoneRules, holidays: HolidayCalendar, window: MaintenanceWindow,
    planned: PlannedMaintenance, emergency: Emergency, updates: Updates, availability: Availability?,
    support: Support?, freezes: [Freeze], gate: GateOpening = .changes, approval: Approval? = nil
  ) {
    self.effectiveFrom = effectiveFrom
    self.timeZone = timeZone
    self.holidays = holidays
    self.window = window
    self.planned = planned
    self.emergency = emergency
    self.updates = updates
    self.availability = availability
    self.support = support
    self.freezes = freezes
    self.gate = gate
    self.approval = approval
  }

  /// The operator's choice: which requests are published only once they are approved. Urgent work waits for nobody.
  public struct Approval: Hashable, Sendable {
    public var clause: String
    public var kinds: Set<ChangeKind>
    public var by: Approver
    /// Whether nobody approves what their own name asked for.
    public var fourEyes: Bool

    /// The least role that approves.
    public enum Approver: String, CaseIterable, Hashable, Sendable {
      case releaseManager = "release-manager"
      case admin
    }

    public init(clause: String, kinds: Set<ChangeKind>, by: Approver, fourEyes: Bool) {
      self.clause = clause
      self.kinds = kinds
      self.by = by
      self.fourEyes = fourEyes
    }
  }

  /// When the service may be stopped. Source: contract, article 5 (Fenêtre de Maintenance).
  public struct MaintenanceWindow: Hashable, Sendable {
    public var clause: String
    /// Open every civil day, or on those that each names.
    public var nights: [NightRange]
    /// Open the whole civil day.
    public var weekdays: Set<Weekday>
    /// Whether public holidays are open the whole civil day.
    public var holidays: Bool
    /// Environments in which planned work is allowed at any time.
    public var anyTimeEnvironments: Set<String>

    public init(
      clause: String, nights: [NightRange], weekdays: Set<Weekday>, holidays: Bool,
      anyTimeEnvironments: Set<String> = []
    ) {
      self.clause = clause
      self.nights = nights
      self.weekdays = weekdays
      self.holidays = holidays
      self.anyTimeEnvironments = anyTimeEnvironments
    }
  }

  /// A piece of civil days; one whose end is not after its start runs over midnight into the next day.
  public struct NightRange: Hashable, Sendable {
    public var start: TimeOfDay
    /// `nil` is 24:00.
    public var end: TimeOfDay?
    /// The days on which it begins; nil is every day.
    public var days: Set<Weekday>?
    /// Seconds after the midnight before it begins; more than a day where it runs over midnight.
    public var endSeconds: Int32 {
      let end = end?.secondsAfterMidnight ?? 86_400
      return end <= start.secondsAfterMidnight ? end + 86_400 : end
    }
    public init(start: TimeOfDay, end: TimeOfDay?, days: Set<Weekday>? = nil) {
      self.start = start
      self.end = end
      self.days = days
    }
  }

  /// What makes maintenance planned. Source: contract, article 5.
  public struct PlannedMaintenance: Hashable, Sendable {
    public var clause: String
    /// Elapsed time from the published plan to the start of the work; exactly as much is enough.
    public var notice: Elapsed
    /// Whether a new interval wholly inside the announced one keeps the notice already given.
    public var insideAnnouncedKeepsNotice: Bool
    public init(clause: String, notice: Elapsed, insideAnnouncedKeepsNotice: Bool) {
      self.clause = clause
      self.notice = notice
      self.insideAnnouncedKeepsNotice = insideAnnouncedKeepsNotice
    }
  }

  /// Source: contract, article 5 (Maintenance Urgente).
  public struct Emergency: Hashable, Sendable {
    public var clause: String
    /// Whether an emergency far enough ahead to be planned is refused.
    public var refuseWhenPlannable: Bool
    /// How long after its start, or after the word before, clients hear more of work whose end is not known.
    public var firstEstimate: Elapsed
    public init(clause: String, refuseWhenPlannable: Bool, firstEstimate: Elapsed = .hours(1)) {
      self.clause = clause
      self.refuseWhenPlannable = refuseWhenPlannable
      self.firstEstimate = firstEstimate
    }
  }

  /// Source: contract, article 10 (Mise à Jour).
  public struct Updates: Hashable, Sendable {
    public var clause: String
    /// Whether an update has to be announced before it starts.
    public var announceBeforeStart: Bool
    /// Whether corrections that need neither training nor configuration are excepted.
    public var exceptSimpleCorrections: Bool
    public init(clause: String, announceBeforeStart: Bool, exceptSimpleCorrections: Bool) {
      self.clause = clause
      self.announceBeforeStart = announceBeforeStart
      self.exceptSimpleCorrections = exceptSimpleCorrections
    }
  }

  /// Source: contract, article 6.
  public struct Availability: Hashable, Sendable {
    public var clause: String
    /// Hundredths of a percent: 9900 is 99 %.
    public var targetBasisPoints: Int
    public var hours: TimeOfDayRange
    public var weekdays: Set<Weekday>
    public var exceptHolidays: Bool
    /// Whether an excluded cause wins over a counted one where they overlap.
    public var excludedCauseWins: Bool
    public init(
      clause: String, targetBasisPoints: Int, hours: TimeOfDayRange, weekdays: Set<Weekday>, exceptHolidays: Bool,
      excludedCauseWins: Bool
    ) {
      self.clause = clause
      self.targetBasisPoints = targetBasisPoints
      self.hours = hours
      self.weekdays = weekdays
      self.exceptHolidays = exceptHolidays
      self.excludedCauseWins = excludedCauseWins
    }
  }

  /// Source: contract, article 12.
  public struct Support: Hashable, Sendable {
    public var clause: String
    /// First day of support; its yearly returns bound the periods of 12 months.
    public var start: CivilDate
    public var hours: [Weekday: [TimeOfDayRange]]
    public var takeInChargeWithin: Elapsed
    /// Hundredths of a percent.
    public var takeInChargeShareBasisPoints: Int
    public var criticality1PlanWithin: Elapsed
    public var criticality2CorrectionBusinessDays: Int
    public var qualification: Qualification

    /// From where the delays of criticality 1 and 2 run. Source: article 12.3, by which an anomaly is qualified at the
    /// end of the time for taking in charge.
    public enum Qualification: String, CaseIterable, Hashable, Sendable {
      /// From the later of the qualification and the end of that time.
      case afterTakeInCharge = "after-take-in-charge"
      /// From the qualification itself, however early it was.
      case asRecorded = "as-recorded"
    }

    public init(
      clause: String, start: CivilDate, hours: [Weekday: [TimeOfDayRange]], takeInChargeWithin: Elapsed,
      takeInChargeShareBasisPoints: Int, criticality1PlanWithin: Elapsed, criticality2CorrectionBusinessDays: Int,
      qualification: Qualification = .afterTakeInCharge
    ) {
      self.clause = clause
      self.start = start
      self.hours = hours
      self.takeInChargeWithin = takeInChargeWithin
      self.takeInChargeShareBasisPoints = takeInChargeShareBasisPoints
      self.criticality1PlanWithin = criticality1PlanWithin
      self.criticality2CorrectionBusinessDays = criticality2CorrectionBusinessDays
      self.qualification = qualification
    }
  }
}

/// An interval in which the operator forbids planned work although the window is open.
public struct Freeze: Hashable, Sendable {
  public var title: String
  public var interval: Interval
  /// The file that says so, for messages.
  public var source: String
  public init(title: String, interval: Interval, source: String) {
    self.title = title
    self.interval = interval
    self.source = source
  }
}
