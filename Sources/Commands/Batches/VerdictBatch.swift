import Answers
import CivilTime
import JSONText
import Planning

/// `check --batch`: the verdict of article 5 by calculation alone.
struct VerdictBatch: BatchAnswer {
  private var contracts: BatchContracts
  private let zone: ZoneRules
  /// The terms, where there is one version only: then no line has to look for its own.
  private let onlyTerms: ContractTerms?

  init(_ contracts: BatchContracts) {
    self.contracts = contracts
    zone = contracts.base.currentTimeZone
    onlyTerms = contracts.base.versions.count == 1 ? contracts.base.versions[0] : nil
  }

  mutating func answer(_ input: JSON, to bytes: inout [UInt8]) throws(BatchError) {
    let zoneName = try input.batchString("zone")
    let (planned, start, end) = (
      try input.batchString("planned_at"), try input.batchString("start"), try input.batchString("end")
    )
    var times = BatchTimes(zone: zone)
    let plannedAt = times.read(planned, "planned_at")
    let from = times.read(start, "start")
    let to = times.read(end, "end")
    if let from, let to, times.errors.isEmpty, from >= to {
      times.add("interval", from == to ? "empty_interval" : "reversed_interval")
    }
    guard let plannedAt, let from, let to, times.errors.isEmpty, let interval = Interval(start: from, end: to) else {
      _ = try contracts.tables(zoneName)
      bytes.append("{\"status\":\"invalid\",\"errors\":")
      times.write(to: &bytes)
      bytes.append(",\"in_window\":null,\"window\":null,\"outside\":null,\"outside_seconds\":null,")
      bytes.append("\"notice_seconds\":null,\"notice_ok\":null,\"violations\":null}")
      return
    }
    let table = try contracts.table(zoneName, covering: interval)
    if let onlyTerms {
      write(interval, plannedAt, table, onlyTerms, to: &bytes)
    } else {
      write(interval, plannedAt, table, contracts.base.terms(at: interval.start), to: &bytes)
    }
  }

  private func write(
    _ interval: Interval, _ plannedAt: Instant, _ table: WindowTable, _ terms: ContractTerms, to bytes: inout [UInt8]
  ) {
    let findings = [
      Rules.window(interval, in: table, terms: terms),
      Rules.notice(plannedAt: plannedAt, start: interval.start, terms: terms),
    ]
    guard case .window(let window, let outside) = findings[0].figures,
      case .notice(let given, _) = findings[1].figures
      // Holds: the rules are those of the two lines above.
    else { preconditionFailure("the rules of article 5 give these figures") }
    let violations = findings.filter { !$0.isSatisfied }
    bytes.append(violations.isEmpty ? "{\"status\":\"allowed\"" : "{\"status\":\"refused\"")
    bytes.append(",\"errors\":[],\"in_window\":")
    bytes.append(window == nil ? "false" : "true")
    bytes.append(",\"window\":")
    if let window { bytes.append(window, in: zone) } else { bytes.append("null") }
    bytes.append(",\"outside\":")
    bytes.append(outside, in: zone)
    bytes.append(",\"outside_seconds\":")
    bytes.append(outside.reduce(0) { $0 + $1.length.seconds })
    bytes.append(",\"notice_seconds\":")
    bytes.append(given.seconds)
    bytes.append(",\"notice_ok\":")
    bytes.append(findings[1].isSatisfied ? "true" : "false")
    bytes.append(",\"violations\":[")
    for (index, violation) in violations.enumerated() {
      bytes.append(index > 0 ? ",\"" : "\"")
      bytes.append(contentsOf: violation.code.rawValue.utf8)
      bytes.append("\"")
    }
    bytes.append("]}")
  }
}
