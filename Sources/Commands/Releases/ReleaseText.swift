import CivilTime
import Planning
import Publication
import Wording

/// A planned release in a terminal: a table night by night, what has no place, and a timeline. Reads without colour.
struct ReleaseText {
  let phrases: ReleasePhrases
  let text: ChangeText
  private var planned: PlannedRelease { phrases.planned }
  private var wording: Wording { phrases.wording }
  private var language: Language { wording.language }
  private var output: Output { text.output }

  func lines() -> [String] {
    var lines = text.wrap(phrases.title, indent: 0, first: "").map(output.bold)
    if let reason = planned.file.reason { lines += text.wrap(reason, indent: 0, first: "") }
    lines += text.wrap(phrases.summary, indent: 0, first: "")
    lines += phrases.notes.flatMap { text.wrap($0, indent: 2, first: "  ") }
    lines += table()
    if !planned.left.isEmpty { lines += [""] + left() }
    if !planned.placed.isEmpty { lines += [""] + timeline() }
    return lines
  }

  // MARK: Table

  private func table() -> [String] {
    text.nights(planned.nights.map { night in (phrases.night(night), night.works.map(phrases.cells)) })
  }

  private func left() -> [String] {
    [output.bold(phrases.leftTitle)]
      + planned.left.flatMap { change in
        text.wrap(
          "\(change.title) (\(phrases.weight(change)))", indent: 4,
          first: "  \(output.red("✗")) \(output.bold(change.work.id))  ")
          + phrases.reasons(change).flatMap { text.wrap($0, indent: 6, first: "    • ") }
      }
  }

  // MARK: Timeline

  private enum Sign: Int {
    case closed, open, away, freeze, booking, unseen, seen
  }

  private func shown(_ sign: Sign) -> String {
    func pick(_ rich: String, _ plain: String) -> String { output.showsUnicode ? rich : plain }
    return switch sign {
    case .closed: " "
    case .open: pick("·", ".")
    case .away: "x"
    case .freeze: pick("×", "!")
    case .booking: pick("▪", "+")
    case .unseen: pick("▒", "o")
    case .seen: pick("█", "#")
    }
  }

  private func meaning(_ sign: Sign) -> String {
    switch sign {
    case .closed: language("blank: no window", "blanc : pas de fenêtre")
    case .open: language("free", "libre")
    case .away: language("away", "absence")
    case .freeze: language("freeze", "gel")
    case .booking: language("planned already", "déjà planifié")
    case .unseen: language("unseen by clients", "invisible des clients")
    case .seen: language("seen by clients", "vu des clients")
    }
  }

