import CivilTime
import TestSupport
import Testing

@testable import ICalendar

/// Every file of the hostile corpus, judged by the screen, then by reading.
struct HostileFileTests {
  /// Where our ruling differs from the corpus on purpose, and why.
  static let rulings: [String: String] = [
    // A time that the clock shows twice: the corpus takes the first, we never choose silently.
    "dst_overlap.ics": "fold",
    // Merely limited by the corpus; refused by us, as the rule allows.
    "rrule_daily_never.ics": "impossible_recurrence",
    "rrule_count_max.ics": "bad_recurrence",
    "rrule_until9999.ics": "bad_recurrence",
    "uid_64k.ics": "line_too_long",
  ]

  static func outcome(_ bytes: [UInt8]) -> String? {
    do {
      _ = try CalendarFile.occurrences(
        in: bytes, from: day("2020-01-01"), to: day("2031-01-01"))
      return nil
    } catch {
      switch error.all[0].reason {
      case .screened(let error): return error.code.rawValue
      case .fold: return "fold"
      default: return "\(error.all[0].reason)"
      }
    }
  }

  @Test(
    "Each hostile file is accepted or refused as the corpus says, save where our ruling differs",
    .timeLimit(.minutes(20)))
  func verdicts() throws {
    let files = try Fixtures.files()
    #expect(files.count == 64)
    var counts: [String: Int] = [:]
    for (name, file) in files.sorted(by: { $0.key < $1.key }) {
      let bytes = try Fixtures.bytes("ics/\(name)")
      var outcome: String?
      let time = processorTime { outcome = HostileFileTests.outcome(bytes) }
      #expect(time < .seconds(3), "\(name)")
      counts[outcome == nil ? "accepted" : "refused", default: 0] += 1
      if let ruling = HostileFileTests.rulings[name] {
        #expect(outcome == ruling, "\(name)")
      } else {
        #expect((outcome == nil) == (file.do == "accept"), "\(name): \(outcome ?? "accepted"); \(file.right)")
      }
    }
    #expect(counts == ["accepted": 23, "refused": 41])
  }
}
