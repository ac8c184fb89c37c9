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

  /// What English readers call a French holiday; a name of none stays.
  package func holiday(_ name: String) -> String { language == .english ? Wording.holidays[name] ?? name : name }

  /// Keys: names of `calendars/holidays/fr.yaml`.
  private static let holidays = [
    "1er janvier": "New Year’s Day", "Vendredi saint": "Good Friday", "Lundi de Pâques": "Easter Monday",
    "1er mai": "Labour Day", "8 mai": "Victory in Europe Day", "Ascension": "Ascension Day",
    "Lundi de Pentecôte": "Whit Monday", "14 juillet": "Bastille Day", "Assomption": "Assumption Day",
    "Toussaint": "All Saints’ Day", "11 novembre": "Armistice Day", "Jour de Noël": "Christmas Day",
    "2ème jour de Noël": "Boxing Day", "Abolition de l'esclavage": "Abolition of Slavery Day",
  ]

  /// `01:00`; with seconds only when they are not zero.
  package func time(_ time: TimeOfDay) -> String {
    let text = "\(time.hour.padded(2)):\(time.minute.padded(2))"
    return time.second == 0 ? text : "\(text):\(time.second.padded(2))"
  }

  /// `00:00–07:00 every day`; where a contract names days: `21:00–05:00 (begins Monday to Friday)`.
  package func night(_ night: ContractTerms.NightRange) -> String {
    let hours = "\(time(night.start))–\(night.end.map(time) ?? "24:00") "
    guard let days = night.days else { return hours + pick("every day", "tous les jours") }
    let begins = night.endSeconds > 86_400 ? pick("begins ", "début\(Typography.narrow): ") : ""
    return hours + "(\(begins)\(weekdays(days)))"
  }

  /// `UTC+1`, `UTC+5:30`, `UTC−3`.
  package func offset(_ offset: UTCOffset) -> String {
    let seconds = Int(offset.seconds.magnitude)
    var text = "UTC" + (offset.seconds < 0 ? Typography.minus : "+") + String(seconds / 3600)
    if seconds % 3600 != 0 { text += ":\((seconds / 60 % 60).padded(2))" }
    if seconds % 60 != 0 { text += ":\((seconds % 60).padded(2))" }
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
    audience == .clients ? moment(instant) : "\(dateAndTime(instant)) (\(zoneText(zone.offset(at: instant))))"
  }

  /// The date and time without the zone, for texts that name the zone once for several times.
  package func dateAndTime(_ instant: Instant) -> String {
    if audience == .clients { return moment(instant) }
    let civil = zone.civil(instant)
    return "\(date(civil.date))\(pick(",", " à")) \(time(civil.time))"
  }
}

extension Wording {
  /// `dimanche 6 décembre 2026 de 01:00 à 03:00 (heure de Paris, UTC+1)`,
  /// `Sunday 6 December 2026, 01:00 to 03:00 (Paris time, UTC+1)`; both dates where the days differ, both offsets where
  /// the clock changes in between.
  package func range(_ interval: Interval) -> String {
    audience == .clients ? period(interval) : range(interval, placement: .alone, zone: .inParentheses)
  }

  /// The same as part of a sentence: `le dimanche 6 … de 01:00 à 03:00 (…)`, `on Sunday 6 …, from 01:00 to 03:00 (…)`.
  package func when(_ interval: Interval) -> String {
    audience == .clients
      ? period(interval, inSentence: true) : range(interval, placement: .inSentence, zone: .inParentheses)
  }

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

  /// For tables 80 columns wide: `dim. 6 déc. 01:00 – 03:00`, `Sun 6 Dec 01:00–03:00`, `Sun 6 Dec 22:00–00:30`; the end's
  /// day where its hour alone would not say it, the offsets where the clock changes in between. The table's head names the
  /// zone.
  package func shortRange(_ interval: Interval, year: Bool = false) -> String {
    let (first, last) = (zone.offset(at: interval.start), zone.offset(at: interval.end))
    let (start, end) = (zone.civil(interval.start), zone.civil(interval.end))
    let changes = first != last
    let from = time(start.time) + (changes ? " \(offset(first))" : "")
    let to = time(end.time) + (changes ? " \(offset(last))" : "")
    let isNextMorning =
      end.date == start.date.advanced(byDays: 1)
      && end.time.secondsAfterMidnight < start.time.secondsAfterMidnight
    if start.date == end.date || isNextMorning {
      let dash = changes ? " – " : pick("–", " – ")
      return "\(shortDate(start.date, year: year)) \(from)\(dash)\(to)"
    }
    return "\(shortDate(start.date, year: year)) \(from) – \(shortDate(end.date, year: year)) \(to)"
  }

