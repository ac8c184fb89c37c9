import Files
import Foundation
import JSONText
import TestSupport
import Testing

/// What today's rules say of plans, over the API: for staff; clients are told nothing of it.
@Suite struct ConflictCallTests {
  @Test func `Conflicts stand in a list, in the change and in lists of changes, for tokens alone`() throws {
    let folder = try TemporaryFolder()
    let calendars = folder.url.appending(path: "calendars")
    try FileManager.default.copyItem(at: House.root.appending(path: "calendars"), to: calendars)
    let house = try House(contracts: KeptContracts(ContractFolder(calendars.path)))
    let plan = try house.submit("2026-12-10T00:15")
    let other = try house.submit("2026-12-13T01:00")
    #expect(house.call("GET", "/conflicts", by: .max).json == [])
    let file = calendars.appending(path: "services/profession-liberale.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacing("nights: 00:00-07:00", with: "nights: 01:00-05:00").utf8).write(to: file)
    let conflicts = house.call("GET", "/conflicts?service=\(House.service)", by: .max)
    #expect(conflicts.status == 200)
    let found = try #require(conflicts.json.array)
    #expect(found.map { $0["change"]?.string } == [plan])
    #expect(found[0]["title"] == "Database migration" && found[0]["start"] == "2026-12-10T00:15:00+01:00")
    #expect(found[0]["findings"]?.array?.map { $0["code"]?.string } == ["outside_window"])
    let shown = house.call("GET", "/changes/\(plan)", by: .max).json
    #expect(shown["standing"]?["status"] == "refused" && shown["verdict"]?["status"] == "allowed")
    #expect(shown["standing"]?["slots"]?.array?.isEmpty == false)
    #expect(house.call("GET", "/changes/\(plan)").json["standing"] == nil)
    let list = house.call("GET", "/changes", by: .max).json.array ?? []
    #expect(list.map { $0["standing"]?["status"]?.string } == ["refused", "allowed"])
    #expect(house.call("GET", "/changes").json.array?.allSatisfy { $0["standing"] == nil } == true)
    house.clock.now = utc("2026-12-09T23:15:00Z")
    let tag = house.call("GET", "/changes/\(plan)", by: .eve).etag
    let started = house.call("POST", "/changes/\(plan)/start", by: .eve, "{}", headers: [("if-match", tag)])
    #expect(started.status == 200 && started.json["standing"]?["status"] == "refused")
    #expect(house.call("GET", "/conflicts", by: .max).json == [], "work under way is no plan")
    #expect(house.call("GET", "/conflicts?service=nowhere", by: .max).code == "invalid_value")
    #expect(!other.isEmpty)
  }
}
