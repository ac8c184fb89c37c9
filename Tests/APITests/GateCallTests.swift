import API
import JSONText
import Register
import TestSupport
import Testing

/// The gate over the API. Whether it is open is seen by PlanningTests/Gate; here it is who is told what.
@Suite struct GateCallTests {
  static let gate = "/gate/\(House.service)"
  static let overrides = gate + "/overrides"

  static func codes(_ answer: Answer) -> [String] {
    (answer.json["reasons"]?.array ?? []).compactMap { $0["code"]?.string }
  }

  @Test func `The gate is open while a change covers the moment, and needs no token`() throws {
    let house = try House()
    let change = try house.submit("2026-12-06T01:00")
    let before = house.call("GET", Self.gate)
    #expect(before.status == 200)
    #expect(before.json["state"] == "CLOSED")
    #expect(before.json["next_transition"] == "2026-12-06T01:00:00+01:00")
    let open = house.call("GET", Self.gate + "?at=2026-12-06T01:00&change=\(change)")
    #expect(open.json["state"] == "OPEN")
    #expect(open.json["reasons"]?.array?.first?["change"] == .string(change))
    let closed = house.call("GET", Self.gate + "?at=2026-12-06T03:00")
    #expect(closed.json["state"] == "CLOSED")
    // The end of the announced interval is outside of it.
    #expect(Self.codes(closed) == ["no_change"])
    #expect(house.call("HEAD", Self.gate).status == 200)
  }

