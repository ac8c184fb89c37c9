import CivilTime

/// Checks each value that a parser could misread. Source: RFC 5545, sections 3.3 and 3.8.
struct ValueScreen {
  let limits: CalendarScreen.Limits

  /// What was read on the way, for the checks of a whole event.
  enum Value {
    case other
    /// The first of them.
    case time(CalendarTime)
    case duration(CalendarDuration)
    case rule(RecurrenceRule)
    case offset(UTCOffset)
  }

  /// Programs write 1601 and 1970 into the onsets of a VTIMEZONE.
  private static let zoneYears = 1600...2200

  /// What VALUE may say of a property that the screen does not know. Source: RFC 5545, section 3.2.20.
  private enum Kind: String {
    case date = "DATE"
    case dateTime = "DATE-TIME"
    case period = "PERIOD"
    case recurrence = "RECUR"
    case offset = "UTC-OFFSET"
    case duration = "DURATION"
  }

  /// - Parameter inZone: whether the property stands within a VTIMEZONE.
  func check(_ line: ContentLine, in text: UnfoldedText, inZone: Bool) throws(ScreenError) -> Value {
    let written = try line.text(of: line.kind, "VALUE", in: text)?.uppercased()
    let kind = written.flatMap { Kind(rawValue: $0) }
    let zone = try checkedZone(line, in: text)
    func times(isDate: Bool) throws(ScreenError) -> Value {
      try self.times(line, in: text, isDate: isDate, zone: zone, inZone: inZone)
    }
    func unsupported() -> ScreenError { ScreenError(line: line.number, .unsupported, "VALUE=\(written ?? "")") }
    let value = text.bytes.span.extracting(line.value)
    switch line.property {
    case .dtstart, .dtend, .due, .recurrenceID, .exdate, .rdate:
      guard written == nil || kind == .date || kind == .dateTime else { throw unsupported() }
      return try times(isDate: kind == .date)
    case .dtstamp, .created, .lastModified, .completed, .acknowledged, .tzuntil:
      return try times(isDate: false)
    case .trigger:
      return kind == .dateTime ? try times(isDate: false) : .duration(try duration(line, in: text))
    case .duration, .refreshInterval:
      let length = try duration(line, in: text)
      guard length.isPositive else { throw error(line, in: text, .badDuration) }
      return .duration(length)
    case .freebusy:
      throw ScreenError(line: line.number, .unsupported, line.property.text)
    case .rrule:
      return .rule(try rule(line, in: text))
    case .exrule:
      throw ScreenError(line: line.number, .unsupportedRecurrence, line.property.text)
    case .tzoffsetfrom, .tzoffsetto:
      guard let offset = UTCOffset(value, letting: .screen) else { throw error(line, in: text, .badOffset) }
      return .offset(offset)
    case .sequence, .priority, .repeat, .percentComplete:
      guard (1...10).contains(value.count), let number = value.number(at: 0, digits: value.count), number <= Int32.max
      else { throw error(line, in: text, .badNumber) }
      return .other
    default:
      switch kind {
      case .date, .dateTime: return try times(isDate: kind == .date)
      case .period, .recurrence, .offset: throw unsupported()
      case .duration: return .duration(try duration(line, in: text))
      case nil: return .other
      }
    }
  }

  /// The name of the list that TZID means, nil without TZID.
  private func checkedZone(_ line: ContentLine, in text: UnfoldedText) throws(ScreenError) -> String? {
    guard let written = try line.text(of: line.zone, "TZID", in: text) else { return nil }
    guard limits.zoneNames.contains(written) else { throw ScreenError(line: line.number, .badZone, written) }
    return written
  }

  /// Checks each time of a list, and gives the first.
  private func times(
    _ line: ContentLine, in text: UnfoldedText, isDate: Bool, zone: String?, inZone: Bool
  ) throws(ScreenError) -> Value {
    let limit = line.property == .exdate || line.property == .rdate ? limits.valuesPerProperty : 1
    let bytes = text.bytes.span
    var first: CalendarTime?
    var count = 0
    var start = line.value.lowerBound
    repeat {
      var end = start
      while end < line.value.upperBound, bytes[end] != UInt8(ascii: ",") { end += 1 }
      let item = bytes.extracting(start..<end)
      // TZID with a DATE means nothing, though some programs write it.
      guard let time = CalendarTime(item, zone: zone, letting: .screen), time.isDate == isDate else {
        throw ScreenError(line: line.number, .badTime, text.string(start..<end))
      }
      guard let year = item.number(at: 0, digits: 4),
        (inZone ? ValueScreen.zoneYears : CalendarScreen.years).contains(year)
      else { throw ScreenError(line: line.number, .yearOutOfRange, text.string(start..<end)) }
      count += 1
      guard count <= limit else { throw error(line, in: text, .tooManyValues) }
      first = first ?? time
      start = end + 1
    } while start <= line.value.upperBound
    return first.map { .time($0) } ?? .other
  }

  private func duration(_ line: ContentLine, in text: UnfoldedText) throws(ScreenError) -> CalendarDuration {
    guard let duration = CalendarDuration(text.bytes.span.extracting(line.value), letting: .screen) else {
      throw error(line, in: text, .badDuration)
    }
    return duration
  }

  private func rule(_ line: ContentLine, in text: UnfoldedText) throws(ScreenError) -> RecurrenceRule {
    do {
      return try RecurrenceRule(text.string(line.value), letting: .screen)
    } catch {
      throw ScreenError(line: line.number, error.code, error.detail)
    }
  }

  private func error(_ line: ContentLine, in text: UnfoldedText, _ code: ScreenError.Code) -> ScreenError {
    ScreenError(line: line.number, code, text.string(line.value))
  }
}
