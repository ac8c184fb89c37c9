import Planning
import Testing

@testable import Files

/// JSON Lines: one object a line, strict keys.
@Suite struct JSONLinesTests {
  static func read(_ text: String) -> RowFile { JSONLinesRows.read(Array(text.utf8)) }

  @Test func `Rows are read with their lines, whatever ends them`() throws {
    let file = Self.read(
      "\u{FEFF}{\"title\":\"A\",\"start\":\"1\"}\r\n\n  \n{ \"title\" : \"B\", \"reason\": null, \"idempotency_key\":\"k\" }"
    )
    #expect(file.problems.isEmpty)
    try #require(file.rows.map(\.line) == [1, 4])
    #expect(file.rows.map { $0[.title] } == ["A", "B"])
    #expect(file.rows[1][.idempotencyKey] == "k")
    #expect(file.rows[1][.reason] == nil)
  }

  @Test func `An update may be written flat or as the program writes it`() throws {
    let file = Self.read(
      """
      {"update":"5.2","category":"evolution","training":true}
      {"update":{"version":"5.2","category":"evolution","training":true,"configuration":false,"documentation":null}}
      """)
    #expect(file.problems.isEmpty)
    let (flat, nested) = (try #require(file.rows.first), try #require(file.rows.last))
    for field in [ChangeField.update, .category, .training] { #expect(flat[value: field] == nested[value: field]) }
    #expect(nested[value: .configuration] == .flag(false))
  }

  @Test(arguments: [
    (#"{"titel":"A"}"#, RowProblem.Reason.unknownName("titel")), (#"{"id":"CHG-2026-0001"}"#, .registersOwn("id")),
    (#"{"planned_at":"2020-01-01T00:00:00Z"}"#, .registersOwn("planned_at")), (#"[1]"#, .notAnObject),
    (#""A""#, .notAnObject), (#"{"title":7}"#, .wrongType("title", expected: .text)),
    (#"{"training":"yes"}"#, .wrongType("training", expected: .flag)),
    (#"{"components":["a",1]}"#, .wrongType("component", expected: .texts)),
    (#"{"component":"a","components":["b"]}"#, .repeatedName("components")),
    (#"{"idempotency_key":"a","idempotency-key":"b"}"#, .repeatedName("idempotency-key")),
    (#"{"update":5.2}"#, .wrongType("update", expected: .updateObject)),
    (#"{"update":{"category":"correction"}}"#, .wrongType("update", expected: .updateObject)),
    (#"{"update":{"version":"1","title":"x"}}"#, .unknownName("update.title")),
    (#"{"update":{"version":"1","category":"a"},"category":"b"}"#, .repeatedName("category")),
    (#"{"title":"A"} x"#, .invalidJSON(byte: 15, "trailingText")),
    (#"{"title":"A","title":"B"}"#, .invalidJSON(byte: 14, "duplicateKey")),
  ])
  func `What is broken is refused with its line`(text: String, reason: RowProblem.Reason) {
    let file = Self.read("{}\n" + text + "\n{\"title\":\"after\"}\n")
    #expect(file.problems == [RowProblem(line: 2, reason)])
    #expect(file.rows.map(\.line) == [1, 3])
  }
}
