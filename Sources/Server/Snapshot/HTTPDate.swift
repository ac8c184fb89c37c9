import CivilTime
import Foundation

/// Times in header fields: `Sun, 06 Nov 1994 08:49:37 GMT`. Source: RFC 9110, section 5.6.7 (IMF-fixdate; the two
/// obsolete forms are not read, which costs a 304 and nothing else).
enum HTTPDate {
  private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// The machine's clock, to the second.
  static var now: Instant { Instant(secondsSinceEpoch: Int64(time(nil))) }

  static func text(_ instant: Instant) -> String {
    let seconds = instant.secondsSinceEpoch
    let day = Int(seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400)
    let time = Int(seconds - Int64(day) * 86400)
    let date = CivilDate(dayNumber: Int32(day)).components
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let year = String(date.year)
    let weekday = weekdays[((day % 7) + 7) % 7]
    let padded = String(repeating: "0", count: max(0, 4 - year.count)) + year
    return
      "\(weekday), \(two(date.day)) \(months[date.month - 1]) \(padded) \(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60)) GMT"
  }

  static func instant(_ text: String) -> Instant? {
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