  /// A row a service and a person, a column a night from noon to noon, or several where there are many. From the first work of
  /// the plan, or of the other that it is compared with, to the last.
  private func timeline() -> [String] {
    let starts = (planned.plan.starts + planned.slotBySlot.starts).compactMap(\.start)
    guard let first = starts.min().map(planned.evening), let last = starts.max().map(planned.evening) else { return [] }
    let crew = planned.placed.flatMap(\.change.work.crew)
    let people = crew.enumerated().filter { crew.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    let services = planned.release.services.map(\.name)
    let width = (services + people).map(\.count).max() ?? 0
    let room = output.width - width - 4
    let count = Int(last.dayNumber - first.dayNumber) + 1
    let each = (count + room - 1) / room
    let step = each == 1 && count * 3 <= room ? 3 : each == 1 && count * 2 <= room ? 2 : 1
    let columns = stride(from: 0, to: count, by: each).map { column -> Interval in
      let zone = planned.release.zone
      func noon(_ days: Int) -> Instant { zone.startOfDay(first.advanced(byDays: days)) + .hours(12) }
      // Holds: days follow each other.
      return Interval(start: noon(column), end: noon(min(column + each, count)))!
    }
    var signs: Set<Int> = []
    func row(_ name: String, _ sign: (Interval) -> Sign) -> String {
      let cells = columns.map { column -> String in
        let sign = sign(column)
        signs.insert(sign.rawValue)
        return text.pad(String(repeating: shown(sign), count: step == 3 ? 2 : 1), step)
      }
      return trimmed("  " + text.pad(name, width) + "  " + cells.joined())
    }
    var lines = planned.release.services.map { service in row(service.name) { self.sign(service, $0) } }
    lines += people.map { person in row(person) { self.sign(person, $0) } }
    let scale = self.scale(first, columns.count, each: each, step: step)
    let nights =
      each == 1
      ? language("a column is a night", "une colonne est une nuit")
      : language("a column is \(each) nights", "une colonne est \(each) nuits")
    let title = language(
      "Timeline from \(wording.shortDate(first)) to \(wording.shortDate(last)) (\(nights), from noon to noon)",
      "Frise du \(wording.shortDate(first)) au \(wording.shortDate(last)) (\(nights), de midi à midi)")
    let legend = signs.sorted(by: >).compactMap(Sign.init(rawValue:)).map {
      $0 == .closed ? meaning($0) : "\(shown($0)) \(meaning($0))"
    }.map { $0.replacing(" ", with: Typography.hard) }
    return text.wrap(title, indent: 0, first: "").map(output.bold)
      + [trimmed(String(repeating: " ", count: width + 4) + scale)] + lines
      + text.wrap(legend.joined(separator: ", "), indent: 2, first: "  ")
      .map { $0.replacing(Typography.hard, with: " ") }
  }

  /// The day of the month above its column, as often as there is room.
  private func scale(_ first: CivilDate, _ columns: Int, each: Int, step: Int) -> String {
    var line = ""
    for column in 0..<columns where column * step >= line.count + (line.isEmpty || step == 3 ? 0 : 1) {
      let day = first.advanced(byDays: column * each)
      guard step == 3 || column == 0 || day.weekday == .monday || each > 1 else { continue }
      line = text.pad(line, column * step) + "\(day.day)"
    }
    return line
  }

  private func sign(_ service: Release.Service, _ column: Interval) -> Sign {
    let works = planned.placed.filter {
      $0.change.work.services.contains(service.name) && $0.interval.overlaps(column)
    }
    if works.contains(where: \.change.work.isVisible) { return .seen }
    if !works.isEmpty { return .unseen }
    if service.bookings.contains(where: { $0.interval.overlaps(column) }) { return .booking }
    let windows = service.windows.clipped(to: column)
    if windows.isEmpty { return .closed }
    return windows.subtracting(IntervalSet(service.freezes)).isEmpty ? .freeze : .open
  }

  private func sign(_ person: String, _ column: Interval) -> Sign {
    let works = planned.placed.filter { $0.change.work.crew.contains(person) && $0.interval.overlaps(column) }
    if works.contains(where: \.change.work.isVisible) { return .seen }
    if !works.isEmpty { return .unseen }
    let away = planned.release.people.first { $0.name == person }?.away ?? []
    return away.contains { $0.overlaps(column) } ? .away : .open
  }
}

extension ChangeText {
  /// What is planned, night by night: a line a change, or two where one is too short. When, change, title, service and one more.
  func nights(_ rows: [(title: String, cells: [[String]])]) -> [String] {
    let all = rows.flatMap(\.cells)
    let widths = (0..<5).map { column in all.map { $0[column].count }.max() ?? 0 }
    let isWide = widths.reduce(8, +) + 2 <= output.width
    return rows.flatMap { title, cells in
      ["", output.bold(title)]
        + cells.flatMap { cells -> [String] in
          let head = "  " + pad(cells[0], widths[0]) + "  " + pad(cells[1], widths[1]) + "  "
          let rest = [cells[3], cells[4]].filter { !$0.isEmpty }
          guard !isWide else {
            let columns = [pad(cells[2], widths[2]), pad(cells[3], widths[3]), cells[4]]
            return [trimmed(head + columns.joined(separator: "  "))]
          }
          return wrap(cells[2], indent: head.count, first: head)
            + wrap(
              rest.joined(separator: " · "), indent: head.count, first: String(repeating: " ", count: head.count)
            ).map(output.dim)
        }
    }
  }
}

private func trimmed(_ line: String) -> String {
  String(line.reversed().drop { $0 == " " }.reversed())
}
