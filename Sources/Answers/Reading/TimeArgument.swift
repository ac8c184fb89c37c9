package import CivilTime
import Files
import Planning
package import Wording

/// Turns what was typed into instants; nothing is guessed.
package struct TimeArgument: Sendable {
  let wording: Wording

  package init(wording: Wording) { self.wording = wording }

  private var language: Language { wording.language }

  private func name(_ field: Field) -> String { wording.door.name(field) }

  /// - Parameters:
  ///   - start: what an end comes after, so that an hour alone is enough.
  ///   - backwards: whether the moment is a fact, so that an hour or a weekday alone is the last there was.
  package func instant(
    _ text: String, field: Field, after start: Instant? = nil, backwards: Bool = false
  ) throws -> Instant {
    if let date = CivilDate(text) {
      throw BadValue(
        language(
          "\(name(field)) \(text): add a time, such as \(TimeText.date(date))T01:00.",
          "\(name(field)) \(text) : ajoutez une heure, par exemple \(TimeText.date(date))T01:00."))
    }
    switch WrittenTime(text) {
    case .instant(let instant)?: return instant
    case .civil(let civil)?: return try resolved(civil, field)
    case nil: return try spoken(text, field, after: start, backwards: backwards)
    }
  }

  /// An hour without its day.
  func isTimeAlone(_ text: String) -> Bool {
    wording.door != .api && WrittenTime(text) == nil && (try? SpokenTime(text, in: language))?.isTimeAlone ?? false
  }

  /// When planned work began: an hour alone is the one nearest to the start that was announced, or of `--at`, where that is still to
  /// come the last there was.
  func actualStart(_ text: String, of announced: Interval, field: Field) throws -> Instant {
    if isTimeAlone(text) {
      let nearest = try instant(text, field: field, after: announced.start - .hours(12))
      if field == .started || nearest <= wording.clock?() ?? nearest { return nearest }
    }
    return try instant(text, field: field, backwards: true)
  }

  private func resolved(_ civil: CivilDateTime, _ field: Field) throws -> Instant {
    let resolution = wording.zone.resolve(civil)
    if case .unique(let instant) = resolution { return instant }
    throw BadValue(wording.ambiguity(civil: civil, resolution, field: field))
  }

  /// What no program writes. The API takes none of it.
  private func spoken(_ text: String, _ field: Field, after start: Instant?, backwards: Bool) throws -> Instant {
    let isISO =
      text.utf8.prefix(5).count == 5 && text.prefix(4).allSatisfy(\.isNumber) && text.dropFirst(4).hasPrefix("-")
    guard wording.door != .api else { throw notWritten(text, field) }
    let meant: CivilDateTime
    do throws(SpokenTime.Fault) {
      let said = try SpokenTime(text, in: language)
      if said.isTimeAlone, start == nil, field != .end, !backwards { throw .noDay }
      // As an end without its day it can mean one only.
      if said.isMidnight, said.day != nil || field == .start { throw .midnight }
      switch try said.meaning(
        at: wording.clock?(), after: start, backwards: backwards, in: wording.zone)
      {
      case .instant(let instant): return instant
      case .civil(let civil): meant = civil
      }
    } catch {
      if isISO { throw notWritten(text, field) }
      throw BadValue("\(name(field)) \(text)\(language.colon) \(why(error)) \(examples)")
    }
    return try resolved(meant, field)
  }

  private func notWritten(_ text: String, _ field: Field) -> BadValue {
    let fault = WrittenTime.fault(in: text).map { " (\(part($0)))" } ?? ""
    return BadValue(
      language(
        "\(name(field)) \(text): not a date and time\(fault); write 2026-12-06T01:00 (\(wording.zoneName)) or 2026-12-06T01:00+01:00.",
        "\(name(field)) \(text) : ni date ni heure lisible\(fault) ; écrivez 2026-12-06T01:00 (\(wording.zoneName)) ou 2026-12-06T01:00+01:00."
      ))
  }

  /// What would be understood.
  private var examples: String {
    let english =
      wording.clock == nil ? ["6 December 2026 01:00"] : ["now", "tomorrow 01:00", "Sunday 1am", "6 December 01:00"]
    let french =
      wording.clock == nil ? ["06/12/2026 01:00"] : ["maintenant", "demain 01:00", "dimanche 1h", "06/12 01:00"]
    let forms = language == .french ? french : english
    return language("Write ", "Écrivez ")
      + language.alternatives(forms + ["2026-12-06T01:00 (\(wording.zoneName))"]) + "."
  }

  private func why(_ fault: SpokenTime.Fault) -> String {
    switch fault {
    case .unknown(let word):
      let near = NearestName.nearest(to: word, among: SpokenTimeReader.words)
      return language("“\(word)” is not understood", "« \(word) » n’est pas compris")
        + (near.map { language("; did you mean \($0)?", " ; vouliez-vous dire \($0) ?") } ?? ".")
    case .number(let number):
      return language("\(number) is neither a day nor an hour.", "\(number) n’est ni un jour ni une heure.")
    case .twoDays(let one, let other):
      let days = [one, other].map { "\($0.day) \(wording.month($0.month))" }
      return language("it could be \(days[0]) or \(days[1]).", "ce peut être le \(days[0]) ou le \(days[1]).")
    case .shortYear: return language("write the year with four figures.", "écrivez l’année en quatre chiffres.")
    case .noSuchDay: return language("there is no such day.", "ce jour n’existe pas.")
    case .noSuchTime: return language("there is no such time of day.", "cette heure n’existe pas.")
    case .midnight:
      return language(
        "midnight begins a day and ends another; write 00:00 with the day that it begins.",
        "minuit commence un jour et en finit un autre ; écrivez 00:00 avec le jour qui commence.")
    case .twice: return language("it says two days or two times.", "deux jours ou deux heures y sont dits.")
    case .otherWeekday(let weekday):
      let name = wording.weekday(weekday)
      return language("that date is a \(name).", "cette date est un \(name).")
    case .noTime: return language("add a time.", "ajoutez une heure.")
    case .noDay, .nothing: return language("say which day.", "dites quel jour.")
    case .noYear:
      return language(
        "a file says the day with its year: read tomorrow, it has to mean the same.",
        "un fichier dit le jour avec l’année : relu demain, il doit dire la même chose.")
    case .justOver:
      return language("that day is just over this year; say the year.", "ce jour vient de passer ; dites l’année.")
    case .farAway:
      return language(
        "there is no such day in the two months ahead; say the date.",
        "il n’y a pas de tel jour dans les deux mois qui viennent ; dites la date.")
    case .farEnd:
      return language(
        "that is more than three days after the start; say the date.",
        "c’est plus de trois jours après le début ; dites la date.")
    case .lengthOrHour:
      return language(
        "is the last of it a length or an hour? Say the hour with “at”, or as 03:00.",
        "la fin est-elle une durée ou une heure ? Dites l’heure avec « à », ou 03:00.")
    case .range:
      return language(
        "it says two hours; the end has an option of its own.", "deux heures y sont dites ; la fin a sa propre option.")
    case .lengthAsEnd:
      return language(
        "a length counts from now; give \(name(.duration)).",
        "une durée part de maintenant ; donnez \(name(.duration)).")
    case .notAtNight: return language("that is no time of the night.", "ce n’est pas une heure de la nuit.")
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
    let office = wording.door == .api ? nil : TimeArgument.office(text)
    guard let value = Elapsed(text) ?? office, value > .zero else {
      throw BadValue(
        language(
          "\(name(field)) \(text): not a duration; write 90m, 2h, 2h30 or PT2H (hours, not days: a civil day can have 23 or 25).",
          "\(name(field)) \(text) : durée illisible ; écrivez 90m, 2h, 2h30 ou PT2H (des heures, pas des jours : un jour peut en compter 23 ou 25)."
        ))
    }
    return value
  }

  /// As spreadsheets write lengths: `1:30`, `01:30:00`, `1,5h`, `1.5 h`. Hours come first, and have 60 minutes.
  private static func office(_ text: String) -> Elapsed? {
    if let clock = text.wholeMatch(of: /(\d{1,3}):([0-5]\d)(?::([0-5]\d))?/) {
      guard let hours = Int64(clock.1), let minutes = Int64(clock.2) else { return nil }
      return Elapsed(seconds: hours * 3600 + minutes * 60 + (clock.3.flatMap { Int64($0) } ?? 0))
    }
    guard let hours = text.wholeMatch(of: /(\d{1,3})[,.](\d{1,2})\s?h/), let whole = Int64(hours.1),
      let part = Int64((hours.2 + "0").prefix(2))
    else { return nil }
    return Elapsed(seconds: whole * 3600 + part * 36)
  }

  /// A start with an end or a duration.
  ///
  /// - Parameter before: what a start comes after, where an hour alone is enough.
  package func interval(
    start: String, after before: Instant? = nil, end: String?, duration: String?, backwards: Bool = false
  ) throws -> Interval {
    let start = try instant(start, field: .start, after: before, backwards: backwards)
    let finish: Instant
    switch (end, duration) {
    case (let end?, nil): finish = try instant(end, field: .end, after: start)
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
          : language(
            "\(name(.end)), \(wording.dateTime(finish)), lies before \(name(.start)), \(wording.dateTime(start)).",
            "\(name(.end)), \(wording.dateTime(finish)), est avant \(name(.start)), \(wording.dateTime(start))."))
    }
    return interval
  }

  /// The stretch between two bounds. Throws `BadValue`, with both as they were understood, where it is none.
  package func range(_ start: Instant, _ end: Instant) throws -> Interval {
    if let interval = Interval(start: start, end: end) { return interval }
    let (from, to) = (wording.dateTime(start), wording.dateTime(end))
    throw BadValue(
      language(
        "\(name(.to)), \(to), is not after \(name(.from)), \(from).",
        "\(name(.to)), \(to), n’est pas après \(name(.from)), \(from)."))
  }

  /// The beginning of a civil day, or an instant.
  package func bound(_ text: String, field: Field) throws -> Instant {
    if let date = day(text) { return wording.zone.startOfDay(date) }
    return try instant(text, field: field)
  }

  /// A civil day, or the day of an instant.
  package func date(_ text: String, field: Field) throws -> CivilDate {
    if let date = day(text) { return date }
    return wording.zone.civil(try instant(text, field: field)).date
  }

  /// A day without a time; nil where it is none, or has one.
  private func day(_ text: String) -> CivilDate? {
    if let date = CivilDate(text) { return date }
    guard wording.door != .api, let said = try? SpokenTime(text, in: language), said.time == nil else { return nil }
    return try? said.date(from: (wording.clock?()).map { wording.zone.civil($0).date }, backwards: false)
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
