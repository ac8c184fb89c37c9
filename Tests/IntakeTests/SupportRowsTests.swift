import Testing

@testable import Files

/// Requests in pieces: what a whole file gives, whatever its pieces.
@Suite struct SupportRowsTests {
  static func read(_ text: String, piece: Int) -> [String] {
    let bytes = Array(text.utf8)
    var rows = SupportRows()
    var found: [String] = []
    func drain() {
      while let row = rows.next() {
        switch row {
        case .success(let row):
          let texts = SupportField.allCases.compactMap { field in row[field].map { "\(field.name)=\($0)" } }
          found.append("\(row.line) " + texts.joined(separator: " "))
        case .failure(let problem): found.append("\(problem.line ?? 0) \(problem.reason)")
        }
      }
    }
    for start in stride(from: 0, to: bytes.count, by: piece) {
      rows.take(Array(bytes[start..<min(start + piece, bytes.count)]), isLast: false)
      drain()
    }
    rows.take([], isLast: true)
    drain()
    return found
  }

  static let head = "registered_at,taken_in_charge_at,id\n"

  @Test(arguments: [
    (head + "A,B,1\nC,,2\n", ["2 registered_at=A taken_in_charge_at=B id=1", "3 registered_at=C id=2"]),
    // Names in either case and with either mark, a byte order mark, semicolons, CR LF, no last line end.
    (
      "\u{FEFF}Registered-At;TAKEN_IN_CHARGE_AT;;\r\nA;B;;\r\n;;;\r\nC;D;;",
      ["2 registered_at=A taken_in_charge_at=B", "4 registered_at=C taken_in_charge_at=D"]
    ),
    (
      head + "A,B,\"x\r\n\"\"y\"\",z\"\r\nC,D,\n",
      ["2 registered_at=A taken_in_charge_at=B id=x\r\n\"y\",z", "4 registered_at=C taken_in_charge_at=D"]
    ),
    (head + "A,B\nC,D,E,F\n", ["2 columnCount(expected: 3, found: 2)", "3 columnCount(expected: 3, found: 4)"]),
    (head + "A\"b,c,d\nC,D,E\n", ["2 strayQuote(column: 1)", "3 registered_at=C taken_in_charge_at=D id=E"]),
    (head + "\"A\"b,c,d\nC,D,E\n", ["2 textAfterQuote(column: 1)", "3 registered_at=C taken_in_charge_at=D id=E"]),
    (head + "A\rB,c,d\nC,D,E\n", ["2 loneReturn", "3 registered_at=C taken_in_charge_at=D id=E"]),
    (head + "A,B,\"never closed\nC,D,E\n", ["2 unclosedQuote"]),
    (head + "\n\n\r\nA,B,C", ["5 registered_at=A taken_in_charge_at=B id=C"]),
    (head, []), ("", ["1 noHeader"]), ("\n\n", ["1 noHeader"]), (";;\nA;1;2\n", ["1 noHeader"]),
    ("registered_at,when\n", ["1 missingColumn(\"taken_in_charge_at\")"]),
    // A list of tickets has columns that are of no interest.
    (
      "Titre;registered_at;taken_in_charge_at;Statut\nx;A;B;y\n", ["2 registered_at=A taken_in_charge_at=B"]
    ),
    ("sep=;\r\nregistered_at;taken_in_charge_at\r\nA;B\r\n", ["3 registered_at=A taken_in_charge_at=B"]),
    (
      "registered_at,Registered-At,taken_in_charge_at\nA,B,C\n", ["1 repeatedName(\"registered_at\")"]
    ),
    (
      "registered_at,taken_in_charge_at,,\nA,B,,\nC,D,E,\n",
      ["2 registered_at=A taken_in_charge_at=B", "3 namelessColumn(3)"]
    ),
  ])
  func `A file in pieces of any length reads like a whole one`(text: String, expected: [String]) {
    for piece in [1, 2, 3, 5, 7, 16, 64, 1 << 20] {
      #expect(Self.read(text, piece: piece) == expected, "pieces of \(piece)")
    }
  }

  @Test(arguments: [
    ("A,B," + String(repeating: "x", count: 3 << 20) + "\n", false),
    ("A,B,\"" + String(repeating: "x", count: 3 << 20) + "\"\n", false),
    (String(repeating: "x", count: 3 << 20) + "\n", false),
    ("A,B," + String(repeating: "x", count: 1_000_000) + "\n", true),
  ])
  func `A record longer than 1 MiB is refused without waiting for its end`(record: String, isRead: Bool) {
    let found = Self.read(Self.head + record + "C,D,E\n", piece: 1 << 16)
    #expect(found.last == "3 registered_at=C taken_in_charge_at=D id=E")
    #expect(found.count == 2)
    #expect(found.first?.hasPrefix(isRead ? "2 registered_at=A" : "2 lineTooLong") == true)
  }

  @Test func `A line without end is refused once it is too long, not when it ends`() {
    var rows = SupportRows()
    rows.take(Array(Self.head.utf8), isLast: false)
    var found: [RowProblem] = []
    for _ in 0..<48 {
      rows.take(Array(repeating: UInt8(ascii: "x"), count: 1 << 16), isLast: false)
      while case .failure(let problem)? = rows.next() { found.append(problem) }
    }
    #expect(found == [RowProblem(line: 2, .lineTooLong(limit: 1 << 20))])
  }

  @Test func `A character that is not UTF-8 is named with its line`() {
    var rows = SupportRows()
    rows.take(Array(Self.head.utf8) + [0x41, 0xFF, 0x2C, 0x2C, 0x0A], isLast: false)
    rows.take([], isLast: true)
    guard case .failure(let problem)? = rows.next() else {
      Issue.record("no problem")
      return
    }
    #expect(problem == RowProblem(line: 2, .notUTF8))
  }
}
