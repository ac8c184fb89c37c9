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
