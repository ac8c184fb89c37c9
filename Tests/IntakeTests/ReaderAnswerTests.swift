import ICalendar
import Planning
import Testing

@testable import Files

/// What comes from the calendar reader's process is looked at as if a stranger had sent it.
@Suite struct ReaderAnswerTests {
  @Test func `An answer comes through as it was`() throws {
    var row = RequestRow(line: 7)
    row[.title] = "a\u{202E}\n\"b\""
    row[.start] = "2026-12-06T00:00:00Z"
    row.identity = "a\n20261206"
    row.withdrawal = .time
    var file = RowFile()
    file.rows = [row]
    file.skipped = [
      SkippedRow(line: 9, title: "x", reason: .leftOut(.cancelled)), SkippedRow(line: nil, title: "", reason: .noEvent),
    ]
    file.notes = [FileNote(line: 4, text: "older"), FileNote(line: nil, text: "no UID")]
    guard case .rows(let read)? = ReaderAnswer.read(ReaderAnswer.bytes(file)) else {
      Issue.record("no rows")
      return
    }
    #expect(read.rows == file.rows)
    #expect(read.skipped == file.skipped && read.notes == file.notes)
    guard case .refused(let refusals)? = ReaderAnswer.read(ReaderAnswer.bytes(refusals: file.notes)) else {
      Issue.record("no refusals")
      return
    }
    #expect(refusals == file.notes)
  }

  @Test(arguments: [
    "", "{\"rows\":1}\n", "{\"line\":1,\"row\":{\"title\":\"A\"}}\n",
    "{\"line\":1,\"row\":{\"title\":\"A\"}}\n{\"rows\":2}\n",
    "{\"line\":0,\"row\":{}}\n{\"rows\":1}\n", "{\"line\":1,\"row\":{\"verdict\":\"allowed\"}}\n{\"rows\":1}\n",
    "{\"rows\":0}\n{\"rows\":0}\n", "{\"rows\":0}\n{\"refused\":\"x\"}\n", "{}\n{\"rows\":0}\n", "rows",
  ])
  func `A cut or foreign answer is none`(text: String) {
    #expect(ReaderAnswer.read(Array(text.utf8)) == nil)
  }
}
