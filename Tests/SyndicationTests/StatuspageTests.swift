import CivilTime
import JSONText
import Planning
import Testing
import Wording

@testable import Publication

struct StatuspageTests {
  private func page(
    _ histories: [PublishedHistory] = Samples.all, now: String = "2026-12-06T01:30+01:00",
    contract: Contract = Samples.contract(), language: Language = .english
  ) -> Statuspage {
    Statuspage(histories, contract: contract, language: language, now: Samples.at(now), isSimulation: false)
  }

  private func ids(_ page: Statuspage, _ document: Statuspage.Document) -> [String] {
    page.json(document)["scheduled_maintenances"]?.array?.compactMap { $0["id"]?.string } ?? []
  }

  private func maintenance(_ number: Int, _ page: Statuspage) throws -> JSON {
    let all = try #require(page.json(.maintenances)["scheduled_maintenances"]?.array)
    return try #require(all.first { $0["id"]?.string == ChangeID(year: 2026, number: number).description })
  }

  @Test("Upcoming is what is announced and not over, active what was begun and not completed")
  func lists() {
    let page = page()
    #expect(ids(page, .upcoming) == ["CHG-2026-0002", "CHG-2026-0007", "CHG-2026-0008", "CHG-2026-0001"])
    #expect(ids(page, .active) == ["CHG-2026-0004", "CHG-2026-0006"])
    #expect(ids(page, .maintenances).count == 8)
    #expect(
      ids(page, .summary) == [
        "CHG-2026-0004", "CHG-2026-0006", "CHG-2026-0002", "CHG-2026-0007", "CHG-2026-0008", "CHG-2026-0001",
      ])
  }

  @Test("Announced work stays upcoming until the announced time is over, to the second; work begun stays active")
  func timeFilters() {
    #expect(ids(page(now: "2026-12-06T02:59:59+01:00"), .upcoming).contains("CHG-2026-0002"))
    #expect(!ids(page(now: "2026-12-06T03:00+01:00"), .upcoming).contains("CHG-2026-0002"))
    #expect(ids(page(now: "2027-06-01T00:00Z"), .upcoming).isEmpty)
    #expect(ids(page(now: "2027-06-01T00:00Z"), .active) == ["CHG-2026-0004", "CHG-2026-0006"])
  }

  @Test(
    "States map to the four of the interface; cancelled work is completed and resolved when it was cancelled",
    arguments: [
      (1, "scheduled", nil), (3, "completed", "2026-11-04T09:30:00Z"), (4, "in_progress", nil),
      (5, "completed", "2026-12-06T02:10:00Z"),
    ] as [(Int, String, String?)])
  func states(_ number: Int, _ status: String, _ resolved: String?) throws {
    let maintenance = try maintenance(number, page())
    #expect(maintenance["status"]?.string == status)
    #expect(maintenance["resolved_at"]?.string == resolved)
    #expect(maintenance["incident_updates"]?.array?.first?["status"]?.string == status)
  }

  @Test("Each revision is an update, newest first, and a cancellation says so in words")
  func updates() throws {
    let updates = try #require(try maintenance(3, page())["incident_updates"]?.array)
    #expect(updates.map { $0["id"]?.string } == ["CHG-2026-0003-1", "CHG-2026-0003-0"])
    #expect(
      updates[0]["body"]?.string == """
        The planned maintenance CHG-2026-0003 of Hub, which was to take place on Sunday 6 December 2026, from 01:00 to \
        03:00 (Paris time, UTC+1), has been cancelled.
        Reason: Not needed
        """)
    let french = try #require(try maintenance(3, page(language: .french))["incident_updates"]?.array)
    #expect(french[0]["body"]?.string?.contains("est annulée") == true)
    let moved = try #require(try maintenance(1, page())["incident_updates"]?.array)
    #expect(moved[0]["body"]?.string?.contains("03:00 (Paris time, UTC+1) → Sunday 13 December 2026") == true)
  }

  @Test("An emergency tells its severity, announced work is maintenance, and what nobody feels is none")
  func impacts() throws {
    #expect(try maintenance(6, page())["impact"]?.string == "critical")
    #expect(try maintenance(1, page())["impact"]?.string == "maintenance")
    let table: [(ChangeKind, Impact, String)] = [
      (.emergency, .degraded, "major"), (.emergency, .reducedRedundancy, "minor"), (.emergency, .none, "none"),
      (.maintenance, .none, "none"), (.update, .degraded, "maintenance"),
    ]
    for (kind, impact, expected) in table {
      #expect(Statuspage.impact(Samples.content(kind, impact: impact)) == expected)
    }
  }

  private func statuses(_ page: Statuspage) -> [String?] {
    page.json(.components)["components"]?.array?.map { $0["status"]?.string } ?? []
  }

  @Test("Components are under maintenance while work that clients feel is in progress on them in production")
  func components() {
    #expect(statuses(page()) == ["under_maintenance", "operational", "under_maintenance"])
    func running(_ content: ChangeContent) -> Statuspage {
      page([
        Samples.history(
          1, [.planned(content, Samples.verdict), .started(at: Samples.at("2026-12-06T01:00+01:00"), reason: nil)])
      ])
    }
    let all = ["under_maintenance", "under_maintenance", "under_maintenance"]
    #expect(statuses(running(Samples.content(components: []))) == all)
    let none = ["operational", "operational", "operational"]
    #expect(statuses(running(Samples.content(environment: "preproduction"))) == none)
    #expect(statuses(running(Samples.content(impact: .none))) == none)
    #expect(statuses(page([])) == none)
  }

  @Test("A contract without components has one: the whole service")
  func wholeService() throws {
    let page = page(contract: Samples.contract(components: []))
    let components = try #require(page.json(.components)["components"]?.array)
    #expect(components.map { $0["name"]?.string } == ["Hub"])
    #expect(components[0]["status"]?.string == "under_maintenance")
  }

  @Test("The page is under maintenance while any work is in progress, and says where")
  func indicator() {
    func status(_ page: Statuspage) -> [String?] {
      let status = page.json(.status)["status"]
      return [status?["indicator"]?.string, status?["description"]?.string]
    }
    #expect(status(page()) == ["maintenance", "Service under maintenance"])
    #expect(status(page([])) == ["none", "No maintenance in progress"])
    let start = ChangeEvent.started(at: Samples.at("2026-12-06T01:00+01:00"), reason: nil)
    let outside = Samples.history(
      1, [.planned(Samples.content(environment: "preproduction"), Samples.verdict), start])
    #expect(status(page([outside])) == ["maintenance", "Maintenance in progress outside production"])
  }

  @Test("Only what passes time or is published changes the bytes")
  func stable() {
    for document in Statuspage.Document.allCases {
      let first = page(now: "2026-12-06T01:30+01:00").render(document)
      #expect(first == page(Samples.all.reversed(), now: "2026-12-06T02:30+01:00").render(document))
    }
  }

  @Test("Lists hold the 50 that start last, upcoming the 50 that start first")
  func limits() {
    let many = (1...60).map { Samples.history($0, [.planned(Samples.content(), Samples.verdict)]) }
    let page = page(many)
    #expect(ids(page, .maintenances).count == 50)
    #expect(ids(page, .maintenances).first == "CHG-2026-0060")
    #expect(ids(page, .upcoming).count == 50)
    #expect(ids(page, .upcoming).first == "CHG-2026-0001")
  }

  @Test("Incidents are an empty list, since the register knows none")
  func incidents() {
    #expect(page().json(.unresolvedIncidents)["incidents"] == [])
    #expect(page().json(.incidents)["incidents"] == [])
  }
}
