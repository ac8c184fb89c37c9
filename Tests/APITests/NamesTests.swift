import Files
import Foundation
import JSONText
import Planning
import TestSupport
import Testing

/// Names, hidden environments and reasons for clients, as the API answers them to staff and to everybody.
struct NamesTests {
  private static func house() throws -> (house: House, folder: TemporaryFolder) {
    let folder = try TemporaryFolder()
    let calendars = folder.url.appending(path: "calendars")
    try FileManager.default.copyItem(at: Project.root.appending(path: "calendars"), to: calendars)
    let file = calendars.appending(path: "services/profession-liberale.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
      .replacing("administration, flux]\n", with: "administration, { id: flux, fr: Échanges, en: Data exchange }]\n")
      .replacing(
        "environments: [production, preproduction]\nc",
        with: "environments: [production, { id: preproduction, fr: Préproduction, en: Staging, public: false }]\nc")
    try Data(text.utf8).write(to: file)
    let contracts = KeptContracts(ContractFolder(calendars.path))
    _ = try contracts.loadAll()
    return (try House(contracts: contracts), folder)
  }

  @Test func `What is kept from the public is there for staff alone`() throws {
    let (house, folder) = try Self.house()
    defer { _ = folder }
    let body = #"{"start":"2026-12-08T01:00","duration":"2h","title":"Essai","environment":"preproduction"}"#
    #expect(house.call("POST", "/changes", by: .eve, body).status == 201)
    _ = try house.submit("2026-12-06T01:00")
    #expect(house.call("GET", "/changes/CHG-2026-0001").status == 404)
    #expect(house.call("GET", "/changes/CHG-2026-0001", by: .eve).json["environment"]?.string == "preproduction")
    func listed(_ caller: Caller) -> [String?]? {
      house.call("GET", "/changes", by: caller).json.array?.map { $0["id"]?.string }
    }
    #expect(listed(.nobody) == ["CHG-2026-0002"] && listed(.eve)?.count == 2)
    let outage =
      #"{"cause":"incident","title":"P","environment":"preproduction","start":"2026-11-03T10:00","duration":"1h"}"#
    #expect(house.call("POST", "/outages", by: .rita, outage).status == 201)
    func stops(_ caller: Caller) -> [JSON]? {
      let months = house.call("GET", "/services/\(House.service)/availability?month=2026-11", by: caller).json
      return months.array?.first?["stops"]?.array
    }
    #expect(stops(.nobody) == [] && stops(.eve)?.count == 1)
    let service = try #require(house.call("GET", "/services").json.array?.first)
    #expect(service["components"]?.array == ["application", "administration", "flux"])
    #expect(
      service["component_names"]?.text == #"[{"id":"flux","fr":"Échanges","en":"Data exchange"}]"#,
      "\(service.text)")
    let notice = house.call("GET", "/changes/CHG-2026-0001/notices/announcement?lang=fr", by: .eve)
    #expect(notice.json["subject"]?.string?.hasPrefix("[Préproduction] ") == true)
  }

  @Test func `Everybody reads the reason for clients, staff both; a decision takes none`() throws {
    let house = try House()
    let id = try house.submit("2026-12-06T01:00")
    let move = #"{"reason":"Vendor withdrew build 7","client_reason":"The work is not needed any more"}"#
    let etag = house.call("GET", "/changes/\(id)", by: .eve).etag
    let moved = house.call("POST", "/changes/\(id)/cancel", by: .eve, move, headers: [("if-match", etag)])
    #expect(moved.status == 200 && moved.json["client_reason"] == "The work is not needed any more", "\(moved.text)")
    #expect(moved.json["reason"] == "Vendor withdrew build 7")
    let everybody = house.call("GET", "/changes/\(id)").json
    #expect(everybody["reason"] == "The work is not needed any more" && everybody["client_reason"] == nil)
    let event = try #require(house.call("GET", "/changes/\(id)/history", by: .max).json.array?.last)
    #expect(event["body"]?["client_reason"] == "The work is not needed any more")
    let notice = house.call("GET", "/changes/\(id)/notices/cancelled", by: .eve)
    #expect(notice.status == 200 && !notice.text.contains("build 7"), "\(notice.text)")
    #expect(house.call("POST", "/changes/\(id)/approve", by: .rita, move, headers: [("if-match", "*")]).status >= 400)
  }
}
