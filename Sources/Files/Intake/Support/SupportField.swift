import Planning

/// What a row of `support-clock report` may say.
package enum SupportField: Int, CaseIterable, Hashable, Sendable {
  case registeredAt, takenInChargeAt, id, criticality, qualifiedAt, planAt, correctedAt

  package var name: String {
    switch self {
    case .registeredAt: "registered_at"
    case .takenInChargeAt: "taken_in_charge_at"
    case .id: "id"
    case .criticality: "criticality"
    case .qualifiedAt: "qualified_at"
    case .planAt: "plan_at"
    case .correctedAt: "corrected_at"
    }
  }

  /// Whether a file without it says nothing.
  package var isRequired: Bool { self == .registeredAt || self == .takenInChargeAt }

  /// The field that a header names, in either case, with hyphens as well, with blanks around it; nil for none.
  package init?(name: String) {
    let plain = ChangeField.plain(name)
    guard let field = SupportField.allCases.first(where: { $0.name == plain }) else { return nil }
    self = field
  }
}
