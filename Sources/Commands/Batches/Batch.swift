/// What `--batch` computes, by what a line asks for: one JSON object in, one out, in order.
enum Batch {
  case verdicts, windows, slots, holidays, availability, supportDeadlines
  case releases(ReleaseBudget, seed: UInt64)

  /// Answers the lines of the file at `path`, or of standard input where that is `-`, on standard output.
  ///
  /// - Parameter service: whose contract the lines are read by; nil for the only one there is.
  /// - Throws: `ExitCode` of bad data when a line was answered with an error.
  func run(_ path: String, _ session: Session, service: String?) throws {
    let runner = BatchRunner(session)
    if case .releases(let budget, let seed) = self {
      return try runner.run(path, ReleaseBatch(session, budget: budget, seed: seed))
    }
    let contracts = try BatchContracts(session, service: service)
    switch self {
    case .verdicts: try runner.run(path, VerdictBatch(contracts))
    case .windows: try runner.run(path, WindowBatch(contracts: contracts))
    case .slots: try runner.run(path, SlotBatch(contracts: contracts))
    case .holidays: try runner.run(path, HolidayBatch(contracts: contracts))
    case .availability: try runner.run(path, AvailabilityBatch(contracts))
    case .releases: break
    case .supportDeadlines: try runner.run(path, SupportBatch(contracts.base))
    }
  }
}
