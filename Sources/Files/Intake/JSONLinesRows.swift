package import JSONText
import Planning

/// Change requests as JSON Lines: one object a line, with the keys that `submit --json` prints.
package enum JSONLinesRows {
  /// Of one line, in octets.
  package static let longestLine = 1 << 20

  /// Reads on after a broken line, so that one run names all of them. Empty lines and a byte order mark are left out.
  ///
  /// - Parameter progress: called now and then with the number of rows so far.
  package static func read(_ bytes: [UInt8], progress: (Int) -> Void = { _ in }) -> RowFile {
    var file = RowFile()
    // One object over several lines, or an array of them, as `show --json` and `list --json` write.
    if bytes.contains(0x0A), let whole = try? JSON(parsing: bytes), whole.members != nil || whole.array != nil {
      for (index, json) in (whole.array ?? [whole]).enumerated() {
        do throws(RowProblem) {
          if let row = try row(json, line: index + 1, &file.problems) { file.rows.append(row) }
        } catch {
          file.problems.append(error)
        }
      }
      return file
    }
    eachLine(of: bytes, &file.problems) { (json, number, problems) throws(RowProblem) in
      if let row = try row(json, line: number, &problems) { file.rows.append(row) }
      if file.rows.count.isMultiple(of: 1000) { progress(file.rows.count) }
    }
    return file
  }

  /// Hands over the JSON of each line with its number.
  static func eachLine(
    of bytes: [UInt8], _ problems: inout [RowProblem],
    _ body: (JSON, Int, inout [RowProblem]) throws(RowProblem) -> Void
  ) {
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var number = 0
    while start < bytes.count {
      number += 1
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let stop = end > start && bytes[end - 1] == 0x0D ? end - 1 : end
      if !isBlank(bytes[start..<stop]) {
        do throws(RowProblem) {
          guard stop - start <= longestLine else { throw RowProblem(line: number, .lineTooLong(limit: longestLine)) }
          let json: JSON
          do {
            json = try JSON(parsing: bytes.span.extracting(start..<stop))
          } catch {
            throw RowProblem(line: number, .invalidJSON(byte: error.offset + 1, "\(error.reason)"))
          }
          try body(json, number, &problems)
        } catch {
          problems.append(error)
        }
      }
      start = end + 1
    }
  }

  private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool { line.allSatisfy { $0 == 0x20 || $0 == 0x09 } }

  /// Nil after adding every wrong key of the row to `problems`.
  package static func row(
    _ json: JSON, line: Int, _ problems: inout [RowProblem]
  ) throws(RowProblem) -> RequestRow? {
    guard let members = json.members else { throw RowProblem(line: line, .notAnObject) }
    var row = RequestRow(line: line)
    let before = problems.count
    var seen: Set<ChangeField> = []
    // A change as the program shows it: what the register says of it is of that one, not of the one that is asked for.
    let isShown = json["id"] != nil && json["state"] != nil
    for member in members where !isShown || !ChangeField.registersOwn.contains(member.key) {
      do throws(RowProblem) {
        guard let field = ChangeField(column: member.key) else {
          throw RowProblem(line: line, CSVRows.reason(member.key))
        }
        guard seen.insert(field).inserted else { throw RowProblem(line: line, .repeatedName(member.key)) }
        if !member.value.isNull { try set(field, to: member.value, in: &row, &seen) }
      } catch {
        problems.append(error)
      }
    }
    return problems.count == before ? row : nil
  }

  private static func set(
    _ field: ChangeField, to value: JSON, in row: inout RequestRow, _ seen: inout Set<ChangeField>
  ) throws(RowProblem) {
    switch field {
    case _ where field.isList: row[value: field] = .list(try list(value, field.rawValue, row.line))
    case .update where value.members != nil: try update(value, in: &row, &seen)
    case _ where field.kind == .flag:
      guard let flag = value.bool else { throw RowProblem(line: row.line, .wrongType(field.rawValue, expected: .flag)) }
      row[value: field] = .flag(flag)
    default:
      guard let text = value.string else {
        throw RowProblem(line: row.line, .wrongType(field.rawValue, expected: field == .update ? .updateObject : .text))
      }
      row[field] = text
    }
  }

  /// One text, or a list of texts.
  static func list(_ value: JSON, _ field: String, _ line: Int) throws(RowProblem) -> [String] {
    if let text = value.string { return [text] }
    let texts = value.array?.compactMap(\.string) ?? []
    guard let count = value.array?.count, count == texts.count else {
      throw RowProblem(line: line, .wrongType(field, expected: .texts))
    }
    return texts
  }

  /// An update as the program's own JSON writes it: one object with `version`, `category` and the rest.
  private static func update(
    _ value: JSON, in row: inout RequestRow, _ seen: inout Set<ChangeField>
  ) throws(RowProblem) {
    for member in value.members ?? [] where !member.value.isNull {
      if member.key == "version" {
        guard let version = member.value.string else {
          throw RowProblem(line: row.line, .wrongType("update", expected: .updateObject))
        }
        row[.update] = version
        continue
      }
      guard let field = ChangeField(column: member.key), ChangeField.ofUpdate.contains(field), field != .update else {
        throw RowProblem(line: row.line, .unknownName("update.\(member.key)"))
      }
      guard seen.insert(field).inserted else { throw RowProblem(line: row.line, .repeatedName(member.key)) }
      try set(field, to: member.value, in: &row, &seen)
    }
    guard row[.update] != nil else { throw RowProblem(line: row.line, .wrongType("update", expected: .updateObject)) }
  }
}
