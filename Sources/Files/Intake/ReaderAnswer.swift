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
    for row in file.rows { append(["line": .integer(Int64(row.line)), "row": json(row)], to: &bytes) }
    for row in file.skipped {
      let line: JSON = row.line.map { .integer(Int64($0)) } ?? .null
      append(["skipped": .string(row.reason.rawValue), "line": line, "title": .string(row.title)], to: &bytes)
    }
    append(["rows": .integer(Int64(file.rows.count))], to: &bytes)
    return bytes
  }

  /// The answer for a file that is refused.
  package static func bytes(refusal: String, line: Int?) -> [UInt8] {
    var bytes: [UInt8] = []
    append(.members(["refused": .string(refusal), "line": line.map { .integer(Int64($0)) }]), to: &bytes)
    return bytes
  }

  package enum Reading: Sendable {
    case rows(RowFile)
    case refused(String, line: Int?)
  }

  /// Nil for anything that is no whole answer.
  package static func read(_ bytes: [UInt8]) -> Reading? {
    var file = RowFile()
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: true)
    for (index, line) in lines.enumerated() {
      guard let json = try? JSON(parsing: Array(line)) else { return nil }
      let isLast = index == lines.count - 1
      if let refusal = json["refused"]?.string {
        let number = json["line"]?.integer.map { Int($0) }
        return isLast && index == 0 ? .refused(String(refusal.prefix(longestMessage)), line: number) : nil
      } else if let count = json["rows"]?.integer {
        return isLast && count == file.rows.count ? .rows(file) : nil
      } else if let reason = json["skipped"]?.string.flatMap(SkippedRow.Reason.init) {
        file.skipped.append(
          SkippedRow(line: json["line"]?.integer.map { Int($0) }, title: json["title"]?.string ?? "", reason: reason))
      } else if let value = json["row"], let number = json["line"]?.integer, (1...1 << 30).contains(number) {
        var problems: [RowProblem] = []
        guard let row = try? JSONLinesRows.row(value, line: Int(number), &problems) else { return nil }
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
