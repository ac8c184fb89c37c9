import Foundation
import JSONText
import TestSupport
import Testing

@Suite struct GateVerbTests {
  static let now = "2026-12-01T10:00:00+01:00"

  private func program() throws -> Program {
    let program = try Program(now: Self.now)
    #expect(try program.submit("2026-12-06T01:00").status == 0)
    return program
  }

  @Test func `Open is exit 0, closed exit 3, on the second`() throws {
    let program = try program()
    let rows: [(String, Int32, String, String?)] = [
      ("2026-12-06T00:59:59", 3, "CLOSED", "2026-12-06T01:00:00+01:00"),
      ("2026-12-06T01:00:00", 0, "OPEN", "2026-12-06T03:00:00+01:00"),
      ("2026-12-06T02:59:59", 0, "OPEN", "2026-12-06T03:00:00+01:00"), ("2026-12-06T03:00:00", 3, "CLOSED", nil),
    ]
    for (at, status, state, next) in rows {
      let answer = try program.run("gate", "--at", at, "--json")
      let json = try answer.json()
      #expect(answer.status == status, "\(at)")
      #expect(answer.errors.isEmpty)
      #expect(json["state"]?.string == state)
      #expect(json["at"]?.string == "\(at)+01:00")
      #expect(json["next_transition"]?.string == next)
      #expect(json["reasons"]?.array?.first?["message"]?.string?.isEmpty == false)
      #expect(json["simulation"]?.bool == true)
    }
    #expect(try program.run("gate").status == 3)
    #expect(try program.run("gate").output.contains("Opens Sunday 6 December 2026, 01:00 (Paris time, UTC+1)."))
    let french = try program.run("gate", "--at", "2026-12-06T01:00", "--lang", "fr").output
    #expect(french.contains("✓ OUVERT"))
    #expect(french.contains("CHG-2026-0001, maintenance planifiée, couvre ce moment"))
    #expect(!french.contains("\u{1B}"))
  }

