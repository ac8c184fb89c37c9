import CivilTime
import Planning
import Publication
import Wording

/// A month drawn in a terminal: a sign a day, and the budget as a bar. Reads without colour; in ASCII where the locale
/// cannot show more.
struct MonthStrip {
  let text: ChangeText
  private var language: Language { text.wording.language }
  private var output: Output { text.output }

  init(_ text: ChangeText) { self.text = text }

  /// Beside the names of the rows above it.
  private static let indent = 15

  private func pick(_ rich: String, _ plain: String) -> String { output.showsUnicode ? rich : plain }

  // MARK: Days

  private enum Sign: Hashable {
    /// Quarters of the day's reference period that were lost, rounded up: 1…4.
    case lost(Int)
    /// Something stopped and cost nothing.
    case free
    case kept
    case toCome
    /// No reference period, and nothing stopped.
    case off

    init(_ day: AvailabilityDay) {
      self =
        !day.lost.isEmpty
        ? .lost(day.lostQuarters)
        : day.hasStop ? .free : day.reference.isEmpty ? .off : day.isToCome ? .toCome : .kept
    }
  }

  private func shown(_ sign: Sign) -> String {
    switch sign {
    case .lost(let quarters):
      output.red(pick(["▂", "▄", "▆", "█"][min(max(quarters, 1), 4) - 1], String(min(quarters, 4))))
    case .free: pick("○", "o")
    case .kept: pick("·", ".")
    case .toCome: pick("–", "-")
    case .off: " "
    }
  }

  private func meaning(_ sign: Sign) -> String {
    switch sign {
    case .lost(1): language("up to a quarter of the day’s hours lost", "jusqu’à un quart des heures du jour perdu")
    case .lost(2): language("up to half", "jusqu’à la moitié")
    case .lost(3): language("up to three quarters", "jusqu’aux trois quarts")
    case .lost: language("more than three quarters", "plus des trois quarts")
    case .free: language("a stop that costs nothing", "un arrêt qui ne coûte rien")
    case .kept: language("nothing lost", "rien de perdu")
    case .toCome: language("to come", "à venir")
    case .off: language("no reference period", "pas de période de référence")
    }
  }

  private func legend(_ signs: Set<Sign>, indent: Int) -> [String] {
    let order: [Sign] = [.kept, .lost(1), .lost(2), .lost(3), .lost(4), .free, .toCome, .off]
    let parts = order.filter(signs.contains).map {
      ($0 == .off ? language("blank", "blanc") : shown($0)) + Typography.hard
        + meaning($0)
        .replacing(" ", with: Typography.hard)
    }
    // A sign and its meaning stay on one line; the blanks that hold them together are plain ones when printed.
    return text.wrap(
      parts.joined(separator: ", "), indent: indent, first: String(repeating: " ", count: indent)
    ).map { $0.replacing(Typography.hard, with: " ") }
  }

  /// `1   5    10 …`, each number above the column of its day.
  private func scale(_ length: Int, step: Int) -> String {
    var line = ""
    for day in [1, 5, 10, 15, 20, 25, 30] where day <= length {
      line += String(repeating: " ", count: max(0, (day - 1) * step - line.count)) + String(day)
    }
    return line
  }

  private func row(_ days: [AvailabilityDay], step: Int) -> String {
    days.map { shown(Sign($0)) }.joined(separator: String(repeating: " ", count: step - 1))
  }

  /// Without the days at the end of the month that would be blanks.
  private func trimmed(_ days: [AvailabilityDay]) -> [AvailabilityDay] {
    days.dropLast(days.reversed().prefix { Sign($0) == .off }.count)
  }

  // MARK: Budget

  /// `[████░░░░]`; beyond the budget `!`.
  private func bar(_ figures: AvailabilityFigures, width: Int) -> String {
    let bar = BudgetBar(figures, width: width)
    return "[" + String(repeating: pick("█", "#"), count: bar.used)
      + String(repeating: pick("░", "."), count: bar.left)
      + output.red(String(repeating: "!", count: bar.beyond)) + "]"
  }

  private func key(_ months: [MonthAvailability]) -> String {
    let text =
      pick("█", "#") + language(" budget used, ", " budget utilisé, ") + pick("░", ".") + language(" left", " reste")
    return months.allSatisfy(\.figures.isMet) ? text : text + language(", ! over", ", ! dépassement")
  }

  // MARK: Pictures

  /// Of one month: its budget as a bar, its days two columns wide where there is room.
  func picture(_ month: MonthAvailability, _ days: [AvailabilityDay]) -> [String] {
    let indent = output.width >= Self.indent + 31 ? Self.indent : 4
    let step = output.width >= indent + 62 ? 2 : 1
    let blank = String(repeating: " ", count: indent)
    let signs = days.map(Sign.init)
    return [
      "",
      blank + bar(month.figures, width: days.count * step - 2),
      blank + key([month]),
      "",
      blank + output.dim(scale(days.count, step: step)),
      blank + row(trimmed(days), step: step),
    ] + legend(Set(signs), indent: indent)
  }

  /// One line a month.
  func table(_ months: [MonthAvailability], days: (MonthAvailability) -> [AvailabilityDay]) -> [String] {
    let several = Set(months.map(\.service)).count > 1
    let room = several ? min(24, months.map(\.service.count).max() ?? 0) + 2 : 0
    let left = room + 9
    // What is left of the line for the bar, its brackets and the gap before it.
    let width = min(24, output.width - left - 31 - 4)
    var signs: Set<Sign> = []
    var lines = [String(repeating: " ", count: left) + output.dim(scale(31, step: 1))]
    for month in months {
      let days = days(month)
      signs.formUnion(days.map(Sign.init))
      let name = several ? text.pad(String(month.service.prefix(24)), room) : ""
      let rest = String(repeating: " ", count: 31 - days.count + 2)
      lines.append(
        name + text.pad(month.period.month.description, 9) + row(days, step: 1)
          + (width >= 4 ? rest + bar(month.figures, width: width) : ""))
    }
    return lines + legend(signs, indent: 2) + (width >= 4 ? ["  " + key(months)] : [])
  }
}
