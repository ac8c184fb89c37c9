import CivilTime
import JSONText

/// Times of a batch: read strictly, and every fault of a line collected before it is answered.
struct BatchTimes {
  let zone: ZoneRules
  private(set) var errors: [(field: String, code: String)] = []

  init(zone: ZoneRules) { self.zone = zone }

  mutating func read(_ text: String, _ field: String) -> Instant? {
    switch WrittenTime(text, form: .exact) {
    case .instant(let instant)?: return instant
    case .civil(let civil)?:
      switch zone.resolve(civil) {
      case .unique(let instant): return instant
      case .gap: add(field, "nonexistent_local_time")
      case .fold: add(field, "ambiguous_local_time")
      }
    case nil: add(field, "invalid_datetime")
    }
    return nil
  }

  mutating func add(_ field: String, _ code: String) { errors.append((field, code)) }

  func write(to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "["))
    for (index, error) in errors.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append("{\"field\":\"")
      bytes.append(contentsOf: error.field.utf8)
      bytes.append("\",\"code\":\"")
      bytes.append(contentsOf: error.code.utf8)
      bytes.append("\"}")
    }
    bytes.append(UInt8(ascii: "]"))
  }
}

extension ZoneRules {
  /// What keys call civil time: those of the given cases say Paris, which a contract of another zone must not.
  var batchName: String { name == "Europe/Paris" ? "paris" : "local" }
}

extension [UInt8] {
  mutating func append(_ text: String) { append(contentsOf: text.utf8) }
  mutating func append(_ number: Int64) { append(contentsOf: String(number).utf8) }

  mutating func append(_ interval: Interval, in zone: ZoneRules) {
    append("{\"start_utc\":\"")
    TimeText.appendUTC(interval.start, to: &self)
    append("\",\"end_utc\":\"")
    TimeText.appendUTC(interval.end, to: &self)
    append("\",\"start_")
    append(zone.batchName)
    append("\":\"")
    TimeText.append(interval.start, at: zone.offset(at: interval.start), to: &self)
    append("\",\"end_")
    append(zone.batchName)
    append("\":\"")
    TimeText.append(interval.end, at: zone.offset(at: interval.end), to: &self)
    append("\",\"seconds\":")
    append(interval.length.seconds)
    append("}")
  }

  mutating func append(_ intervals: some Sequence<Interval>, in zone: ZoneRules) {
    append("[")
    var isFirst = true
    for interval in intervals {
      if !isFirst { append(",") }
      isFirst = false
      append(interval, in: zone)
    }
    append("]")
  }
}
