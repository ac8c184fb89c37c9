public import CivilTime

/// `CHG-2026-0042`: the civil year in which a change was recorded, and its number in that year from 1, without gaps.
public struct ChangeID: Hashable, Comparable, Sendable, LosslessStringConvertible {
  public let year: Int
  public let number: Int

  public init(year: Int, number: Int) {
    self.year = year
    self.number = number
  }

  /// Reads `CHG-YYYY-NNNN`, the letters in either case; four digits of number or more.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].uppercased() == "CHG", parts[1].utf8.count == 4,
      (4...9).contains(parts[2].utf8.count),
      parts[1...].allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let year = Int(parts[1]), let number = Int(parts[2]), number > 0
    else { return nil }
    self.init(year: year, number: number)
    if description.utf8.count != text.utf8.count { return nil }
  }

  public var description: String {
    "CHG-\(year)-\(number.padded(4))"
  }

  public static func < (a: ChangeID, b: ChangeID) -> Bool { (a.year, a.number) < (b.year, b.number) }
}

public enum ChangeKind: String, CaseIterable, Hashable, Sendable {
  /// Planned maintenance (article 5).
  case maintenance
  /// Urgent maintenance (Maintenance Urgente, article 5).
  case emergency
  /// A new version of the application (Mise à Jour, article 10).
  case update
}

public enum ChangeState: String, CaseIterable, Hashable, Sendable {
  /// A draft: kept with its verdict, never published.
  case refused
  /// Allowed, and to be approved before anybody is told of it.
  case requested
  case planned
  case inProgress = "in-progress"
  case completed
  case cancelled

  /// Whether work in this state takes up its interval.
  public var isBooked: Bool { self == .requested || self == .planned || self == .inProgress }
}

/// What clients feel of a change, from nothing to no service. Ordered by severity.
public enum Impact: String, CaseIterable, Hashable, Comparable, Sendable {
  case none
  case reducedRedundancy = "reduced-redundancy"
  case degraded
  case outage

  public static func < (a: Impact, b: Impact) -> Bool {
    // Holds: every case is one of all.
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}

/// What article 10 asks to be told about an update.
public struct UpdateDetails: Hashable, Sendable {
  public enum Category: String, CaseIterable, Hashable, Sendable {
    case evolution, ergonomics, correction
  }

  public var version: String
  public var category: Category
  /// Whether users need training.
  public var training: Bool
  /// Whether the application has to be configured anew.
  public var configuration: Bool
  /// Whether the service is interrupted; then the update is planned maintenance too.
  public var interruption: Bool
  /// Address of the documentation.
  public var documentation: String?

  public init(
    version: String, category: Category, training: Bool = false, configuration: Bool = false,
    interruption: Bool = true, documentation: String? = nil
  ) {
    self.version = version
    self.category = category
    self.training = training
    self.configuration = configuration
    self.interruption = interruption
    self.documentation = documentation
  }
}

/// What is said of a change: everything that a request states and a notice publishes. What is read and written field by
/// field has its row in `ChangeField`.
public struct ChangeContent: Hashable, Sendable {
  public var kind: ChangeKind
  public var service: String
  public var environment: String
  /// In the order of the contract file; empty means the whole service.
  public var components: [String]
  public var interval: Interval
  /// Whether the end was announced as one. If not, nobody knows it yet (urgent work only), and `interval` reaches to the
  /// moment by which clients hear more: an estimate, which no end is measured by.
  public var isEndKnown = true
  public var title: String
  public var description: String
  /// The same for English readers; nil where they read what stands above.
  public var titleEnglish: String?
  public var descriptionEnglish: String?
  public var impact: Impact
  /// Why the work is needed; urgent work has to say so.
  public var reason: Reason?
  /// Why the newest revision was made, where it moved what clients were told.
  public var moveReason: Reason?
  public var update: UpdateDetails?
  /// Changes that this one may overlap.
  public var alongside: [ChangeID]

  public init(
    kind: ChangeKind, service: String, environment: String, components: [String] = [], interval: Interval,
    title: String, description: String, impact: Impact, reason: Reason? = nil, update: UpdateDetails? = nil,
    alongside: [ChangeID] = []
  ) {
    self.kind = kind
    self.service = service
    self.environment = environment
    self.components = components
    self.interval = interval
    self.title = title
    self.description = description
    self.impact = impact
    self.reason = reason
    self.update = update
    self.alongside = alongside
  }

  /// Whether clients were told to expect the work at `moment`; without a known end it goes on from its start.
  public func covers(_ moment: Instant) -> Bool { moment >= interval.start && !isOver(at: moment) }

  /// Whether the time that clients were told is over; never without a known end, since an estimate is none.
  public func isOver(at moment: Instant) -> Bool { isEndKnown && interval.end <= moment }

  /// The same with an estimate as of `now` where the end is not known: so long after the start, or after now where that
  /// is later, as the contract says (`emergency.first-estimate`).
  public func estimated(by contract: Contract, at now: Instant) -> ChangeContent {
    guard !isEndKnown else { return self }
    var content = self
    let end = max(interval.start, now) + contract.terms(at: interval.start).emergency.firstEstimate
    content.interval = Interval(start: interval.start, end: end) ?? interval
    return content
  }

  /// Another interval; one without an end of its own leaves the end unknown where it was.
  mutating func move(to interval: Interval?, isEndKnown: Bool) {
    self.interval = interval ?? self.interval
    self.isEndKnown = self.isEndKnown || (interval != nil && isEndKnown)
  }

  /// By when clients hear more after the word that they were promised: the estimate moves on by the contract's length.
  public func nextEstimate(by contract: Contract, at now: Instant) -> Instant {
    max(now, interval.end) + contract.terms(at: interval.start).emergency.firstEstimate
  }

  /// Whether the work obeys the maintenance window and the notice of planned maintenance (article 5).
  public var isPlannedMaintenance: Bool {
    switch kind {
    case .maintenance: true
    case .emergency: false
    case .update: update?.interruption ?? true
    }
  }

  /// Whether the operator's freezes forbid the work: all but urgent work.
  public var obeysFreezes: Bool { kind != .emergency }

  /// Whether clients were told the same, whatever for.
  func isSamePlan(as other: ChangeContent) -> Bool {
    var content = self
    content.moveReason = other.moveReason
    return content == other
  }

  /// Whether clients feel less of `self` than, or as much as, of `announced`: same work, nothing added.
  public func isWithinScope(of announced: ChangeContent) -> Bool {
    guard impact <= announced.impact else { return false }
    guard !(update?.interruption ?? false) || (announced.update?.interruption ?? false) else { return false }
    // No component named means all of them.
    if announced.components.isEmpty { return true }
    return !components.isEmpty && Set(components).isSubset(of: announced.components)
  }
}
