import CivilTime
import Planning
import Wording

/// What the drawings of one year say, in one language.
struct AnnexPhrases {
  let year: AnnexYear
  let language: Language
  let wording: Wording

  init(_ year: AnnexYear, _ language: Language) {
    self.year = year
    self.language = language
    wording = Wording(language, zone: year.contract.currentTimeZone)
  }

  var name: String { language.choice(year.contract.name) }
  var colon: String { language.colon + " " }
  var title: String { language("Maintenance calendar \(year.year)", "Calendrier de maintenance \(year.year)") }
  var source: String { language("Source: ", "Source\(colon)") + year.contract.source }

  /// `Cegid, production, Paris time`; each zone of the year once.
  var scope: String {
    let zones = year.versions.reduce(into: [String]()) { names, terms in
      let name = Wording(language, zone: terms.timeZone).zoneName
      if !names.contains(name) { names.append(name) }
    }
    return "\(name), \(year.contract.environment(year.environment, language)), \(zones.joined(separator: ", "))"
  }

  func monthName(_ month: AnnexMonth, withYear: Bool = false) -> String {
    let name = wording.month(month.month)
    return name.prefix(1).uppercased() + name.dropFirst() + (withYear ? " \(year.year)" : "")
  }

  func wording(at instant: Instant) -> Wording { Wording(language, zone: year.contract.timeZone(at: instant)) }

  // MARK: Figures

  /// Of the months: one, or each in turn where the terms change.
  var targets: String {
    year.targets.isEmpty ? "–" : year.targets.map(wording.percent(basisPoints:)).joined(separator: " → ")
  }
  func target(_ month: AnnexMonth) -> String { month.target.map(wording.percent(basisPoints:)) ?? "–" }

  func duration(_ length: Elapsed) -> String { wording.duration(length) }

  /// With a sign in any case.
  func signed(_ length: Elapsed) -> String { (length.seconds > 0 ? "+" : "") + duration(length) }

  /// `PRT 273 h, allowed stop (99 %) 2 h 43 min 48 s`; nil where no target binds.
  func budget(_ month: AnnexMonth) -> String? { budget(month.figures, target(month)) }

  private func budget(_ figures: AnnexFigures, _ targets: String) -> String? {
    guard let allowed = figures.allowed else { return nil }
    return "PRT \(duration(figures.reference))" + language(" · stop allowed by ", " · arrêt admis à ")
      + "\(targets)\(language.colon) \(duration(allowed))"
  }

  func windowSum(_ figures: AnnexFigures) -> String {
    language("windows ", "fenêtres ") + duration(figures.window)
  }

  var totalLine: String {
    let total = year.total
    var text =
      language("Year \(year.year): ", "Année \(year.year)\(colon)")
      + language("\(total.windows) windows, ", "\(total.windows) fenêtres, ") + duration(total.window)
    if let budget = budget(total, targets) {
      text +=
        " · \(budget) "
        + language(
          "(sum of the months; nothing passes on to the next)",
          "(somme des mois\(Typography.narrow); rien n’est reporté)")
    }
    return text
  }

  // MARK: Terms

  /// What one version of the contract says of windows and availability.
  func terms(_ terms: ContractTerms) -> [String] {
    var lines = [windowTerms(terms)]
    if year.environment == Contract.production, let availability = terms.availability {
      lines.append(reference(availability))
    }
    return lines
  }

  /// Days before the first version are judged by it, which is said where the year has such days.
  func inForce(_ terms: ContractTerms) -> String {
    let isEarly = terms.effectiveFrom > year.days[0].date && terms.effectiveFrom == year.versions[0].effectiveFrom
    return language("Terms in force since ", "Conditions en vigueur depuis le ") + wording.date(terms.effectiveFrom)
      + (isEarly ? language(", read for the days before too", ", lues aussi pour les jours d’avant") : "")
  }

  private func windowTerms(_ terms: ContractTerms) -> String {
    let window = terms.window
    var parts = window.nights.map(wording.night)
    if window.anyTimeEnvironments.contains(year.environment) {
      parts = [language("at any time", "à tout moment")]
    } else {
      if !window.weekdays.isEmpty {
        parts.append(wording.weekdays(window.weekdays) + language(" all day", " toute la journée"))
      }
      if window.holidays { parts.append(language("public holidays all day", "jours fériés toute la journée")) }
    }
    return language("Maintenance window", "Fenêtre de maintenance") + " (\(window.clause))\(colonOrEnglish)"
      + parts.joined(separator: ", ")
  }

  private func reference(_ terms: ContractTerms.Availability) -> String {
    language("Reference period PRT", "Période de référence PRT") + " (\(terms.clause))\(colonOrEnglish)"
      + "\(wording.hours(terms.hours)), \(wording.weekdays(terms.weekdays))"
      + (terms.exceptHolidays ? language(", no public holidays", ", hors jours fériés") : "")
      + language("; target ", "\(Typography.narrow); objectif ") + wording.percent(basisPoints: terms.targetBasisPoints)
      + language(" each month", " par mois")
  }

  private var colonOrEnglish: String { language.choice(": ", colon) }

  // MARK: Days

  /// The names are those of French law, in English texts too.
  func names(_ holiday: Holiday) -> String { holiday.names.joined(separator: ", ") }

