package import CivilTime
import Planning
package import Wording

/// Turns what was typed into instants; nothing is guessed.
package struct TimeArgument: Sendable {
  let wording: Wording

  package init(wording: Wording) { self.wording = wording }

  private var language: Language { wording.language }

  package func instant(_ text: String, flag: String) throws -> Instant {
    if let date = CivilDate(text) {
      throw BadValue(
        language(
          "\(flag) \(text): add a time, such as \(TimeText.date(date))T01:00.",
          "\(flag) \(text) : ajoutez une heure, par exemple \(TimeText.date(date))T01:00."))
    }
    switch WrittenTime(text) {
    case .instant(let instant)?: return instant
    case .civil(let civil)?:
      let resolution = wording.zone.resolve(civil)
      if case .unique(let instant) = resolution { return instant }
      throw BadValue(wording.ambiguity(civil: civil, resolution, flag: flag))
    case nil:
      throw BadValue(
        language(
          "\(flag) \(text): not a date and time; write 2026-12-06T01:00 (\(wording.zoneName)) or 2026-12-06T01:00+01:00.",
          "\(flag) \(text) : ni date ni heure lisible ; écrivez 2026-12-06T01:00 (\(wording.zoneName)) ou 2026-12-06T01:00+01:00."
        ))
    }
  }

  package func duration(_ text: String, flag: String) throws -> Elapsed {
    guard let value = Elapsed(text), value > .zero else {
      throw BadValue(
        language(
          "\(flag) \(text): not a duration; write 90m, 2h, 2h30 or PT2H (hours, not days: a civil day can have 23 or 25).",
          "\(flag) \(text) : durée illisible ; écrivez 90m, 2h, 2h30 ou PT2H (des heures, pas des jours : un jour peut en compter 23 ou 25)."
        ))
    }
    return value
  }

  /// A start with an end or a duration.
  package func interval(start: String, end: String?, duration: String?) throws -> Interval {
    let start = try instant(start, flag: "--start")
    let finish: Instant
    switch (end, duration) {
    case (let end?, nil): finish = try instant(end, flag: "--end")
    case (nil, let duration?): finish = start + (try self.duration(duration, flag: "--duration"))
    case (nil, nil):
      throw BadValue(
        language(
          "Say when the work ends: --end or --duration.", "Dites quand le travail se termine : --end ou --duration."))
    case (_?, _?):
      throw BadValue(language("Give --end or --duration, not both.", "Donnez --end ou --duration, pas les deux."))
    }
    guard let interval = Interval(start: start, end: finish) else {
      throw BadValue(
        finish == start
          ? language("--end is the same instant as --start.", "--end est le même instant que --start.")
          : language("--end lies before --start.", "--end est avant --start."))
    }
    return interval
  }

  /// The beginning of a civil day, or an instant.
  package func bound(_ text: String, flag: String) throws -> Instant {
    if let date = CivilDate(text) { return wording.zone.startOfDay(date) }
    return try instant(text, flag: flag)
  }

  /// A civil day, or the day of an instant.
  package func date(_ text: String, flag: String) throws -> CivilDate {
    if let date = CivilDate(text) { return date }
    return wording.zone.civil(try instant(text, flag: flag)).date
  }

  /// `START/DURATION`, or `START/END`.
  package func supposed(_ text: String, flag: String) throws -> Interval {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else {
      throw BadValue(
        language(
          "\(flag) \(text): write the start and the duration, such as 2026-11-23T06:00/2h.",
          "\(flag) \(text) : écrivez le début et la durée, par exemple 2026-11-23T06:00/2h."))
    }
    let start = try instant(parts[0], flag: flag)
    let end =
      WrittenTime(parts[1]) == nil
      ? start + (try duration(parts[1], flag: flag)) : try instant(parts[1], flag: flag)
    guard let interval = Interval(start: start, end: end), interval.length <= CommandError.Limits.longestInterval else {
      throw BadValue(
        language(
          "\(flag) \(text): the end is not after the start, or more than a year after it.",
          "\(flag) \(text) : la fin n’est pas après le début, ou plus d’un an après."))
    }
    return interval
  }
}
