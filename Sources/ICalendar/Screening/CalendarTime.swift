package import CivilTime

/// A DATE or DATE-TIME value. Source: RFC 5545, sections 3.3.4 and 3.3.5.
package enum CalendarTime: Hashable, Sendable {
  case date(CivilDate)
  /// Form 2: with `Z`.
  case utc(Instant)
  /// Form 3, with a TZID as it was written, or form 1, floating, when `zone` is nil.
  case local(CivilDateTime, zone: String?)

  /// The date and time that are written, whatever the zone.
  var civil: CivilDateTime {
    switch self {
    case .date(let date): date.midnight
    case .utc(let instant): instant.civil(at: .utc)
    case .local(let civil, _): civil
    }
  }

  var isDate: Bool {
    if case .date = self { true } else { false }
  }
}

extension CalendarTime {
  /// Reads exactly `YYYYMMDD` when `isDate`, else exactly `YYYYMMDDTHHMMSS` and `Z` or nothing; nil for any other
  /// form, for `Z` together with a zone, and for a day or time that does not exist.
  init?(_ text: Span<UInt8>, isDate: Bool, zone: String?) {
    guard text.count == 8 || (!isDate && (text.count == 15 || text.count == 16)) else { return nil }
    guard let year = text.number(at: 0, digits: 4), let month = text.number(at: 4, digits: 2),
      let day = text.number(at: 6, digits: 2), let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    if isDate {
      self = .date(date)
      return
    }
    guard text.count > 8, text[8] | 0x20 == UInt8(ascii: "t"),
      let hour = text.number(at: 9, digits: 2), let minute = text.number(at: 11, digits: 2),
      let second = text.number(at: 13, digits: 2),
      let time = TimeOfDay(hour: hour, minute: minute, second: second)
    else { return nil }
    let civil = CivilDateTime(date: date, time: time)
    if text.count == 15 {
      self = .local(civil, zone: zone)
    } else {
      guard text[15] | 0x20 == UInt8(ascii: "z"), zone == nil else { return nil }
      self = .utc(civil.instant(at: .utc))
    }
  }
}

extension Span<UInt8> {
  /// The number that exactly `digits` decimal digits at `index` write.
  func number(at index: Int, digits: Int) -> Int? {
    guard index + digits <= count else { return nil }
    var value = 0
    for place in index..<index + digits {
      let byte = self[place]
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }
}
