import CivilTime
import Files
import Foundation
import JSONText
import Register
import Synchronization
import TestSupport
import Testing

/// Approval over the API: who may, what is seen by whom, and races. The clock of a house stands at 2026-12-01T09:00:00Z.
@Suite struct ApprovalCallTests {
  /// 48 hours before the work that is asked for, Sunday 6 December, 01:00 in Paris (2026-12-06T00:00:00Z).
  private static let latest = utc("2026-12-04T00:00:00Z")
  private static let work = "2026-12-06T01:00"

  private static let key =
    "approval: { clause: article 7, for: [maintenance, update], by: release-manager, four-eyes: true }"

  /// Folders last as long as the process, since contracts are read anew.
  private static let folders = Mutex<[TemporaryFolder]>([])

  private func house(_ key: String = Self.key, publication: String = "") throws -> House {
    let folder = try TemporaryFolder()
    Self.folders.withLock { $0.append(folder) }
    let calendars = folder.url.appending(path: "calendars")
    try FileManager.default.copyItem(at: House.root.appending(path: "calendars"), to: calendars)
    let file = calendars.appending(path: "services/profession-liberale.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let line = "    time-zone: Europe/Paris\n"
    try #require(text.contains(line))
    let edited = text.replacing(line, with: line + "    \(key)\n")
      .replacing("publication: { keep", with: "publication: { \(publication)keep")
    try Data(edited.utf8).write(to: file)
    return try House(contracts: KeptContracts(ContractFolder(calendars.path)))
  }

  private func move(
    _ house: House, _ id: String, _ verb: String, by caller: Caller, _ body: String = "{}", tag: String? = nil
  ) -> Answer {
    let tag = tag ?? house.call("GET", "/changes/\(id)", by: caller).etag
    return house.call("POST", "/changes/\(id)/\(verb)", by: caller, body, headers: [("if-match", tag)])
  }

  @Test func `A release is approved as one, by other eyes`() throws {
    let house = try self.house()
    func submit(_ caller: Caller, _ day: String) -> Answer {
      let changes = ["a", "b"].map {
        #"{"id":"\#($0)","title":"\#($0)","services":["\#(House.service)"],"duration":"1h"}"#
      }.joined(separator: ",")
      let starts = #"{"a":"\#(day)T01:00","b":"\#(day)T02:00"}"#
      return house.call(
        "POST", "/releases", by: caller, #"{"file":{"release":"R","changes":[\#(changes)]},"starts":\#(starts)}"#)
    }
    func decide(_ id: String, _ verb: String, by caller: Caller, _ body: String = "{}") -> Answer {
      let tag = house.call("GET", "/releases/\(id)", by: .max).etag
      return house.call("POST", "/releases/\(id)/\(verb)", by: caller, body, headers: [("if-match", tag)])
    }
    let made = submit(.eve, "2026-12-06")
    #expect(made.status == 201 && made.json["state"] == "requested", "\(made.text)")
    #expect(house.call("GET", "/changes").json == [])
    #expect(decide("REL-2026-0001", "approve", by: .eve).code == "forbidden")
    let approved = decide("REL-2026-0001", "approve", by: .rita)
    #expect(approved.status == 200 && approved.json["state"] == "planned", "\(approved.text)")
    #expect(house.call("GET", "/changes").json.array?.count == 2)
    // Nobody approves what their own name asked for: nothing of it, and nothing is recorded.
    #expect(submit(.rita, "2026-12-13").status == 201)
    let events = try house.register.store.read { try $0.newestEvent()?.sequence }
    #expect(decide("REL-2026-0002", "approve", by: .rita).code == "own_request")
    #expect(try house.register.store.read { try $0.newestEvent()?.sequence } == events)
    let declined = decide("REL-2026-0002", "decline", by: .ada, #"{"reason":"Not now"}"#)
    #expect(declined.status == 200 && declined.json["state"] == "refused", "\(declined.text)")
    #expect(house.call("GET", "/changes").json.array?.count == 2)
  }

  @Test func `A request is staff's alone until it is approved`() throws {
    let house = try self.house()
    let made = house.call("POST", "/changes", by: .eve, #"{"start":"\#(Self.work)","duration":"2h","title":"Base"}"#)
    #expect(made.status == 201 && made.json["state"] == "requested" && made.json["revision"] == .null, "\(made.text)")
    let approval = try #require(made.json["approval"])
    #expect(approval["state"] == "requested" && approval["by"] == "eve" && approval["reason"] == .null)
    #expect(approval["at"] == "2026-12-01T10:00:00+01:00")
    #expect(approval["approve_before"] == "2026-12-04T01:00:00+01:00")
    let id = "CHG-2026-0001"
    #expect(house.call("GET", "/changes/\(id)").status == 404)
    #expect(house.call("GET", "/changes").json == [])
    #expect(house.call("GET", "/changes?state=requested").json == [])
    #expect(house.call("GET", "/changes?state=requested", by: .max).json.array?.count == 1)
    #expect(house.call("GET", "/gate/\(House.service)?change=\(id)").code == "unknown_change")
    let gate = house.call("GET", "/gate/\(House.service)?change=\(id)&at=2026-12-06T01:30", by: .eve)
    #expect(gate.json["state"] == "CLOSED" && gate.json["reasons"]?.array?.first?["code"] == "requested")
    #expect(house.call("GET", "/notices/due", by: .rita).json == [])
    // For strangers the time is free, and nothing names the request; staff sees what holds it.
    let check = #"{"start":"\#(Self.work)","duration":"1h"}"#
    #expect(house.call("POST", "/check", check).json["verdict"]?["status"] == "allowed")
    #expect(!house.call("POST", "/check", check).text.contains(id))
    #expect(house.call("POST", "/check", by: .max, check).text.contains(id))
    let slots = "/services/\(House.service)/slots?duration=7h&from=2026-12-06&count=1"
    #expect(house.call("GET", slots).json.array?.first?["start"] == "2026-12-06T00:00:00+01:00")
    #expect(house.call("GET", slots, by: .max).json.array?.first?["start"] == "2026-12-06T03:00:00+01:00")
    #expect(house.call("GET", "/changes/\(id)", by: .max).json["standing"]?["status"] == "allowed")
    let start = move(house, id, "start", by: .eve)
    #expect(start.code == "refused" && start.text.contains("POST /api/v1/changes/\(id)/approve"), "\(start.text)")
    let done = move(house, id, "approve", by: .rita)
    #expect(done.status == 200 && done.json["state"] == "planned" && done.json["revision"] == 0, "\(done.text)")
    #expect(done.json["approval"]?["state"] == "approved" && done.json["approval"]?["by"] == "rita")
    #expect(done.json["approval"]?["requested_by"] == ["eve"])
    let seen = house.call("GET", "/changes/\(id)")
    #expect(seen.status == 200 && seen.json["approval"] == nil && seen.state == #""0""#)
    #expect(house.call("GET", "/changes/\(id)", by: .max).json["approval"]?["state"] == "approved")
    #expect(house.call("POST", "/check", check).text.contains(id))
  }

  @Test func `Release managers approve, and nobody what is their own`() throws {
    let house = try self.house()
    let id = try house.submit(Self.work, by: .rita)
    let own = move(house, id, "approve", by: .rita)
    #expect(own.status == 403 && own.code == "own_request", "\(own.text)")
    for caller in [Caller.eve, .max] {
      #expect(move(house, id, "approve", by: caller).code == "forbidden")
      #expect(move(house, id, "decline", by: caller, #"{"reason":"x"}"#).code == "forbidden")
    }
    #expect(house.call("GET", "/changes/\(id)", by: .max).json["state"] == "requested")
    #expect(move(house, id, "approve", by: .ada).status == 200)
    let again = move(house, id, "approve", by: .ada)
    #expect(again.status == 422 && again.code == "nothing_to_decide")
    let silent = move(house, try house.submit("2026-12-13T01:00"), "decline", by: .rita)
    #expect(silent.status == 422 && silent.code == "missing_reason")
  }

  @Test func `A contract may ask for an administrator, or for no second pair of eyes`() throws {
    let house = try self.house("approval: { clause: article 7, by: admin, four-eyes: false }")
    let id = try house.submit(Self.work, by: .ada)
    let refused = move(house, id, "approve", by: .rita)
    #expect(refused.status == 403 && refused.code == "forbidden" && refused.text.contains("admin"))
    #expect(move(house, id, "approve", by: .ada).status == 200)
  }

  @Test func `The deadline is judged to the second, and what is too late stays requested`() throws {
    let house = try self.house()
    let id = try house.submit(Self.work)
    house.clock.now = Self.latest + Elapsed(seconds: 1)
    let late = move(house, id, "approve", by: .rita)
    #expect(late.status == 422 && late.code == "refused", "\(late.text)")
    let failed = late.json["verdict"]?["findings"]?.array?.filter { $0["ok"] == false }
    #expect(failed?.map { $0["code"]?.string } == ["insufficient_notice"])
    #expect(house.call("GET", "/changes/\(id)", by: .eve).json["state"] == "requested")
    #expect(house.call("GET", "/changes/\(id)").status == 404)
    let other = try self.house()
    let same = try other.submit(Self.work)
    other.clock.now = Self.latest
    let done = move(other, same, "approve", by: .rita)
    #expect(done.status == 200 && done.json["planned_at"] == "2026-12-04T01:00:00+01:00", "\(done.text)")
  }

  @Test func `An approval of what was changed meanwhile is told to look again`() throws {
    let house = try self.house()
    let id = try house.submit(Self.work)
    let seen = house.call("GET", "/changes/\(id)", by: .rita).etag
    #expect(move(house, id, "reschedule", by: .eve, #"{"start":"2026-12-13T01:00"}"#, tag: seen).status == 200)
    let stale = move(house, id, "approve", by: .rita, tag: seen)
    #expect(stale.status == 412 && stale.code == "stale_revision")
    #expect(move(house, id, "approve", by: .rita).status == 200)
    // The same beside a published plan, whose revision a request does not raise.
    let plan = house.call("GET", "/changes/\(id)", by: .rita).state
    #expect(plan == #""0""#)
    let asked = move(
      house, id, "reschedule", by: .eve, #"{"start":"2026-12-20T01:00","reason":"Vendor"}"#, tag: plan)
    #expect(asked.status == 200 && asked.json["start"] == "2026-12-13T01:00:00+01:00", "\(asked.text)")
    #expect(asked.json["approval"]?["proposed"]?["start"] == "2026-12-20T01:00:00+01:00")
    #expect(asked.json["approval"]?["approve_before"] == "2026-12-18T01:00:00+01:00")
    #expect(move(house, id, "approve", by: .rita, tag: plan).status == 412)
    #expect(
      move(house, id, "reschedule", by: .eve, #"{"start":"2026-12-27T01:00","reason":"x"}"#, tag: plan).status == 412)
    // Clients see the old plan, and its tag.
    let told = house.call("GET", "/changes/\(id)")
    #expect(told.json["start"] == "2026-12-13T01:00:00+01:00" && told.state == #""0""# && told.json["approval"] == nil)
    for start in ["2026-12-13T01:00", "2026-12-20T01:00"] {
      let taken = house.call("POST", "/changes", by: .max, #"{"start":"\#(start)","duration":"1h","title":"Other"}"#)
      #expect(taken.code == "refused", "\(start)")
    }
    let done = move(house, id, "approve", by: .rita)
    #expect(done.json["start"] == "2026-12-20T01:00:00+01:00" && done.json["revision"] == 1, "\(done.text)")
    #expect(done.json["reason"] == "Vendor")
  }

  @Test func `A move that is declined leaves the plan as it was approved, and says so`() throws {
    let house = try self.house()
    let id = try house.submit(Self.work)
    #expect(move(house, id, "approve", by: .rita).status == 200)
    let asked = move(house, id, "reschedule", by: .eve, #"{"start":"2026-12-13T01:00","reason":"Vendor"}"#)
    #expect(asked.json["approval"]?["state"] == "requested" && asked.json["approval"]?["declined"] == nil)
    let done = move(house, id, "decline", by: .ada, #"{"reason":"Too late"}"#)
    let approval = try #require(done.json["approval"])
    #expect(done.json["state"] == "planned" && approval["state"] == "approved" && approval["by"] == "rita")
    #expect(approval["approve_before"] == .null && approval["proposed"] == nil, "\(done.text)")
    #expect(approval["declined"]?["by"] == "ada" && approval["declined"]?["reason"] == "Too late")
  }

  @Test func `The identifier of what waits is nobody's who has no token`() throws {
    let house = try self.house()
    let hidden = try house.submit(Self.work)
    let other = house.call(
      "POST", "/changes", by: .eve,
      #"{"start":"\#(Self.work)","duration":"2h","title":"Other","alongside":["\#(hidden)"]}"#)
    let id = try #require(other.json["id"]?.string)
    #expect(move(house, id, "approve", by: .rita).status == 200)
    for path in ["/changes", "/changes/\(id)"] {
      let told = house.call("GET", path)
      #expect(told.status == 200 && told.text.contains(id) && !told.text.contains(hidden), "\(told.text)")
      #expect(house.call("GET", path, by: .max).text.contains(hidden))
    }
    // Whoever approves a move sees what it may overlap.
    let moved = move(
      house, id, "reschedule", by: .eve,
      #"{"start":"2026-12-13T01:00","reason":"Vendor","alongside":["\#(hidden)"]}"#)
    #expect(moved.json["approval"]?["proposed"]?["alongside"] == [.string(hidden)], "\(moved.text)")
    #expect(move(house, hidden, "approve", by: .rita).status == 200)
  }

  @Test func `Of many who approve, reschedule and decline at once exactly one has seen what is so`() async throws {
    let house = try self.house()
    let id = try house.submit(Self.work)
    let tag = house.call("GET", "/changes/\(id)", by: .eve).etag
    let moves: [(verb: String, caller: Caller, body: String)] = [
      ("approve", .rita, "{}"), ("reschedule", .eve, #"{"start":"2026-12-13T01:00"}"#),
      ("decline", .ada, #"{"reason":"x"}"#), ("approve", .ada, "{}"),
    ]
    let statuses = await withTaskGroup(of: Int.self) { group in
      for number in 0..<12 {
        let (verb, caller, body) = moves[number % moves.count]
        group.addTask { move(house, id, verb, by: caller, body, tag: tag).status }
      }
      return await group.reduce(into: [Int]()) { $0.append($1) }
    }
    #expect(statuses.count(where: { $0 == 200 }) == 1 && statuses.count(where: { $0 == 412 }) == 11, "\(statuses)")
  }

  @Test func `Rows of an import are requested too`() throws {
    let house = try self.house()
    let answer = house.call(
      "POST", "/imports", by: .rita, #"{"title":"One","start":"\#(Self.work)","duration":"2h"}"#,
      type: "application/x-ndjson")
    #expect(answer.status == 200, "\(answer.text)")
    let row = answer.json.array?.first
    #expect(row?["status"] == "recorded" && row?["change"]?["state"] == "requested")
    #expect(row?["change"]?["approval"]?["state"] == "requested")
    #expect(house.call("GET", "/changes").json == [])
  }

  @Test func `Without the key no change waits, and the log has no word of it`() throws {
    let house = try House()
    let id = try house.submit(Self.work)
    let shown = house.call("GET", "/changes/\(id)", by: .eve)
    #expect(shown.json["state"] == "planned" && shown.json["approval"] == .null)
    #expect(house.call("GET", "/changes/\(id)").json["approval"] == nil)
    let log = house.call("GET", "/log", by: .eve).text
    for word in ["approval", "requested", "approved"] { #expect(!log.contains(word), "\(word)") }
    #expect(move(house, id, "approve", by: .rita).code == "nothing_to_decide")
  }

  @Test func `Messages of clients wait for a release manager, who is told by when they have to go`() throws {
    let house = try self.house("gate: { opens: changes }", publication: "send: reviewed, portal: served, ")
    let made = house.call(
      "POST", "/mailings", by: .ada, #"{"address":"clients@example.org","service":"\#(House.service)"}"#)
    #expect(made.status == 201, "\(made.text)")
    let id = try house.submit(Self.work)
    let shown = house.call("GET", "/changes/\(id)", by: .eve).json["unsent"]?.array
    #expect(shown?.first?["kind"] == "announcement" && shown?.first?["send_before"] == "2026-12-04T01:00:00+01:00")
    #expect(house.call("GET", "/changes/\(id)").json["unsent"] == nil)
    let due = house.call("GET", "/notices/due?within=168h", by: .eve).json.array?.first
    #expect(due?["kind"] == "announcement" && due?["send_before"] == "2026-12-04T01:00:00+01:00")
    func states() -> [String] {
      house.call("GET", "/deliveries", by: .ada).json.array?.compactMap { row in
        row["lead_seconds"] == nil ? row["state"]?.string : nil
      } ?? []
    }
    #expect(states() == ["held"])
    #expect(house.call("POST", "/changes/\(id)/send-notices", by: .eve, "{}").code == "forbidden")
    let sent = house.call("POST", "/changes/\(id)/send-notices", by: .rita, #"{"kind":"announcement"}"#)
    #expect(sent.status == 200 && states() == ["pending"], "\(sent.text)")
    #expect(
      house.call("POST", "/changes/\(id)/send-notices", by: .rita, #"{"kind":"announcement"}"#).code
        == "nothing_to_send")
    let owed = house.call("GET", "/notices/due?within=168h", by: .eve).json.array ?? []
    #expect(owed.allSatisfy { $0["kind"] != "announcement" })
  }
}