  @Test func `Only the change that was asked for opens the gate`() throws {
    let program = try program()
    #expect(try program.submit("2026-12-06T03:00").status == 0)
    let at = ["gate", "--at", "2026-12-06T01:30", "--json"]
    #expect(try program.run(at + ["--change", "CHG-2026-0001"]).status == 0)
    let other = try program.run(at + ["--change", "CHG-2026-0002"])
    #expect(other.status == 3)
    #expect(
      try other.json()["reasons"]?.array?.compactMap { $0["code"]?.string } == ["not_named", "not_begun"])
    #expect(try program.run(at + ["--change", "CHG-2026-0002", "--change", "chg-2026-0001"]).status == 0)
    #expect(try program.run(at + ["--change", "CHG-2026-0099"]).status == 64)
    #expect(try program.run(at + ["--change", "4711"]).status == 64)
    #expect(try program.run(at + ["--environment", "moon"]).status == 64)
  }

  @Test func `An override lasts until the moment that is named`() throws {
    let program = try program()
    let answer = try program.run(
      "gate", "override", "--reason", "Hotfix", "--until", "2026-12-01T10:30", "--json")
    #expect(answer.status == 0)
    #expect(try answer.json()["until"]?.string == "2026-12-01T10:30:00+01:00")
    #expect(try program.run("gate", "override", "--reason", "x", "--until", "2026-12-01T15:00").status == 64)
    #expect(try program.run("gate", "override", "--reason", "x", "--until", "2026-12-01T09:00").status == 64)
  }

  @Test func `An override opens with its reason, is listed, and is ended`() throws {
    let program = try program()
    #expect(try program.run("gate", "override", "--for", "30m").status == 3)
    #expect(try program.run("gate", "override", "--reason", "Hotfix").status == 64)
    let both = ["gate", "override", "--reason", "Hotfix", "--for", "30m", "--until", "2026-12-01T10:30"]
    #expect(try program.run(both).status == 64)
    #expect(try program.run("gate", "override", "--end", "--until", "2026-12-01T10:30").status == 64)
    #expect(try program.run("gate", "override", "--reason", "Hotfix", "--for", "5h").status == 64)
    #expect(try program.run("gate", "override", "--reason", "a\u{1B}b", "--for", "5m").status == 64)
    #expect(try program.run("gate", "override", "--reason", "Hotfix", "--for", "1h", "--end").status == 64)
    #expect(try program.run("gate").status == 3)
    let made = try program.run("gate", "override", "--reason", "Hotfix 5.2.2", "--for", "30m", "--json")
    #expect(made.status == 0)
    #expect(try made.json()["until"]?.string == "2026-12-01T10:30:00+01:00")
    let open = try program.run("gate", "--json")
    #expect(open.status == 0)
    #expect(try open.json()["reasons"]?.array?.first?["reason"]?.string == "Hotfix 5.2.2")
    #expect(try program.run("gate").output.contains("Hotfix 5.2.2"))
    let expired = ["PREAVIS_NOW": "2026-12-01T10:30:00+01:00"]
    #expect(try program.run(["gate"], setting: expired).status == 3)
    #expect(try program.run("gate", "override", "--end", "--reason", "Done").status == 0)
    #expect(try program.run("gate").status == 3)
    let nothing = try program.run("gate", "override", "--end")
    #expect(nothing.status == 64)
    #expect(nothing.errors.contains("No override is in force in production"), "\(nothing.errors)")
    let list = try program.run("gate", "overrides", "--json").json().array
    #expect(list?.count == 1)
    #expect(list?.first?["ended_at"]?.string == "2026-12-01T10:00:00+01:00")
    #expect(try program.run("register", "verify").status == 0)
  }

  @Test func `Waiting for an open gate ends at once, and its flags go together`() throws {
    let program = try program()
    #expect(try program.run("gate", "override", "--reason", "Hotfix", "--for", "1h").status == 0)
    let answer = try program.run("gate", "--wait", "--timeout", "2h", "--json")
    #expect(answer.status == 0)
    #expect(answer.errors.isEmpty)
    #expect(try program.run("gate", "--wait", "--at", "2026-12-06T01:00").status == 64)
    #expect(try program.run("gate", "--timeout", "2h").status == 64)
  }

  @Test func `By choice of the contract the window opens the gate`() throws {
    let program = try program()
    let calendars = program.folder.appending(path: "calendars")
    try FileManager.default.copyItem(at: Program.root.appending(path: "calendars"), to: calendars)
    let file = calendars.appending(path: "services/profession-liberale.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let choice = "# gate: { opens: changes }"
    #expect(text.contains(choice))
    try text.replacing(choice, with: "gate: { opens: window }").write(to: file, atomically: true, encoding: .utf8)
    let at = ["gate", "--json", "--at", "2026-12-02T06:59:59"]
    #expect(try program.run(at).status == 3)
    let answer = try program.run(at + ["--calendars", calendars.path])
    #expect(answer.status == 0)
    #expect(try answer.json()["opens"]?.string == "window")
    #expect(try answer.json()["next_transition"]?.string == "2026-12-02T07:00:00+01:00")
    try text.replacing(choice, with: "gate: { opens: always }").write(to: file, atomically: true, encoding: .utf8)
    let broken = try program.run(at + ["--calendars", calendars.path])
    #expect(broken.status == 65)
    #expect(broken.errors.contains("`opens` cannot be `always`; write changes or window"))
  }

  @Test func `A draft that was dropped is no reason for a closed gate`() throws {
    let program = try Program(now: "2026-12-07T10:30:00+01:00")
    try program.submit("2026-12-07T10:00")
    #expect(try program.run("cancel", "CHG-2026-0001").status == 0)
    let codes = { (answer: Program.Answer) in try answer.json()["reasons"]?.array?.map { $0["code"]?.string } }
    #expect(try codes(program.run("gate", "--json")) == ["no_change"])
    #expect(try codes(program.run("gate", "--change", "CHG-2026-0001", "--json")) == ["cancelled"])
  }
}
