import CivilTime
import Files
import Foundation
import Planning

/// The memory that TI of many services takes when all their outages come in one stream, in a process of its own.
struct AvailabilityMemory {
  static let argument = "--sweep"

  /// More services than anyone has, since the peak of a process is known to a quarter of a megabyte.
  static func row(_ workload: Workload) throws -> Row {
    let most = workload.isQuick ? 100_000 : 1_000_000
    let services = [1_000, 10_000, 100_000]
    let stream = try [most / 100, most / 10, most].map { try measure($0, services: services[1], workload) }
    let width = try services.map { try measure(most, services: $0, workload) }
    let ratio = Double(stream[2]) / Double(max(stream[0], 1))
    let byStream = zip([most / 100, most / 10, most], stream).map { "\(Figures.count($0)): \(Figures.bytes($1))" }
    let byWidth = zip(services, width).map { "\(Figures.count($0)): \(Figures.bytes($1))" }
    let slope = (width[2] - width[1]) / (services[2] - services[1])
    return Row(
      work: "memory, \(Figures.count(services[1])) services", target: "≤ 1.5×", ours: Figures.bytes(stream[2]),
      peer: "of 100 times fewer outages \(Figures.bytes(stream[0]))", ratio: Figures.ratio(ratio),
      isMet: ratio <= 1.5,
      growth: "outages " + byStream.joined(separator: ", ") + "; services " + byWidth.joined(separator: ", ")
        + " (\(slope) bytes a service)")
  }

  /// By how many bytes the peak rises.
  private static func measure(_ count: Int, services: Int, _ workload: Workload) throws -> Int {
    let outages = Availability.outages(count, services: services)
    let file = workload.path("stream.bin")
    try Availability.bytes(outages).write(to: URL(fileURLWithPath: file))
    let answer = try Child.output(CommandLine.arguments[0], [argument, file, "\(services)"])
      .split(whereSeparator: \.isWhitespace)
    guard answer.count == 2, let rise = Int(answer[0]), let sum = UInt64(answer[1]) else {
      throw DifferentAnswers(row: "availability-memory", ours: "\(answer)", peer: "two numbers")
    }
    guard let period = ReferencePeriod(workload.contract, month: Availability.month) else { return 0 }
    var sweeps = [DowntimeSweep](repeating: DowntimeSweep(period), count: services)
    for outage in outages { sweeps[Int(outage.service)].add(outage.interval, isCounted: outage.isCounted) }
    try DifferentAnswers.check("availability-memory", sum, checksum(&sweeps).value)
    return rise
  }

  private static func checksum(_ sweeps: inout [DowntimeSweep]) -> Checksum {
    var checksum = Checksum()
    for index in sweeps.indices { checksum.add(sweeps[index].finish().seconds) }
    return checksum
  }

  /// The child: reads outages in the order of their starts, 64 KB at a time, and keeps one sweep a service.
  static func sweep(_ file: String, services: Int, package: URL) throws {
    let calendars = package.deletingLastPathComponent().appending(path: "calendars").path
    let contract = try ContractFolder(calendars).load(service: "profession-liberale").contract
    guard let period = ReferencePeriod(contract, month: Availability.month) else {
      throw CocoaError(.coderInvalidValue)
    }
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
    let before = Machine.peakMemory
    var sweeps = [DowntimeSweep](repeating: DowntimeSweep(period), count: services)
    while let chunk = try handle.read(upToCount: 1 << 16), !chunk.isEmpty {
      // A file gives whole chunks, and 32 divides their size.
      for offset in stride(from: chunk.startIndex, to: chunk.endIndex, by: 32) {
        func number(_ place: Int) -> Int64 {
          (0..<8).reduce(0) { $0 | Int64(chunk[offset + place * 8 + $1]) << ($1 * 8) }
        }
        let interval = Interval(
          start: Instant(secondsSinceEpoch: number(1)), end: Instant(secondsSinceEpoch: number(2)))
        guard let interval, sweeps.indices.contains(Int(number(0))) else { throw CocoaError(.fileReadCorruptFile) }
        sweeps[Int(number(0))].add(interval, isCounted: number(3) == 1)
      }
    }
    let sum = checksum(&sweeps)
    print(Machine.peakMemory - before, sum.value)
  }
}
