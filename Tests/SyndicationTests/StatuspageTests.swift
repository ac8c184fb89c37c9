import CivilTime
import JSONText
import Planning
import Testing
import Wording

@testable import Publication

struct StatuspageTests {
  private func page(
    _ histories: [PublishedHistory] = Samples.all, now: String = "2026-12-06T01:30+01:00",
    outages: [PublishedOutage] = [], contract: Contract = Samples.contract(), language: Language = .english
  ) -> Statuspage {
    Statuspage(
      histories, outages: outages, contract: contract, language: language, now: Samples.at(now), isSimulation: false)
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
      (1, "scheduled", nil), (3, "completed", "2026-11-04T10:30:00.000+01:00"), (4, "in_progress", nil),
      (5, "completed", "2026-12-06T03:10:00.000+01:00"),
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
        The planned maintenance of Hub, which was to take place during the night of Saturday 5 to Sunday 6 December \
        2026, from 01:00 to 03:00 (Paris time), is cancelled. The work will not take place; no action is needed on your part.
        Reason: Not needed
        """)
    let french = try #require(try maintenance(3, page(language: .french))["incident_updates"]?.array)
    #expect(french[0]["body"]?.string?.contains("est annulée") == true)
    let moved = try #require(try maintenance(1, page())["incident_updates"]?.array)
    #expect(moved[0]["body"]?.string?.contains("03:00 → night of Saturday 12 to Sunday 13 December 2026") == true)
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

  @Test("Without outages there are no incidents")
  func incidents() {
    #expect(page().json(.unresolvedIncidents)["incidents"] == [])
    #expect(page().json(.incidents)["incidents"] == [])
  }

  // MARK: As pages answer

  /// The keys of answers that pages gave: those that the tests of the PyPI client DiscordStatus 0.0.2 ask for, and of an
  /// update those of recorded answers.
  private static let keys: [String: Set<String>] = [
    "page": ["id", "name", "url", "time_zone", "updated_at"], "status": ["indicator", "description"],
    "components": [
      "id", "name", "status", "created_at", "updated_at", "position", "description", "showcase", "start_date",
      "group_id", "page_id", "group", "only_show_if_degraded",
    ],
    "incidents": [
      "id", "name", "status", "created_at", "updated_at", "monitoring_at", "resolved_at", "impact", "shortlink",
      "started_at", "page_id", "incident_updates", "components",
    ],
    "updates": [
      "id", "status", "body", "incident_id", "created_at", "updated_at", "display_at", "affected_components",
      "deliver_notifications", "custom_tweet", "tweet_id",
    ],
  ]

  @Test("Every object has the keys that pages answer with, and every time milliseconds and the offset of the page")
  func shapes() throws {
    let down = Samples.outage([.recorded(Samples.stop())])
    let summary = page(outages: [down]).json(.summary)
    func keys(_ json: JSON?) -> Set<String> { Set(json?.members?.map(\.key) ?? []) }
    #expect(keys(summary["page"]) == Self.keys["page"])
    #expect(keys(summary["status"]) == Self.keys["status"])
    for component in summary["components"]?.array ?? [] { #expect(keys(component) == Self.keys["components"]) }
    let incidents = try #require(summary["incidents"]?.array)
    let works = try #require(summary["scheduled_maintenances"]?.array)
    #expect(!incidents.isEmpty && !works.isEmpty)
    for incident in incidents { #expect(keys(incident) == Self.keys["incidents"]) }
    for work in works {
      #expect(keys(work) == Self.keys["incidents"]?.union(["scheduled_for", "scheduled_until"]))
      #expect(work["started_at"]?.string != nil)
    }
    for entry in incidents + works {
      for update in entry["incident_updates"]?.array ?? [] { #expect(keys(update) == Self.keys["updates"]) }
    }
    let form = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.000(\+0[12]:00)$/
    func check(_ json: JSON, _ key: String) {
      if key.hasSuffix("_at") || key.hasPrefix("scheduled_") && json.string != nil, !json.isNull {
        #expect(json.string?.wholeMatch(of: form) != nil, "\(key): \(json)")
      }
      for member in json.members ?? [] { check(member.value, member.key) }
      for item in json.array ?? [] { check(item, "") }
    }
    check(summary, "")
    #expect(works.first { $0["id"] == "CHG-2026-0002" }?["scheduled_for"] == "2026-12-06T01:00:00.000+01:00")
    // Summer time, and a page in UTC.
    #expect(page().time(Samples.at("2026-07-01T00:00:00Z")) == "2026-07-01T02:00:00.000+02:00")
    var utc = Samples.contract()
    utc.versions[0].timeZone = .utc
    #expect(page(contract: utc).time(Samples.at("2026-07-01T00:00:00Z")) == "2026-07-01T00:00:00.000Z")
  }

  @Test("A plan that went by without a start is over, and the page says that nobody confirmed it")
  func passed() throws {
    let end = "2026-12-06T03:00:00.000+01:00"
    let plan = try maintenance(2, page(now: "2026-12-06T03:00+01:00"))
    #expect(plan["status"]?.string == "completed")
    #expect(plan["resolved_at"]?.string == end)
    #expect(plan["updated_at"]?.string == end)
    let update = try #require(plan["incident_updates"]?.array?.first)
    #expect(update["status"]?.string == "completed")
    #expect(
      update["body"]?.string == "The announced time is over; whether the work took place has not been confirmed yet.")
    #expect(page(now: "2026-12-06T03:00+01:00").json(.summary)["page"]?["updated_at"]?.string == end)
    // A second earlier it is announced still; begun afterwards it is under way; cancelled work stays cancelled.
    #expect(try maintenance(2, page(now: "2026-12-06T02:59:59+01:00"))["status"]?.string == "scheduled")
    #expect(try maintenance(4, page(now: "2027-01-01T00:00+01:00"))["status"]?.string == "in_progress")
    #expect(try maintenance(3, page(now: "2027-01-01T00:00+01:00"))["incident_updates"]?.array?.count == 2)
  }

  // MARK: Outages

  @Test("An outage that goes on is an incident, takes its components down and is the status of the page")
  func down() throws {
    let page = page(outages: [Samples.outage([.recorded(Samples.stop(components: ["administration"]))])])
    #expect(statuses(page) == ["under_maintenance", "major_outage", "under_maintenance"])
    #expect(page.json(.status)["status"]?["indicator"] == "major")
    let incident = try #require(page.json(.unresolvedIncidents)["incidents"]?.array?.first)
    #expect(incident["status"] == "investigating")
    #expect(incident["name"] == "Unavailable: administration")
    #expect(incident["started_at"] == "2026-11-09T10:05:00.000+01:00")
    #expect(incident["components"]?.array?.map { $0["name"]?.string } == ["administration"])
    #expect(page.json(.summary)["incidents"]?.array?.count == 1)
    let whole = self.page([], outages: [Samples.outage([.recorded(Samples.stop())])])
    #expect(statuses(whole) == ["major_outage", "major_outage", "major_outage"])
    #expect(whole.json(.status)["status"]?["description"] == "Service unavailable")
    // Work beside it neither hides nor brightens it.
    #expect(
      statuses(self.page(outages: [Samples.outage([.recorded(Samples.stop())])])) == [
        "major_outage", "major_outage", "major_outage",
      ])
  }

  @Test("Its end, a correction and a withdrawal are told; only what ended in full stays among incidents")
  func over() throws {
    let begun = Samples.stop()
    let ended = Samples.stop(end: "2026-11-09T10:50+01:00")
    let moved = Samples.stop(start: "2026-11-09T09:55+01:00", end: "2026-11-09T10:50+01:00")
    let events: [OutageEvent] = [
      .recorded(begun), .amended(ended, reason: nil), .amended(moved, reason: "Log"), .voided(reason: "Probe"),
    ]
    func bodies(_ page: Statuspage) -> [String?] {
      page.json(.incidents)["incidents"]?.array?.first?["incident_updates"]?.array?.map { $0["body"]?.string } ?? []
    }
    var full = Samples.contract()
    full.outages = .full
    let told = page([], outages: [Samples.outage(events, told: .full)], contract: full)
    #expect(
      bodies(told) == [
        "The report of an outage of Hub since Monday 9 November 2026 at 09:55 (Paris time) is withdrawn.",
        "Correction: Hub was unavailable on Monday 9 November 2026, from 09:55 to 10:50 (Paris time).",
        "Hub is available again. Hub was unavailable on Monday 9 November 2026, from 10:05 to 10:50 (Paris time).",
        "Hub has been unavailable since Monday 9 November 2026 at 10:05 (Paris time).",
      ])
    #expect(statuses(told) == ["operational", "operational", "operational"])
    #expect(told.json(.unresolvedIncidents)["incidents"] == [])
    #expect(bodies(page([], outages: [Samples.outage(events)])) == [])
  }

  @Test("Where clients are not told of outages, no component is called operational, and the page says so")
  func silence() throws {
    var silent = Samples.contract()
    silent.outages = .none
    let page = page(contract: silent)
    #expect(
      page.json(.components)["components"]?.array?.map { $0["status"]?.string } == [
        "under_maintenance", "under_maintenance",
      ])
    #expect(page.json(.summary)["page"]?["note"]?.string?.contains("does not tell whether the service works") == true)
    for document in Statuspage.Document.allCases {
      #expect(!String(decoding: page.render(document), as: UTF8.self).contains("operational"), "\(document)")
    }
  }
}
