package import CivilTime
package import Planning

/// Times as clients read them: hours as people write them, without seconds; no zone, which a text says once by its name.
/// Where the clock changes, summer and winter time are told apart.
extension Wording {
  /// `1 h`, `14 h 45`; `01:00`.
  func hour(_ time: TimeOfDay) -> String {
    guard language == .french else { return "\(time.hour.padded(2)):\(time.minute.padded(2))" }
    let minutes = time.minute == 0 ? "" : Typography.narrow + time.minute.padded(2)
    return "\(time.hour)\(Typography.narrow)h\(minutes)"
  }

  /// `de 7 h à 20 h`, `07:00 to 20:00`.
  package func hoursForClients(_ range: TimeOfDayRange) -> String {
    func text(_ seconds: Int32) -> String {
      TimeOfDay(hour: Int(seconds) / 3600, minute: Int(seconds) / 60 % 60).map(hour) ?? pick("midnight", "minuit")
    }
    return pick("\(text(range.start)) to \(text(range.end))", "de \(text(range.start)) à \(text(range.end))")
  }

  /// The same of a moment, with its season where the clock shows that hour twice.
  private func hour(_ instant: Instant) -> String {
    let civil = zone.civil(instant)
    guard case .fold(_, let before, _, let after) = zone.resolve(civil) else { return hour(civil.time) }
    let isSummer = zone.offset(at: instant).seconds == max(before.seconds, after.seconds)
    return hour(civil.time)
      + (isSummer ? pick(" (summer time)", " (heure d’été)") : pick(" (winter time)", " (heure d’hiver)"))
  }

  /// The same of an end: midnight belongs to the day that it ends. Nil for another moment.
  private func midnight(_ end: Instant, of day: CivilDate) -> String? {
    let civil = zone.civil(end)
    let isMidnight = civil.time.secondsAfterMidnight < 60 && civil.date == day.advanced(byDays: 1)
    return isMidnight ? pick("midnight", "minuit") : nil
  }

  /// `dimanche 8 novembre 2026 à 1 h`, `Sunday 8 November 2026 at 01:00`.
  func moment(_ instant: Instant) -> String {
    "\(date(zone.civil(instant).date)) \(pick("at", "à")) \(hour(instant))"
  }

  /// `dimanche 8 novembre`, `Sunday 8 November`.
  package func briefDate(_ date: CivilDate) -> String {
    "\(weekday(date.weekday)) \(day(date.day)) \(month(date.components.month))"
  }

  /// When something ends that is told of at `start`: `à 3 h`, `at 03:00`; with its day where that is another.
  package func at(_ end: Instant, besides start: Instant) -> String {
    let day = zone.civil(start).date
    if let hour = midnight(end, of: day) ?? (zone.civil(end).date == day ? hour(end) : nil) {
      return pick("at \(hour)", "à \(hour)")
    }
    return pick("on \(moment(end))", "le \(moment(end))")
  }

  /// `14 h 45`; `jeudi 3 décembre 2026 à 14 h 45` where the day of `other` is another; `minuit` of an end at that of the
  /// same day, or of the one that has just ended.
  package func hour(_ end: Instant, besides other: Instant) -> String {
    let day = zone.civil(other).date
    if let hour = midnight(end, of: day) { return hour }
    guard zone.civil(end).date == day else { return moment(end) }
    return midnight(end, of: day.advanced(byDays: -1)) ?? hour(end)
  }

  /// `13 jours`, `46 heures`, `35 minutes`, rounded down: how long ahead clients were told.
  package func ahead(_ length: Elapsed) -> String {
    let minutes = Int(length.seconds / 60)
    if minutes >= 48 * 60 { return counted(minutes / (24 * 60), language("day", "jour")) }
    if minutes >= 60 { return counted(minutes / 60, language("hour", "heure")) }
    if minutes == 0 { return pick("less than a minute", "moins d’une minute") }
    return counted(minutes, language("minute", "minute"))
  }

  /// Until when work goes on: `jusqu’à 3 h`, `until 03:00`; with its day unless that is the day of the start or the morning
  /// after its evening.
  package func until(_ interval: Interval) -> String {
    switch shape(interval) {
    case .night, .day: pick("until \(lastHour(interval))", "jusqu’à \(lastHour(interval))")
    case .wholeDay, .days: pick("until \(lastDay(interval))", "jusqu’au \(lastDay(interval))")
    }
  }

