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

  /// On 20 November 2026, with one change planned for the 29th.
  static func withOneChange() throws -> Program {
    let program = try Program(now: "2026-11-20T10:00:00+01:00")
    let answer = try program.submit("2026-11-29T01:00", "--component", "application")
    guard answer.status == 0 else { throw Unusable(text: answer.output + answer.errors) }
    return program
  }

  /// A folder of calendars whose contract names two clients.
  func calendarsWithClients() throws -> String {
    try calendars {
      $0.replacing(
        "clients: []",
        with: """
          clients:
            - { name: "Cabinet Martin", components: [application] }
            - { name: "Étude Léa & fils", components: [flux] }
          #
          """)
    }
  }

  /// A copy of the calendars whose contract is edited; twice under one name is the same folder.
  func calendars(_ name: String = "calendars", _ edit: (String) -> String) throws -> String {
    let folder = self.folder.appending(path: name)
    if !FileManager.default.fileExists(atPath: folder.path) {
      try FileManager.default.copyItem(at: Program.root.appending(path: "calendars"), to: folder)
    }
    let file = folder.appending(path: "services/profession-liberale.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let edited = edit(text)
    guard edited != text else { throw Unusable(text: "the contract is as it was") }
    try Data(edited.utf8).write(to: file)
    return folder.path
  }

  /// The calendars with another reading of article 12.3.
  func calendarsAsRecorded() throws -> String {
    try calendars("as-recorded") {
      $0.replacing("# qualification: after-take-in-charge", with: "qualification: as-recorded")
    }
  }

  static let root = Project.root
  static let fixtures = Project.fixtures
  static let executable = Project.executable
}
