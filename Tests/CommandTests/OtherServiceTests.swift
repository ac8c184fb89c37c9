import Foundation
import JSONText
import TestSupport
import Testing

/// A contract file that is broken keeps its own service waiting, and no other.
@Suite struct OtherServiceTests {
  typealias Bench = ConflictsVerbTests.Bench
  private static let own = ["--service", "profession-liberale"]
  private static let file = "services/paie.yaml"

  /// What is wrong in the file: a value, or so much that not even its service can be read.
  static let faults = [("nights: 00:00-07:00", "nights: 25:00-07:00"), ("service: paie", "service: [")]

  private static func bench() throws -> Bench {
    let bench = try Bench()
    let text = try String(
      contentsOf: bench.folder.appending(path: "services/profession-liberale.yaml"), encoding: .utf8)
    try Data(text.replacing("service: profession-liberale", with: "service: paie").utf8)
      .write(to: bench.folder.appending(path: file))
    return bench
  }

  private static func deliver(_ bench: Bench) throws -> Program.Answer {
    let path = bench.program.path("sendmail")
    try Data("#!/bin/sh\ncat >> \(bench.program.path("mails"))\n".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return try bench.run("deliveries", "run", "--sendmail", path)
  }

  @Test(arguments: faults)
  func `Messages of the others go, those of its own wait, and what they wait for is said`(
    right: String, wrong: String
  ) throws {
    let bench = try Self.bench()
    let hook = try bench.run(
      "webhook", "create", "--url", "https://127.0.0.1:9/", "--allow-private", "--event", "change.conflict",
      "--service", "paie")
    #expect(hook.status == 0, "\(hook.errors)")
    for service in ["profession-liberale", "paie"] {
      #expect(try bench.run("mailing", "create", "--to", "\(service)@example.org", "--service", service).status == 0)
    }
    try bench.plan("2026-12-24T01:00", "1h", "--service", "paie")
    try bench.freeze("20261220", "20270104")
    #expect(try Self.deliver(bench).status == 0)
    func conflicts() throws -> [JSON] {
      try bench.run("deliveries", "list", "--to", "HOOK-0001", "--json").json().array?.compactMap { $0["id"] } ?? []
    }
    let told = try conflicts()
    #expect(told.count == 1)

    try bench.edit(Self.file) { $0.replacing(right, with: wrong) }
    try bench.plan("2026-12-06T01:00", "1h", "--service", "profession-liberale")
    let run = try Self.deliver(bench)
    #expect(run.status == 65)
    #expect(run.output.contains("1 delivered"), "\(run.output)")
    #expect(run.errors.contains("services/paie.yaml:"), "\(run.errors)")
    #expect(try String(contentsOfFile: bench.program.path("mails"), encoding: .utf8).contains("CHG-2026-0002"))
    #expect(try conflicts() == told, "nothing is known of them, and nothing taken away")
    let rows = try bench.run("deliveries", "list", "--json").json().array ?? []
    #expect(
      rows.allSatisfy { $0["created_at"]?.string?.hasSuffix("+02:00") == true },
      "the zone of the first that can be read")
  }

  @Test(arguments: faults)
  func `Verbs for all services answer of the others, and leave with what is wrong`(right: String, wrong: String) throws
  {
    let bench = try Self.bench()
    try bench.plan("2026-12-24T01:00", "1h", "--service", "profession-liberale")
    try bench.plan("2026-12-24T01:00", "1h", "--service", "paie")
    try bench.edit(Self.file) { $0.replacing(right, with: wrong) }
    try bench.freeze("20261220", "20270104")
    let verbs: [(verb: [String], count: Int)] = [
      (["list"], 2), (["conflicts"], 1), (["notices", "due"], 1), (["availability", "--month", "2026-09"], 1),
      (["notices", "evidence", "--month", "2026-10"], 0), (["outage", "list"], 0),
    ]
    for (verb, count) in verbs {
      let all = try bench.run(verb + ["--json"])
      #expect(all.status == 65, "\(verb): \(all.output)")
      #expect(all.errors.contains("services/paie.yaml:"), "\(verb): \(all.errors)")
      #expect(try all.json().array?.count == count, "\(verb): \(all.output)")
      let one = try bench.run(verb + Self.own)
      #expect(one.status == (verb == ["conflicts"] ? 3 : 0) && one.errors.isEmpty, "\(verb): \(one.errors)")
    }
    #expect(try bench.run("show", "CHG-2026-0001").status == 0)
    #expect(try bench.run("show", "CHG-2026-0002").status == 65)
    #expect(try bench.run("cancel", "CHG-2026-0001", "--reason", "No").status == 0)
  }

  @Test(arguments: faults)
  func `An export writes the others, and leaves what is published of its own as it was`(
    right: String, wrong: String
  ) throws {
    let bench = try Self.bench()
    try bench.plan("2026-12-06T01:00", "1h", "--service", "paie")
    func export() throws -> Program.Answer { try bench.run("export", "--out", bench.program.path("site")) }
    func text(_ name: String) throws -> String {
      try String(contentsOfFile: bench.program.path("site/\(name)"), encoding: .utf8)
    }
    #expect(try export().status == 0)
    let (index, page) = (try text("index.html"), try text("paie/CHG-2026-0001/index.html"))
    try bench.edit(Self.file) { $0.replacing(right, with: wrong) }
    try bench.plan("2026-12-07T01:00", "1h", "--service", "profession-liberale")
    let answer = try export()
    #expect(answer.status == 65)
    #expect(answer.errors.contains("services/paie.yaml:"))
    #expect(try text("profession-liberale/index.html").contains("CHG-2026-0002"))
    #expect(try text("index.html") == index)
    #expect(try text("paie/CHG-2026-0001/index.html") == page)
  }
}
