package import CivilTime
import Planning
package import Wording

/// Turns what was typed into instants; nothing is guessed.
package struct TimeArgument: Sendable {
  let wording: Wording

  package init(wording: Wording) { self.wording = wording }

  private var language: Language { wording.language }

  private func name(_ field: Field) -> String { wording.door.name(field) }

  package func instant(_ text: String, field: Field) throws -> Instant {
    if let date = CivilDate(text) {
      throw BadValue(
        language(
          "\(name(field)) \(text): add a time, such as \(TimeText.date(date))T01:00.",
          "\(name(field)) \(text) : ajoutez une heure, par exemple \(TimeText.date(date))T01:00."))
    }
    switch WrittenTime(text) {
    case .instant(let instant)?: return instant
    case .civil(let civil)?:
      let resolution = wording.zone.resolve(civil)
      if case .unique(let instant) = resolution { return instant }
      throw BadValue(wording.ambiguity(civil: civil, resolution, field: field))
    case nil:
      let fault = WrittenTime.fault(in: text).map { " (\(part($0)))" } ?? ""
      throw BadValue(
        language(
          "\(name(field)) \(text): not a date and time\(fault); write 2026-12-06T01:00 (\(wording.zoneName)) or 2026-12-06T01:00+01:00.",
          "\(name(field)) \(text) : ni date ni heure lisible\(fault) ; écrivez 2026-12-06T01:00 (\(wording.zoneName)) ou 2026-12-06T01:00+01:00."
        ))
    }
  }

  private func part(_ fault: WrittenTime.Fault) -> String {
    let name =
      switch fault.part {
      case .year: language("year", "année")
      case .month: language("month", "mois")
      case .day: language("day", "jour")
      case .separator: language("T before the hour", "T avant l’heure")
      case .hour: language("hour", "heure")
      case .minute: language("minute", "minute")
      case .second: language("second", "seconde")
      case .offset: language("offset", "décalage")
      case .end: language("behind the time", "après l’heure")
      }
    return name
      + (fault.text.isEmpty ? language(": nothing", " : rien") : language(": “\(fault.text)”", " : « \(fault.text) »"))
  }

  package func duration(_ text: String, field: Field) throws -> Elapsed {
    guard let value = Elapsed(text), value > .zero else {
      throw BadValue(
        language(
          "\(name(field)) \(text): not a duration; write 90m, 2h, 2h30 or PT2H (hours, not days: a civil day can have 23 or 25).",
          "\(name(field)) \(text) : durée illisible ; écrivez 90m, 2h, 2h30 ou PT2H (des heures, pas des jours : un jour peut en compter 23 ou 25)."
        ))
    }
    return value
  }

  /// A start with an end or a duration.
  package func interval(start: String, end: String?, duration: String?) throws -> Interval {
    let start = try instant(start, field: .start)
    let finish: Instant
    switch (end, duration) {
    case (let end?, nil): finish = try instant(end, field: .end)
    case (nil, let duration?): finish = start + (try self.duration(duration, field: .duration))
    case (nil, nil):
      throw BadValue(
        language(
          "Say when the work ends: \(name(.end)) or \(name(.duration)).",
          "Dites quand le travail se termine : \(name(.end)) ou \(name(.duration))."))
    case (_?, _?):
      throw BadValue(
        language(
          "Give \(name(.end)) or \(name(.duration)), not both.",
          "Donnez \(name(.end)) ou \(name(.duration)), pas les deux."))
    }
    guard let interval = Interval(start: start, end: finish) else {
      throw BadValue(
        finish == start
          ? language(
            "\(name(.end)) is the same instant as \(name(.start)).",
            "\(name(.end)) est le même instant que \(name(.start)).")
          : language("\(name(.end)) lies before \(name(.start)).", "\(name(.end)) est avant \(name(.start))."))
    }
    return interval
  }

  /// The beginning of a civil day, or an instant.
  package func bound(_ text: String, field: Field) throws -> Instant {
    if let date = CivilDate(text) { return wording.zone.startOfDay(date) }
    return try instant(text, field: field)
  }

  /// A civil day, or the day of an instant.
  package func date(_ text: String, field: Field) throws -> CivilDate {
    if let date = CivilDate(text) { return date }
    return wording.zone.civil(try instant(text, field: field)).date
  }

  /// `START/DURATION`, or `START/END`.
  package func supposed(_ text: String, field: Field) throws -> Interval {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else {
      throw BadValue(
        language(
          "\(name(field)) \(text): write the start and the duration, such as 2026-11-23T06:00/2h.",
          "\(name(field)) \(text) : écrivez le début et la durée, par exemple 2026-11-23T06:00/2h."))
    }
    let start = try instant(parts[0], field: field)
    let end =
      WrittenTime(parts[1]) == nil
      ? start + (try duration(parts[1], field: field)) : try instant(parts[1], field: field)
    guard let interval = Interval(start: start, end: end), interval.length <= CommandError.Limits.longestInterval else {
      throw BadValue(
        language(
          "\(name(field)) \(text): the end is not after the start, or more than a year after it.",
          "\(name(field)) \(text) : la fin n’est pas après le début, ou plus d’un an après."))
    }
    return interval
  }
}