  /// When it is to end, for subjects: `à 3 h`, `at 03:00`; with its day as there.
  package func briefEnd(_ interval: Interval) -> String {
    switch shape(interval) {
    case .night, .day: pick("at \(lastHour(interval))", "à \(lastHour(interval))")
    case .wholeDay, .days: pick("on \(lastDay(interval))", "le \(lastDay(interval))")
    }
  }

  private func lastDay(_ interval: Interval) -> String {
    "\(briefDate(zone.civil(interval.end).date)) \(pick("at", "à")) \(hour(interval.end))"
  }

  /// How a subject names the day of work beside other words.
  package enum BriefPlace: Sendable { case alone, ofWork, movedTo }

  /// For subjects: `dimanche 15 novembre`, `nuit du 7 au 8 novembre`, `the night of 7–8 November`; `du dimanche 15
  /// novembre`, `de la nuit…`; `au dimanche 15 novembre`, `à la nuit…`.
  package func briefDay(_ interval: Interval, _ place: BriefPlace = .alone) -> String {
    guard case .night(let evening, let morning) = shape(interval) else {
      let day = briefDate(zone.civil(interval.start).date)
      return switch place {
      case .alone: day
      case .ofWork: pick("on \(day)", "du \(day)")
      case .movedTo: pick("to \(day)", "au \(day)")
      }
    }
    let (a, b) = (evening.components, morning.components)
    let isOneMonth = a.month == b.month
    let first = day(a.day) + (isOneMonth ? "" : " \(month(a.month))")
    let nights = first + pick(isOneMonth ? "–" : " to ", " au ") + "\(day(b.day)) \(month(b.month))"
    return switch place {
    case .alone: pick("the night of \(nights)", "nuit du \(nights)")
    case .ofWork: pick("on the night of \(nights)", "de la nuit du \(nights)")
    case .movedTo: pick("to the night of \(nights)", "à la nuit du \(nights)")
    }
  }

  /// The same with its hours: `nuit du 7 au 8 novembre, 1 h à 3 h`, `on Sunday 15 November, 14:00 to 16:00`; from when on
  /// where the end is not known.
  package func brief(of change: Change, _ place: BriefPlace = .alone) -> String {
    let interval = change.content.interval
    let day = briefDay(interval, place)
    let isSeveral = if case .days = shape(interval) { change.content.isEndKnown } else { false }
    // English names the day behind a word of its own.
    let start = (place == .alone ? pick(isSeveral ? "from " : "on ", isSeveral ? "du " : "") : "") + day
    guard change.content.isEndKnown else {
      return pick("\(start), from \(hour(interval.start))", "\(start), à partir de \(hour(interval.start))")
    }
    switch shape(interval) {
    case .wholeDay: return start + pick(", all day", ", toute la journée")
    case .night, .day:
      return "\(start), \(hour(interval.start)) \(pick("to", "à")) \(lastHour(interval))"
    case .days:
      let end = briefDate(zone.civil(interval.end).date)
      return "\(start), \(hour(interval.start)), "
        + pick("to \(end), \(lastHour(interval))", "au \(end), \(lastHour(interval))")
    }
  }

  /// What stands in the place of `old`, `when` the work was to be: hours alone where both are of one day or night.
  package func instead(of old: Interval, now: Interval) -> String {
    let isNight = if case .night = shape(old) { true } else { false }
    guard areSameDay(old, now) else { return pick((isNight ? "the " : "") + range(old), "\(when(old))") }
    return pick("\(hour(old.start)) to \(lastHour(old))", "de \(hour(old.start)) à \(lastHour(old))")
  }

  /// Whether both are of one day, or of one night.
  package func areSameDay(_ one: Interval, _ other: Interval) -> Bool {
    dates(one).map { $0 == dates(other) } ?? false
  }

  /// `jeudi 12 novembre 2026, à partir de 14 h 10`.
  package func from(_ start: Instant) -> String {
    let day = date(zone.civil(start).date)
    return pick("\(day), from \(hour(start))", "\(day), à partir de \(hour(start))")
  }

