import Answers
import ArgumentParser
import CivilTime
import Files
import Foundation
import JSONText
import Planning
import Wording

/// What is wrong with a line of a batch. Codes are part of the interface.
struct BatchError: Error {
  enum Code: String {
    case invalidJSON = "invalid_json"
    case missingKey = "missing_key"
    case invalidValue = "invalid_value"
    case unknownZone = "unknown_zone"
  }
  var code: Code
  var message: String
}

/// Answers one line of JSON with one object, appended to the output.
protocol BatchAnswer {
  /// Whether a line takes so long that its answer is not kept until others are ready.
  static var isSlow: Bool { get }
  mutating func answer(_ input: JSON, to bytes: inout [UInt8]) throws(BatchError)
}

extension BatchAnswer {
  static var isSlow: Bool { false }
}

/// Reads JSON Lines and writes as many, in order; memory does not grow with their number.
struct BatchRunner {
  let session: Session

  init(_ session: Session) { self.session = session }

  /// Longer lines are an error of their own.
  static let longestLine = 4 << 20
  static let chunk = 1 << 18

  func run<Answer: BatchAnswer>(_ path: String, _ answer: Answer) throws {
    guard let input = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path) else {
      throw Failure(
        status: .failure,
        message: session.language("--batch \(path): cannot be read.", "--batch \(path) : illisible."))
    }
    guard session.output.file == nil else {
      throw Failure.usage(
        session.language(
          "--batch writes to standard output; redirect it with >.",
          "--batch écrit sur la sortie standard ; redirigez-la avec >."))
    }
    var lines = BatchLines(answer: answer)
    var bar = progress(input)
    defer { bar?.finish() }
    while let data = try read(input, path), !data.isEmpty {
      // A slow answer is written before the next line is looked at.
      var rest = data[...]
      while Answer.isSlow, let end = rest.firstIndex(of: 0x0A) {
        lines.take([UInt8](rest[...end]))
        try flush(&lines)
        rest = rest[(end + 1)...]
      }
      lines.take([UInt8](rest))
      try flush(&lines)
      bar?.step(data.count)
    }
    lines.finish()
    try flush(&lines)
    if lines.hasErrors { throw ExitCode(ExitStatus.badData.rawValue) }
  }

  /// Nil where the length is not known (a pipe), and where the answers themselves run over the terminal.
  private func progress(_ input: FileHandle) -> ProgressBar? {
    guard isatty(STDOUT_FILENO) != 1, let here = try? input.offset(), let end = try? input.seekToEnd(),
      (try? input.seek(toOffset: here)) != nil, end > here
    else { return nil }
    return ProgressBar(session.language("Batch", "Lot"), total: Int(clamping: end - here))
  }

  private func read(_ input: FileHandle, _ path: String) throws -> Data? {
    do {
      return try input.read(upToCount: BatchRunner.chunk)
    } catch {
      throw Failure(
        status: .failure,
        message: session.language(
          "--batch \(path): cannot be read; name a file of JSON Lines, or - for standard input.",
          "--batch \(path) : illisible ; nommez un fichier JSON Lines, ou - pour l’entrée standard."))
    }
  }

  private func flush(_ lines: inout BatchLines<some BatchAnswer>) throws {
    try FileHandle.standardOutput.write(contentsOf: Data(lines.output))
    lines.output.removeAll(keepingCapacity: true)
  }
}

/// Cuts bytes into lines and collects the answers.
struct BatchLines<Answer: BatchAnswer> {
  private var answer: Answer
  private var pending: [UInt8] = []
  private var number = 0
  private(set) var hasErrors = false
  var output: [UInt8] = []

  init(answer: Answer) { self.answer = answer }

  mutating func take(_ chunk: [UInt8]) {
    let bytes = pending.isEmpty ? chunk : pending + chunk
    var start = 0
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      line(bytes, start, end)
      start = end + 1
    }
    pending = Array(bytes[start...])
  }

  mutating func finish() {
    if !pending.isEmpty { line(pending, 0, pending.count) }
    pending = []
  }

  private mutating func line(_ bytes: [UInt8], _ start: Int, _ end: Int) {
    number += 1
    let end = end > start && bytes[end - 1] == 0x0D ? end - 1 : end
    guard end > start else { return }
    let mark = output.count
    do throws(BatchError) {
      guard end - start <= BatchRunner.longestLine else {
        throw BatchError(code: .invalidJSON, message: "the line is longer than 4 MiB")
      }
      let input: JSON
      do {
        input = try JSON(parsing: bytes.span.extracting(start..<end))
      } catch {
        throw BatchError(code: .invalidJSON, message: error.text)
      }
      guard case .object = input else { throw BatchError(code: .invalidJSON, message: "the line is no object") }
      try answer.answer(input, to: &output)
    } catch {
      hasErrors = true
      output.removeLast(output.count - mark)
      JSON.object([
        .init(
          "error",
          [
            "code": .string(error.code.rawValue), "message": .string(error.message), "line": .integer(Int64(number)),
          ])
      ]).write(to: &output)
    }
    output.append(UInt8(ascii: "\n"))
  }
}

/// Contracts and their windows by holiday zone, as the lines of a batch name them.
struct BatchContracts {
  let base: Contract
  private let folder: ContractFolder
  private var zones: [String: WindowTables] = [:]
  /// The table of the line before: most lines of a batch ask for the same.
  private var last: (zone: String, table: WindowTable)?

  init(_ session: Session, service: String?) throws {
    base = try session.contract(service).contract
    folder = try session.contracts()
  }

  /// The windows of the service's contract with the holidays of `zone`.
  mutating func tables(_ zone: String) throws(BatchError) -> WindowTables {
    if let tables = zones[zone] { return tables }
    guard let calendar = (try? folder.holidayCalendar(zone: zone)) ?? nil else {
      throw BatchError(code: .unknownZone, message: "zone \(zone) is not known")
    }
    var contract = base
    for index in contract.versions.indices { contract.versions[index].holidays = calendar }
    let tables = WindowTables(contract: contract, environment: Contract.production)
    zones[zone] = tables
    return tables
  }

  mutating func table(_ zone: String, covering interval: Interval) throws(BatchError) -> WindowTable {
    if let last, last.zone == zone, last.table.covers(interval) { return last.table }
    var tables = try tables(zone)
    let table = tables.covering(interval)
    zones[zone] = tables
    last = (zone, table)
    return table
  }
}

extension JSON {
  func batchString(_ key: String) throws(BatchError) -> String {
    guard let value = self[key] else { throw BatchError(code: .missingKey, message: "\(key) is missing") }
    guard let text = value.string else { throw BatchError(code: .invalidValue, message: "\(key) is no string") }
    return text
  }

  func batchInteger(_ key: String) throws(BatchError) -> Int64 {
    guard let value = self[key] else { throw BatchError(code: .missingKey, message: "\(key) is missing") }
    guard let number = value.integer else {
      throw BatchError(code: .invalidValue, message: "\(key) is no whole number")
    }
    return number
  }
}