  /// When work is asked for; of an end that is not known nothing is promised yet.
  package func range(asked content: ChangeContent) -> String {
    if content.isEndKnown { return range(content.interval) }
    let start = dateTime(content.interval.start)
    return pick("from \(start); end not known", "à partir du \(start)\(Typography.narrow); fin non connue")
  }

  /// When the work is announced for: its range or, where its end is not known, from when on and by when clients hear more.
  package func range(of change: Change) -> String {
    guard let open = openEnd(of: change, isAlone: false) else { return range(change.content.interval) }
    if audience == .clients { return "\(from(change.content.interval.start)) (\(open))" }
    let start = dateTime(change.content.interval.start)
    return pick("from \(start); \(open)", "à partir du \(start) ; \(open)")
  }

  /// The same as part of a sentence.
  package func when(of change: Change) -> String {
    guard let open = openEnd(of: change, isAlone: false) else { return when(change.content.interval) }
    if audience == .clients { return "\(plannedWhen(of: change)) (\(open))" }
    let start = dateTime(change.content.interval.start)
    return pick("from \(start), \(open)", "à partir du \(start), \(open)")
  }

  /// The same for tables: `lun. 30 nov. 2026 09:20 – ? (info 10:20)`. `now` nil leaves out when clients hear more.
  package func shortRange(of change: ChangeContent, now: Instant? = nil, year: Bool = false) -> String {
    let (start, word) = (change.interval.start, change.interval.end)
    guard !change.isEndKnown else { return shortRange(change.interval, year: year) }
    let text = "\(shortDate(zone.civil(start).date, year: year)) \(time(zone.civil(start).time)) – ?"
    guard let now else { return text }
    let by = time(zone.civil(promised(word)).time)
    return text
      + (word > now
        ? pick(" (word \(by))", " (info \(by))")
        : pick(" (late \(by))", " (retard \(by))"))
  }

  /// A promise is made to the minute: the whole one that is not before `word`.
  package func promised(_ word: Instant) -> Instant {
    let rest = word.secondsSinceEpoch % 60
    return rest == 0 ? word : word + Elapsed(seconds: 60 - rest)
  }

  /// `end not known, next word by 15:00`, with its day and zone where it stands alone or that is another day; without
  /// the word where its moment had passed when this was said. Nil where the end is known.
  package func openEnd(of change: Change, isAlone: Bool = true) -> String? {
    guard !change.content.isEndKnown else { return nil }
    if audience == .clients { return openEndForClients(of: change) }
    let unknown = pick("end not known", "fin non connue")
    guard let word = change.nextWord.map(promised) else { return unknown }
    let (civil, start) = (zone.civil(word), change.content.interval.start)
    let offset = zone.offset(at: word)
    let isPlain = !isAlone && civil.date == zone.civil(start).date && offset == zone.offset(at: start)
    let day = isPlain ? "" : pick(" on", " le") + " \(date(civil.date)) (\(zoneText(offset)))"
    return unknown
      + pick(", next word by \(time(civil.time))", ", prochaine information au plus tard à \(time(civil.time))") + day
  }

  /// `47 h 59 min`, `12 s`, `0 min`; hours are never turned into days, since a civil day has 23, 24 or 25 of them.
  /// A narrow no-break space stands between number and unit; negative lengths have a minus sign.
  ///
  /// Clients read whole minutes.
  package func duration(_ length: Elapsed) -> String {
    let seconds = audience == .clients ? length.seconds.magnitude / 60 * 60 : length.seconds.magnitude
    if seconds == 0, length.seconds != 0 { return pick("less than a minute", "moins d’une minute") }
    var parts: [String] = []
    if seconds >= 3600 { parts.append("\(grouped(seconds / 3600))\(Typography.narrow)h") }
    if seconds / 60 % 60 != 0 { parts.append("\(seconds / 60 % 60)\(Typography.narrow)min") }
    if seconds % 60 != 0 { parts.append("\(seconds % 60)\(Typography.narrow)s") }
    if parts.isEmpty { parts = ["0\(Typography.narrow)min"] }
    let blank = audience == .clients ? Typography.hard : " "
    return (length.seconds < 0 ? Typography.minus : "") + parts.joined(separator: blank)
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
