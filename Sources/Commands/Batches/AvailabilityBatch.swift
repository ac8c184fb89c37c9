import CivilTime
import JSONText
import Planning

/// `availability --batch`: TD of a month from the outages on the line; no register is asked.
struct AvailabilityBatch: BatchAnswer {
  private var contracts: BatchContracts
  private let zone: ZoneRules
  private var periods: [String: ReferencePeriod] = [:]
  /// Kept from line to line, so that it grows once.
  private var stops: [(interval: Interval, isCounted: Bool)] = []

  /// Environments that a line may name besides those of the contract.
  private static let environments: Set<String> = [Contract.production, "preproduction", "test"]
  /// By name, written with hyphens or underscores.
  private static let causes = Dictionary(
    OutageCause.allCases.flatMap { [($0.rawValue, $0), ($0.rawValue.replacing("-", with: "_"), $0)] },
    uniquingKeysWith: { cause, _ in cause })
  /// Months of all zones that are kept; a batch that asks for more starts over.
  private static let capacity = 2048

  init(_ contracts: BatchContracts) {
    self.contracts = contracts
    zone = contracts.base.currentTimeZone
  }

  mutating func answer(_ input: JSON, to bytes: inout [UInt8]) throws(BatchError) {
    let zoneName = try input.batchString("zone")
    let monthText = try input.batchString("month")
    guard let value = input["outages"] else { throw BatchError(code: .missingKey, message: "outages is missing") }
    guard let outages = value.array else { throw BatchError(code: .invalidValue, message: "outages is no array") }
    let period = try period(zoneName, monthText)
    stops.removeAll(keepingCapacity: true)
    var isSorted = true
    for (index, outage) in outages.enumerated() {
      guard let stop = try stop(outage, number: index + 1) else { continue }
      if let last = stops.last, stop.interval.start < last.interval.start { isSorted = false }
      stops.append(stop)
    }
    if !isSorted { stops.sort { $0.interval.start < $1.interval.start } }
    var sweep = DowntimeSweep(period)
    for stop in stops { sweep.add(stop.interval, isCounted: stop.isCounted) }
    let figures = AvailabilityFigures(
      reference: period.length, unavailable: sweep.finish(), targetBasisPoints: period.targetBasisPoints)
    bytes.append("{\"business_days\":")
    bytes.append(Int64(period.days))
    bytes.append(",\"prt_seconds\":")
    bytes.append(figures.reference.seconds)
    bytes.append(",\"ti_seconds\":")
    bytes.append(figures.unavailable.seconds)
    bytes.append(",\"td_percent\":")
    bytes.append(figures.percent.map { "\"\($0)\"" } ?? "null")
    bytes.append(",\"met\":\(figures.isMet),\"budget_seconds\":")
    bytes.append(figures.budget.seconds)
    bytes.append(",\"budget_left_seconds\":")
    bytes.append(figures.budgetLeft.seconds)
    bytes.append("}")
  }

  private mutating func period(_ zoneName: String, _ text: String) throws(BatchError) -> ReferencePeriod {
    let key = "\(zoneName) \(text)"
    if let period = periods[key] { return period }
    let contract = try contracts.tables(zoneName).contract
    guard let month = CivilMonth(text) else {
      throw BatchError(
        code: .invalidValue,
        message: "month is not YYYY-MM from \(CivilMonth.years.lowerBound) to \(CivilMonth.years.upperBound)")
    }
    guard let period = ReferencePeriod(contract, month: month) else {
      throw BatchError(code: .invalidValue, message: "the contract promises no availability in \(month)")
    }
    if periods.count >= AvailabilityBatch.capacity { periods.removeAll(keepingCapacity: true) }
    periods[key] = period
    return period
  }

  /// Nil for what cannot count: another environment, no length. It is checked all the same.
  private func stop(_ outage: JSON, number: Int) throws(BatchError) -> (interval: Interval, isCounted: Bool)? {
    guard case .object = outage else {
      throw BatchError(code: .invalidValue, message: "outage \(number) is no object")
    }
    var times = BatchTimes(zone: zone)
    let start = times.read(try outage.batchString("start"), "start")
    let end = times.read(try outage.batchString("end"), "end")
    if let error = times.errors.first {
      throw BatchError(code: .invalidValue, message: "outage \(number): \(error.field) is \(error.code)")
    }
    guard let start, let end, start <= end else {
      throw BatchError(code: .invalidValue, message: "outage \(number): end is before start")
    }
    let name = try outage.batchString("cause")
    guard let cause = AvailabilityBatch.causes[name] else {
      let known = OutageCause.allCases.map { $0.rawValue.replacing("-", with: "_") }.joined(separator: ", ")
      throw BatchError(code: .invalidValue, message: "outage \(number): cause is none of \(known)")
    }
    let environment = try outage.batchString("environment")
    guard
      AvailabilityBatch.environments.contains(environment) || contracts.base.environments.contains(environment)
    else {
      throw BatchError(
        code: .invalidValue,
        message:
          "outage \(number): environment is none of \(AvailabilityBatch.environments.sorted().joined(separator: ", "))")
    }
    guard environment == Contract.production, let interval = Interval(start: start, end: end) else { return nil }
    return (interval, cause.isCounted)
  }
}
