import CivilTime
import Planning
import Wording

/// Months drawn in a terminal; each kind of day has a letter too, so that it reads without colour.
struct CalendarPicture {
  let contract: Contract
  let environment: String
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
  }

  private func kind(_ date: CivilDate, _ holidays: Set<CivilDate>) -> Day {
    let terms = contract.terms(on: date)
    let start = terms.timeZone.startOfDay(date)
    let day = Interval(start: start, end: terms.timeZone.startOfDay(date.advanced(byDays: 1)))!
    if terms.freezes.contains(where: { $0.interval.overlaps(day) }) { return .frozen }
    if holidays.contains(date) { return .holiday }
    let table = WindowTable(contract: contract, environment: environment, covering: day)
    return table.window(containing: day) == nil ? .ordinary : .open
  }

  private func holidays(_ year: Int) -> [Holiday] {
    contract.versions[contract.versions.count - 1].holidays.holidays(in: year)
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
  private func grid(_ first: CivilDate, withYear: Bool) -> [String] {
    let name = wording.month(first.month) + (withYear ? " \(first.year)" : "")
    let title = name.prefix(1).uppercased() + name.dropFirst()
    let left = max(0, (28 - title.count) / 2)
    var lines = [
      String(repeating: " ", count: left) + output.bold(title) + String(repeating: " ", count: 28 - left - title.count)
    ]
    lines.append(Weekday.allCases.map { " \(wording.shortWeekday($0).prefix(2)) " }.joined())
    let holidays = Set(holidays(first.year).map(\.date))
    var line = String(repeating: "    ", count: first.weekday.rawValue - 1)
    var width = first.weekday.rawValue - 1
    for day in 0..<CivilDate.length(ofMonth: first.month, year: first.year) {
      let date = first.advanced(byDays: day)
      line += cell(date, kind(date, holidays))
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
    let window = contract.terms(on: first).window
    let nights = window.nights.map(wording.hours)
    return [
      "",
      "  " + output.paint("*", "32") + language(" open all day   ", " ouvert toute la journée   ")
        + output.paint("+", "1;32") + language(" public holiday, open all day   ", " jour férié, ouvert   ")
        + output.paint("#", "31") + language(" freeze", " gel"),
    ]
      + (nights.isEmpty
        ? []
        : ["  " + language("every day ", "tous les jours ") + nights.joined(separator: ", ") + " (\(window.clause))"])
  }

  private func named(_ range: ClosedRange<CivilDate>) -> [String] {
    let zone = contract.currentTimeZone
    var lines = holidays(range.lowerBound.year).filter { range.contains($0.date) }.map {
      "  \(wording.date($0.date)) — \($0.names.joined(separator: ", "))"
    }
    for offset in 0...Int(range.upperBound.dayNumber - range.lowerBound.dayNumber) {
      let date = range.lowerBound.advanced(byDays: offset)
      let hours = (zone.startOfDay(date.advanced(byDays: 1)) - zone.startOfDay(date)).seconds / 3600
      guard hours != 24 else { continue }
      lines.append(
        "  \(wording.date(date)) — " + language("clock change, \(hours) hours", "changement d’heure, \(hours) heures"))
    }
    return lines
  }

  func month(_ first: CivilDate) -> [String] {
    let last = first.advanced(byDays: CivilDate.length(ofMonth: first.month, year: first.year) - 1)
    let names = named(first...last)
    return grid(first, withYear: true).filter { !$0.allSatisfy(\.isWhitespace) } + legend(first)
      + (names.isEmpty ? [] : [""] + names)
  }

  func year(_ year: Int) -> [String] {
    let months = (1...12).map { grid(CivilDate(year: year, month: $0, day: 1)!, withYear: false) }
    let columns = output.width >= 90 ? 3 : 2
    var lines = [output.bold(String(repeating: " ", count: columns * 15 - 3) + String(year)), ""]
    for row in stride(from: 0, to: 12, by: columns) {
      for line in 0..<8 { lines.append((row..<row + columns).map { months[$0][line] }.joined(separator: "  ")) }
    }
    let range = CivilDate(year: year, month: 1, day: 1)!...CivilDate(year: year, month: 12, day: 31)!
    return lines + legend(range.lowerBound) + [""] + named(range)
  }
}
