package import CivilTime

extension Wording {
  /// `dimanche 6 décembre 2026 de 01:00 à 03:00 (heure de Paris, UTC+1)`,
  /// `Sunday 6 December 2026, 01:00 to 03:00 (Paris time, UTC+1)`; both dates where the days differ, both offsets where
  /// the clock changes in between.
  package func range(_ interval: Interval) -> String { range(interval, placement: .alone, zone: .inParentheses) }

  /// The same as part of a sentence: `le dimanche 6 … de 01:00 à 03:00 (…)`, `on Sunday 6 …, from 01:00 to 03:00 (…)`.
  package func when(_ interval: Interval) -> String { range(interval, placement: .inSentence, zone: .inParentheses) }

  /// The same for texts that close with a clause in parentheses: the zone stands between commas.
  func plainRange(_ interval: Interval) -> String { range(interval, placement: .alone, zone: .afterComma) }

  private enum Placement { case alone, inSentence }
  private enum ZonePlace { case inParentheses, afterComma }

  private func range(_ interval: Interval, placement: Placement, zone place: ZonePlace) -> String {
    let (first, last) = (zone.offset(at: interval.start), zone.offset(at: interval.end))
    let (start, end) = (zone.civil(interval.start), zone.civil(interval.end))
    let changes = first != last
    let from = time(start.time) + (changes ? " (\(offset(first)))" : "")
    let to = time(end.time) + (changes ? " (\(offset(last)))" : "")
    let text: String
    if start.date == end.date {
      switch placement {
      case .alone: text = pick("\(date(start.date)), \(from) to \(to)", "\(date(start.date)) de \(from) à \(to)")
      case .inSentence:
        text = pick("on \(date(start.date)), from \(from) to \(to)", "le \(date(start.date)) de \(from) à \(to)")
      }
    } else {
      text = pick(
        "from \(date(start.date)), \(from) to \(date(end.date)), \(to)",
        "du \(date(start.date)) à \(from) au \(date(end.date)) à \(to)")
    }
    // Where each time has its offset in parentheses, the zone needs no more of them.
    if changes { return "\(text), \(zoneName)" }
    return text + (place == .inParentheses ? " (\(zoneText(first)))" : ", \(zoneText(first))")
  }

  /// For tables 80 columns wide: `dim. 6 déc. 01:00 – 03:00`, `Sun 6 Dec 01:00–03:00`; the end's day where it differs,
  /// the offsets where the clock changes in between. The table's head names the zone.
  package func shortRange(_ interval: Interval, year: Bool = false) -> String {
    let (first, last) = (zone.offset(at: interval.start), zone.offset(at: interval.end))
    let (start, end) = (zone.civil(interval.start), zone.civil(interval.end))
    let changes = first != last
    let from = time(start.time) + (changes ? " \(offset(first))" : "")
    let to = time(end.time) + (changes ? " \(offset(last))" : "")
    if start.date == end.date {
      let dash = changes ? " – " : pick("–", " – ")
      return "\(shortDate(start.date, year: year)) \(from)\(dash)\(to)"
    }
    return "\(shortDate(start.date, year: year)) \(from) – \(shortDate(end.date, year: year)) \(to)"
  }

  /// `47 h 59 min`, `12 s`, `0 min`; hours are never turned into days, since a civil day has 23, 24 or 25 of them.
  /// A narrow no-break space stands between number and unit; negative lengths have a minus sign.
  package func duration(_ length: Elapsed) -> String {
    let seconds = length.seconds.magnitude
    var parts: [String] = []
    if seconds >= 3600 { parts.append("\(grouped(seconds / 3600))\(Typography.narrow)h") }
    if seconds / 60 % 60 != 0 { parts.append("\(seconds / 60 % 60)\(Typography.narrow)min") }
    if seconds % 60 != 0 { parts.append("\(seconds % 60)\(Typography.narrow)s") }
    if parts.isEmpty { parts = ["0\(Typography.narrow)min"] }
    return (length.seconds < 0 ? Typography.minus : "") + parts.joined(separator: " ")
  }

  /// Digits in threes from five digits on, parted by a narrow no-break space.
  func grouped(_ number: UInt64) -> String {
    let digits = String(number)
    guard digits.count > 4 else { return digits }
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result += Typography.narrow }
      result.append(digit)
    }
    return result
  }
}
