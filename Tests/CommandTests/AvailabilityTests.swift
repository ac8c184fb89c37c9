import Foundation
import JSONText
import TestSupport
import Testing

/// Outages and availability as a shell sees them.
@Suite struct AvailabilityTests {
  /// What maintenances, emergencies and outages of a year did, against a count second by second.
  @Test func `A year played through the register gives the months of the count`() throws {
    let program = try Program(now: "2026-01-01T00:00:00Z")
    let lines = try String(
      contentsOf: Program.fixtures.appending(path: "availability-year.jsonl"), encoding: .utf8
    ).split(separator: "\n").map { try JSON(parsing: String($0)) }
    var expected: [String: JSON] = [:]
    for line in lines {
      if let month = line["month"]?.string {
        expected[month] = line["expected"]
        continue
      }
      let arguments = (line["arguments"]?.array ?? []).compactMap(\.string)
      let answer = try program.run(arguments, setting: ["PREAVIS_NOW": line["now"]?.string ?? ""])
      try #require(answer.status == 0, "\(arguments): \(answer.output) \(answer.errors)")
    }
    let after = ["PREAVIS_NOW": "2027-02-01T00:00:00Z"]
    let months = try program.run(
      ["availability", "--from", "2026-01", "--to", "2026-12", "--json"], setting: after)
    #expect(months.status == 0)
    let found = try months.json().array ?? []
    #expect(found.count == 12)
    for month in found {
      let name = month["month"]?.string ?? "?"
      let wanted = try #require(expected[name])
      #expect(BatchTests.difference(month, wanted, name) == nil)
      #expect(month["provisional"]?.bool == false)
      let counted = (month["stops"]?.array ?? []).reduce(0) { $0 + ($1["counted_seconds"]?.integer ?? 0) }
      #expect(counted == month["ti_seconds"]?.integer)
    }
    #expect(try program.run("register", "verify").status == 0)
  }

  static let good =
    #"{"month":"2026-03","zone":"metropole","outages":[{"start":"2026-03-10T10:00:00Z","end":"2026-03-10T11:00:00Z","cause":"incident","environment":"production"}]}"#

  @Test(arguments: [
    ("not json", "invalid_json"), (good.replacing("\"month\"", with: "\"moon\""), "missing_key"),
    (good.replacing("\"outages\"", with: "\"outage\""), "missing_key"),
    (good.replacing("\"cause\"", with: "\"case\""), "missing_key"),
    (good.replacing("metropole", with: "moon"), "unknown_zone"),
    (good.replacing("\"2026-03\"", with: "\"2026-13\""), "invalid_value"),
    (good.replacing("incident", with: "accident"), "invalid_value"),
    (good.replacing("production", with: "prod"), "invalid_value"),
    (good.replacing("T11:00", with: "T09:00"), "invalid_value"),
    (good.replacing("2026-03-10T10:00:00Z", with: "2026-03-29T02:30:00"), "invalid_value"),
    (good.replacing("2026-03-10T10:00:00Z", with: "yesterday"), "invalid_value"),
  ])
  func `A malformed month is answered in its place and the batch exits 65`(line: String, code: String) throws {
    let program = try Program(isRegistered: false)
    let answer = try program.run(
      ["availability", "--batch", "-"], input: "\(Self.good)\n\(line)\n\(Self.good)\n")
    #expect(answer.status == 65)
    let lines = try answer.lines().map { try JSON(parsing: String($0)) }
    try #require(lines.count == 3)
    #expect(lines[0]["ti_seconds"]?.integer == 3600)
    #expect(lines[2] == lines[0])
    #expect(lines[1]["error"]?["code"]?.string == code)
    #expect(lines[1]["error"]?["line"]?.integer == 2)
  }

  @Test func `What goes on counts up to now, what it would cost is told before, and refusals have their codes`() throws
  {
    let program = try Program(now: "2026-12-01T10:00:00+01:00")
    try program.submit("2026-12-08T01:00")
    func run(_ now: String, _ arguments: String...) throws -> Program.Answer {
      try program.run(arguments, setting: ["PREAVIS_NOW": now])
    }
    #expect(try run("2026-12-08T01:00:00+01:00", "start", "CHG-2026-0001").status == 0)
    let show = try run("2026-12-08T02:00:00+01:00", "show", "CHG-2026-0001", "--json").json()["running"]
    #expect(show?["point_of_no_return"]?.string == "2026-12-08T04:00:00+01:00")
    #expect(show?["costs_from"]?.string == "2026-12-08T07:00:00+01:00")
    let half = "2026-12-08T07:30:00+01:00"
    let month = try #require(try run(half, "availability", "--json").json().array?.first)
    #expect(month["month"]?.string == "2026-12")
    #expect(month["ti_seconds"]?.integer == 1800)
    #expect(month["provisional"]?.bool == true)
    let cost = try run(half, "availability", "--simulate", "2026-12-08T06:00/2h", "--json").json()
    // 07:00 to 07:30 is down already.
    #expect(cost["months"]?.array?.first?["cost_seconds"]?.integer == 1800)
    #expect(try run(half, "outage", "record", "--start", "2026-12-08T07:10", "--cause", "incident").status == 0)
    #expect(try run(half, "outage", "void", "OUT-2026-0001").status == 3)
    let title = ["outage", "amend", "OUT-2026-0001", "--title", "Login", "--if-revision"]
    let amended = try program.run(title + ["0", "--json"], setting: ["PREAVIS_NOW": half])
    #expect(try amended.json()["revision"]?.integer == 1)
    let stale = try program.run(title + ["0"], setting: ["PREAVIS_NOW": half])
    #expect(stale.status == 75)
    #expect(stale.errors.contains("it is at 1"), "\(stale.errors)")
    #expect(
      try run(half, "outage", "void", "OUT-2026-0001", "--reason", "Probe", "--if-revision", "0").status == 75)
    #expect(try run(half, "outage", "void", "OUT-2026-0001", "--reason", "Probe").status == 0)
    #expect(try run(half, "outage", "amend", "OUT-2026-0001", "--title", "x").status == 3)
    #expect(try run(half, "outage", "amend", "OUT-2026-0002", "--title", "x").status == 64)
    #expect(try run(half, "outage", "record", "--start", "2026-12-08T08:00", "--cause", "incident").status == 64)
    #expect(try run(half, "outage", "record", "--start", "2026-12-08T07:00", "--cause", "magic").status == 64)
  }
}
