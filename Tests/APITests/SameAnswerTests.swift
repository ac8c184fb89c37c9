import API
import Foundation
import JSONText
import TestSupport
import Testing

/// The API gives the JSON that the command line gives.
@Suite struct SameAnswerTests {
  /// Runs the program on the house's register, with its clock.
  private static func run(_ arguments: [String], register: String, at now: String) throws -> (status: Int32, json: JSON)
  {
    let process = Process()
    process.executableURL = Project.executable
    process.arguments = arguments + ["--json"]
    var environment = [
      "LANG": "C.UTF-8", "PREAVIS_REGISTER": register, "PREAVIS_NOW": now,
      "PREAVIS_CALENDARS": House.root.appending(path: "calendars").path,
      "PREAVIS_TEMPLATES": House.root.appending(path: "templates").path,
    ]
    for name in ["PATH", "TZDIR"] { environment[name] = ProcessInfo.processInfo.environment[name] }
    process.environment = environment
    let file = FileManager.default.temporaryDirectory.appending(path: "preavis-api-out-\(UUID().uuidString)")
    try Data().write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    process.standardOutput = try FileHandle(forWritingTo: file)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, (try? JSON(parsing: Array(Data(contentsOf: file)))) ?? .null)
  }

  @Test func `What both doors are asked, both answer alike`() throws {
    let house = try House(isSimulation: true)
    let register = house.folder.appending(path: "register.sqlite").path
    let id = try house.submit("2026-12-06T01:00")
    let draft = try house.submit("2026-12-07T10:00")
    let began = house.call(
      "POST", "/emergencies", by: .eve,
      #"{"start":"2026-12-01T09:10","duration":"4h","title":"Disk full","reason":"Storage alarm"}"#)
    try #require(began.json["state"] == "in-progress", "\(began.text)")
    try #require(
      house.call(
        "POST", "/outages", by: .rita, #"{"cause":"incident","start":"2026-11-30T10:00","end":"2026-11-30T10:30"}"#
      ).status == 201)
    let urgent = began.json["id"]?.string ?? ""
    let base = "/services/\(House.service)"
    let pairs: [(path: String, arguments: [String])] = [
      ("/changes", ["list"]),
      ("/changes?state=planned&from=2026-12-02", ["list", "--state", "planned", "--from", "2026-12-02"]),
      ("/changes/\(id)", ["show", id]), ("/changes/\(draft)", ["show", draft]),
      ("/changes/\(urgent)?rollback=30m", ["show", urgent, "--rollback", "30m"]),
      ("/changes/\(draft)/history", ["history", draft]),
      (base + "/windows?from=2026-12-01&to=2026-12-15", ["windows", "--from", "2026-12-01", "--to", "2026-12-15"]),
      (base + "/holidays?year=2027", ["holidays", "--year", "2027"]),
      (base + "/slots?duration=2h", ["slots", "--duration", "2h"]),
      (base + "/annex?year=2027", ["annex", "--year", "2027"]),
      (base + "/availability?month=2026-11", ["availability", "--month", "2026-11"]),
      (base + "/availability?simulate=2026-12-02T10:00/2h", ["availability", "--simulate", "2026-12-02T10:00/2h"]),
      (base + "/report?month=2026-12", ["report", "--month", "2026-12"]),
      (base + "/support-clock?at=2026-12-01T09:00", ["support-clock", "--at", "2026-12-01T09:00"]),
      ("/outages", ["outage", "list"]), ("/notices/due", ["notices", "due"]),
      ("/changes/\(id)/notices/announcement", ["notice", id, "--kind", "announcement", "--format", "json"]),
      (
        base + "/availability/notice?month=2026-11",
        ["notice", "--kind", "availability", "--month", "2026-11", "--format", "json"]
      ),
    ]
    for pair in pairs {
      for language in ["en", "fr"] {
        let path = pair.path + (pair.path.contains("?") ? "&" : "?") + "lang=\(language)"
        let answer = house.call("GET", path, by: .eve)
        let program = try Self.run(pair.arguments + ["--lang", language], register: register, at: House.now)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(program.status == 0, "\(pair.arguments)")
        #expect(answer.json == program.json, "\(pair.arguments)")
      }
    }
    let check = house.call("POST", "/check", #"{"start":"2026-12-07T10:00","duration":"2h"}"#)
    let program = try Self.run(
      ["check", "--start", "2026-12-07T10:00", "--duration", "2h"], register: register, at: House.now)
    #expect(program.status == 3)
    #expect(check.json == program.json)
  }

  @Test func `A request gives the same change through either door`() throws {
    let arguments = [
      "submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title", "Version 5.2", "--update", "5.2",
      "--category", "correction", "--no-interruption", "--component", "flux", "--reason", "Fixes",
    ]
    let body =
      #"{"start":"2026-12-06T01:00","duration":"2h","title":"Version 5.2","update":{"version":"5.2","category":"correction","interruption":false},"components":["flux"],"reason":"Fixes"}"#
    let (file, served) = (try House(isSimulation: true), try House(isSimulation: true))
    let program = try Self.run(
      arguments, register: file.folder.appending(path: "register.sqlite").path, at: House.now)
    let answer = served.call("POST", "/changes", by: .eve, body)
    #expect(program.status == 0)
    #expect(answer.status == 201)
    #expect(answer.json == program.json)
    let moved = try Self.run(
      ["reschedule", "CHG-2026-0001", "--start", "2026-12-07T10:00", "--reason", "x"],
      register: file.folder.appending(path: "register.sqlite").path, at: House.now)
    let other = served.call(
      "POST", "/changes/CHG-2026-0001/reschedule", by: .eve, #"{"start":"2026-12-07T10:00","reason":"x"}"#,
      headers: [("if-match", #""0""#)])
    #expect((moved.status == 3) == (other.status == 422))
    #expect((other.json["change"] ?? other.json) == moved.json)
  }
}
