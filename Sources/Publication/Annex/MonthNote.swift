import CivilTime
import Planning
import Wording

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
