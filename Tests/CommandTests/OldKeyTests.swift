import Foundation
import JSONText
import TestSupport
import Testing

/// A register as the build of 24 November 2026 wrote it (Tests/Scripts/keyed_register.py), with changes, outages,
/// overrides, tokens, webhooks, mailings and private feeds, and what that build answered to every key asked again.
@Suite struct OldKeyTests {
  private static let recorded = try! JSON(
    parsing: Array(Data(contentsOf: Project.fixtures.appending(path: "registers/format-5.json"))))
  private static let now = recorded["now"]!.string!
  private static let register = Project.fixtures.appending(path: "registers/format-5.register")

  private func program() throws -> Program {
    let program = try Program(now: OldKeyTests.now, isRegistered: false)
    try FileManager.default.copyItem(
      at: OldKeyTests.register, to: URL(filePath: program.path("register.sqlite")))
    return program
  }

  @Test func `Every key is answered as the build before answered it, before and after a move`() throws {
    let program = try program()
    let commands = try #require(OldKeyTests.recorded["commands"]?.array)
    #expect(commands.count == 28)
    for round in 1...2 {
      for command in commands {
        let arguments = (command["arguments"]?.array ?? []).compactMap(\.string)
        let answer = try program.run(arguments)
        #expect(answer.output.withoutLaterMembers == command["answer"]?.string, "\(arguments), round \(round)")
        #expect(Int64(answer.status) == command["exit"]?.integer, "\(arguments): \(answer.errors)")
      }
      guard round == 1 else { break }
      let move = try program.run("cancel", "CHG-2026-0008", "--reason", "Obsolete", "--json")
      #expect(move.status == 0, "\(move.errors)")
    }
    let verified = try program.run("register", "verify")
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
  }

  @Test func `A key of the build before stands for its request alone`() throws {
    let program = try program()
    let reused = try program.run(
      "submit", "--start", "2026-12-06T05:00", "--duration", "1h", "--title", "Autre", "--idempotency-key", "key-16",
      "--json")
    #expect(Int64(reused.status) == OldKeyTests.recorded["reused"]?["exit"]?.integer)
    #expect(reused.errors == OldKeyTests.recorded["reused"]?["error"]?.string)
  }

  @Test func `It is verified as it is, and its log is the same after it was written to`() throws {
    let program = try program()
    let before = try program.run("register", "info", "--json")
    let info = try JSON(parsing: before.output)
    let checkpoint = try #require(info["checkpoint"]?.string)
    let verified = try program.run("register", "verify")
    #expect(verified.status == 0, "\(verified.output)")
    let written = try program.run("cancel", "CHG-2026-0008", "--reason", "Obsolete")
    #expect(written.status == 0, "\(written.errors)")
    // The checkpoint of the old log is one of the new log's.
    let against = try program.run("register", "verify", "--against", checkpoint)
    #expect(against.status == 0, "\(against.output)\(against.errors)")
  }
}
