import Answers
import CivilTime
import Dispatch
import Files
import JSONText
import Planning

/// `release plan --batch`: places the releases of the lines, whose terms stand in them; neither contract nor register is
/// asked, only the public holidays of the calendars folder.
struct ReleaseBatch: BatchAnswer {
  static let isSlow = true

  private let budget: ReleaseBudget
  private let seed: UInt64
  private var reading: ReleaseReading

  init(_ session: Session, budget: ReleaseBudget, seed: UInt64) throws {
    self.budget = budget
    self.seed = seed
    reading = ReleaseReading(zone: try SystemZones.load("Europe/Paris"), folder: try session.contracts())
  }

  mutating func answer(_ input: JSON, to bytes: inout [UInt8]) throws(BatchError) {
    guard let instance = input["instance"] else {
      throw BatchError(code: .missingKey, message: "instance is missing")
    }
    let id = try input["id"] == nil ? instance.batchString("id") : input.batchString("id")
    let release = try reading.release(instance)
    let start = DispatchTime.now().uptimeNanoseconds
    let isOver = budget.deadline.map { length in { DispatchTime.now().uptimeNanoseconds - start > length } }
    let plan = ReleasePlanner(release).plan(
      PlanningBudget(steps: budget.steps, seed: seed), isCancelled: isOver ?? { false })
    let microseconds = (DispatchTime.now().uptimeNanoseconds - start) / 1000
    var members: [JSON.Member] = [
      .init("id", .string(id)), .init("objective", plan.score.json), .init("proven", .bool(plan.isProven)),
      .init("bound", plan.bound.json),
      .init(
        "plan",
        .object(plan.starts.map { .init($0.work, $0.start.map { .string(reading.text($0)) } ?? .null) })),
    ]
    if let explanations = plan.explanations {
      members.append(.init("why", .object(explanations.map { .init($0.work, $0.json) })))
    }
    // Steps make the same bytes each time; seconds never are the same.
    if budget.deadline != nil {
      let digits = String(microseconds % 1_000_000)
      let fraction = String(repeating: "0", count: 6 - digits.count) + digits
      members.append(.init("seconds", .number("\(microseconds / 1_000_000).\(fraction)")))
    }
    JSON.object(members).write(to: &bytes)
  }
}

/// How far each release is searched: for some time, or some steps.
struct ReleaseBudget {
  let steps: Int
  /// Nanoseconds; nil where steps alone count.
  let deadline: UInt64?

  static let standard = "10"

  /// `10`, `0.5`, `10s` and `2m` are seconds and minutes; whole numbers from 10,000 on are steps.
  init?(_ text: String) {
    if let steps = Int(text), steps >= 10_000 {
      self.steps = steps
      deadline = nil
      return
    }
    guard let seconds = Double(text) ?? Elapsed(text).map({ Double($0.seconds) }), seconds > 0, seconds <= 86_400
    else { return nil }
    deadline = UInt64(seconds * 1_000_000_000)
    // More than any machine takes in that time: parts of a search are measured in steps.
    steps = Int(seconds * 2_000_000) + 10_000
  }
}

extension PlanScore {
  fileprivate var json: JSON {
    .array([placed, interruptions, disturbance, earliness].map { .integer(Int64($0)) })
  }
}

extension WorkExplanation {
  fileprivate var json: JSON {
    .members([
      "reason": .string(reason), "sets": .array(sets.map { .array($0.map { .string($0.rawValue) }) }),
    ])
  }
}

extension BatchError {
  init(_ fault: ReleaseFault) { self.init(code: .invalidValue, message: fault.message) }
}

extension ReleaseFault {
  fileprivate var message: String {
    switch self {
    case .twice(let kind, let name): return "two of kind \(kind) are called \(name)"
    case .unknown(let kind, let name, let work):
      return "change \(work) names \(name), which is no \(kind) of the release"
    case .figure(let figure, let value, let bounds, let owner):
      return "\(figure) of \(owner) is \(value), not from \(bounds.lowerBound) to \(bounds.upperBound)"
    case .most(let most, let least, let work):
      return "gap_max \(most) of change \(work) is less than gap_min \(least)"
    case .noService(let work): return "change \(work) names no service"
    case .horizon: return "horizon is not after now, or more than ten years after it"
    case .usage(let count, let service): return "usage of \(service) has \(count) figures, not 168"
    case .grid(let grid): return "grid \(grid) is no divisor of 60"
    }
  }
}
