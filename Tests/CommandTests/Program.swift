import Foundation
import JSONText

/// The built program, run as a shell would run it, with a register in a folder of its own.
final class Program: Sendable {
  let folder: URL
  private let environment: [String: String]

  /// What a run left behind.
  struct Answer: Sendable {
    var status: Int32
    var output: String
    var errors: String

    func json() throws -> JSON { try JSON(parsing: output) }
    func lines() -> [Substring] { output.split(separator: "\n") }
  }

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

  /// Output goes through files: a pipe would have to be emptied while the program runs.
  func run(_ arguments: [String], input: String? = nil, setting extra: [String: String] = [:]) throws -> Answer {
    let mark = UUID().uuidString
    let files = ["in", "out", "err"].map { folder.appending(path: "\(mark).\($0)") }
    try Data((input ?? "").utf8).write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    let process = Process()
    process.executableURL = Program.executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = environment.merging(extra) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return Answer(
      status: process.terminationStatus, output: try String(contentsOf: files[1], encoding: .utf8),
      errors: try String(contentsOf: files[2], encoding: .utf8))
  }

  func run(_ arguments: String...) throws -> Answer { try run(arguments) }

  /// Two hours from `start`, planned or refused.
  @discardableResult
  func submit(_ start: String, _ more: String...) throws -> Answer {
    try run(["submit", "--start", start, "--duration", "2h", "--title", "Database migration"] + more)
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let fixtures = root.appending(path: "Tests/Fixtures")

  /// The program lies beside the bundle of the tests.
  static let executable: URL = {
    let beside = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "preavis")
    if let beside, FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
    return root.appending(path: ".build/debug/preavis")
  }()
}
