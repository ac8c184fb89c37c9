import API
import Foundation
import JSONText
import Register
import TestSupport
import Testing

/// Requests for changes and their moves.
@Suite struct ChangeCallTests {
  @Test func `An allowed request is made, with its address and entity tag`() throws {
    let house = try House()
    let answer = house.call(
      "POST", "/changes", by: .eve,
      #"{"start":"2026-12-06T01:00","duration":"2h","title":"Database migration","components":["flux"]}"#)
    #expect(answer.status == 201)
    #expect(answer.header("location") == "/api/v1/changes/CHG-2026-0001")
    #expect(answer.etag == #""0""#)
    #expect(answer.json["state"] == "planned")
    #expect(answer.json["start"] == "2026-12-06T01:00:00+01:00")
    #expect(answer.json["planned_at"] == "2026-12-01T10:00:00+01:00")
    let shown = house.call("GET", "/changes/CHG-2026-0001")
    // Clients are told nothing of approvals, nor that there was none.
    #expect(answer.json["approval"] == .null)
    #expect(shown.json.members == answer.json.members?.filter { $0.key != "approval" })
    #expect(shown.state == answer.etag && shown.etag != shown.state)
    let events = house.call("GET", "/changes/CHG-2026-0001/history", by: .max).json.array ?? []
    #expect(events.first?["body"]?["actor"] == "eve")
  }

  @Test func `A refused request is a problem with verdict and draft, which only a token sees`() throws {
    let house = try House()
    let answer = house.call(
      "POST", "/changes", by: .eve, #"{"start":"2026-12-07T10:00","duration":"2h","title":"Monday noon"}"#)
    #expect(answer.status == 422)
    #expect(answer.code == "refused")
    #expect(answer.json["verdict"]?["status"] == "refused")
    #expect(answer.json["verdict"]?["slots"]?.array?.isEmpty == false)
    #expect(answer.json["change"]?["state"] == "refused")
    #expect(answer.header("location") == "/api/v1/changes/CHG-2026-0001")
    #expect(answer.etag.hasPrefix(#""draft-"#))
    #expect(house.call("GET", "/changes/CHG-2026-0001").status == 404)
    #expect(house.call("GET", "/changes").json == [])
    #expect(house.call("GET", "/changes?state=refused").json == [])
    let seen = house.call("GET", "/changes/CHG-2026-0001", by: .max)
    #expect(seen.status == 200)
    #expect(seen.state == answer.etag)
    #expect(seen.json["standing"]?.isNull == true)
    #expect(seen.json.without("standing") == answer.json["change"])
    #expect(house.call("GET", "/changes", by: .max).json.array?.count == 1)
  }

  @Test func `A refused move says what was asked for, and that the change stands`() throws {
    let house = try House()
    let id = try house.submit("2026-12-06T01:00")
    let answer = house.call(
      "POST", "/changes/\(id)/reschedule", by: .eve, #"{"start":"2026-12-07T10:00","reason":"Try"}"#,
      headers: [("if-match", #""0""#)])
    #expect(answer.code == "refused")
    let asked: JSON = ["start": "2026-12-07T10:00:00+01:00", "end": "2026-12-07T12:00:00+01:00"]
    #expect(answer.json["asked"] == asked)
    #expect(answer.json["change"]?["asked"] == asked)
    #expect(answer.json["change"]?["start"] == "2026-12-06T01:00:00+01:00")
    #expect(house.call("GET", "/changes/\(id)").json["asked"] == nil)
  }

  @Test func `An update says what it needs, and an emergency is recorded beside its own address`() throws {
    let house = try House()
    let update = house.call(
      "POST", "/changes", by: .eve,
      #"{"start":"2026-12-08T01:00","duration":"1h","title":"5.2","update":{"version":"5.2","category":"evolution","training":true,"documentation":"https://portal.example/5.2"}}"#
    )
    #expect(update.status == 201, "\(update.text)")
    #expect(update.json["kind"] == "update")
    #expect(update.json["update"]?["training"] == true)
    let urgent = house.call(
      "POST", "/emergencies", by: .eve,
      #"{"start":"2026-12-01T09:10","end":"2026-12-01T09:40","title":"Disk full","reason":"Storage alarm"}"#)
    #expect(urgent.status == 201, "\(urgent.text)")
    #expect(urgent.json["kind"] == "emergency")
    #expect(urgent.json["state"] == "completed")
    let wrong = house.call(
      "POST", "/changes", by: .eve,
      #"{"start":"2026-12-08T01:00","duration":"1h","title":"5.2","kind":"emergency"}"#)
    #expect(wrong.code == "invalid_value")
  }

  @Test(arguments: [
    (#"{"start":"2026-12-06T01:00","duration":"2h"}"#, 400, "missing_member"),
    (#"{"start":"2026-12-06T01:00","duration":"2h","title":"x","startt":"x"}"#, 400, "unknown_member"),
    (#"{"start":"2026-12-06T01:00","duration":"2h","title":"x","Start":"x"}"#, 400, "unknown_member"),
    (#"{"start":"2026-12-06T01:00","duration":"2h","title":"x","id":"CHG-2026-0001"}"#, 400, "unknown_member"),
    (
      #"{"start":"2026-12-06T01:00","duration":"2h","title":"x","planned_at":"2020-01-01T00:00:00Z"}"#, 400,
      "unknown_member"
    ),
    (#"{"start":"2026-12-06T01:00","duration":"2h","title":"x","idempotency_key":"k"}"#, 400, "unknown_member"),
    (
      #"{"start":"2026-12-06T01:00","duration":"2h","title":"x","update":{"version":"1","category":"correction","x":1}}"#,
      400, "unknown_member"
    ),
    (#"{"start":"2026-12-06T01:00","duration":"2h","title":5}"#, 400, "invalid_value"),
    (#"{"start":"2026-12-06T01:00","duration":"2h","title":"x","impact":"huge"}"#, 400, "invalid_value"),
    (#"{"start":"2026-12-06T01:00","duration":"2h","title":"x","components":"flux"}"#, 400, "invalid_value"),
    (#"{"start":"2026-12-06T01:00","title":"x"}"#, 400, "invalid_value"),
    (#"{"start":"2026-12-06T01:00","duration":"2h","end":"2026-12-06T03:00","title":"x"}"#, 400, "invalid_value"),
    (#"{"start":"2026-12-06","duration":"2h","title":"x"}"#, 400, "invalid_value"),
    (#"{"start":"2026-12-06T01:00","end":"2026-12-06T01:00","title":"x"}"#, 400, "invalid_value"),
    (#"{"start":"2027-03-28T02:30","duration":"2h","title":"x"}"#, 400, "invalid_value"),
    (#"{"start":"2026-12-06T01:00","duration":"2h","title":"x","service":"other"}"#, 400, "invalid_value"),
    (#"{"start":"2026-12-06T01:00","duration":"2h","title":"x","alongside":["CHG-1"]}"#, 400, "invalid_value"),
    (#"{"start":"2026-12-06T01:00","duration":"2h","title":"x","alongside":["CHG-2026-0099"]}"#, 404, "unknown_change"),
    (#"{"start":"2026-12-06T01:00","duration":"2h","title":""}"#, 422, "missing_title"),
    (#"{"start":"2026-12-06T01:00","duration":"2h","title":"a\u0007b"}"#, 422, "invalid_text"),
    (#"{"start":"2026-12-06T01:00","duration":"2h","title":"a\u202eb"}"#, 422, "invalid_text"),
    (#"{"start":"2026-12-06T01:00","duration":"2h","title":"x\r\nATTENDEE:y"}"#, 422, "invalid_text"),
    (#"{"start":"2026-12-06T01:00","duration":"2h","title":"x","components":["moon"]}"#, 422, "unknown_component"),
    (#"{"start":"2026-12-06T01:00","duration":"2h","title":"x","environment":"moon"}"#, 422, "unknown_environment"),
    (#"{"start":"2026-12-06T01:00","duration":"87840h","title":"x"}"#, 422, "interval_too_long"),
    (#"{"start":"9999-12-30T01:00Z","duration":"2h","title":"x"}"#, 422, "too_far_away"),
    (#"{"start":"2026-12-06T01:00","duration":"2h","title":"x","kind":"update"}"#, 422, "update_details_missing"),
    (#"["start"]"#, 400, "invalid_value"), ("null", 400, "invalid_value"), ("", 400, "missing_member"),
    ("{", 400, "invalid_json"), (#"{"title":"a","title":"b"}"#, 400, "invalid_json"),
    (String(repeating: "[", count: 100_000), 400, "invalid_json"),
    (#"{"start":1e400}"#, 400, "missing_member"), (#"{"title":"\ud800"}"#, 400, "invalid_json"),
  ]) func `What makes no sense is refused by name, and nothing is recorded`(
    body: String, status: Int, code: String
  ) throws {
    let house = try House()
    let answer = house.call("POST", "/changes", by: .eve, body)
    #expect(answer.status == status, "\(answer.text)")
    #expect(answer.code == code || (answer.json["errors"]?.array?.count ?? 0) > 1, "\(answer.text)")
    #expect(answer.json["detail"]?.string?.contains("--") == false, "\(answer.text)")
    #expect(house.call("GET", "/changes", by: .eve).json == [])
  }

  @Test func `Octets that are not UTF-8 are no JSON`() throws {
    let house = try House()
    let headers = [(name: "authorization", value: "Bearer token-of-eve"), ("content-type", "application/json")]
    let body = Array(#"{"title":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
    #expect(house.send(APICall("POST", "/api/v1/changes", headers: headers, body: body)).code == "invalid_json")
  }

  @Test func `Every wrong member is told of, with its place`() throws {
    let answer = try House().call(
      "POST", "/changes", by: .eve, #"{"start":1,"titel":"x","components":["a",2]}"#)
    let errors = answer.json["errors"]?.array?.compactMap { $0["pointer"]?.string } ?? []
    #expect(errors == ["/start", "/titel", "/components/1", "/title"])
  }

  @Test func `An object with very many names is answered at once`() throws {
    let names = (0..<20_000).map { "\"a\($0)\":0" }.joined(separator: ",")
    let clock = ContinuousClock()
    let house = try House()
    let took = clock.measure { #expect(house.call("POST", "/check", "{\(names)}").status == 400) }
    #expect(took < .seconds(5))
  }

  // MARK: Moves

  @Test func `A change goes through its life`() throws {
    let house = try House()
    let id = try house.submit("2026-12-06T01:00")
    func move(_ verb: String, _ body: String, _ tag: String) -> Answer {
      house.call("POST", "/changes/\(id)/\(verb)", by: .eve, body, headers: [("if-match", tag)])
    }
    let amended = move("amend", #"{"title":"Database migration, step 1","reason":"Clearer"}"#, #""0""#)
    #expect(amended.status == 200, "\(amended.text)")
    #expect(amended.etag == #""1""#)
    let moved = move("reschedule", #"{"start":"2026-12-13T01:00","reason":"Vendor is late"}"#, amended.etag)
    #expect(moved.json["end"] == "2026-12-13T03:00:00+01:00", "the length stays")
    house.clock.now = utc("2026-12-13T00:01:00Z")
    let started = move("start", "", moved.etag)
    #expect(started.json["state"] == "in-progress", "\(started.text)")
    #expect(house.call("GET", "/changes/\(id)").json["running"]?["window_end"] != nil)
    let extended = move("extend", #"{"end":"2026-12-13T04:00","reason":"Index rebuild is slow"}"#, started.etag)
    #expect(extended.json["planned_end"] == "2026-12-13T03:00:00+01:00", "\(extended.text)")
    house.clock.now = utc("2026-12-13T02:30:00Z")
    let done = move("complete", "{}", extended.etag)
    #expect(done.json["state"] == "completed", "\(done.text)")
    let late = move("cancel", #"{"reason":"x"}"#, done.etag)
    #expect(late.status == 422)
    #expect(late.code == "refused")
    #expect(late.json["verdict"]?["findings"]?.array?.first?["code"] == "wrong_state")
    #expect(late.json["change"]?["state"] == "completed")
    #expect(try Register.verify(house.register.store).problems.isEmpty)
  }

  @Test func `A move without a reason is refused, and the change stays`() throws {
    let house = try House()
    let id = try house.submit("2026-12-06T01:00")
    let answer = house.call("POST", "/changes/\(id)/cancel", by: .eve, "{}", headers: [("if-match", #""0""#)])
    #expect(answer.status == 422)
    #expect(answer.json["verdict"]?["findings"]?.array?.last?["code"] == "missing_reason")
    #expect(answer.etag == #""0""#)
    #expect(house.call("GET", "/changes/\(id)").json["state"] == "planned")
  }

  @Test func `An engineer moves what they made, a release manager all`() throws {
    let house = try House()
    let id = try house.submit("2026-12-06T01:00", by: .eve)
    func cancel(_ caller: Caller) -> Answer {
      house.call("POST", "/changes/\(id)/cancel", by: caller, #"{"reason":"x"}"#, headers: [("if-match", #""0""#)])
    }
    #expect(cancel(.max).code == "not_own_change")
    #expect(house.call("GET", "/changes/\(id)").json["revision"] == 0)
    #expect(cancel(.rita).status == 200)
    // Whoever moved it last did not make it.
    let second = try house.submit("2026-12-13T01:00", by: .rita)
    #expect(
      house.call(
        "POST", "/changes/\(second)/cancel", by: .eve, #"{"reason":"x"}"#, headers: [("if-match", #""0""#)]
      ).code == "not_own_change")
  }

  @Test func `Lists come in pages that miss nothing and repeat nothing`() throws {
    let house = try House()
    for day in [6, 13, 20] { _ = try house.submit("2026-12-\(day < 10 ? "0" : "")\(day)T01:00", title: "é & ü") }
    // Two at the same time, in environments of their own.
    let twin = house.call(
      "POST", "/changes", by: .eve,
      #"{"start":"2026-12-13T01:00","duration":"2h","title":"Twin","environment":"preproduction"}"#)
    try #require(twin.status == 201)
    var seen: [String] = []
    var path: String? = "/changes?limit=1&from=2026-12-01"
    var before: String?
    while let current = path, seen.count < 10 {
      let answer = house.call("GET", current)
      #expect(answer.status == 200, "\(answer.text)")
      seen += (answer.json.array ?? []).compactMap { $0["id"]?.string }
      func linked(_ relation: String) -> String? {
        let links = answer.header("link")?.components(separatedBy: ", ") ?? []
        return links.first { $0.hasSuffix(#">; rel="\#(relation)""#) }
          .map { String($0.dropFirst("</api/v1".count).prefix { $0 != ">" }) }
      }
      // The page before is the one that was looked at before.
      #expect(linked("prev").map { house.call("GET", $0).text } == before)
      before = answer.text
      path = linked("next")
    }
    #expect(seen == ["CHG-2026-0001", "CHG-2026-0002", "CHG-2026-0004", "CHG-2026-0003"])
    let all = house.call("GET", "/changes")
    #expect(all.json.array?.count == 4)
    #expect(all.header("link") == nil)
  }
}
