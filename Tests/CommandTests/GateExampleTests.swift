import Foundation
import TestSupport
import Testing

/// `examples/ci/gate.sh`, with a curl of the test's own that gives the answer of the program.
@Suite struct GateExampleTests {
  private func run(_ answer: String, status: Int32 = 0) throws -> Int32 {
    let program = try Program(isRegistered: false)
    let curl = program.folder.appending(path: "curl")
    try answer.write(to: program.folder.appending(path: "answer"), atomically: true, encoding: .utf8)
    try
      "#!/bin/sh\nprintf '%s\\n' \"$@\" > '\(program.path("asked"))'\ncat '\(program.path("answer"))'\nexit \(status)\n"
      .write(to: curl, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: curl.path)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [Program.root.appending(path: "examples/ci/gate.sh").path, "hub", "CHG-2026-0001"]
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    process.environment = ["PATH": "\(program.folder.path):\(path)", "PREAVIS_REGISTER": "https://preavis.example"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let asked = try String(contentsOf: program.folder.appending(path: "asked"), encoding: .utf8)
    #expect(
      asked.hasSuffix("https://preavis.example/api/v1/gate/hub?environment=production&change=CHG-2026-0001\n"))
    return process.terminationStatus
  }

  @Test func `The script without the CLI has the exit codes of the CLI`() throws {
    let program = try Program(now: "2026-12-01T10:00:00+01:00")
    let closed = try program.run("gate", "--json")
    #expect(try run(closed.output) == closed.status)
    // A reason that quotes the word opens nothing.
    #expect(try run(#"{"state":"CLOSED","reasons":[{"message":"\"state\":\"OPEN\""}]}"#) == 3)
    _ = try program.run("gate", "override", "--reason", "Hotfix", "--for", "30m")
    let open = try program.run("gate", "--json")
    #expect(try run(open.output) == open.status)
    #expect(try run(#"{"state":"OPEN"}"#) == 0)
    #expect(try run("", status: 22) == 69)
    #expect(try run("") == 3)
  }
}
