package import CivilTime
package import Planning

extension Wording {
  /// `dimanche`, `Sunday`.
  package func weekday(_ day: Weekday) -> String {
    switch day {
    case .monday: pick("Monday", "lundi")
    case .tuesday: pick("Tuesday", "mardi")
    case .wednesday: pick("Wednesday", "mercredi")
    case .thursday: pick("Thursday", "jeudi")
    case .friday: pick("Friday", "vendredi")
    case .saturday: pick("Saturday", "samedi")
    case .sunday: pick("Sunday", "dimanche")
    }
  }

  /// `dim.`, `Sun`.
  package func shortWeekday(_ day: Weekday) -> String {
    String(weekday(day).prefix(3)) + pick("", ".")
  }

  /// `décembre`, `December`; `month` is 1…12.
  package func month(_ month: Int) -> String {
    let names =
      language == .french
      ? [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
      ]
      : [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
      ]
    return names[month - 1]
  }

  /// `déc.`, `Dec`; `month` is 1…12.
  package func shortMonth(_ month: Int) -> String {
    let names =
      language == .french
      ? ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
      : ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return names[month - 1]
  }

  /// `1er`, `2`, … in French; a plain number in English.
  func day(_ number: Int) -> String { number == 1 ? pick("1", "1er") : String(number) }

  /// `dimanche 6 décembre 2026`, `Sunday 6 December 2026`.
  package func date(_ date: CivilDate) -> String {
    let (year, month, day) = date.components
    return "\(weekday(date.weekday)) \(self.day(day)) \(self.month(month)) \(year)"
  }

  /// `dim. 6 déc.`, `Sun 6 Dec`; the year where asked for.
  package func shortDate(_ date: CivilDate, year: Bool = false) -> String {
    let (y, month, day) = date.components
    return "\(shortWeekday(date.weekday)) \(self.day(day)) \(shortMonth(month))" + (year ? " \(y)" : "")
  }

  /// `01:00`; with seconds only when they are not zero.
  package func time(_ time: TimeOfDay) -> String {
    let text = "\(padded(time.hour)):\(padded(time.minute))"
    return time.second == 0 ? text : "\(text):\(padded(time.second))"
  }

  /// `00:00–07:00`; to `24:00` where the day's end is meant.
  package func hours(_ night: ContractTerms.NightRange) -> String {
    "\(time(night.start))–\(night.end.map(time) ?? "24:00")"
  }

  private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

  /// `UTC+1`, `UTC+5:30`, `UTC−3`.
  package func offset(_ offset: UTCOffset) -> String {
    let seconds = Int(offset.seconds.magnitude)
    var text = "UTC" + (offset.seconds < 0 ? Typography.minus : "+") + String(seconds / 3600)
    if seconds % 3600 != 0 { text += ":\(padded(seconds / 60 % 60))" }
    if seconds % 60 != 0 { text += ":\(padded(seconds % 60))" }
    return text
  }

  /// The value of ``zoneName``.
  static func name(of zone: ZoneRules, _ language: Language) -> String {
    guard let city = zone.name.split(separator: "/").last, city != "UTC" else { return "UTC" }
    let plain = String(city.map { $0 == "_" ? " " : $0 })
    let place = places[String(city)] ?? (plain, plain)
    if language == .english { return "\(place.english) time" }
    let startsWithVowel = place.french.first.map { "AEIOUYÉÈÎaeiouyé".contains($0) } ?? false
    return startsWithVowel ? "heure d’\(place.french)" : "heure de \(place.french)"
  }

  /// Names that the tz database writes without their accents. Keys: last part of the zone's name.
  private static let places: [String: (english: String, french: String)] = [
    "Reunion": ("Réunion", "La Réunion"),
    "St_Barthelemy": ("Saint Barthélemy", "Saint-Barthélemy"),
    "Marigot": ("Saint Martin", "Saint-Martin"),
    "Miquelon": ("Saint Pierre and Miquelon", "Saint-Pierre-et-Miquelon"),
    "Brussels": ("Brussels", "Bruxelles"),
    "London": ("London", "Londres"),
  ]

  /// `heure de Paris, UTC+1`, `Paris time, UTC+1`.
  func zoneText(_ offset: UTCOffset) -> String {
    zoneName == "UTC" ? "UTC" : "\(zoneName), \(self.offset(offset))"
  }

  /// `dimanche 6 décembre 2026 à 01:00 (heure de Paris, UTC+1)`, `Sunday 6 December 2026, 01:00 (Paris time, UTC+1)`.
  package func dateTime(_ instant: Instant) -> String {
    "\(dateAndTime(instant)) (\(zoneText(zone.offset(at: instant))))"
  }

  /// The date and time without the zone, for texts that name the zone once for several times.
  func dateAndTime(_ instant: Instant) -> String {
    let civil = zone.civil(instant)
    return "\(date(civil.date))\(pick(",", " à")) \(time(civil.time))"
  }
}
