import Foundation
import TestSupport
import Testing

/// What is printed keeps to the width of the terminal.
@Suite struct TerminalTests {
  static let now = "2026-12-01T10:00:00+01:00"

  /// What a terminal of so many columns shows, as `script` (util-linux) lends one.
  private func shown(_ program: Program, columns: Int, _ command: String) throws -> [String] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/script")
    process.arguments = ["-qec", "stty cols \(columns) rows 40; '\(Program.executable.path)' \(command)", "/dev/null"]
    process.currentDirectoryURL = program.folder
    process.environment = [
      "PREAVIS_CALENDARS": Program.root.appending(path: "calendars").path, "LANG": "C.UTF-8", "TERM": "dumb",
      "PREAVIS_REGISTER": program.path("register.sqlite"), "PREAVIS_NOW": Self.now, "SHELL": "/bin/sh",
      "PATH": "/usr/bin:/bin",
    ]
    let file = program.path("screen")
    try Data().write(to: URL(filePath: file))
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: file))
    try process.run()
    process.waitUntilExit()
    return try String(contentsOfFile: file, encoding: .utf8).replacing("\r\n", with: "\n").split(separator: "\n")
      .map(String.init)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
  func `A list takes the width of its terminal, and 80 columns where there is none`() throws {
    let program = try Program(now: Self.now)
    let title = "Migration of the invoices database to another centre"
    #expect(
      try program.run("submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title", title).status == 0)
    #expect(try shown(program, columns: 110, "list").contains { $0.hasSuffix(title) })
    let narrow = try shown(program, columns: 70, "list")
    #expect(narrow.contains { $0.hasSuffix("…") } && narrow.allSatisfy { $0.count <= 70 }, "\(narrow)")
    let piped = try program.run("list").lines()
    #expect(piped.contains { $0.hasSuffix("…") && $0.count == 80 }, "\(piped)")
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
  func `Errors keep their words whole on a terminal, and are one line elsewhere`() throws {
    let program = try Program(now: Self.now)
    let command = ["submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title", "x", "--component", "nope"]
    let line = try program.run(command).errors
    #expect(line.count > 80 && line.filter { $0 == "\n" }.count == 1, "\(line)")
    let screen = try shown(program, columns: 60, command.joined(separator: " "))
    #expect(screen.count > 1 && screen.allSatisfy { $0.count <= 60 }, "\(screen)")
    #expect(screen.joined(separator: " ") + "\n" == line)
  }

  /// A line that is broken for the reader cannot be copied into a shell.
  @Test func `Every line of the examples fits 80 columns`() throws {
    let program = try Program(isRegistered: false)
    let groups = [
      "outage", "support-clock", "notices", "token", "private-feed", "webhook", "mailing", "deliveries",
      "release",
    ]
    let verbs: [[String]] =
      [
        "", "init", "check", "submit", "emergency", "import", "slots", "reschedule", "amend", "cancel", "start",
        "extend", "complete", "list", "show", "history", "gate", "windows", "holidays", "annex", "availability",
        "support-clock", "report", "feed", "notice", "export", "serve", "whoami", "month",
      ].map { $0.isEmpty ? [] : [$0] }
      + groups.flatMap { group in
        [
          "record", "list", "amend", "void", "report", "due", "published", "create", "revoke", "test", "run", "retry",
          "plan", "submit", "show", "reschedule", "cancel", "approve", "decline", "leave",
        ]
        .map { [group, $0] }
      } + ["accept", "backup", "info", "restore", "verify"].map { ["register", $0] } + [["feed", "doctor"]]
    for verb in verbs {
      let help = try program.run(verb + ["--help"])
      guard help.status == 0, let start = help.output.range(of: "Examples:\n")?.upperBound else { continue }
      let examples = help.output[start...].components(separatedBy: "\n\n")[0]
      #expect(
        examples.split(separator: "\n").allSatisfy { $0.hasPrefix("  ") && $0.count <= 80 }, "\(verb): \(examples)")
    }
  }
}
