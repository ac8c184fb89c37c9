import CivilTime
import Wording

/// Turns what was typed into instants; nothing is guessed.
struct TimeArgument {
  let wording: Wording

  private var language: Language { wording.language }

  func instant(_ text: String, flag: String) throws -> Instant {
    if let date = CivilDate(text) {
      throw Failure.usage(
        language(
          "\(flag) \(text): add a time, such as \(TimeText.date(date))T01:00.",
          "\(flag) \(text) : ajoutez une heure, par exemple \(TimeText.date(date))T01:00."))
    }
    switch WrittenTime(text) {
    case .instant(let instant)?: return instant
    case .civil(let civil)?:
      let resolution = wording.zone.resolve(civil)
      if case .unique(let instant) = resolution { return instant }
      throw Failure.usage(wording.ambiguity(civil: civil, resolution, flag: flag))
    case nil:
      throw Failure.usage(
        language(
          "\(flag) \(text): not a date and time; write 2026-12-06T01:00 (\(wording.zoneName)) or 2026-12-06T01:00+01:00.",
          "\(flag) \(text) : ni date ni heure lisible ; écrivez 2026-12-06T01:00 (\(wording.zoneName)) ou 2026-12-06T01:00+01:00."
        ))
    }
  }

  func duration(_ text: String, flag: String) throws -> Elapsed {
    guard let value = Elapsed(text), value > .zero else {
      throw Failure.usage(
        language(
          "\(flag) \(text): not a duration; write 90m, 2h, 2h30 or PT2H (hours, not days: a civil day can have 23 or 25).",
          "\(flag) \(text) : durée illisible ; écrivez 90m, 2h, 2h30 ou PT2H (des heures, pas des jours : un jour peut en compter 23 ou 25)."
        ))
    }
    return value
  }

  /// A start with an end or a duration.
  func interval(start: String, end: String?, duration: String?) throws -> Interval {
    let start = try instant(start, flag: "--start")
    let finish: Instant
    switch (end, duration) {
    case (let end?, nil): finish = try instant(end, flag: "--end")
    case (nil, let duration?): finish = start + (try self.duration(duration, flag: "--duration"))
    case (nil, nil):
      throw Failure.usage(
        language(
          "Say when the work ends: --end or --duration.", "Dites quand le travail se termine : --end ou --duration."))
    case (_?, _?):
      throw Failure.usage(language("Give --end or --duration, not both.", "Donnez --end ou --duration, pas les deux."))
    }
    guard let interval = Interval(start: start, end: finish) else {
      throw Failure.usage(
        finish == start
          ? language("--end is the same instant as --start.", "--end est le même instant que --start.")
          : language("--end lies before --start.", "--end est avant --start."))
    }
    return interval
  }

  /// A civil day, or the day of an instant.
  func date(_ text: String, flag: String) throws -> CivilDate {
    if let date = CivilDate(text) { return date }
    return wording.zone.civil(try instant(text, flag: flag)).date
  }
}
