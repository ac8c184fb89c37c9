import CivilTime
import Planning
import Publication
import Register
import Wording

/// Changes and verdicts as people read them in a terminal.
struct ChangeText {
  let wording: Wording
  let output: Output
  let isSimulation: Bool

  private var language: Language { wording.language }

  /// The headline: what was decided.
  func headline(_ verdict: Verdict, subject: String, isMove: Bool = false) -> String {
    let yes = isMove ? language("RECORDED", "ENREGISTRÉ") : language("ALLOWED", "AUTORISÉ")
    let word =
      verdict.status == .allowed
      ? output.green("✓ " + yes) : output.red("✗ " + language("REFUSED", "REFUSÉ"))
    let mark = isSimulation ? output.paint(" [SIMULATION]", "35") : ""
    return "\(output.bold(word))  \(subject)\(mark)"
  }

  /// One line a rule, wrapped under its mark.
  func findings(_ verdict: Verdict, of id: ChangeID? = nil) -> [String] {
    verdict.findings.flatMap { finding in
      let mark =
        finding.isAdvice ? output.paint("!", "33") : finding.isSatisfied ? output.green("✓") : output.red("✗")
      return wrap(wording.told(finding, of: id), indent: 4, first: "  \(mark) ")
    }
  }

  /// What today's rules say, in a line below the verdict on record; nothing of a change that has no standing.
  func standing(_ standing: Standing?) -> [String] {
    guard let standing else { return [] }
    guard standing.isRefused else { return wrap(output.dim(wording.standing(standing)), indent: 2, first: "  ") }
    return [output.bold(output.red("✗ \(wording.standing(standing))"))]
      + findings(Verdict(findings: standing.obstacles))
  }

  /// What has to be decided of a change, or was.
  func approval(_ change: Change?, _ contract: Contract?, at now: Instant) -> [String] {
    guard let change, let text = wording.approval(of: change, by: contract, at: now) else { return [] }
    let differences = contract.map { ChangeTelling(change, contract: $0, wording: wording).proposedDifferences } ?? []
    return wrap(text, indent: 4, first: "  ") + differences.flatMap { wrap($0, indent: 4, first: "  • ") }
  }

  /// A plan that today's rules refuse, with what refuses it.
  func conflict(_ conflict: Conflict) -> [String] {
    let change = conflict.change
    return wrap(change.content.title(language), indent: 15, first: "\(output.bold(change.id.description))  ")
      + wrap(wording.range(change.content.interval), indent: 2, first: "  ")
      + findings(Verdict(findings: conflict.standing.obstacles))
  }

  func slots(_ slots: [Slot]) -> [String] {
    guard !slots.isEmpty else { return [] }
    let title = language("Next allowed slots:", "Prochains créneaux autorisés\(language.colon)")
    return [output.bold(title)]
      + slots.map { "  \(pad(wording.shortRange($0.interval), 36)) \(flag(of: $0))" }
  }

  /// `--start 2026-11-26T00:00+01:00`, to be copied.
  func flag(of slot: Slot) -> String { "\(wording.door.name(Field.start)) \(typed(slot.interval.start))" }

  /// `2026-11-26T00:00+01:00`; seconds where there are any.
  func typed(_ instant: Instant) -> String {
    let text = TimeText.local(instant, in: wording.zone)
    let (clock, offset) = (text.dropLast(6), text.suffix(6))
    return "\(clock.hasSuffix(":00") ? clock.dropLast(3) : clock)\(offset)"
  }

