import Files
import Foundation
import Planning
import Publication
import Register
import RegisterSQLite
import Wording

/// The memory that a feed written from a register to a file takes, in a process of its own.
struct FeedMemory {
  static let argument = "--write-feed"

  static func row(_ workload: Workload) throws -> Row {
    let sizes = workload.isQuick ? [300, 3_000, 30_000] : [1_000, 10_000, 100_000]
    var figures: [(size: Int, memory: Int, bytes: Int)] = []
    for size in sizes {
      let name = "memory-\(size).sqlite"
      let register = try workload.register(name, changes: workload.changes(size), languages: [.french])
      var expected = 0
      let feed = StandardFeed(FeedScope(workload.contract), fragment: workload.fragment, language: .french)
      try feed.write(from: register) { expected += $0.count }
      let answer = try Child.output(
        CommandLine.arguments[0], [argument, workload.path(name), workload.path("memory-\(size).ics")]
      ).split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
      guard answer.count == 2 else { throw DifferentAnswers(row: "memory", ours: "\(answer)", peer: "two numbers") }
      try DifferentAnswers.check("memory", answer[1], expected)
      figures.append((size, answer[0], answer[1]))
    }
    let last = figures[figures.count - 1]
    let ratio = Double(last.memory) / Double(last.bytes)
    return Row(
      work: "memory, feed of \(Figures.count(last.size))", target: "≤ 2×", ours: Figures.bytes(last.memory),
      peer: "its size \(Figures.bytes(last.bytes))", ratio: Figures.ratio(ratio), isMet: ratio <= 2,
      growth: figures.map { "\(Figures.count($0.size)): \(Figures.bytes($0.memory))" }.joined(separator: ", "))
  }

  /// The child: writes the feed as `preavis feed -o` does, then prints by how many bytes the peak of its memory rose,
  /// and the size of the feed.
  static func writeFeed(from path: String, to file: String, package: URL) throws {
    let calendars = package.deletingLastPathComponent().appending(path: "calendars").path
    let contract = try ContractFolder(calendars).load(service: "profession-liberale").contract
    let store = try SQLiteStore.open(at: path, readOnly: true)
    let fragment = EventFragment(identity: "5eed", isSimulation: false)
    let register = Register(store: store, publisher: fragment, clock: { Workload.now })
    let feed = StandardFeed(FeedScope(contract), fragment: fragment, language: .french)
    guard FileManager.default.createFile(atPath: file, contents: nil) else { throw CocoaError(.fileWriteUnknown) }
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
    let before = Machine.peakMemory
    var size = 0
    var buffer: [UInt8] = []
    try feed.write(from: register) { bytes in
      buffer += bytes
      size += bytes.count
      guard buffer.count >= 65_536 else { return }
      try handle.write(contentsOf: buffer)
      buffer.removeAll(keepingCapacity: true)
    }
    try handle.write(contentsOf: buffer)
    try handle.close()
    print(Machine.peakMemory - before, size)
  }
}
