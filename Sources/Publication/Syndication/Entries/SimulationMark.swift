import Wording

/// What every publication of a register of simulation says.
enum SimulationMark {
  static let prefix = "[SIMULATION] "

  static func sentence(_ language: Language) -> String {
    language(
      "SIMULATION: not a real change.", "SIMULATION\(Typography.hard): ce n’est pas un vrai changement.")
  }
}
