package import Foundation
package import JSONText

/// What a run of the program left behind.
package struct ProgramAnswer: Equatable, Sendable {
  package var status: Int32
  package var output: String
  package var errors: String

  package init(status: Int32, output: String, errors: String) {
    self.status = status
    self.output = output
    self.errors = errors
  }

  package func json() throws -> JSON { try JSON(parsing: output) }
  package func lines() -> [Substring] { output.split(separator: "\n") }
}

extension Project {
  /// Runs the built program in `folder` as a shell would. Output goes through files: a pipe would have to be emptied
  /// while the program runs.
  package static func run(
    _ arguments: [String], in folder: URL, environment: [String: String], input: String?
  ) throws -> ProgramAnswer {
    let mark = UUID().uuidString
    let files = ["in", "out", "err"].map { folder.appending(path: "\(mark).\($0)") }
    try Data((input ?? "").utf8).write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = environment
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return ProgramAnswer(
      status: process.terminationStatus, output: try String(contentsOf: files[1], encoding: .utf8),
      errors: try String(contentsOf: files[2], encoding: .utf8))
  }
}
