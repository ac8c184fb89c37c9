import Answers
import CivilTime
import Planning
import Register
import Wording

extension AvailabilityRun {
  /// The months of several services, those of a service together; shows how far it has come on a terminal.
  static func months(
    _ months: [CivilMonth], _ contracts: [Contract], _ register: Register, now: Instant, _ language: Language
  ) throws -> [MonthAvailability] {
    var bar = ProgressBar(language("Availability", "Disponibilité"), total: months.count * contracts.count)
    defer { bar.finish() }
    return try contracts.flatMap {
      try AvailabilityRun(contract: $0, register: register, now: now).months(months) { bar.step() }
    }
  }
}
