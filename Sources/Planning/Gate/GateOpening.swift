/// What opens the gate of a service. The model contract says nothing of it: it is the operator's choice.
public enum GateOpening: String, CaseIterable, Hashable, Sendable {
  /// Only changes that cover the moment.
  case changes
  /// The maintenance window too, as long as nothing is frozen.
  case window
}