  /// When the work takes place, as part of a sentence; from when on where its end is not known, and no more of that.
  package func plannedWhen(of change: Change) -> String {
    guard !change.content.isEndKnown else { return when(change.content.interval) }
    let start = dateTime(change.content.interval.start)
    return pick("from \(start)", "à partir du \(start)")
  }

  /// How long it was between two times as clients read them: `1 h 56 min` from 1 h 02 to 2 h 58, whatever the seconds.
  package func length(_ interval: Interval) -> String {
    guard audience == .clients else { return duration(interval.length) }
    func minute(_ instant: Instant) -> Int64 { instant.secondsSinceEpoch / 60 }
    return duration(.minutes(minute(interval.end) - minute(interval.start)))
  }

  func openEndForClients(of change: Change) -> String {
    let unknown = pick("the end is not known yet", "l’heure de fin n’est pas encore connue")
    guard let word = change.nextWord.map(promised) else { return unknown }
    let start = change.content.interval.start
    return unknown
      + pick(
        "; you will hear more by \(hour(word, besides: start))",
        "\(Typography.narrow); prochaine information au plus tard \(at(word, besides: start))")
  }

  /// `version 2`, for revisions from 0.
  package func version(_ revision: Int) -> String { "version\u{A0}\(revision + 1)" }
}

extension Wording {
  /// When the service may be stopped, and how long ahead clients hear of it: `Maintenance planifiée, annoncée au moins
  /// 48 heures à l’avance : chaque nuit de 0 h à 7 h, le dimanche et les jours fériés. Une maintenance urgente…`
  package func window(_ terms: ContractTerms) -> String {
    let window = terms.window
    var times = window.nights.map(nightly) + days(window.weekdays)
    if window.holidays { times.append(pick("on public holidays", "les jours fériés")) }
    if window.anyTimeEnvironments.contains(Contract.production) { times = [pick("at any time", "à tout moment")] }
    let open = language.list(times)
    let (notice, emergency) = (spelled(terms.planned.notice), cite(terms.emergency.clause))
    let ahead =
      terms.planned.notice > .zero
      ? pick(", announced at least \(notice) ahead", ", annoncée au moins \(notice) à l’avance") : ""
    return pick(
      "Planned maintenance\(ahead): \(open). Emergency maintenance may be necessary at any time\(emergency).",
      "Maintenance planifiée\(ahead) : \(open). Une maintenance urgente peut être nécessaire à tout moment\(emergency)."
    )
  }

  /// `chaque nuit de 0 h à 7 h`, `du lundi au vendredi de 21 h à 5 h le lendemain`.
  private func nightly(_ range: ContractTerms.NightRange) -> String {
    let end = range.end.map(hour) ?? pick("midnight", "minuit")
    let hours = pick("from \(hour(range.start)) to \(end)", "de \(hour(range.start)) à \(end)")
    let isOverMidnight = range.endSeconds > 86_400
    guard let named = range.days else {
      let isNight = isOverMidnight || !(6..<18).contains(range.start.hour)
      return (isNight ? pick("every night", "chaque nuit") : pick("every day", "chaque jour")) + " \(hours)"
    }
    return language.list(days(named)) + " \(hours)" + (isOverMidnight ? pick(" the next day", " le lendemain") : "")
  }

  /// `le dimanche`; `du lundi au vendredi` of three days or more that follow each other.
  private func days(_ days: Set<Weekday>) -> [String] {
    let sorted = days.sorted { $0.rawValue < $1.rawValue }
    if let first = sorted.first, let last = sorted.last, sorted.count > 2,
      last.rawValue - first.rawValue == sorted.count - 1
    {
      return [pick("from \(weekday(first)) to \(weekday(last))", "du \(weekday(first)) au \(weekday(last))")]
    }
    return sorted.map { pick("on \(weekday($0))s", "le \(weekday($0))") }
  }
}

extension Wording {
  /// What people call a stretch of time.
  private enum Shape {
    /// Begins in the evening and is over by 08:00, or begins before 06:00 and is over by then: named by both of its days.
    case night(from: CivilDate, to: CivilDate)
    case day(CivilDate)
    case wholeDay(CivilDate)
    case days
  }

