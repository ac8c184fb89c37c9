import Foundation
import TestSupport

/// The built program, run as a shell would run it.
struct Shell {
  let folder: TemporaryFolder
  var environment: [String: String]

  typealias Answer = ProgramAnswer

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
    try Project.run(arguments, in: folder.url, environment: environment, input: input)
  }

  func run(_ arguments: String...) throws -> Answer { try run(arguments) }
}

extension ProgramAnswer {
  /// Without the secrets, which are others each time.
  var masked: ProgramAnswer {
    ProgramAnswer(
      status: status,
      output: output.replacing(/prv_[0-9A-Za-z]{49}/, with: "prv_…").replacing(
        /private\/[a-z2-7]{32}/, with: "private/…"
      ).replacing(/whsec_[A-Za-z0-9+\/=]+/, with: "whsec_…").replacing(/msg_[0-9a-f]{32}/, with: "msg_…"),
      errors: errors)
  }
}
