import Foundation
import JSONText
import TestSupport

/// The built program, run as a shell would run it, with a register in a folder of its own.
final class Program: Sendable {
  let folder: URL
  private let environment: [String: String]

  typealias Answer = ProgramAnswer

  /// `now` makes a simulation, whose clock stands there.
  init(now: String? = nil, isRegistered: Bool = true) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "preavis-command-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var environment = [
      "LANG": "C.UTF-8", "PREAVIS_REGISTER": folder.appending(path: "register.sqlite").path,
      "PREAVIS_CALENDARS": Program.root.appending(path: "calendars").path,
      "PREAVIS_TEMPLATES": Program.root.appending(path: "templates").path,
    ]
    for name in ["PATH", "TZDIR"] { environment[name] = ProcessInfo.processInfo.environment[name] }
    environment["PREAVIS_NOW"] = now
    self.environment = environment
    guard isRegistered else { return }
    let answer = try run(["init"] + (now == nil ? [] : ["--simulation"]))
    guard answer.status == 0 else { throw Unusable(text: answer.errors) }
  }

  struct Unusable: Error { let text: String }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func run(_ arguments: [String], input: String? = nil, setting extra: [String: String] = [:]) throws -> Answer {
    try Project.run(arguments, in: folder, environment: environment.merging(extra) { $1 }, input: input)
  }

  func run(_ arguments: String...) throws -> Answer { try run(arguments) }

  /// Two hours from `start`, planned or refused.
  @discardableResult
  func submit(_ start: String, _ more: String...) throws -> Answer {
    try run(["submit", "--start", start, "--duration", "2h", "--title", "Database migration"] + more)
  }

  static let root = Project.root
  static let fixtures = Project.fixtures
  static let executable = Project.executable
}
