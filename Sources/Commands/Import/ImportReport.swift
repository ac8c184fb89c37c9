import Answers
import ArgumentParser
import CivilTime
import Files
import ICalendar
import JSONText
import Planning
import Publication
import Register
import Wording

/// Prints what came of an import, and leaves with the right exit code.
struct ImportReport {
  let session: Session
  /// As it was named.
  let source: String
  let isSimulation: Bool
  let result: ImportJob.Result
  let isRehearsal: Bool
  let keepsDrafts: Bool

  /// How many messages of one kind are shown.
  private static let shown = 50
  private static let chunk = 1 << 20

  private var language: Language { session.language }

  func print(_ file: RowFile) throws {
    let (rows, problems) = (result.rows, result.problems)
    note(file, result.requests)
    if session.options.json {
      try writeJSON(file)
    } else if problems.isEmpty {
      let table = ImportTable(
        wording: result.wording, wordings: result.wordings, output: session.output, isSimulation: isSimulation,
        findings: ImportFindings(lines: result.undone))
      let lines = table.lines(rows) + table.wrapped(summary(rows, result.outcome))
      try session.output.write(lines.joined(separator: "\n"))
    }
    guard problems.isEmpty else { throw failure(problems) }
    if session.options.json { Output.note(summary(rows, result.outcome)) }
    if rows.contains(where: \.isRefused) { throw ExitCode(ExitStatus.refused.rawValue) }
  }

  // MARK: Messages

  private func place(_ line: Int?) -> String { line.map { "\(source):\($0): " } ?? "\(source): " }

  /// What was left out or cleaned.
  private func note(_ file: RowFile, _ requests: [ImportRequest]) {
    var notes = requests.flatMap { request in
      request.warnings.map {
        (request.row.line, place(request.row.line) + language("warning", "attention") + language.colon + " " + $0)
      }
    }
    for note in file.notes {
      let text = TextCleaning.clean(note.text, as: .title).text
      notes.append((note.line ?? 0, place(note.line) + language("warning", "attention") + language.colon + " " + text))
    }
    for row in result.unknown {
      let title = language.quoted(TextCleaning.clean(row[.title] ?? "", as: .title).text)
      let text = language("cancelled event \(title) left out.", "événement annulé \(title) laissé de côté.")
      notes.append((row.line, place(row.line) + text))
    }
    var past = 0
    for row in file.skipped {
      guard case .leftOut(let reason) = row.reason else { continue }
      guard reason != .past else {
        past += 1
        continue
      }
      let title = language.quoted(TextCleaning.clean(row.title, as: .title).text)
      let text =
        switch reason {
        case .cancelled: language("cancelled event \(title) left out.", "événement annulé \(title) laissé de côté.")
        case .completed: language("event \(title) left out: completed.", "événement \(title) laissé de côté : terminé.")
        case .noLength:
          language("event \(title) left out: it has no length.", "événement \(title) laissé de côté : sans durée.")
        case .private:
          language(
            "private event \(title) left out; --include-private takes it.",
            "événement privé \(title) laissé de côté ; --include-private le prend.")
        default:
          language(
            "event \(title) left out: an answer to an invitation.",
            "événement \(title) laissé de côté : une réponse à une invitation.")
        }
      notes.append((row.line ?? 0, place(row.line) + text))
    }
    notes.sort { $0.0 < $1.0 }
    for note in notes.prefix(ImportReport.shown) { Output.note(note.1) }
    if notes.count > ImportReport.shown { Output.note(more(notes.count - ImportReport.shown)) }
    if past > 0 {
      Output.note(
        place(nil)
          + (past == 1
            ? language("1 event of the past left out.", "1 événement passé laissé de côté.")
            : language("\(past) events of the past left out.", "\(past) événements passés laissés de côté.")))
    }
    let others = file.skipped.count { $0.reason == .noEvent }
    guard others > 0 else { return }
    Output.note(
      place(nil)
        + (others == 1
          ? language("1 component left out: not an event.", "1 composant laissé de côté : ce n’est pas un événement.")
          : language(
            "\(others) components left out: not events.",
            "\(others) composants laissés de côté\u{A0}: ce ne sont pas des événements.")))
  }

  private func more(_ count: Int) -> String { language("… and \(count) more.", "… et \(count) de plus.") }

  private func failure(_ problems: [ImportProblem]) -> Failure {
    var lines = problems.prefix(ImportReport.shown).map { place($0.line) + $0.text }
    if problems.count > ImportReport.shown { lines.append(more(problems.count - ImportReport.shown)) }
    if problems.count > 1 {
      lines.append(
        language(
          "Nothing was recorded: \(problems.count) problems in the file.",
          "Rien n’a été enregistré\u{A0}: \(problems.count) problèmes dans le fichier."))
    }
    return Failure(status: .badData, message: lines.joined(separator: "\n"))
  }

  private func summary(_ rows: [ImportedRow], _ outcome: Register.BatchOutcome) -> String {
    guard !rows.isEmpty else { return language("0 rows: nothing to record.", "0 ligne\u{A0}: rien à enregistrer.") }
    let counts = Dictionary(grouping: rows, by: \.status).mapValues(\.count)
    let parts = [ImportedRow.Status.recorded, .alreadyImported, .allowed, .draft, .refused].compactMap { status in
      counts[status].map { "\($0) \(ImportTable.word(status, $0, language))" }
    }
    let head = language(
      "\(rows.count) row\(rows.count == 1 ? "" : "s")", "\(rows.count) ligne\(rows.count == 1 ? "" : "s")")
    var text = "\(head)\(language.colon) \(parts.joined(separator: ", "))."
    if isRehearsal {
      text += " " + language("Rehearsal: nothing was recorded.", "Essai à blanc\u{A0}: rien n’a été enregistré.")
    } else if !outcome.isRecorded {
      text +=
        " "
        + language(
          "Nothing was recorded: all or nothing. Mend the refused rows, or use --keep-going.",
          "Rien n’a été enregistré\u{A0}: tout ou rien. Corrigez les lignes refusées, ou utilisez --keep-going.")
    }
    return text
  }

  // MARK: JSON

  /// Written piece by piece, since a change takes some kilobytes.
  private func writeJSON(_ file: RowFile) throws {
    var bytes: [UInt8] = Array("[".utf8)
    var isFirst = true
    try ImportJSON(result, isSimulation: isSimulation).each(of: file) { json in
      bytes.append(contentsOf: (isFirst ? "\n  " : ",\n  ").utf8)
      isFirst = false
      json.write(to: &bytes, indent: 2)
      guard session.output.file == nil, bytes.count > ImportReport.chunk else { return }
      try session.output.write(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    bytes.append(contentsOf: (isFirst ? "]\n" : "\n]\n").utf8)
    try session.output.write(bytes)
  }
}

extension Failure {
  /// Rows that cannot be read, the first fifty of them by line; nothing was recorded.
  init(malformed problems: [ImportProblem], of file: String, _ language: Language) {
    let lines = problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) }.prefix(50).map { row in
      "\(file):\(row.line.map { "\($0): " } ?? " ")\(row.text)"
    }
    let more =
      problems.count > 50
      ? [language("… and \(problems.count - 50) more.", "… et \(problems.count - 50) de plus.")] : []
    self.init(
      status: .badData,
      message: (lines + more + [language("Nothing was recorded.", "Rien n’a été enregistré.")]).joined(
        separator: "\n"))
  }
}
