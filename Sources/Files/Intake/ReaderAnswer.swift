import JSONText
import Planning

/// What the calendar reader's process answers: JSON Lines, the last of which says how it ended, so that an answer that
/// was cut short is known. Whatever comes from there is looked at as if a stranger had sent it.
package enum ReaderAnswer {
  /// More is not taken from the process, in octets.
  package static let limit = 16 << 20
  /// Of a message, in characters.
  private static let longestMessage = 400

  package static func bytes(_ file: RowFile) -> [UInt8] {
    var bytes: [UInt8] = []
    for row in file.rows {
      let members: [String: JSON?] = [
        "line": .integer(Int64(row.line)), "row": json(row), "identity": row.identity.map { .string($0) },
        "withdrawal": row.withdrawal.map { .string($0.rawValue) },
      ]
      append(
        .object(
          ["line", "row", "identity", "withdrawal"].compactMap { name in
            members[name]?.map { JSON.Member(name, $0) }
          }), to: &bytes)
    }
    for row in file.skipped {
      let line: JSON = row.line.map { .integer(Int64($0)) } ?? .null
      append(["skipped": .string(row.reason.name), "line": line, "title": .string(row.title)], to: &bytes)
    }
    for note in file.notes { append(line(note, "note"), to: &bytes) }
    append(["rows": .integer(Int64(file.rows.count))], to: &bytes)
    return bytes
  }

  /// The answer for a file that is refused.
  package static func bytes(refusals: [FileNote]) -> [UInt8] {
    var bytes: [UInt8] = []
    for refusal in refusals { append(line(refusal, "refused"), to: &bytes) }
    return bytes
  }

  private static func line(_ note: FileNote, _ name: String) -> JSON {
    .members([name: .string(note.text), "line": note.line.map { .integer(Int64($0)) }])
  }

  package enum Reading: Sendable {
    case rows(RowFile)
    case refused([FileNote])
  }

  /// Nil for anything that is no whole answer.
  package static func read(_ bytes: [UInt8]) -> Reading? {
    var file = RowFile()
    var refusals: [FileNote] = []
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: true)
    for (index, line) in lines.enumerated() {
      guard let json = try? JSON(parsing: Array(line)) else { return nil }
      let isLast = index == lines.count - 1
      let number = json["line"]?.integer.map { Int($0) }
      if let text = json["refused"]?.string {
        guard index == refusals.count else { return nil }
        refusals.append(FileNote(line: number, text: String(text.prefix(longestMessage))))
        if isLast { return .refused(refusals) }
      } else if let text = json["note"]?.string {
        file.notes.append(FileNote(line: number, text: String(text.prefix(longestMessage))))
      } else if let count = json["rows"]?.integer {
        return isLast && refusals.isEmpty && count == file.rows.count ? .rows(file) : nil
      } else if let reason = json["skipped"]?.string.flatMap({ SkippedRow.Reason($0) }) {
        file.skipped.append(
          SkippedRow(line: number, title: json["title"]?.string ?? "", reason: reason))
      } else if let value = json["row"], let number, (1...1 << 30).contains(number) {
        var problems: [RowProblem] = []
        guard var row = try? JSONLinesRows.row(value, line: number, &problems) else { return nil }
        row.identity = json["identity"]?.string.map { String($0.prefix(1100)) }
        row.withdrawal = json["withdrawal"]?.string.flatMap { RequestRow.Withdrawal(rawValue: $0) }
        file.rows.append(row)
      } else {
        return nil
      }
    }
    return nil
  }

  private static func json(_ row: RequestRow) -> JSON {
    .object(
      [ChangeField.title, .start, .end, .description, .impact].compactMap { field in
        row[field].map { JSON.Member(field.rawValue, .string($0)) }
      })
  }

  private static func append(_ json: JSON, to bytes: inout [UInt8]) {
    json.write(to: &bytes)
    bytes.append(0x0A)
  }
}
