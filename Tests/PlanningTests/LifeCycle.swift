import CivilTime
import TestSupport
import Testing

@testable import Planning

/// A change that goes through its life command by command, as the register would drive it.
struct LifeCycle {
  static let id = ChangeID(year: 2026, number: 1)

  var contract = SampleContract.contract()
  var booked: [Booking] = []
  var change: Change?
  var actor: String? = "eve"

  /// Tuesday 2 June 2026, 00:00–02:00 in Paris.
  static let night = span("2026-06-01T22:00:00Z", "2026-06-02T00:00:00Z")
  /// Five days before.
  static let early = utc("2026-05-28T08:00:00Z")

  static func span(_ start: String, _ end: String) -> Interval { Interval(start: utc(start), end: utc(end))! }

  /// Decides and applies what comes of it; a decision without events leaves the change.
  @discardableResult
  mutating func run(_ command: ChangeCommand, at now: Instant = early) throws(CommandError) -> Decision {
    let context = DecisionContext(contract: contract, now: now, booked: booked, actor: actor)
    let decision = try command.decide(on: command.createsChange ? nil : change, in: context)
    for event in decision.events {
      let before = event.isFirst || command.createsChange ? nil : change
      guard let after = event.apply(to: before, id: Self.id, at: now, by: actor) else {
        Issue.record("\(event) does not apply to \(String(describing: before))")
        continue
      }
      change = after
    }
    return decision
  }

  /// The error of a command that makes no sense; nil when it was decided.
  mutating func error(_ command: ChangeCommand, at now: Instant = early) -> CommandError? {
    do {
      try run(command, at: now)
      return nil
    } catch { return error }
  }

  static func maintenance(
    _ interval: Interval = night, _ change: (inout ChangeContent) -> Void = { _ in }
  ) -> ChangeContent {
    var content = ChangeContent(
      kind: .maintenance, service: "hub", environment: "production", components: ["api"], interval: interval,
      title: "Database moves", description: "", impact: .outage, reason: nil, update: nil, alongside: [])
    change(&content)
    return content
  }

  static func emergency(
    _ interval: Interval, _ change: (inout ChangeContent) -> Void = { _ in }
  ) -> ChangeContent {
    maintenance(interval) {
      $0.kind = .emergency
      $0.reason = "Disk full"
      change(&$0)
    }
  }

  /// An update without interruption, training or configuration.
  static func update(
    _ interval: Interval, _ change: (inout ChangeContent, inout UpdateDetails) -> Void = { _, _ in }
  ) -> ChangeContent {
    maintenance(interval) {
      $0.kind = .update
      $0.impact = .none
      var details = UpdateDetails(
        version: "2.4", category: .evolution, training: false, configuration: false, interruption: false,
        documentation: nil)
      change(&$0, &details)
      $0.update = details
    }
  }

  /// A planned maintenance of `night`.
  static func planned(_ edit: (inout ChangeContent) -> Void = { _ in }) throws -> LifeCycle {
    var life = LifeCycle()
    try life.run(.submit(maintenance(night, edit)))
    try #require(life.change?.state == .planned)
    return life
  }

  /// The same, started on time.
  static func started(_ edit: (inout ChangeContent) -> Void = { _ in }) throws -> LifeCycle {
    var life = try planned(edit)
    try life.run(.start(at: nil, reason: nil), at: night.start)
    try #require(life.change?.state == .inProgress)
    return life
  }

  static let approval = ContractTerms.Approval(
    clause: "article 7", kinds: [.maintenance, .update], by: .releaseManager, fourEyes: true)

  /// A change in each state.
  static func inState(_ state: ChangeState) throws -> LifeCycle {
    var life: LifeCycle
    switch state {
    case .planned: life = try planned()
    case .inProgress: life = try started()
    case .requested:
      life = LifeCycle()
      life.contract.versions[0].approval = approval
      try life.run(.submit(maintenance()))
    case .refused:
      life = LifeCycle()
      try life.run(.submit(maintenance()), at: night.start - .hours(1))
    case .completed:
      life = try started()
      try life.run(.complete(at: nil, reason: nil), at: night.end)
    case .cancelled:
      life = try planned()
      try life.run(.cancel(reason: "No need"))
    }
    try #require(life.change?.state == state)
    return life
  }
}

extension ChangeEvent {
  var isFirst: Bool {
    switch self {
    case .planned, .refused, .emergencyRecorded: true
    default: false
    }
  }
}

extension Decision {
  /// The codes of the rules that are not satisfied, in order.
  var violations: [FindingCode] { verdict.findings.filter { !$0.isSatisfied }.map(\.code) }

  /// The names of the events, without what they carry.
  var eventNames: [String] {
    events.map { event in
      switch event {
      case .planned: "planned"
      case .refused: "refused"
      case .draftRevised: "draftRevised"
      case .rescheduled: "rescheduled"
      case .replanningRefused: "replanningRefused"
      case .amended: "amended"
      case .cancelled: "cancelled"
      case .started: "started"
      case .extended: "extended"
      case .completed: "completed"
      case .emergencyRecorded: "emergencyRecorded"
      case .requested: "requested"
      case .approved: "approved"
      case .declined: "declined"
      case .leftRelease: "leftRelease"
      case .noticesReleased: "noticesReleased"
      case .noticePublished: "noticePublished"
      }
    }
  }
}

extension ChangeCommand.Amendment {
  static func with(_ edit: (inout Self) -> Void) -> Self {
    var amendment = Self()
    edit(&amendment)
    return amendment
  }
}
