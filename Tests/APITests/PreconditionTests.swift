import API
import Answers
import JSONText
import Register
import Synchronization
import TestSupport
import Testing

/// Lost updates and double records: If-Match and Idempotency-Key.
@Suite struct PreconditionTests {
  @Test(arguments: ["reschedule", "amend", "cancel", "start", "complete", "extend"])
  func `A move has to say what was seen`(verb: String) throws {
    let house = try House()
    let id = try house.submit("2026-12-06T01:00")
    let body = verb == "extend" ? #"{"end":"2026-12-06T05:00","reason":"x"}"# : #"{"reason":"x"}"#
    func move(_ headers: [(String, String)]) -> Answer {
      house.call("POST", "/changes/\(id)/\(verb)", by: .eve, verb == "start" ? "{}" : body, headers: headers)
    }
    #expect(move([]).status == 428)
    #expect(move([("if-match", "*")]).status == 428)
    for tag in [#""1""#, #""7""#, #"W/"0""#, #""abc""#, #""00""#, #""+0""#, #""draft-2""#, #""""#] {
      let answer = move([("if-match", tag)])
      #expect(answer.status == 412, "\(tag): \(answer.text)")
      #expect(answer.code == "stale_revision", "\(tag)")
    }
    for tag in ["0", "", #""0", "1""#, #""0"#, "\"0\u{7F}\""] {
      #expect(move([("if-match", tag)]).code == "invalid_header", "\(tag)")
    }
    #expect(move([("if-match", #""0""#), ("if-match", #""0""#)]).code == "invalid_header")
    #expect(house.call("GET", "/changes/\(id)").json["revision"] == 0)
  }

