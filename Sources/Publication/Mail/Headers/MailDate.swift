import CivilTime

/// Dates of mail. Source: RFC 5322, section 3.3.
enum MailDate {
  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// `Sun, 06 Dec 2026 01:00:00 +0100`; an offset with seconds is cut to the minute, and the time with it.
  static func text(_ instant: Instant, at offset: UTCOffset) throws(MailError) -> String {
    let minutes = Int(offset.seconds) / 60
    let civil = instant.civil(at: UTCOffset(seconds: Int32(minutes * 60)))
    let (year, month, day) = civil.date.components
    guard (1900...9999).contains(year), abs(minutes) < 1440, Instant.earliest <= instant, instant <= Instant.latest
    else { throw MailError(field: "Date", reason: .dateOutOfRange) }
    let time = [civil.time.hour, civil.time.minute, civil.time.second].map(padded).joined(separator: ":")
    let zone = (minutes < 0 ? "-" : "+") + padded(abs(minutes) / 60) + padded(abs(minutes) % 60)
    let name = days[civil.date.weekday.rawValue - 1]
    return "\(name), \(padded(day)) \(months[month - 1]) \(year) \(time) \(zone)"
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
