import CivilTime
import Planning
import Wording

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
