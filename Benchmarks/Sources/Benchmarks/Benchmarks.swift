import Foundation

/// Ours beside peers in one run; prints a table. Ends with 0 whatever the ratios, and with 1 when answers differ.
///
/// `BENCH_QUICK=1` makes it short; arguments name the rows to run.
@main
struct Benchmarks {
  private static let rows: [(name: String, run: @Sendable (Workload) throws -> Row)] = [
    ("verdicts", { try Verdicts.row($0) }), ("slot", { try NextSlot.row($0) }), ("writing", { try Writing.row($0) }),
    ("reading", { try Reading.row($0) }), ("feed", { try Assembly.row($0) }),
    ("publishing", { try Publishing.row($0) }),
    ("memory", { try FeedMemory.row($0) }), ("submit", { try Submission.row($0) }),
    ("overlap", { try Overlap.row($0) }), ("import", { try Importing.row($0) }),
    ("availability", { try Availability.row($0, against: .idiomatic) }),
    ("availability-tight", { try Availability.row($0, against: .tight) }),
    ("availability-memory", { try AvailabilityMemory.row($0) }),
  ]

  /// The folder of this package.
  private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      if arguments.first == FeedMemory.argument, arguments.count == 3 {
        return try FeedMemory.writeFeed(from: arguments[1], to: arguments[2], package: package)
      }
      if arguments.first == AvailabilityMemory.argument, arguments.count == 3, let services = Int(arguments[2]) {
        return try AvailabilityMemory.sweep(arguments[1], services: services, package: package)
      }
      if let unknown = arguments.first(where: { name in !rows.contains { $0.name == name } }) {
        try? FileHandle.standardError.write(
          contentsOf: Data("\(unknown): no such row; there are: \(rows.map(\.name).joined(separator: ", "))\n".utf8))
        exit(64)
      }
      try run(arguments)
    } catch {
      try? FileHandle.standardError.write(contentsOf: Data("benchmarks: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run(_ names: [String]) throws {
    let isQuick = ProcessInfo.processInfo.environment["BENCH_QUICK", default: "0"] == "1"
    let workload = try Workload(package: package, isQuick: isQuick)
    defer { try? FileManager.default.removeItem(at: workload.scratch) }
    show(Machine.description)
    show(Row.line(Row.titles))
    for (name, row) in rows where names.isEmpty || names.contains(name) {
      show(Row.line(try row(workload).cells))
    }
    show(
      "Times are processor time, of `submit` elapsed time. Ours and the peer ran in turns; the ratio is the median of"
        + " the rounds.")
  }

  /// Without a buffer: a run takes minutes.
  private static func show(_ line: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
  }
}
