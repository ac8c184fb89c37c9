import Testing

@testable import ICalendar

/// What fits into a file that may have so many octets.
@Suite struct CalendarBudgetTests {
  static let header = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
  static let footer = "END:VCALENDAR\r\n"

  /// An event of `octets`.
  static func event(_ octets: Int) -> String {
    let frame = "BEGIN:VEVENT\r\nSUMMARY:\r\nEND:VEVENT\r\n"
    return frame.replacing("SUMMARY:", with: "SUMMARY:" + String(repeating: "x", count: octets - frame.utf8.count))
  }

  static func budget(_ pieces: [String], limit: Int) -> CalendarBudget {
    var budget = CalendarBudget(limit: limit)
    for piece in pieces { budget.take(Array(piece.utf8)) }
    return budget
  }

  /// Three events of 100 octets, 30 before and 15 after them.
  @Test(arguments: [(345, 3), (344, 2), (245, 2), (244, 1), (145, 1), (144, 0), (45, 0)])
  func `As many events fit as leave room for the end`(limit: Int, fitting: Int) {
    let pieces = [Self.header, Self.event(100), Self.event(100) + Self.event(100), Self.footer]
    #expect(pieces.joined().utf8.count == 345)
    for split in [pieces, [pieces.joined()]] {
      let budget = Self.budget(split, limit: limit)
      #expect(budget.octets == 345 && budget.events == 3)
      #expect(budget.fitting == fitting)
      #expect(budget.isExceeded == (limit < 345))
    }
  }

  @Test func `What an event says of its end is not its end, and octets are counted, not letters`() {
    let event = "BEGIN:VEVENT\r\nSUMMARY:é END:VEVENT\r\n END:VEVENT\r\nEND:VEVENT\r\n"
    let budget = Self.budget([Self.header, event, Self.footer], limit: .max)
    #expect(budget.events == 1)
    #expect(budget.octets == (Self.header + event + Self.footer).utf8.count)
  }
}
