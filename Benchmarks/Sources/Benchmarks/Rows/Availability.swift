import CivilTime
import Foundation
import Planning

/// TI of one month over a million outages of 1,000 services, in memory by service and start, beside Python that merges
/// the same intervals and clips them to the same hours.
struct Availability {
  /// What a month needs of an outage.
  struct Outage {
    var service: Int32
    var isCounted: Bool
    var interval: Interval
  }

  static let services = 1_000
  static let month = CivilMonth(year: 2026, month: 11)!

  /// How the peer is written; see `Python/availability.py`.
  enum Form: String {
    case idiomatic, tight
  }

  static func row(_ workload: Workload, against form: Form) throws -> Row {
    let items = workload.isQuick ? 100_000 : 1_000_000
    let all = byService(outages(items, services: services))
    let file = workload.path("outages.bin")
    try bytes(all.joined()).write(to: URL(fileURLWithPath: file))
    var ours = Checksum()
    var theirs: UInt64 = 0
    let rounds = try Rounds(workload.isQuick ? 3 : 7) {
      processorTime { ours = unavailable(all, workload.contract) }
    } peer: {
      let answer = try Child.output(
        workload.python,
        [
          workload.scripts.appending(path: "availability.py").path, file, month.description, "\(services)",
          form.rawValue,
        ],
        environment: ["PYTHONDONTWRITEBYTECODE": "1"]
      ).split(whereSeparator: \.isWhitespace)
      guard answer.count == 2, let seconds = Double(answer[0]), let sum = UInt64(answer[1]) else {
        throw DifferentAnswers(row: "availability", ours: "\(ours)", peer: "\(answer)")
      }
      theirs = sum
      return seconds
    }
    try DifferentAnswers.check("availability", ours.value, theirs)
    let sizes = [items / 100, items / 10, items]
    let samples = sizes.map { byService(outages($0, services: services)) }
    let growth = Growth(sizes, rounds: workload.rounds) { size in
      guard let index = sizes.firstIndex(of: size) else { return 0 }
      return processorTime { ours = unavailable(samples[index], workload.contract) } / Double(size)
    }
    return Row(
      "TI of \(Figures.count(services)) services, a month", atLeast: 100, rounds: rounds, items: items,
      peer: "Python, \(form.rawValue):",
      growth: growth)
  }

  /// A second to half an hour each, from a day before the month to a day after its thirty days, in the order of their
  /// starts, and of services where these are the same.
  static func outages(_ count: Int, services: Int) -> [Outage] {
    var numbers = SeededNumbers(99)
    let first = month.first.midnight.instant(at: .utc) - .hours(24)
    let drawn = (0..<count).map { _ in
      let start = first + Elapsed(seconds: numbers.next(below: 32 * 86_400))
      return Outage(
        service: Int32(numbers.next(below: Int64(services))), isCounted: numbers.next(below: 10) < 6,
        interval: Interval(start: start, length: Elapsed(seconds: 1 + numbers.next(below: 1_800)))!)
    }
    return drawn.sorted { ($0.interval.start, $0.service) < ($1.interval.start, $1.service) }
  }

  /// Four numbers of 64 bits an outage, little-endian: service, start, end, and 1 where it counts.
  static func bytes(_ outages: some Sequence<Outage>) -> Data {
    var data = Data()
    for outage in outages {
      for number in [
        Int64(outage.service), outage.interval.start.secondsSinceEpoch, outage.interval.end.secondsSinceEpoch,
        outage.isCounted ? 1 : 0,
      ] {
        for shift in stride(from: 0, to: 64, by: 8) { data.append(UInt8(truncatingIfNeeded: number >> shift)) }
      }
    }
    return data
  }

  private static func byService(_ outages: [Outage]) -> [[Outage]] {
    var all = [[Outage]](repeating: [], count: services)
    for outage in outages { all[Int(outage.service)].append(outage) }
    return all
  }

  /// The hours of the month are worked out anew each time, once for all services: they have one contract.
  private static func unavailable(_ all: [[Outage]], _ contract: Contract) -> Checksum {
    var checksum = Checksum()
    guard let period = ReferencePeriod(contract, month: month) else { return checksum }
    for outages in all {
      var sweep = DowntimeSweep(period)
      for outage in outages { sweep.add(outage.interval, isCounted: outage.isCounted) }
      checksum.add(sweep.finish().seconds)
    }
    return checksum
  }
}
