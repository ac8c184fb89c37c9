import API
import Answers
import CivilTime
import JSONText
import Register
import TestSupport
import Testing

/// Releases over HTTP. Source: docs/interface.md, "Releases".
@Suite struct ReleaseCallTests {
  private static func file(_ more: String = "", count: Int = 2) -> String {
    let changes = (0..<count).map {
      #"{"id":"c\#($0)","title":"Step \#($0)","services":["profession-liberale"],"duration":"1h"\#($0 > 0 ? #","after":["c\#($0 - 1)"]"# : "")}"#
    }.joined(separator: ",")
    return #"{"file":{"release":"Winter","reason":"Closing","changes":[\#(changes)]}\#(more)}"#
  }

  @Test func `A release is planned, submitted once, seen, moved and cancelled`() throws {
    let house = try House()
    let plan = house.call("POST", "/release-plans", by: .eve, Self.file())
    #expect(plan.status == 200 && plan.json["changes"]?.array?.count == 2, "\(plan.text)")
    #expect(try house.register.releases().isEmpty)
    let key = [("idempotency-key", "k1")]
    let made = house.call("POST", "/releases", by: .eve, Self.file(), headers: key)
    #expect(made.status == 201 && made.json["id"] == "REL-2026-0001", "\(made.text)")
    #expect(made.header("location") == "/api/v1/releases/REL-2026-0001")
    #expect(made.json["changes"]?.array?.map { $0["verdict"]?["status"] } == ["allowed", "allowed"])
    let again = house.call("POST", "/releases", by: .eve, Self.file(), headers: key)
    #expect(again.status == 201 && again.header("idempotency-replayed") == "true", "\(again.text)")
    #expect(again.json["id"] == "REL-2026-0001")
    #expect(
      house.call("POST", "/releases", by: .eve, Self.file(count: 1), headers: key).code == "idempotency_key_reused")
    #expect(house.call("GET", "/changes/CHG-2026-0001", by: .nobody).json["release"] == "REL-2026-0001")

    let seen = house.call("GET", "/releases/REL-2026-0001", by: .rita)
    #expect(seen.json["history"]?.array?.count == 1 && seen.json["state"] == "planned")
    let tag = [("if-match", seen.etag)]
    // Somebody moves one of its changes: what was seen is no more.
    let one = house.call("GET", "/changes/CHG-2026-0001", by: .rita)
    let moved = house.call(
      "POST", "/changes/CHG-2026-0001/amend", by: .rita, #"{"title":"First step","reason":"Clearer"}"#,
      headers: [("if-match", one.etag)])
    #expect(moved.status == 200, "\(moved.text)")
    let body = #"{"by":"7d","reason":"The vendor is late"}"#
    #expect(
      house.call("POST", "/releases/REL-2026-0001/reschedule", by: .rita, body, headers: tag).code == "stale_revision")
    #expect(house.call("POST", "/releases/REL-2026-0001/reschedule", by: .max, body).code == "not_own_change")
    #expect(house.call("POST", "/releases/REL-2026-0001/reschedule", by: .eve, body).code == "precondition_required")
    func move(_ verb: String, _ body: String) -> Answer {
      let tag = house.call("GET", "/releases/REL-2026-0001", by: .eve).etag
      return house.call("POST", "/releases/REL-2026-0001/\(verb)", by: .eve, body, headers: [("if-match", tag)])
    }
    let late = move("reschedule", body)
    #expect(late.status == 200 && late.json["history"]?.array?.last?["event"] == "rescheduled", "\(late.text)")
    let none = move("reschedule", #"{"by":"-12d","reason":"Too soon"}"#)
    #expect(none.status == 422 && none.code == "refused", "\(none.text)")
    #expect(none.json["release"]?["changes"]?.array?.first?["asked"] != nil, "\(none.text)")
    let cancelled = move("cancel", #"{"reason":"Withdrawn"}"#)
    #expect(cancelled.status == 200 && cancelled.json["state"] == "cancelled", "\(cancelled.text)")
    #expect(house.call("GET", "/releases", by: .eve).json.array?.count == 1)
    #expect(house.call("GET", "/releases/REL-2026-0009", by: .eve).code == "unknown_release")
    #expect(try Register.verify(house.register.store).problems == [])
  }

  @Test func `Times that are sent are judged, by the file and by the register`() throws {
    let house = try House()
    func submit(_ first: String, _ second: String) -> Answer {
      house.call(
        "POST", "/releases", by: .eve, Self.file(#","starts":{"c0":"\#(first)","c1":"\#(second)"}"#))
    }
    let early = submit("2026-12-06T03:00", "2026-12-06T01:00")
    #expect(early.status == 422 && early.code == "stale_plan" && early.text.contains("c0"), "\(early.text)")
    let outside = submit("2026-12-07T12:00", "2026-12-07T13:00")
    #expect(outside.status == 422, "\(outside.text)")
    let taken = try house.submit("2026-12-06T04:00", by: .rita)
    let overlap = submit("2026-12-06T03:00", "2026-12-06T04:00")
    #expect(overlap.code == "refused" && overlap.text.contains(taken), "\(overlap.text)")
    #expect(overlap.json["release"]?["changes"]?.array?.map { $0["verdict"]?["status"] } == ["allowed", "refused"])
    #expect(try house.register.releases().isEmpty)
    #expect(submit("2026-12-06T01:00", "2026-12-06T02:00").status == 201)
  }

  @Test func `What would keep a server busy is not searched there`() throws {
    let house = try House()
    let large = house.call("POST", "/release-plans", by: .eve, Self.file(count: 101))
    #expect(large.status == 413 && large.code == "too_large", "\(large.text)")
    let wrong = house.call(
      "POST", "/release-plans", by: .eve,
      #"{"file":{"release":"R","changes":[{"id":"a","title":"A","duration":"1h","priority":"9"}]}}"#)
    #expect(wrong.code == "invalid_value" && wrong.text.contains("changes[0].priority"), "\(wrong.text)")
    let other = house.call(
      "POST", "/release-plans", by: .eve, Self.file().replacing(#""reason""#, with: #""usage":"/etc/passwd","reason""#))
    #expect(other.code == "invalid_value" && other.text.contains("usage"), "\(other.text)")
  }
}
