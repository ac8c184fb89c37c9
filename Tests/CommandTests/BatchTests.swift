import Foundation
import JSONText
import TestSupport
import Testing

/// Calculation line by line: what comes out is what the cases expect.
@Suite struct BatchTests {
  @Test(arguments: [
    ("check", "cases/verdicts.jsonl", 78), ("check", "verdicts-random.jsonl", 3000),
    ("windows", "cases/windows.jsonl", 45), ("windows", "windows-random.jsonl", 300),
    ("slots", "cases/next_slots.jsonl", nil), ("slots", "next-slots-random.jsonl", nil),
    ("holidays", "cases/holidays.jsonl", nil),
    ("support-clock", "cases/support_clock.jsonl", 55), ("support-clock", "support-clock-random.jsonl", 1500),
    ("availability", "cases/availability.jsonl", 49), ("availability", "availability-random.jsonl", 400),
  ])
  func `Batches answer as the cases say`(verb: String, file: String, count: Int?) throws {
    let program = try Program(isRegistered: false)
    let cases = try String(contentsOf: Program.fixtures.appending(path: file), encoding: .utf8)
      .split(separator: "\n").map { try JSON(parsing: String($0)) }
    #expect(!cases.isEmpty)
    if let count { #expect(cases.count == count) }
    let input = cases.map { ($0["input"]?.text ?? "") + "\n" }.joined()
    let path = program.path("cases.jsonl")
    try Data(input.utf8).write(to: URL(filePath: path))
    let answer = try program.run(verb, "--batch", path)
    #expect(answer.status == 0)
    let lines = answer.lines()
    try #require(lines.count == cases.count)
    var wrong: [String] = []
    for (line, value) in zip(lines, cases) {
      guard let expected = value["expected"] else { continue }
      if let difference = Self.difference(try JSON(parsing: String(line)), expected, "") {
        wrong.append("\(value["id"]?.string ?? String(line.prefix(80))): \(difference)")
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count) wrong, first: \(wrong.prefix(3))")
    #expect(try program.run([verb, "--batch", "-"], input: input).output == answer.output)
  }

  /// The first place where `found` is not `expected`; keys beyond those expected are allowed.
  static func difference(_ found: JSON, _ expected: JSON, _ path: String) -> String? {
    switch (found, expected) {
    case (.object, .object(let members)):
      // Informative, says the page of the cases.
      for member in members where !["candidates", "alternatives"].contains(member.key) {
        guard let value = found[member.key] else { return "\(path).\(member.key) is missing" }
        if let inner = difference(value, member.value, "\(path).\(member.key)") { return inner }
      }
      return nil
    case (.array(let found), .array(let expected)):
      guard found.count == expected.count else { return "\(path) has \(found.count), expected \(expected.count)" }
      return zip(found, expected).enumerated()
        .lazy.compactMap { difference($0.element.0, $0.element.1, "\(path)[\($0.offset)]") }.first
    default:
      return found == expected ? nil : "\(path) is \(found.text), expected \(expected.text)"
    }
  }

  @Test func `Keys say Paris only where the contract lives by its time`() throws {
    let program = try Program(isRegistered: false)
    let folder = program.folder.appending(path: "calendars")
    try FileManager.default.copyItem(at: Program.root.appending(path: "calendars"), to: folder)
    let file = folder.appending(path: "services/profession-liberale.yaml")
    let contract = try String(contentsOf: file, encoding: .utf8)
    #expect(contract.contains("time-zone: Europe/Paris"))
    try contract.replacing("time-zone: Europe/Paris", with: "time-zone: Indian/Reunion")
      .write(to: file, atomically: true, encoding: .utf8)
    func answer(_ verb: String, _ line: String) throws -> JSON {
      try program.run([verb, "--batch", "-", "--calendars", folder.path], input: line + "\n").json()
    }
    let windows = try answer(
      "windows", #"{"from":"2026-03-10T00:00:00","to":"2026-03-10T07:00:00","zone":"metropole"}"#)
    #expect(
      windows["full"]?.array?.first?.members?.map(\.key) == [
        "start_utc", "end_utc", "start_local", "end_local", "seconds",
      ])
    #expect(windows["full"]?.array?.first?["start_local"] == "2026-03-10T00:00:00+04:00")
    let support = try answer("support-clock", #"{"registered_at":"2026-03-10T10:00:00"}"#)
    #expect(support["clock_start"]?.members?.map(\.key) == ["utc", "local"])
  }

  static let good =
    #"{"planned_at":"2026-03-05T02:00:00+01:00","start":"2026-03-10T02:00:00+01:00","end":"2026-03-10T05:00:00+01:00","zone":"metropole"}"#

  @Test(arguments: [
    ("not json", "invalid_json"), ("{\"zone\":", "invalid_json"), ("[]", "invalid_json"), ("12", "invalid_json"),
    ("{}", "missing_key"), (good.replacing(#""zone":"metropole""#, with: #""zones":"metropole""#), "missing_key"),
    (good.replacing(#""metropole""#, with: #""moon""#), "unknown_zone"),
    (good.replacing(#""metropole""#, with: "7"), "invalid_value"),
  ])
  func `A malformed line is answered in its place and the batch exits 65`(line: String, code: String) throws {
    let program = try Program(isRegistered: false)
    let answer = try program.run(["check", "--batch", "-"], input: "\(Self.good)\n\(line)\n\(Self.good)\n")
    #expect(answer.status == 65)
    let lines = try answer.lines().map { try JSON(parsing: String($0)) }
    try #require(lines.count == 3)
    #expect(lines[0]["status"]?.string == "allowed")
    #expect(lines[2] == lines[0])
    let error = try #require(lines[1]["error"])
    #expect(error["code"]?.string == code)
    #expect(error["line"]?.integer == 2)
    #expect(error["message"]?.string?.isEmpty == false)
  }

  @Test(arguments: ["\n", "\r\n"])
  func `Lines end with or without a carriage return, the last one with nothing`(end: String) throws {
    let program = try Program(isRegistered: false)
    let answer = try program.run(["check", "--batch", "-"], input: Self.good + end + Self.good)
    #expect(answer.status == 0)
    #expect(answer.lines().count == 2)
    #expect(try program.run(["check", "--batch", "-"], input: "").output.isEmpty)
  }

  @Test func `A time that cannot be is a verdict of its own, not a malformed line`() throws {
    let program = try Program(isRegistered: false)
    let line = Self.good.replacing("2026-03-10T02:00:00+01:00", with: "2026-03-29T02:30:00")
    let answer = try program.run(["check", "--batch", "-"], input: line + "\n")
    #expect(answer.status == 0)
    let errors = try answer.json()["errors"]?.array ?? []
    #expect(errors.contains { $0["field"]?.string == "start" && $0["code"]?.string == "nonexistent_local_time" })
  }

  @Test func `A batch that is not there exits 1 with its name`() throws {
    let program = try Program(isRegistered: false)
    let answer = try program.run("check", "--batch", "missing.jsonl")
    #expect(answer.status == 1)
    #expect(answer.errors.contains("missing.jsonl"))
  }
}