  func details(_ change: Change, _ contract: Contract) -> [String] {
    let telling = ChangeTelling(change, contract: contract, wording: wording)
    let description = change.content.description(language)
    var rows = ChangeFacts.told(.terminal, of: telling).map { ($0.name, $0.text) }
    for (index, notice) in change.notices.enumerated() {
      let what = "\(wording.notice(notice.kind)) (\(wording.channel(notice.channel)))"
      let label = index == 0 ? language("Notices", "Avis") : ""
      rows.append((label, "\(what)\(language.colon) \(wording.stated(notice.publishedAt))"))
    }
    let width = rows.map(\.0.count).max() ?? 0
    var lines = rows.flatMap { row in
      wrap(row.1, indent: width + 4, first: "  \(output.dim(pad(row.0, width)))  ")
    }
    if !description.isEmpty {
      lines.append("")
      lines += description.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
        wrap(String($0), indent: 2, first: "  ")
      }
    }
    return lines
  }

  /// Words broken at the width of the terminal; `first` begins the first line, blanks the others.
  func wrap(_ text: String, indent: Int, first: String) -> [String] {
    WordWrap.hanging(text, columns: output.width, indent: indent, first: first)
  }

  func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// A line above what has no headline.
  var simulationMark: [String] { isSimulation ? [output.paint("[SIMULATION]", "35")] : [] }

  /// Columns of a range within one day: `sam. 12 déc. 2026 01:00 – 03:00` and the like.
  private static let commonRange = 34
  /// Columns that a title needs on a line with the rest.
  private static let leastTitle = 16

  /// What a table says of a change.
  struct Row {
    let id: String
    let isRefused: Bool
    let state: String
    let kind: String
    /// Empty for production.
    let environment: String
    let time: String
    let title: String
  }

  /// - Parameter contract: nil where the service has none any more.
  func row(_ change: Change, by contract: Contract?, isRefused: Bool, at now: Instant) -> Row {
    let environment = change.content.environment
    return Row(
      id: change.id.description, isRefused: isRefused, state: wording.state(of: change, at: now),
      kind: kind(change.content.kind),
      environment: environment == Contract.production
        ? "" : contract?.environment(environment, language) ?? environment,
      time: wording.shortRange(of: change.content, now: now, year: isOtherYear(change.content.interval, now)),
      title: change.content.title(language))
  }

  /// A word that leaves room for the title.
  private func kind(_ kind: ChangeKind) -> String {
    switch kind {
    case .maintenance: "maint."
    case .emergency: "urgent"
    case .update: language("update", "màj")
    }
  }

  private func isOtherYear(_ interval: Interval, _ now: Instant) -> Bool {
    wording.zone.civil(interval.start).date.year != wording.zone.civil(now).date.year
  }

  /// Changes as a table that fits 80 columns. Environments have a column where one of them is not production, kinds where
  /// they differ. A title without room is on a line of its own.
  func table(_ rows: [Row]) -> some Sequence<String> {
    let idWidth = rows.lazy.map(\.id.count).max() ?? 0
    let stateWidth = rows.lazy.map(\.state.count).max() ?? 0
    let kindWidth = Set(rows.map(\.kind)).count < 2 ? 0 : rows.lazy.map(\.kind.count).max() ?? 0
    let environments = Set(rows.map(\.environment)).subtracting([""])
    let environmentWidth = min(8, environments.map(\.count).max() ?? 0)
    // A rare long range pushes its own title, not those of all rows.
    let timeWidth = rows.lazy.map(\.time.count).filter { $0 <= ChangeText.commonRange }.max() ?? 0
    // A column of its own, where there is any conflict.
    let marks = rows.contains(where: \.isRefused)
    return rows.lazy.map { row in
      let mark = marks ? (row.isRefused ? output.red("✗ ") : "  ") : ""
      let place =
        environmentWidth == 0 ? "" : pad(cut(row.environment, environmentWidth), environmentWidth) + "  "
      let kind = kindWidth == 0 ? "" : pad(row.kind, kindWidth) + "  "
      let rest = "\(pad(row.state, stateWidth))  \(kind)\(pad(row.time, timeWidth))  \(place)"
      let room = output.width - idWidth - 2 - (marks ? 2 : 0) - rest.count
      let line = "\(output.bold(pad(row.id, idWidth)))  \(mark)\(rest)"
      if room >= min(row.title.count, ChangeText.leastTitle) { return line + cut(row.title, room) }
      let indent = String(repeating: " ", count: idWidth + 2 + (marks ? 2 : 0))
      return "\(line)\n\(indent)\(cut(row.title, output.width - indent.count))"
    }
  }

  private func cut(_ text: String, _ width: Int) -> String {
    text.count > width ? text.prefix(width - 1) + "…" : text
  }

  /// What the mark means.
  func conflictNote(_ rows: [Row]) -> [String] {
    let count = rows.count { $0.isRefused }
    return count == 0 ? [] : wrap(output.red("✗ ") + wording.conflictNote(count), indent: 2, first: "")
  }
}