  private func shape(_ interval: Interval) -> Shape {
    let (start, end) = (zone.civil(interval.start), zone.civil(interval.end))
    let next = start.date.advanced(byDays: 1)
    // Midnight belongs to the day that it ends.
    let isMidnight = end.date == next && end.time.secondsAfterMidnight < 60
    if isMidnight, start.time.secondsAfterMidnight < 60 { return .wholeDay(start.date) }
    let isOverByMorning = end.time.secondsAfterMidnight <= 8 * 3600
    if start.date == end.date, start.time.hour < 6, isOverByMorning {
      return .night(from: start.date.advanced(byDays: -1), to: start.date)
    }
    if start.date == end.date || isMidnight { return .day(start.date) }
    if end.date == next, start.time.hour >= 18, isOverByMorning { return .night(from: start.date, to: end.date) }
    return .days
  }

  /// The days that a stretch is called by; nil where it has several.
  private func dates(_ interval: Interval) -> [CivilDate]? {
    switch shape(interval) {
    case .night(let evening, let morning): [evening, morning]
    case .day(let day): [day]
    case .wholeDay, .days: nil
    }
  }

  private func lastHour(_ interval: Interval) -> String {
    if case .day(let day) = shape(interval), let text = midnight(interval.end, of: day) { return text }
    return hour(interval.end)
  }

  /// `, soit une durée de 3 heures 30 minutes en raison du changement d’heure`: where hours that are read do not give the length.
  private func clockChange(_ interval: Interval) -> String {
    guard zone.offset(at: interval.start) != zone.offset(at: interval.end) else { return "" }
    let length = spelled(interval.length)
    return pick(
      ", lasting \(length) as the clocks change", ", soit une durée de \(length) en raison du changement d’heure")
  }

  /// `nuit du samedi 7 au dimanche 8 novembre 2026, de 1 h à 3 h`, `dimanche 8 novembre 2026, de 14 h à 16 h`,
  /// `dimanche 1er novembre 2026, toute la journée`; in a sentence with `dans la` or `le`.
  func period(_ interval: Interval, inSentence: Bool = false) -> String {
    let hours = clock(interval, inSentence: inSentence) + (inSentence ? clockChange(interval) : "")
    switch shape(interval) {
    case .night(let evening, let morning):
      let days = pair(evening, morning)
      return pick(inSentence ? "during the " : "", inSentence ? "dans la " : "")
        + pick("night of \(days)", "nuit du \(days)") + hours
    case .day(let date):
      return pick(inSentence ? "on " : "", inSentence ? "le " : "") + self.date(date) + hours
    case .wholeDay(let date):
      return pick(inSentence ? "on " : "", inSentence ? "le " : "") + self.date(date)
        + pick(", all day, from 00:00 to 24:00", ", toute la journée, de \(hour(.midnight)) à 24\(Typography.narrow)h")
    case .days: return span(interval)
    }
  }

  /// `du samedi 7 novembre à 22 h au dimanche 8 novembre 2026 à 6 h`.
  private func span(_ interval: Interval) -> String {
    let (start, end) = (zone.civil(interval.start).date, zone.civil(interval.end).date)
    let first = start.year == end.year ? briefDate(start) : date(start)
    let (from, to) = (hour(interval.start), hour(interval.end))
    return pick(
      "from \(from) on \(first) to \(to) on \(date(end))", "du \(first) à \(from) au \(date(end)) à \(to)")
  }

  /// When something was down: its days by name, never as a night.
  package func downtimeRange(_ interval: Interval) -> String {
    let day = zone.civil(interval.start).date
    return day == zone.civil(interval.end).date ? date(day) + clock(interval) : span(interval)
  }

  /// `, de 1 h à 3 h`; ` à 1 h` of less than a minute.
  private func clock(_ interval: Interval, inSentence: Bool = false) -> String {
    let (from, to) = (hour(interval.start), lastHour(interval))
    if from == to { return pick(" at \(from)", " à \(from)") }
    return pick(inSentence ? ", from \(from) to \(to)" : ", \(from) to \(to)", ", de \(from) à \(to)")
  }

  /// `samedi 7 au dimanche 8 novembre 2026`: what both dates share is said once.
  func pair(_ first: CivilDate, _ second: CivilDate) -> String {
    let (a, b) = (first.components, second.components)
    let start =
      a.year != b.year
      ? date(first) : a.month != b.month ? briefDate(first) : "\(weekday(first.weekday)) \(day(a.day))"
    return "\(start) \(pick("to", "au")) \(date(second))"
  }
}
