import CivilTime

/// A DATE or DATE-TIME as it was written. Source: RFC 5545, sections 3.3.4 and 3.3.5.
struct FeedTime: Hashable, Sendable {
  enum Scale: Hashable, Sendable {
    case date
    case utc
    case floating
    case zone(String)
  }

  var civil: CivilDateTime
  var scale: Scale

  var isDate: Bool { scale == .date }

  /// Nil for another form and for a day or time that does not exist. A 60th second is read as the 59th.
  init?(_ text: String, zone: String? = nil) {
    let bytes = Array(text.utf8)
    func number(_ start: Int, _ digits: Int) -> Int? {
      var value = 0
      for byte in bytes[start..<start + digits] {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard bytes.count == 8 || bytes.count == 15 || bytes.count == 16 else { return nil }
    guard let year = number(0, 4), let month = number(4, 2), let day = number(6, 2),
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    guard bytes.count > 8 else {
      civil = date.midnight
      scale = .date
      return
    }
    guard bytes[8] == UInt8(ascii: "T"), let hour = number(9, 2), let minute = number(11, 2),
      let second = number(13, 2), second <= 60,
      let time = TimeOfDay(hour: hour, minute: minute, second: min(second, 59))
    else { return nil }
    civil = CivilDateTime(date: date, time: time)
    if bytes.count == 16 {
      guard bytes[15] == UInt8(ascii: "Z") else { return nil }
      scale = .utc
    } else {
      scale = zone.map { .zone($0) } ?? .floating
    }
  }
}

/// A DURATION as written. Source: RFC 5545, section 3.3.6.
struct FeedDuration: Hashable, Sendable {
  /// With its sign; days count 86 400 seconds.
  var seconds: Int

  init?(_ text: String) {
    var bytes = Array(text.utf8)[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
    guard bytes.popFirst() == UInt8(ascii: "P") else { return nil }
    var total = 0
    var order = 0
    var inTime = false
    var isComplete = false
    let units: [(UInt8, Int, Int)] = [
      (UInt8(ascii: "W"), 1, 604_800), (UInt8(ascii: "D"), 2, 86_400), (UInt8(ascii: "H"), 3, 3600),
      (UInt8(ascii: "M"), 4, 60), (UInt8(ascii: "S"), 5, 1),
    ]
    while let byte = bytes.first {
      if byte == UInt8(ascii: "T"), !inTime {
        inTime = true
        isComplete = false
        bytes.removeFirst()
        continue
      }
      var value = 0
      var digits = 0
      while let digit = bytes.first, (0x30...0x39).contains(digit), digits < 9 {
        value = value * 10 + Int(digit - 0x30)
        digits += 1
        bytes.removeFirst()
      }
      guard digits > 0, let letter = bytes.popFirst(), let unit = units.first(where: { $0.0 == letter }),
        unit.1 > order, (unit.1 >= 3) == inTime, order != 1
      else { return nil }
      order = unit.1
      total += value * unit.2
      isComplete = true
    }
    guard isComplete else { return nil }
    seconds = isNegative ? -total : total
  }
}

/// A UTC-OFFSET as written. Source: RFC 5545, section 3.3.14.
enum FeedOffset {
  /// Seconds east; nil for another form, for `-0000` and for more than 14 hours.
  static func seconds(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == 5 || bytes.count == 7, let sign = bytes.first, sign == 0x2B || sign == 0x2D else { return nil }
    let digits = bytes.dropFirst().map { Int($0) - 0x30 }
    guard digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
    let minutes = digits[2] * 10 + digits[3]
    let rest = digits.count == 6 ? digits[4] * 10 + digits[5] : 0
    guard minutes < 60, rest < 60 else { return nil }
    let total = (digits[0] * 10 + digits[1]) * 3600 + minutes * 60 + rest
    guard total <= 14 * 3600, sign == 0x2B || total != 0 else { return nil }
    return sign == 0x2D ? -total : total
  }
}
