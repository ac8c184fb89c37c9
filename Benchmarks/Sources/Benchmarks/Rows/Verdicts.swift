import CivilTime
import Foundation
import Planning

/// Verdicts of article 5 in process, mixed intervals over 10 years, beside Python with `zoneinfo` and `holidays`.
struct Verdicts {
  private struct Question {
    var planned: Instant
    var interval: Interval
  }

  static func row(_ workload: Workload) throws -> Row {
    let items = workload.isQuick ? 30_000 : 100_000
    let all = questions(max(items, 1_000_000))
    let file = workload.path("verdicts.bin")
    try Data(
      all.prefix(items).flatMap { question in
        [question.planned, question.interval.start, question.interval.end].flatMap { moment in
          stride(from: 0, to: 64, by: 8).map { UInt8(truncatingIfNeeded: moment.secondsSinceEpoch >> $0) }
        }
      }
    ).write(to: URL(fileURLWithPath: file))
    let repetitions = 10
    var ours = Checksum()
    var theirs: UInt64 = 0
    let rounds = try Rounds(workload.isQuick ? 3 : 7) {
      processorTime {
        for _ in 0..<repetitions { ours = judge(all[..<items], workload.contract) }
      }
    } peer: {
      let answer = try Child.output(
        workload.python, [workload.scripts.appending(path: "verdicts.py").path, file],
        environment: ["PYTHONDONTWRITEBYTECODE": "1"]
      ).split(whereSeparator: \.isWhitespace)
      guard answer.count == 2, let seconds = Double(answer[0]), let sum = UInt64(answer[1]) else {
        throw DifferentAnswers(row: "verdicts", ours: "\(ours)", peer: "\(answer)")
      }
      theirs = sum
      return seconds
    }
    try DifferentAnswers.check("verdicts", ours.value, theirs)
    let growth = Growth([10_000, 100_000, 1_000_000], rounds: workload.rounds) { size in
      processorTime { ours = judge(all[..<size], workload.contract) } / Double(size)
    }
    return Row(
      "verdicts in process, 10 years", atLeast: 100, rounds: rounds, items: items * repetitions, peerItems: items,
      peer: "Python", growth: growth)
  }

  /// Five minutes to ten hours, planned up to 14 days ahead.
  private static func questions(_ count: Int) -> [Question] {
    var numbers = SeededNumbers(48)
    let first = CivilDate(year: 2026, month: 1, day: 1)!.midnight.instant(at: .utc)
    return (0..<count).map { _ in
      let start = first + .minutes(numbers.next(below: 10 * 525_960))
      let length = Elapsed.minutes(5 + numbers.next(below: 595))
      return Question(
        planned: start - Elapsed(seconds: numbers.next(below: 14 * 86_400)),
        interval: Interval(start: start, length: length)!)
    }
  }

  /// The table of windows is built anew each time.
  private static func judge(_ questions: ArraySlice<Question>, _ contract: Contract) -> Checksum {
    let terms = contract.versions[0]
    let first = CivilDate(year: 2025, month: 12, day: 1)!.midnight.instant(at: .utc)
    let table = WindowTable(
      contract: contract, environment: "production",
      covering: Interval(start: first, length: .hours(24 * 366 * 11))!)
    var checksum = Checksum()
    for question in questions {
      let window = Rules.window(question.interval, in: table, terms: terms)
      let notice = Rules.notice(plannedAt: question.planned, start: question.interval.start, terms: terms)
      guard case .window(let found, let outside) = window.figures else { continue }
      checksum.add(found?.start.secondsSinceEpoch ?? 0)
      checksum.add(found?.end.secondsSinceEpoch ?? 0)
      checksum.add(outside.reduce(0) { $0 + $1.length.seconds })
      checksum.add(notice.isSatisfied ? 1 : 0)
    }
    return checksum
  }
}
