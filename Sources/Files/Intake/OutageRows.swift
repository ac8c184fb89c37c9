import JSONText
import Planning

/// What a row of `outage import` may say, under the name that its column has.
package enum OutageField: String, CaseIterable, Hashable, Sendable {
  case service, environment, component, cause, start, end, duration, title, evidence
  case idempotencyKey = "idempotency_key"

  /// In either case, with hyphens as well, with blanks around it; nil for none.
  package init?(column name: String) {
    let plain = ChangeField.plain(name)
    self.init(rawValue: plain == "components" ? "component" : plain)
  }

  /// Keys of the program's own JSON that a register gives; no file can state them.
  static let registersOwn: Set<String> = [
    "id", "state", "counted", "seconds", "reason", "recorded_at", "revised_at", "revision", "simulation",
  ]

  static func reason(_ name: String) -> RowProblem.Reason {
    registersOwn.contains(ChangeField.plain(name)) ? .registersOwn(name) : .unknownName(name)
  }
}

/// One outage of a file: texts as they were written.
package struct OutageRow: Hashable, Sendable {
  /// Physical line, from 1.
  package let line: Int
  package var components: [String]?
  private var texts: [OutageField: String] = [:]

  package init(line: Int) { self.line = line }

  /// Nil where the row says nothing.
  package subscript(field: OutageField) -> String? {
    get { texts[field] }
    set { texts[field] = newValue }
  }
}

/// Outages in a file: rows of separated values, or JSON Lines with the keys that `outage list --json` prints.
package struct OutageRows: Sendable {
  package private(set) var rows: [OutageRow] = []
  /// In order of lines. What stands on after a fault is read, so that one run names all of them.
  package private(set) var problems: [RowProblem] = []

  package init(csv bytes: [UInt8]) {
    CSVRows.eachRow(
      of: bytes, &problems, column: OutageField.init(column:), name: \.rawValue, reason: OutageField.reason
    ) {
      line, cells in
      var row = OutageRow(line: line)
      for (field, text) in cells {
        if field == .component { row.components = CSVRows.list(text) } else { row[field] = text }
      }
      rows.append(row)
    }
  }

  package init(jsonLines bytes: [UInt8]) {
    JSONLinesRows.eachLine(of: bytes, &problems) { (json, line, problems) throws(RowProblem) in
      guard let members = json.members else { throw RowProblem(line: line, .notAnObject) }
      var row = OutageRow(line: line)
      var seen: Set<OutageField> = []
      for member in members {
        guard let field = OutageField(column: member.key) else {
          throw RowProblem(line: line, OutageField.reason(member.key))
        }
        guard seen.insert(field).inserted else { throw RowProblem(line: line, .repeatedName(member.key)) }
        if member.value.isNull { continue }
        if field == .component {
          row.components = try JSONLinesRows.list(member.value, member.key, line)
        } else {
          guard let text = member.value.string else {
            throw RowProblem(line: line, .wrongType(member.key, expected: .text))
          }
          row[field] = text
        }
      }
      rows.append(row)
    }
  }
}
