import CivilTime
import JSONText
import Planning

/// `support-clock --batch`.
struct SupportBatch: BatchAnswer {
  private var clocks: SupportClocks
  private let zone: ZoneRules

  init(_ contract: Contract) {
    clocks = SupportClocks(contract: contract)
    zone = contract.currentTimeZone
  }

  mutating func answer(_ input: JSON, to bytes: inout [UInt8]) throws(BatchError) {
    var times = BatchTimes(zone: zone)
    let registered = times.read(try input.batchString("registered_at"), "registered_at")
    // No part of the given schema: what the line knows beyond it.
    var qualified: Instant?
    if let value = input["qualified_at"], !value.isNull {
      qualified = times.read(try input.batchString("qualified_at"), "qualified_at")
      if let registered, let qualified, qualified < registered { times.add("qualified_at", "before_registered_at") }
    }
    guard let registered, times.errors.isEmpty else {
      bytes.append("{\"errors\":")
      times.write(to: &bytes)
      bytes.append(
        ",\"in_support_hours\":null,\"clock_start\":null,\"take_in_charge_deadline\":null,"
          + "\"crit1_plan_deadline\":null,\"crit2_fix_deadline\":null,\"crit3_deadline\":null,\"reading\":null}")
      return
    }
    let deadlines: SupportDeadlines
    do throws(SupportClockError) {
      deadlines = try clocks.deadlines(registeredAt: registered, qualifiedAt: qualified)
    } catch {
      switch error {
      case .noSupport(let day):
        throw BatchError(
          code: .invalidValue, message: "the contract in force on \(TimeText.date(day)) has no support terms")
      case .neverReached:
        throw BatchError(code: .invalidValue, message: "the hours of support end before the deadlines")
      }
    }
    bytes.append("{\"errors\":[],\"in_support_hours\":")
    bytes.append(deadlines.isInSupportHours ? "true" : "false")
    append("clock_start", deadlines.clockStart, to: &bytes)
    append("take_in_charge_deadline", deadlines.takeInCharge, to: &bytes)
    append("crit1_plan_deadline", deadlines.criticality1Plan, to: &bytes)
    append("crit2_fix_deadline", deadlines.criticality2Correction, to: &bytes)
    bytes.append(",\"crit3_deadline\":null,\"reading\":\"")
    bytes.append(deadlines.reading.rawValue)
    bytes.append("\"}")
  }

  private func append(_ key: String, _ instant: Instant, to bytes: inout [UInt8]) {
    bytes.append(",\"")
    bytes.append(key)
    bytes.append("\":{\"utc\":\"")
    TimeText.appendUTC(instant, to: &bytes)
    bytes.append("\",\"")
    bytes.append(zone.batchName)
    bytes.append("\":\"")
    TimeText.append(instant, at: zone.offset(at: instant), to: &bytes)
    bytes.append("\"}")
  }
}