  /// `window of 55 h`; nil where no other whole day joins the holiday.
  func lengthened(by holiday: Holiday) -> String? {
    guard let window = year.windows.first(where: { $0.isLengthenedByHoliday && $0.holidays.contains(holiday) }) else {
      return nil
    }
    return language("window of \(duration(window.length))", "fenêtre de \(duration(window.length))")
  }

  /// `clocks go forward: day of 23 h, window of 30 h (−1 h)`.
  func clockChange(_ change: ClockChange) -> String {
    let forward = change.before < change.after
    var text =
      language(
        forward ? "clocks go forward: day of " : "clocks go back: day of ",
        forward ? "l’heure avance\(colon)journée de " : "l’heure recule\(colon)journée de ")
      + duration(change.dayLength)
    if let window = change.window {
      text +=
        language(", window of ", ", fenêtre de ") + "\(duration(window.length)) (\(signed(window.clockShift)))"
    }
    return text
  }

  /// Between which days off a working day stands.
  func bridge(_ holidays: [Holiday]) -> String {
    let names = language.list(holidays.map(names))
    return holidays.count > 1
      ? language("working day between public holidays: ", "jour ouvré entre deux jours fériés\(colon)") + names
      : language(
        "working day between the weekend and a public holiday: ",
        "jour ouvré entre le week-end et un jour férié\(colon)") + names
  }
}

/// A line under a month: which day, and what is special about it.
struct MonthNote {
  let date: CivilDate
  /// `Mon 17`, `21–30`.
  let when: String
  let text: String
}

extension AnnexPhrases {
  /// Holidays, working days alone beside them, clock changes, freezes and new terms, by day.
  func notes(_ month: AnnexMonth) -> [MonthNote] {
    var notes: [MonthNote] = []
    for day in month.days {
      func note(_ text: String) { notes.append(MonthNote(date: day.date, when: self.day(day.date), text: text)) }
      if year.versions.contains(where: { $0.effectiveFrom == day.date }) {
        note(language("new terms in force", "nouvelles conditions en vigueur"))
      }
      if let holiday = day.holiday {
        note(names(holiday) + (lengthened(by: holiday).map { ", \($0)" } ?? ""))
      }
      if !day.bridged.isEmpty { note(language("bridge: lone working day", "pont\(colon)jour ouvré isolé")) }
      for change in day.clockChanges { note(clockChange(change)) }
      for freeze in day.freezes where day.date == month.days[0].date || day.interval.contains(freeze.interval.start) {
        notes.append(
          MonthNote(
            date: day.date, when: span(freeze, in: month),
            text: language("freeze: ", "gel\(colon)") + freeze.title))
      }
    }
    return notes
  }

  private func day(_ date: CivilDate) -> String { "\(wording.shortWeekday(date.weekday)) \(date.day)" }

  /// The days of the month that a freeze touches, with its times where it does not hold whole days.
  private func span(_ freeze: Freeze, in month: AnnexMonth) -> String {
    let touched = month.days.filter { $0.interval.overlaps(freeze.interval) }
    guard let first = touched.first, let last = touched.last else { return "" }
    var (from, to) = (String(first.date.day), String(last.date.day))
    if first.interval.start < freeze.interval.start {
      from += " \(wording.time(first.zone.civil(freeze.interval.start).time))"
    }
    if freeze.interval.end < last.interval.end {
      to += " \(wording.time(last.zone.civil(freeze.interval.end).time))"
    }
    return first.date == last.date && from == to ? from : "\(from)–\(to)"
  }
}

/// A window, or nights in a row, in a few words.
struct RunText {
  /// `Tue 5 – Sat 9 Jan, 00:00–07:00`.
  let when: String
  /// `5 × 7 h`.
  let length: String
  /// Its whole days, and what a change of clock does to it; empty for nights.
  let why: String
}

extension AnnexPhrases {
  func run(_ run: WindowRun) -> RunText {
    let wording = wording(at: run.first.interval.start)
    guard run.windows.count > 1 else {
      return RunText(
        when: wording.shortRange(run.first.interval), length: duration(run.first.length), why: why(run.first))
    }
    let (start, end) = (wording.zone.civil(run.first.interval.start), wording.zone.civil(run.first.interval.end))
    let last = wording.zone.civil(run.last.interval.start).date
    let first =
      start.date.month == last.month
      ? "\(wording.shortWeekday(start.date.weekday)) \(start.date.day == 1 ? language("1", "1er") : String(start.date.day))"
      : wording.shortDate(start.date)
    return RunText(
      when: "\(first) – \(wording.shortDate(last)), \(wording.time(start.time))–\(wording.time(end.time))",
      length: "\(run.windows.count) × \(duration(run.first.length))", why: "")
  }

  private func why(_ window: AnnexWindow) -> String {
    // An environment that is always open.
    guard window.wholeDays.count <= 31 else { return "" }
    var parts = window.wholeDays.map { date in
      window.holidays.first { $0.date == date }.map(names) ?? wording.weekday(date.weekday)
    }
    if window.clockShift != .zero {
      parts.append(language("clock change ", "changement d’heure ") + signed(window.clockShift))
    }
    return parts.joined(separator: ", ")
  }
}