  @Test func `A draft is not there without a token, of this gate or of another`() throws {
    let house = try House()
    // Monday 10:00 is outside of every window: refused, and kept as a draft.
    let draft = try house.submit("2026-12-07T10:00")
    let unknown = house.call("GET", Self.gate + "?change=\(draft)")
    #expect(unknown.status == 404)
    #expect(unknown.code == "unknown_change")
    #expect(
      house.call("GET", Self.gate + "?change=CHG-2026-0099").text.replacing("0099", with: "0001") == unknown.text)
    #expect(house.call("GET", Self.gate + "?change=\(draft)&environment=preproduction").code == "unknown_change")
    let known = house.call("GET", Self.gate + "?change=\(draft)", by: .eve)
    #expect(Self.codes(known).contains("draft"))
    #expect(house.call("GET", Self.gate + "?change=\(draft)&environment=preproduction", by: .eve).code == "other_gate")
  }

  @Test func `An override opens the gate; who did it and why is for those with a token`() throws {
    let house = try House()
    let made = house.call(
      "POST", Self.overrides, by: .eve, #"{"reason":"Login is down","duration":"30m"}"#,
      headers: [("idempotency-key", "k1")])
    #expect(made.status == 201)
    #expect(made.header("location") == "/api/v1/gate/profession-liberale/overrides")
    #expect(made.json["until"] == "2026-12-01T10:30:00+01:00")
    #expect(made.json["actor"] == "eve")
    let open = house.call("GET", Self.gate)
    #expect(open.json["state"] == "OPEN")
    #expect(!open.text.contains("Login is down"))
    #expect(!open.text.contains("eve"))
    #expect(house.call("GET", Self.gate, by: .max).text.contains("Login is down"))
    #expect(house.call("GET", Self.overrides, by: .max).json.array?.count == 1)
    #expect(house.call("GET", Self.overrides + "?environment=preproduction", by: .max).json == [])
    let again = house.call(
      "POST", Self.overrides, by: .eve, #"{"duration":"30m","reason":"Login is down"}"#,
      headers: [("idempotency-key", "k1")])
    #expect(again.status == 201)
    #expect(again.body == made.body)
    #expect(again.header("idempotency-replayed") == "true")
    let end = house.call("POST", Self.overrides + "/end", by: .rita, #"{"reason":"Done"}"#)
    #expect(end.status == 200)
    #expect(end.json.array?.first?["ended_by"] == "rita")
    #expect(house.call("GET", Self.gate).json["state"] == "CLOSED")
    #expect(house.call("POST", Self.overrides + "/end", by: .rita, "{}").code == "no_override")
    #expect(try Register.verify(house.register.store).problems == [])
  }

  @Test func `An override until a moment is the same request however late it is asked again`() throws {
    let house = try House()
    func ask(_ until: String) -> Answer {
      house.call(
        "POST", Self.overrides, by: .eve, #"{"reason":"Hotfix","until":"\#(until)"}"#,
        headers: [("idempotency-key", "k")])
    }
    let made = ask("2026-12-01T11:00")
    #expect(made.json["until"] == "2026-12-01T11:00:00+01:00")
    house.clock.now = utc("2026-12-01T09:05:00Z")
    #expect(ask("2026-12-01T11:00").body == made.body)
    #expect(ask("2026-12-01T11:01").code == "idempotency_key_reused")
    #expect(house.call("GET", Self.overrides, by: .eve).json.array?.count == 1)
  }

  @Test func `A key is of one request, whatever is asked with it`() throws {
    let house = try House()
    let key = [("idempotency-key", "one")]
    let submission = #"{"start":"2026-12-06T01:00","duration":"2h","title":"Work"}"#
    let outage = #"{"cause":"incident","start":"2026-11-30T10:00","end":"2026-11-30T10:30","title":"Login fails"}"#
    let override = #"{"reason":"Hotfix","duration":"5m"}"#
    let calls = [("/changes", submission), ("/outages", outage), (Self.overrides, override)]
    for (first, body) in calls {
      let house = try House()
      #expect(house.call("POST", first, by: .rita, body, headers: key).status == 201)
      for (second, body) in calls where second != first {
        let answer = house.call("POST", second, by: .rita, body, headers: key)
        #expect(answer.code == "idempotency_key_reused", "\(first), then \(second): \(answer.text)")
      }
      #expect(try Register.verify(house.register.store).problems == [])
    }
    // Keys of two tokens are two.
    #expect(house.call("POST", Self.overrides, by: .eve, override, headers: key).status == 201)
    #expect(house.call("POST", "/changes", by: .max, submission, headers: key).status == 201)
  }

  @Test(
    arguments: [
      ("?environment=moon", "unknown_environment"), ("?at=tomorrow", "invalid_value"), ("?at=0001-01-02T00:00Z", nil),
      ("?at=9999-12-30T00:00Z", nil), ("?at=2026-10-25T02:30", "invalid_value"), ("?change=4711", "invalid_value"),
      ("?change=CHG-2026-9999", "unknown_change"), ("?until=now", "unknown_parameter"), ("?at=1970-01-02T00:00Z", nil),
      ("?at=2200-12-30T00:00Z", nil),
      ("?" + (1...21).map { "change=CHG-2026-\(1000 + $0)" }.joined(separator: "&"), nil),
    ] as [(String, String?)]) func `A question that makes no sense is the caller's fault`(query: String, code: String?)
    throws
  {
    let answer = try House().call("GET", Self.gate + query)
    #expect(answer.status < 500, "\(answer.text)")
    if let code { #expect(answer.code == code) }
    #expect(try House().call("GET", "/gate/nothing").code == "unknown_service")
  }

  @Test(arguments: [
    (#"{"reason":"x"}"#, "invalid_value"),
    (#"{"reason":"x","duration":"5m","until":"2026-12-01T11:00"}"#, "invalid_value"),
    (#"{"reason":" ","duration":"5m"}"#, "missing_reason"), (#"{"duration":"5m"}"#, "missing_member"),
    (#"{"reason":"x","duration":"4h1m"}"#, "override_length"), (#"{"reason":"x","duration":"0m"}"#, "invalid_value"),
    (#"{"reason":"x","until":"2026-12-01T10:00"}"#, "override_length"),
    (#"{"reason":"x","until":"9999-12-30T00:00Z"}"#, "override_length"),
    (#"{"reason":"a\u0007b","duration":"5m"}"#, "invalid_text"),
    (#"{"reason":"x","duration":"5m","environment":"moon"}"#, "unknown_environment"),
    (#"{"reason":"x","for":"5m"}"#, "unknown_member"),
  ]) func `An override that cannot be is the caller's fault, in the words of the API`(body: String, code: String) throws
  {
    let answer = try House().call("POST", Self.overrides, by: .eve, body)
    #expect(answer.code == code, "\(answer.text)")
    #expect((400..<500).contains(answer.status))
    #expect(answer.json["detail"]?.string?.contains("--") == false)
  }

  @Test func `The checkpoint is the size and root of the log, and revalidates`() throws {
    let house = try House()
    let first = house.call("GET", "/log/checkpoint")
    let newest = try #require(try house.register.store.read { try $0.newestEvent() })
    #expect(first.text == "\(newest.sequence):\(newest.hash)\n")
    #expect(first.header("content-type") == "text/plain; charset=utf-8")
    #expect(first.header("cache-control") == "no-cache")
    let known = [("if-none-match", first.etag)]
    let same = house.call("GET", "/log/checkpoint", headers: known)
    #expect(same.status == 304)
    #expect(same.body.isEmpty)
    #expect(same.etag == first.etag)
    _ = try house.submit("2026-12-06T01:00")
    #expect(house.call("GET", "/log/checkpoint", headers: known).status == 200)
  }
}
