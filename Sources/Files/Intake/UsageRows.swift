import CivilTime
import Planning

/// How much a service is used in each hour of the week: rows of weekday (`monday` … `sunday`, or a range of them), hour
/// (0 to 23) and weight. Hours that no row names weigh nothing.
package struct UsageRows: Sendable {
  package enum Column: String, CaseIterable, Hashable, Sendable { case weekday, hour, weight }

  /// 168 figures, Monday 00:00 first.
  package private(set) var weights = Array(repeating: 0, count: 168)
  /// In order of lines.
  package private(set) var problems: [RowProblem] = []
  /// Values that are none, or that were said before.
  package private(set) var badValues: [(line: Int, column: Column, text: String)] = []

  private static func column(_ name: String) -> Column? { Column(rawValue: ChangeField.plain(name)) }

  package static let heaviest = 100_000

  package init(_ bytes: [UInt8]) {
    var (seen, weights, bad) = (Set<Int>(), self.weights, badValues)
    CSVRows.eachRow(
      of: bytes, &problems, column: UsageRows.column, name: \.rawValue, reason: RowProblem.Reason.unknownName
    ) { (line, cells) throws(RowProblem) in
      var texts = Dictionary(cells.map { ($0.column, $0.text) }, uniquingKeysWith: { first, _ in first })
      for column in Column.allCases where texts[column] == nil {
        throw RowProblem(line: line, .missingColumn(column.rawValue))
      }
      func value<Value>(_ column: Column, _ read: (String) -> Value?) -> Value? {
        let text = texts.removeValue(forKey: column) ?? ""
        if let value = read(text) { return value }
        bad.append((line, column, text))
        return nil
      }
      let days = value(.weekday) { ValueText.weekdays($0.lowercased()) }
      let hour = value(.hour) { Int($0).flatMap { (0...23).contains($0) ? $0 : nil } }
      let weight = value(.weight) { Int($0).flatMap { (0...UsageRows.heaviest).contains($0) ? $0 : nil } }
      guard let days, let hour, let weight else { return }
      for day in days {
        let index = (day.rawValue - 1) * 24 + hour
        if !seen.insert(index).inserted { bad.append((line, .hour, "\(hour)")) }
        weights[index] = weight
      }
    }
    (self.weights, badValues) = (weights, bad)
  }
}
