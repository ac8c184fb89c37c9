import Answers
import CivilTime
import JSONText
import Planning

/// `windows --batch`.
struct WindowBatch: BatchAnswer {
  var contracts: BatchContracts

  /// One line holds at most so much; a century has 36,000 nights.
  static let longestRange = Elapsed.hours(24 * 36_525)

  mutating func answer(_ input: JSON, to bytes: inout [UInt8]) throws(BatchError) {
    let zoneName = try input.batchString("zone")
    let (from, to) = (try input.batchString("from"), try input.batchString("to"))
    let zone = contracts.base.currentTimeZone
    var times = BatchTimes(zone: zone)
    let start = times.read(from, "from")
    let end = times.read(to, "to")
    if let start, let end, start >= end { times.add("interval", start == end ? "empty_interval" : "reversed_interval") }
    guard let start, let end, times.errors.isEmpty, let range = Interval(start: start, end: end) else {
      _ = try contracts.tables(zoneName)
      bytes.append("{\"errors\":")
      times.write(to: &bytes)
      bytes.append(",\"clipped\":null,\"full\":null}")
      return
    }
    guard range.length <= WindowBatch.longestRange else {
      throw BatchError(code: .invalidValue, message: "from and to are more than 100 years apart; ask in pieces")
    }
    let windows = try contracts.table(zoneName, covering: range).windows(meeting: range)
    bytes.append("{\"clipped\":")
    bytes.append(windows.compactMap { $0.intersection(range) }, in: zone)
    bytes.append(",\"full\":")
    bytes.append(windows, in: zone)
    bytes.append("}")
  }
}

/// `slots --batch`: bookings come from the line, not from a register.
struct SlotBatch: BatchAnswer {
  var contracts: BatchContracts

  mutating func answer(_ input: JSON, to bytes: inout [UInt8]) throws(BatchError) {
    let zoneName = try input.batchString("zone")
    let zone = contracts.base.currentTimeZone
    var times = BatchTimes(zone: zone)
    let planned = times.read(try input.batchString("planned_at"), "planned_at")
    let until = times.read(try input.batchString("search_until"), "search_until")
    guard let notBeforeValue = input["not_before"] else {
      throw BatchError(code: .missingKey, message: "not_before is missing")
    }
    let notBefore =
      notBeforeValue.isNull ? nil : times.read(try input.batchString("not_before"), "not_before")
    let duration = Elapsed(seconds: try input.batchInteger("duration_seconds"))
    if duration <= .zero { times.add("duration_seconds", "non_positive_duration") }
    let booked = try bookings(input, zone)
    let tables = try contracts.tables(zoneName)
    guard let planned, let until, times.errors.isEmpty else {
      bytes.append("{\"errors\":")
      times.write(to: &bytes)
      bytes.append(",\"earliest_bound_utc\":null,\"slot\":null,\"window\":null}")
      return
    }
    let notice = tables.contract.terms(at: planned).planned.notice
    let bound = max(planned + notice, notBefore ?? planned + notice)
    var slot: Slot?
    if let range = Interval(start: bound, end: until) {
      let table = try contracts.table(zoneName, covering: range)
      slot = SlotSearch(windows: table, blocked: booked).first(from: bound, length: duration, until: until)
    }
    bytes.append("{\"errors\":[],\"earliest_bound_utc\":\"")
    TimeText.appendUTC(bound, to: &bytes)
    bytes.append("\",\"slot\":")
    if let slot { bytes.append(slot.interval, in: zone) } else { bytes.append("null") }
    bytes.append(",\"window\":")
    if let slot { bytes.append(slot.window, in: zone) } else { bytes.append("null") }
    bytes.append("}")
  }

  private func bookings(_ input: JSON, _ zone: ZoneRules) throws(BatchError) -> IntervalSet {
    guard let value = input["booked"] else { throw BatchError(code: .missingKey, message: "booked is missing") }
    guard let entries = value.array else { throw BatchError(code: .invalidValue, message: "booked is no array") }
    var intervals: [Interval] = []
    for entry in entries {
      var times = BatchTimes(zone: zone)
      let start = times.read(try entry.batchString("start"), "start")
      let end = times.read(try entry.batchString("end"), "end")
      guard let start, let end, let interval = Interval(start: start, end: end) else {
        throw BatchError(code: .invalidValue, message: "booking \(intervals.count + 1) is no interval")
      }
      intervals.append(interval)
    }
    return IntervalSet(intervals)
  }
}

/// `holidays --batch`.
struct HolidayBatch: BatchAnswer {
  var contracts: BatchContracts

  mutating func answer(_ input: JSON, to bytes: inout [UInt8]) throws(BatchError) {
    let zoneName = try input.batchString("zone")
    let year = try input.batchInteger("year")
    guard (1583...9999).contains(year) else {
      throw BatchError(code: .invalidValue, message: "year \(year) is not from 1583 to 9999")
    }
    let calendar = try contracts.tables(zoneName).contract.versions[0].holidays
    HolidayJSON.year(Int(year), calendar).write(to: &bytes)
  }
}
