import Planning
import Testing

@testable import Files

/// Files of separated values: what is read, and what is refused with its line. Forms: RFC 4180, section 2.
@Suite struct CSVTests {
  static func read(_ text: String) -> RowFile { CSVRows.read(Array(text.utf8)) }

  /// Line, title, start and description of each row.
  static func cells(_ file: RowFile) -> [String] {
    file.rows.map { "\($0.line)|\($0[.title] ?? "-")|\($0[.start] ?? "-")|\($0[.description] ?? "-")" }
  }

  @Test(arguments: [
    // Lines end with CR LF or LF; the last one may lack its end.
    ("title,start\r\nA,1\r\nB,2\r\n", ["2|A|1|-", "3|B|2|-"]),
    ("title,start\nA,1", ["2|A|1|-"]),
    // RFC 4180, section 2, rules 5 to 7: quotes around fields, line ends and separators inside, doubled quotes.
    ("title,description\r\n\"a,b\",\"x \"\"y\"\"\r\nz\"\r\nB,2\r\n", ["2|a,b|-|x \"y\"\r\nz", "4|B|-|2"]),
    ("\"title\",\"start\"\n\"A\",\"\"\n", ["2|A|-|-"]),
    // Blanks belong to the field (rule 4).
    ("title,start\n A ,1\n", ["2| A |1|-"]),
    // A French spreadsheet: semicolons, a byte order mark, empty columns and rows at the end.
    ("\u{FEFF}title;start;;\r\n\"a;b\";1;;\r\n;;;\r\nC, d;2;;\r\n", ["2|a;b|1|-", "4|C, d|2|-"]),
    // Names in either case, with either mark, with blanks.
    ("Title, START ,idempotency-key\nA,1,k\n", ["2|A|1|-"]),
    ("title,start\n\n\r\nA,1\n\n", ["4|A|1|-"]),
    ("title\n", []),
    ("title,start\né\u{1F680},1\n", ["2|é\u{1F680}|1|-"]),
  ])
  func `Rows are read with their lines`(text: String, expected: [String]) {
    let file = Self.read(text)
    #expect(file.problems.isEmpty)
    #expect(Self.cells(file) == expected)
  }

  @Test(arguments: [
    ("", 1, RowProblem.Reason.noHeader), ("\n\n", 1, .noHeader), (";;\nA;1;2\n", 1, .noHeader),
    ("titel,start\nA,1\n", 1, .unknownName("titel")), ("title,planned-at\nA,1\n", 1, .registersOwn("planned-at")),
    ("title,Title\nA,B\n", 1, .repeatedName("title")), ("component,components\nA,B\n", 1, .repeatedName("component")),
    ("title,,start\nA,B,1\n", 1, .unknownName("")), ("title,\nA,B\n", 2, .namelessColumn(2)),
    ("title,start\nA\n", 2, .columnCount(expected: 2, found: 1)),
    ("title,start\nA,1,2\n", 2, .columnCount(expected: 2, found: 3)),
    ("title,start\nA\"b,1\n", 2, .strayQuote(column: 1)), ("title,start\nA, \"b\"\n", 2, .strayQuote(column: 2)),
    ("title,start\n\"A\"b,1\n", 2, .textAfterQuote(column: 1)),
    ("title,start\n\"A\" ,1\n", 2, .textAfterQuote(column: 1)),
    ("title,start\nB,1\n\"A,1\nC,2\n", 3, .unclosedQuote), ("title,start\nA,1\rB,2\n", 2, .loneReturn),
    ("title,training\nA,maybe\n", 2, .notYesOrNo("training", "maybe")),
  ])
  func `What is broken is refused with its line`(text: String, line: Int, reason: RowProblem.Reason) {
    #expect(Self.read(text).problems.first == RowProblem(line: line, reason))
  }

  @Test func `Every broken row is told, and the rows after it are read`() {
    let file = Self.read("title,start\nA\"b,1\nB,2\nC\nD,3\n")
    #expect(file.problems.map(\.line) == [2, 4])
    #expect(Self.cells(file) == ["3|B|2|-", "5|D|3|-"])
  }

  @Test func `Latin letters of Windows are refused, not guessed`() {
    let bytes = Array("title,start\n".utf8) + [0x63, 0x61, 0x66, 0xE9] + Array(",1\n".utf8)
    #expect(CSVRows.read(bytes).problems == [RowProblem(line: 2, .notUTF8)])
  }

  @Test func `Lists are parted by semicolons, and yes may be French`() throws {
    let file = Self.read("component,alongside,training,interruption\n flux ; application;,CHG-2026-0001,Oui,NON\n")
    let row = try #require(file.rows.first)
    #expect(row[value: .component]?.list == ["flux", "application"])
    #expect(row[value: .alongside]?.list == ["CHG-2026-0001"])
    #expect(row[value: .training] == .flag(true))
    #expect(row[value: .interruption] == .flag(false))
    #expect(row[value: .configuration] == nil)
  }
}
