/// Dates in header fields of mail and of HTTP: `Sun, 06 Nov 1994 08:49:37`, then the zone. Source: RFC 5322, section 3.3;
/// RFC 9110, section 5.6.7.
public enum InternetDate {
  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// Without the zone.
  public static func text(_ civil: CivilDateTime) -> String {
    let (year, month, day) = civil.date.components
    let time = [civil.time.hour, civil.time.minute, civil.time.second].map { $0.padded(2) }.joined(separator: ":")
    return
      "\(weekdays[civil.date.weekday.rawValue - 1]), \(day.padded(2)) \(months[month - 1]) \(year.padded(4)) \(time)"
  }

  /// As HTTP has it: `Sun, 06 Nov 1994 08:49:37 GMT`.
  public static func http(_ instant: Instant) -> String { text(instant.civil(at: .utc)) + " GMT" }

  /// Reads what HTTP has; a leap second is the one before. Nil for its two obsolete forms.
  public static func instant(http text: String) -> Instant? {
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[5] == "GMT", parts[0].hasSuffix(","), let day = Int(parts[1]),
      let month = months.firstIndex(of: String(parts[2])), parts[3].count == 4, let year = Int(parts[3]),
      let date = CivilDate(year: year, month: month + 1, day: day)
    else { return nil }
    let clock = parts[4].split(separator: ":").map { $0.count == 2 ? Int($0) ?? -1 : -1 }
    guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]), (0...60).contains(clock[2])
    else { return nil }
    let seconds = Int64(clock[0] * 3600 + clock[1] * 60 + min(clock[2], 59))
    return Instant(secondsSinceEpoch: Int64(date.dayNumber) * 86400 + seconds)
  }
}