  @Test func `Of two who saw the same revision one is told to look again`() throws {
    let house = try House()
    let id = try house.submit("2026-12-06T01:00")
    let tag = house.call("GET", "/changes/\(id)").etag
    let first = house.call(
      "POST", "/changes/\(id)/amend", by: .eve, #"{"title":"By Eve","reason":"x"}"#, headers: [("if-match", tag)])
    #expect(first.status == 200)
    let second = house.call(
      "POST", "/changes/\(id)/amend", by: .rita, #"{"title":"By Rita","reason":"x"}"#, headers: [("if-match", tag)])
    #expect(second.status == 412)
    #expect(second.json["revision"] == 1)
    #expect(house.call("GET", "/changes/\(id)").json["title"] == "By Eve")
  }

  @Test func `Of many at the same moment exactly one moves the change`() async throws {
    let house = try House()
    let id = try house.submit("2026-12-06T01:00")
    let statuses = await withTaskGroup(of: Int.self) { group in
      for number in 0..<12 {
        group.addTask {
          house.call(
            "POST", "/changes/\(id)/amend", by: number.isMultiple(of: 2) ? .eve : .rita,
            #"{"title":"Title \#(number)","reason":"x"}"#, headers: [("if-match", #""0""#)]
          ).status
        }
      }
      return await group.reduce(into: [Int]()) { $0.append($1) }
    }
    #expect(statuses.count(where: { $0 == 200 }) == 1)
    #expect(statuses.count(where: { $0 == 412 }) == 11)
    #expect(house.call("GET", "/changes/\(id)").json["revision"] == 1)
  }

  @Test func `Of many who want the same time exactly one gets it`() async throws {
    let house = try House()
    let statuses = await withTaskGroup(of: Int.self) { group in
      for number in 0..<12 {
        group.addTask {
          house.call(
            "POST", "/changes", by: .eve,
            #"{"start":"2026-12-06T01:00","duration":"2h","title":"Number \#(number)"}"#
          ).status
        }
      }
      return await group.reduce(into: [Int]()) { $0.append($1) }
    }
    #expect(statuses.count(where: { $0 == 201 }) == 1)
    #expect(statuses.count(where: { $0 == 422 }) == 11)
  }

  @Test func `A draft is moved by who saw its newest event`() throws {
    let house = try House()
    let id = try house.submit("2026-12-07T10:00")
    let tag = house.call("GET", "/changes/\(id)", by: .eve).etag
    func move(_ start: String, _ tag: String) -> Answer {
      house.call(
        "POST", "/changes/\(id)/reschedule", by: .eve, #"{"start":"\#(start)"}"#, headers: [("if-match", tag)])
    }
    let still = move("2026-12-08T10:00", tag)
    #expect(still.code == "refused", "\(still.text)")
    #expect(still.etag != tag)
    #expect(still.etag == house.call("GET", "/changes/\(id)", by: .eve).state)
    #expect(move("2026-12-13T01:00", tag).status == 412)
    #expect(move("2026-12-13T01:00", #""0""#).status == 412)
    let planned = move("2026-12-13T01:00", still.etag)
    #expect(planned.status == 200, "\(planned.text)")
    #expect(planned.etag == #""0""#)
    #expect(move("2026-12-20T01:00", still.etag).status == 412)
  }

  // MARK: Outages

  private func outage(in house: House) throws -> Answer {
    let made = house.call(
      "POST", "/outages", by: .rita, #"{"cause":"incident","start":"2026-11-30T10:00","title":"Login"}"#)
    try #require(made.status == 201, "\(made.text)")
    return made
  }

  private func correct(_ verb: String, _ body: String, by caller: Caller, _ headers: [(String, String)], _ house: House)
    -> Answer
  {
    house.call("POST", "/outages/OUT-2026-0001/\(verb)", by: caller, body, headers: headers)
  }

  @Test(arguments: ["amend", "void"])
  func `A correction of an outage has to say what was seen`(verb: String) throws {
    let house = try House()
    let made = try outage(in: house)
    #expect(made.etag == #""0""#)
    #expect(made.json["revision"] == 0)
    #expect(house.call("GET", "/outages/OUT-2026-0001", by: .eve).state == made.etag)
    func correct(_ headers: [(String, String)]) -> Answer {
      self.correct(verb, #"{"reason":"x"}"#, by: .rita, headers, house)
    }
    #expect(correct([]).status == 428)
    #expect(correct([("if-match", "*")]).status == 428)
    for tag in [#""1""#, #"W/"0""#, #""abc""#, #""00""#, #""draft-2""#, #""""#] {
      let answer = correct([("if-match", tag)])
      #expect(answer.status == 412, "\(tag): \(answer.text)")
      #expect(answer.code == "stale_revision", "\(tag)")
    }
    for tag in ["0", "", #""0", "1""#] { #expect(correct([("if-match", tag)]).code == "invalid_header", "\(tag)") }
    #expect(house.call("GET", "/outages/OUT-2026-0001", by: .eve).json == made.json)
  }

  @Test func `Of two who correct the same outage one is told to look again`() throws {
    let house = try House()
    let seen = [("if-match", try outage(in: house).etag)]
    let first = correct("amend", #"{"end":"2026-11-30T10:30"}"#, by: .rita, seen, house)
    #expect(first.status == 200, "\(first.text)")
    #expect(first.etag == #""1""#)
    #expect(first.json["revision"] == 1)
    let second = correct("amend", #"{"cause":"force-majeure","reason":"Flood"}"#, by: .ada, seen, house)
    #expect(second.status == 412)
    #expect(second.code == "stale_revision")
    #expect(second.json["revision"] == 1)
    #expect(correct("void", #"{"reason":"x"}"#, by: .ada, seen, house).status == 412)
    let now = house.call("GET", "/outages/OUT-2026-0001", by: .eve)
    #expect(now.json["cause"] == "incident")
    #expect(now.state == first.etag)
    #expect(
      correct("amend", #"{"cause":"force-majeure","reason":"Flood"}"#, by: .ada, [("if-match", now.etag)], house).etag
        == #""2""#)
  }

  @Test func `A correction that was answered is answered again, although the tag is stale by then`() throws {
    let house = try House()
    let headers = [("if-match", try outage(in: house).etag), ("idempotency-key", "c1")]
    let first = correct("amend", #"{"end":"2026-11-30T10:30"}"#, by: .rita, headers, house)
    let again = correct("amend", #"{"end":"2026-11-30T10:30"}"#, by: .rita, headers, house)
    #expect(again.status == 200)
    #expect(again.body == first.body)
    #expect(again.etag == first.etag)
    #expect(again.header("idempotency-replayed") == "true")
  }

  // MARK: Conditions that are not judged

  /// Source: RFC 9110, section 13.1.
  @Test(arguments: ["If-Match", "If-None-Match", "If-Unmodified-Since"])
  func `A write refuses a condition that it does not judge, a read passes it over`(name: String) throws {
    let house = try House()
    let value = name == "If-Unmodified-Since" ? "Tue, 01 Dec 2026 09:00:00 GMT" : #""0""#
    for route in API.routes where route.method != .get {
      let path = "/" + route.path.split(separator: "/").map { $0.hasPrefix("{") ? "x" : $0 }.joined(separator: "/")
      let answer = house.call(
        route.method.rawValue, path, by: .ada, route.method == .post ? "{}" : nil, headers: [(name.lowercased(), value)]
      )
      let isRefused = answer.code == "invalid_header" && answer.json["detail"]?.string?.hasPrefix(name) == true
      let isJudged =
        name == "If-Match" && ["/changes/{", "/outages/{", "/releases/{"].contains { route.path.hasPrefix($0) }
      #expect(isRefused != isJudged, "\(route.method.rawValue) \(route.path): \(answer.text)")
    }
    #expect(house.call("GET", "/changes", headers: [(name.lowercased(), value)]).status == 200)
  }

  // MARK: Idempotency

  static let body = #"{"start":"2026-12-06T01:00","duration":"2h","title":"Once"}"#

  @Test func `The same key and body give the same answer and one record`() throws {
    let house = try House()
    let key = [("idempotency-key", "k1")]
    let first = house.call("POST", "/changes", by: .eve, Self.body, headers: key)
    house.clock.now = utc("2026-12-03T09:00:00Z")
    let again = house.call("POST", "/changes", by: .eve, Self.body, headers: key)
    #expect(again.status == 201)
    #expect(again.body == first.body)
    #expect(again.etag == first.etag)
    #expect(again.header("location") == first.header("location"))
    #expect(first.header("idempotency-replayed") == nil)
    #expect(again.header("idempotency-replayed") == "true")
    #expect(house.call("GET", "/changes").json.array?.count == 1)
  }

  @Test func `A refusal is repeated too, and its draft is not doubled`() throws {
    let house = try House()
    let body = #"{"start":"2026-12-07T10:00","duration":"2h","title":"Noon"}"#
    let first = house.call("POST", "/changes", by: .eve, body, headers: [("idempotency-key", "k1")])
    let again = house.call("POST", "/changes", by: .eve, body, headers: [("idempotency-key", "k1")])
    #expect(first.status == 422 && again.status == 422)
    #expect(again.body == first.body)
    #expect(house.call("GET", "/changes", by: .eve).json.array?.count == 1)
  }

  @Test func `The same key with another body is refused`() throws {
    let house = try House()
    _ = house.call("POST", "/changes", by: .eve, Self.body, headers: [("idempotency-key", "k1")])
    let other = Self.body.replacing("Once", with: "Twice")
    let answer = house.call("POST", "/changes", by: .eve, other, headers: [("idempotency-key", "k1")])
    #expect(answer.status == 422)
    #expect(answer.code == "idempotency_key_reused")
    let outage = house.call(
      "POST", "/outages", by: .rita, #"{"cause":"incident","start":"2026-11-30T10:00"}"#,
      headers: [("idempotency-key", "k1")])
    #expect(outage.status == 201, "another token, another key")
  }

  @Test func `Keys of two tokens are two keys`() throws {
    let house = try House()
    let first = house.call("POST", "/changes", by: .eve, Self.body, headers: [("idempotency-key", "k1")])
    let other = house.call("POST", "/changes", by: .max, Self.body, headers: [("idempotency-key", "k1")])
    #expect(first.status == 201)
    #expect(other.code == "refused", "a request of its own, which overlaps")
    let third = house.call(
      "POST", "/changes", by: .max, Self.body.replacing("06T", with: "13T"), headers: [("idempotency-key", "k2")])
    #expect(third.status == 201)
  }

  @Test func `A move that was answered is answered again, although the tag is stale by then`() throws {
    let house = try House()
    let id = try house.submit("2026-12-06T01:00")
    func move(_ title: String) -> Answer {
      house.call(
        "POST", "/changes/\(id)/amend", by: .eve, #"{"title":"\#(title)","reason":"x"}"#,
        headers: [("if-match", #""0""#), ("idempotency-key", "m1")])
    }
    let first = move("One")
    #expect(first.status == 200)
    let again = move("One")
    #expect(again.status == 200)
    #expect(again.body == first.body)
    #expect(again.etag == first.etag)
    #expect(move("Two").code == "idempotency_key_reused")
  }

  @Test(arguments: ["", "a b", "é", "a\u{7}", String(repeating: "k", count: 201)])
  func `A key that is none is refused`(key: String) throws {
    let answer = try House().call("POST", "/changes", by: .eve, Self.body, headers: [("idempotency-key", key)])
    #expect(answer.status == 400)
    #expect(answer.json["detail"]?.string?.hasPrefix("Idempotency-Key") == true)
  }

  @Test func `A clock behind the newest event refuses to write, and says when to ask again`() throws {
    let house = try House()
    _ = try house.submit("2026-12-06T01:00")
    house.clock.now = utc("2026-12-01T08:00:00Z")
    let answer = house.call("POST", "/changes", by: .eve, Self.body)
    #expect(answer.status == 503)
    #expect(answer.code == "clock_behind")
    #expect(answer.header("retry-after") != nil)
  }
}
