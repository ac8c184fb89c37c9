import CivilTime
import Planning
import Publication
import Wording

/// Months drawn in a terminal; each kind of day has a letter too, so that it reads without colour. What a day is, the
/// calendar of its year says: the same that the annex prints.
struct CalendarPicture {
  let year: AnnexYear
  let wording: Wording
  let output: Output

  private var language: Language { wording.language }

  private enum Day {
    /// Nights only.
    case ordinary
    /// Open the whole civil day.
    case open
    case holiday
    case frozen

    /// A holiday that the contract opens no window for is a day like any other.
    init(_ day: AnnexDay) {
      self =
        if !day.freezes.isEmpty { .frozen } else if !day.isOpenAllDay { .ordinary } else if day.holiday != nil {
          .holiday
        } else { .open }
    }
  }

  /// Two figures and a letter, four columns wide.
  private func cell(_ date: CivilDate, _ kind: Day) -> String {
    let number = (date.day < 10 ? " " : "") + String(date.day)
    switch kind {
    case .ordinary: return " \(number) "
    case .open: return output.paint(" \(number)*", "32")
    case .holiday: return output.paint(" \(number)+", "1;32")
    case .frozen: return output.paint(" \(number)#", "31")
    }
  }

  /// Eight lines of 28 columns: name, weekdays, weeks.
  private func grid(_ month: Int, withYear: Bool) -> [String] {
    let days = days(month)
    let first = days[0].date
    let name = wording.month(first.month) + (withYear ? " \(first.year)" : "")
    let title = name.prefix(1).uppercased() + name.dropFirst()
    let left = max(0, (28 - title.count) / 2)
    var lines = [
      String(repeating: " ", count: left) + output.bold(title) + String(repeating: " ", count: 28 - left - title.count)
    ]
    lines.append(Weekday.allCases.map { " \(wording.shortWeekday($0).prefix(2)) " }.joined())
    var line = String(repeating: "    ", count: first.weekday.rawValue - 1)
    var width = first.weekday.rawValue - 1
    for day in days {
      line += cell(day.date, Day(day))
      width += 1
      if width == 7 {
        lines.append(line)
        line = ""
        width = 0
      }
    }
    if width > 0 { lines.append(line + String(repeating: "    ", count: 7 - width)) }
    while lines.count < 8 { lines.append(String(repeating: " ", count: 28)) }
    return lines
  }

  /// - Parameter first: the day whose version of the contract says when nights are open.
  private func legend(_ first: CivilDate) -> [String] {
    let window = year.contract.terms(on: first).window
    let nights = window.nights.map(wording.night)
    return [
      "",
      "  " + output.paint("*", "32") + language(" open all day   ", " ouvert toute la journée   ")
        + output.paint("+", "1;32") + language(" public holiday, open all day   ", " jour férié, ouvert   ")
        + output.paint("#", "31") + language(" freeze", " gel"),
    ]
      + (nights.isEmpty
        ? []
        : ["  " + nights.joined(separator: ", ") + " (\(window.clause))"])
  }

  private func days(_ month: Int) -> [AnnexDay] { year.months[month - 1].days }

  private func named(_ days: [AnnexDay]) -> [String] {
    let holidays = days.compactMap(\.holiday).map { "  \(wording.date($0.date)) — \($0.names.joined(separator: ", "))" }
    let clocks = days.flatMap(\.clockChanges).map { change in
      let hours = change.dayLength.seconds / 3600
      return "  \(wording.date(change.date)) — "
        + language("clock change, \(hours) hours", "changement d’heure, \(hours) heures")
    }
    return holidays + clocks
  }

  func drawn(month: Int) -> [String] {
    let days = days(month)
    let names = named(days)
    return grid(month, withYear: true).filter { !$0.allSatisfy(\.isWhitespace) } + legend(days[0].date)
      + (names.isEmpty ? [] : [""] + names)
  }

  func drawnYear() -> [String] {
    let months = (1...12).map { grid($0, withYear: false) }
    let columns = output.width >= 90 ? 3 : 2
    var lines = [output.bold(String(repeating: " ", count: columns * 15 - 3) + String(year.year)), ""]
    for row in stride(from: 0, to: 12, by: columns) {
      for line in 0..<8 { lines.append((row..<row + columns).map { months[$0][line] }.joined(separator: "  ")) }
    }
    return lines + legend(year.days[0].date) + [""] + named(year.days)
  }
}
