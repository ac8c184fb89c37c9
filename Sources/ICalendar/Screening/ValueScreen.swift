import CivilTime

/// Checks each value that a parser could misread. Source: RFC 5545, sections 3.3 and 3.8.
struct ValueScreen {
  let zones: ZoneNames
  let limits: CalendarScreen.Limits

  /// What was read on the way, for the checks of a whole event.
  enum Value {
    case other
    case times([CalendarTime])
    case duration(CalendarDuration)
    case rule(RecurrenceRule)
    case offset(UTCOffset)
  }

  /// Programs write 1601 and 1970 into the onsets of a VTIMEZONE.
  private static let zoneYears = 1600...2200

  /// - Parameter inZone: whether the property stands within a VTIMEZONE.
  func check(_ line: ContentLine, inZone: Bool) throws(ScreenError) -> Value {
    let kind = try line.parameter("VALUE")?.uppercased()
    let zone = try checkedZone(line)
    switch line.name {
    case "DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "EXDATE", "RDATE":
      guard kind == nil || kind == "DATE" || kind == "DATE-TIME" else {
        throw ScreenError(line: line.number, .unsupported, "VALUE=\(kind ?? "")")
      }
      return try times(line, isDate: kind == "DATE", zone: zone, inZone: inZone)
    case "DTSTAMP", "CREATED", "LAST-MODIFIED", "COMPLETED", "ACKNOWLEDGED", "TZUNTIL":
      return try times(line, isDate: false, zone: zone, inZone: inZone)
    case "TRIGGER":
      if kind == "DATE-TIME" { return try times(line, isDate: false, zone: zone, inZone: inZone) }
      return try duration(line)
    case "DURATION", "REFRESH-INTERVAL":
      let value = try duration(line)
      if case .duration(let length) = value, !length.isPositive { throw error(line, .badDuration) }
      return value
    case "FREEBUSY":
      throw ScreenError(line: line.number, .unsupported, line.name)
    case "RRULE":
      let rule = try RecurrenceRule(line.text, line: line.number)
      return .rule(rule)
    case "EXRULE":
      throw ScreenError(line: line.number, .unsupportedRecurrence, line.name)
    case "TZOFFSETFROM", "TZOFFSETTO":
      guard let offset = offset(line.value) else { throw error(line, .badOffset) }
      return .offset(offset)
    case "SEQUENCE", "PRIORITY", "REPEAT", "PERCENT-COMPLETE":
      guard (1...10).contains(line.value.count), line.value.allSatisfy({ (0x30...0x39).contains($0) }),
        let value = Int(line.text), value <= Int32.max
      else { throw error(line, .badNumber) }
      return .other
    default:
      switch kind {
      case "DATE", "DATE-TIME": return try times(line, isDate: kind == "DATE", zone: zone, inZone: inZone)
      case "PERIOD", "RECUR", "UTC-OFFSET": throw ScreenError(line: line.number, .unsupported, "VALUE=\(kind ?? "")")
      case "DURATION": return try duration(line)
      default: return .other
      }
    }
  }

  /// The name of the list that TZID means, nil without TZID.
  private func checkedZone(_ line: ContentLine) throws(ScreenError) -> String? {
    guard let written = try line.parameter("TZID") else { return nil }
    guard let name = zones.name(for: written) else { throw ScreenError(line: line.number, .badZone, written) }
    return name
  }

  private func times(_ line: ContentLine, isDate: Bool, zone: String?, inZone: Bool) throws(ScreenError) -> Value {
    let isList = line.name == "EXDATE" || line.name == "RDATE"
    var result: [CalendarTime] = []
    for item in line.value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      // TZID with a DATE means nothing, though some programs write it.
      guard let time = CalendarTime(item, isDate: isDate, zone: isDate ? nil : zone) else {
        throw ScreenError(line: line.number, .badTime, String(decoding: item, as: UTF8.self))
      }
      guard (inZone ? ValueScreen.zoneYears : CalendarScreen.years).contains(time.civil.date.year) else {
        throw ScreenError(line: line.number, .yearOutOfRange, String(decoding: item, as: UTF8.self))
      }
      result.append(time)
      guard result.count <= (isList ? limits.valuesPerProperty : 1) else { throw error(line, .tooManyValues) }
    }
    return .times(result)
  }

  private func duration(_ line: ContentLine) throws(ScreenError) -> Value {
    guard let duration = CalendarDuration(line.value) else { throw error(line, .badDuration) }
    return .duration(duration)
  }

  /// `+HHMM` or `+HHMMSS`, at most 14 hours, never `-0000` (RFC 5545, section 3.3.14).
  private func offset(_ text: ArraySlice<UInt8>) -> UTCOffset? {
    guard text.count == 5 || text.count == 7, let sign = text.first, sign == 0x2B || sign == 0x2D,
      let hours = text.number(at: text.startIndex + 1, digits: 2),
      let minutes = text.number(at: text.startIndex + 3, digits: 2), minutes < 60
    else { return nil }
    var seconds = hours * 3600 + minutes * 60
    if text.count == 7 {
      guard let rest = text.number(at: text.startIndex + 5, digits: 2), rest < 60 else { return nil }
      seconds += rest
    }
    guard seconds <= 14 * 3600 else { return nil }
    return UTCOffset(seconds: Int32(sign == 0x2D ? -seconds : seconds))
  }

  private func error(_ line: ContentLine, _ code: ScreenError.Code) -> ScreenError {
    ScreenError(line: line.number, code, line.text)
  }
}
