public import CivilTime

/// Why the service was down, in the terms of article 6.
public enum OutageCause: String, CaseIterable, Hashable, Sendable {
  case incident
  case plannedMaintenance = "planned-maintenance"
  case urgentMaintenance = "urgent-maintenance"
  case forceMajeure = "force-majeure"
  case clientEquipment = "client-equipment"
  case outOfPerimeter = "out-of-perimeter"

  /// Whether the time counts as unavailable. Planned maintenance does: what article 6 excludes is the window.
  public var isCounted: Bool {
    switch self {
    case .incident, .plannedMaintenance: true
    case .urgentMaintenance, .forceMajeure, .clientEquipment, .outOfPerimeter: false
    }
  }
}

/// What is said of an outage.
public struct OutageContent: Hashable, Sendable {
  public var service: String
  public var environment: String
  /// In the order of the contract file; empty means the whole service.
  public var components: [String]
  public var cause: OutageCause
  public var start: Instant
  /// Nil while the outage goes on.
  public var end: Instant?
  /// May be empty.
  public var title: String
  /// What the cause rests on: a ticket, a log, a letter. May be empty.
  public var evidence: String

  public init(
    service: String, environment: String, components: [String] = [], cause: OutageCause, start: Instant, end: Instant?,
    title: String = "", evidence: String = ""
  ) {
    self.service = service
    self.environment = environment
    self.components = components
    self.cause = cause
    self.start = start
    self.end = end
    self.title = title
    self.evidence = evidence
  }
}

public enum OutageState: String, CaseIterable, Hashable, Sendable {
  /// Still going on.
  case ongoing
  case ended
  /// Recorded by mistake: kept, and counted nowhere.
  case voided
}

/// An outage as its events have left it.
public struct Outage: Hashable, Sendable {
  public let id: OutageID
  public var content: OutageContent
  public var isVoided: Bool
  /// The register's clock when the outage was first recorded.
  public let recordedAt: Instant
  /// The register's clock when the cause in force was given.
  public var causeRecordedAt: Instant
  /// The register's clock at the newest event.
  public var revisedAt: Instant
  /// Why it was last amended, or voided.
  public var reason: String?
  /// How often the record was amended or voided: from 0.
  public var revision = 0

  public var state: OutageState {
    if isVoided { return .voided }
    return content.end == nil ? .ongoing : .ended
  }

  /// Whether it was over when it was given its cause.
  public var isCauseGivenAfterwards: Bool { content.end.map { $0 <= causeRecordedAt } ?? false }
}

/// Something that happened to the record of an outage.
public enum OutageEvent: Hashable, Sendable {
  case recorded(OutageContent)
  case amended(OutageContent, reason: String?)
  case voided(reason: String)

  /// The state after this event, recorded at `moment`; nil where it cannot follow what came before.
  public func apply(to outage: Outage?, id: OutageID, at moment: Instant) -> Outage? {
    switch (self, outage) {
    case (.recorded(let content), nil):
      return Outage(
        id: id, content: content, isVoided: false, recordedAt: moment, causeRecordedAt: moment, revisedAt: moment,
        reason: nil)
    case (.amended(let content, let reason), var outage?) where !outage.isVoided:
      if content.cause != outage.content.cause { outage.causeRecordedAt = moment }
      outage.content = content
      outage.reason = reason ?? outage.reason
      outage.revisedAt = moment
      outage.revision += 1
      return outage
    case (.voided(let reason), var outage?) where !outage.isVoided:
      outage.isVoided = true
      outage.reason = reason
      outage.revisedAt = moment
      outage.revision += 1
      return outage
    case (.recorded, _?), (.amended, _), (.voided, _):
      return nil
    }
  }
}
