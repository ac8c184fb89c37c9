/// Mail addresses in a file: one a line, or the first column of separated values. A first line without an address names
/// the columns.
package struct AddressRows: Sendable {
  package private(set) var rows: [(line: Int, text: String)] = []
  /// In order of lines.
  package private(set) var problems: [RowProblem] = []

  package init(_ bytes: [UInt8]) {
    var reader = CSVReader(bytes)
    reader.findSeparator()
    var isFirst = true
    while true {
      do throws(RowProblem) {
        guard let record = try reader.next() else { return }
        var text = String((record.fields.first ?? "").split(separator: "\t").first ?? "").drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        let isHeader = isFirst && !text.utf8.contains(UInt8(ascii: "@"))
        isFirst = false
        if !text.isEmpty, !isHeader { rows.append((record.line, String(text))) }
      } catch {
        problems.append(error)
      }
    }
  }
}
