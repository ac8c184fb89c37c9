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

  var name: String { language.choice(year.contract.name.english, year.contract.name.french) }
  var colon: String { language.colon + " " }
  var title: String { language("Maintenance calendar \(year.year)", "Calendrier de maintenance \(year.year)") }
  var source: String { language("Source: ", "Source\(colon)") + year.contract.source }

  /// `Cegid, production, Paris time`; each zone of the year once.
  var scope: String {
    let zones = year.versions.reduce(into: [String]()) { names, terms in
      let name = Wording(language, zone: terms.timeZone).zoneName
      if !names.contains(name) { names.append(name) }
    }
    return "\(name), \(year.environment), \(zones.joined(separator: ", "))"
  }

  func monthName(_ month: AnnexMonth, withYear: Bool = false) -> String {
    let name = wording.month(month.month)
    return name.prefix(1).uppercased() + name.dropFirst() + (withYear ? " \(year.year)" : "")
  }

  func wording(at instant: Instant) -> Wording { Wording(language, zone: year.contract.timeZone(at: instant)) }

  // MARK: Figures

  /// Of hundredths of a percent: `99 %`, `99.95 %`.
  func percent(_ basisPoints: Int) -> String {
    let rest = basisPoints % 100
    var text = String(basisPoints / 100)
    if rest != 0 {
      text += language(".", ",") + (rest < 10 ? "0\(rest)" : rest % 10 == 0 ? String(rest / 10) : String(rest))
    }
    return text + "\(Typography.narrow)%"
  }

  /// Of the months: one, or each in turn where the terms change.
  var targets: String { year.targets.isEmpty ? "–" : year.targets.map(percent).joined(separator: " → ") }
  func target(_ month: AnnexMonth) -> String { month.target.map(percent) ?? "–" }

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
    var parts = window.nights.map {
      wording.hours($0) + language(" every day", " tous les jours")
    }
    if window.anyTimeEnvironments.contains(year.environment) {
      parts = [language("at any time", "à tout moment")]
    } else {
      if !window.weekdays.isEmpty {
        parts.append(weekdays(window.weekdays) + language(" all day", " toute la journée"))
      }
      if window.holidays { parts.append(language("public holidays all day", "jours fériés toute la journée")) }
    }
    return language("Maintenance window", "Fenêtre de maintenance") + " (\(window.clause))\(colonOrEnglish)"
      + parts.joined(separator: ", ")
  }

  private func reference(_ terms: ContractTerms.Availability) -> String {
    func clock(_ seconds: Int32) -> String {
      seconds == 86_400
        ? "24:00" : TimeOfDay(hour: Int(seconds) / 3600, minute: Int(seconds) / 60 % 60).map(wording.time) ?? ""
    }
    return language("Reference period PRT", "Période de référence PRT") + " (\(terms.clause))\(colonOrEnglish)"
      + "\(clock(terms.hours.start))–\(clock(terms.hours.end)), \(weekdays(terms.weekdays))"
      + (terms.exceptHolidays ? language(", no public holidays", ", hors jours fériés") : "")
      + language("; target ", "\(Typography.narrow); objectif ") + percent(terms.targetBasisPoints)
      + language(" each month", " par mois")
  }

  private var colonOrEnglish: String { language.choice(": ", colon) }

  /// `Monday to Friday`, `Saturday and Sunday`.
  private func weekdays(_ days: Set<Weekday>) -> String {
    let sorted = days.sorted { $0.rawValue < $1.rawValue }
    if let first = sorted.first, let last = sorted.last, sorted.count > 2,
      last.rawValue - first.rawValue == sorted.count - 1
    {
      return wording.weekday(first) + language(" to ", " à ") + wording.weekday(last)
    }
    return language.list(sorted.map(wording.weekday))
  }

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
