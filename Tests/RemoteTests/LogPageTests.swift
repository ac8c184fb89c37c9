import API
import Files
import Foundation
import JSONText
import Planning
import Register
import TestSupport
import Testing

@Suite struct LogPageTests {
  @Test func `the log is lines of JSON, the register first, each event exact`() throws {
    let api = try ServerAPI()
    _ = try api.register.execute(.submit(Bench.content("2026-12-06T01:00:00Z")))
    let answer = try LogExtract.answer(after: 1, of: api.register)
    #expect(answer.status == 200)
    #expect(answer.headers.first { $0.name == "content-type" }?.value == "application/x-ndjson; charset=utf-8")
    #expect(answer.headers.first { $0.name == "cache-control" }?.value == "no-store")
    let lines = try answer.body.split(separator: 0x0A).map { try JSON(parsing: Array($0)) }
    let events = try api.events()
    #expect(
      lines[0] == [
        "now": "2026-11-02T09:00:00Z", "identity": "5eed", "simulation": false, "size": .integer(Int64(events.count)),
        "root": .string(events.last!.hash),
      ])
    // The contract, the plan, and the plan as clients read it in two languages.
    #expect(
      lines.dropFirst().map { $0["type"]?.string ?? $0["language"]?.string } == [
        "contract-adopted", "planned", "en", "fr",
      ])
    #expect(lines[2]["body"]?.string == events[2].body)
    #expect(lines[2]["hash"]?.string == events[2].hash)
  }

  @Test(arguments: [(-5, 2, 2), (0, 0, 1), (0, 1_000_000, 3), (2, 1000, 1), (3, 1000, 0), (99, 1000, 0)])
  func `what is asked for is brought within bounds`(after: Int, limit: Int, count: Int) throws {
    let api = try ServerAPI()
    _ = try api.register.execute(.submit(Bench.content("2026-12-06T01:00:00Z")))
    let page = try LogPage(bytes: try LogExtract.answer(after: after, limit: limit, of: api.register).body)
    #expect(page.events.count == count)
    #expect(page.head.checkpoint.size == 3)
  }

  /// Texts may hold what JSON escapes, and what breaks lines elsewhere; each octet of an event is hashed.
  @Test func `texts of every kind travel unchanged`() throws {
    let api = try ServerAPI()
    var content = Bench.content("2026-12-06T01:00:00Z", title: #"\"quoted\" ‰ 👩‍💻 é e\u0301"#)
    content.description = "one\n\ttwo \\ / {\"fragment\":1}"
    _ = try api.register.execute(.submit(content))
    let page = try LogPage(after: 0, of: api.register, facts: Register.facts(api.store))
    let read = try LogPage(bytes: page.bytes)
    #expect(read.events == page.events)
    #expect(read.fragments == page.fragments)
    #expect(read.events.allSatisfy { $0.hash == $0.expectedHash })
  }

  @Test(arguments: [
    "", "{}", "[]", "nonsense", #"{"now":"2026-11-02T09:00:00Z"}"#,
    #"{"now":"2026-11-02T09:00:00Z","identity":"a","simulation":false,"size":0,"root":"00"}"#,
  ]) func `what is no extract is not read as one`(text: String) {
    #expect(throws: (any Error).self) { try LogPage(bytes: Array(text.utf8)) }
  }

  @Test func `contracts are told by a hash of all their files`() throws {
    let first = ContractBundle.answer(ServerAPI.contracts)
    let tag = try #require(first.headers.first { $0.name == "etag" }?.value)
    #expect(first.status == 200)
    let names = try #require(try JSON(parsing: first.body).members).map(\.key)
    #expect(names.contains("services/profession-liberale.yaml"))
    #expect(names.contains("holidays/fr.yaml"))
    for header in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
      let answer = ContractBundle.answer(ServerAPI.contracts, ifNoneMatch: header)
      #expect(answer.status == 304)
      #expect(answer.body.isEmpty)
    }
    #expect(ContractBundle.answer(ServerAPI.contracts, ifNoneMatch: "\"x\"").status == 200)
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: ServerAPI.contracts.path, toPath: folder.path("c"))
    try Data("zones: {}\n".utf8).write(to: URL(fileURLWithPath: folder.path("c/holidays/be.yaml")))
    #expect(ContractBundle.answer(ContractFolder(folder.path("c")), ifNoneMatch: tag).status == 200)
  }
}
