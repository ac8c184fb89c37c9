import Foundation

/// The built program, run as a shell would run it.
struct Shell {
  let folder: TemporaryFolder
  var environment: [String: String]

  struct Answer: Equatable {
    var status: Int32
    var output: String
    var errors: String

    /// Without the secrets, which are others each time.
    var masked: Answer {
      Answer(
        status: status,
        output: output.replacing(/prv_[0-9A-Za-z]{49}/, with: "prv_…").replacing(
          /private\/[a-z2-7]{32}/, with: "private/…"
        ).replacing(/whsec_[A-Za-z0-9+\/=]+/, with: "whsec_…").replacing(/msg_[0-9a-f]{32}/, with: "msg_…"),
        errors: errors)
    }
  }

  init(register: String, token: String? = nil, now: String? = nil) throws {
    folder = try TemporaryFolder()
    var environment = [
      "LANG": "C.UTF-8", "PREAVIS_REGISTER": register, "XDG_CACHE_HOME": folder.path("cache"),
      "HOME": folder.path("home"),
      "PREAVIS_TEMPLATES": ServerAPI.root.appending(path: "templates").path,
    ]
    for name in ["PATH", "TZDIR"] { environment[name] = ProcessInfo.processInfo.environment[name] }
    environment["PREAVIS_TOKEN"] = token
    environment["PREAVIS_NOW"] = now
    self.environment = environment
  }

  func run(_ arguments: [String], input: String? = nil) throws -> Answer {
    let mark = UUID().uuidString
    let files = ["in", "out", "err"].map { folder.url.appending(path: "\(mark).\($0)") }
    try Data((input ?? "").utf8).write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    let process = Process()
    process.executableURL = Shell.executable
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    process.environment = environment
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

  private static let executable: URL = {
    let beside = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "preavis")
    if let beside, FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
    return ServerAPI.root.appending(path: ".build/debug/preavis")
  }()
}
