import Answers
import CivilTime
import JSONText
import Register
import Testing

@testable import API

/// Webhooks, mailings and what came of them over the API.
@Suite struct DeliveryCallTests {
  /// RFC 3463, section 2: a class of 2, 4 or 5, then subject and detail.
  @Test(arguments: ["00000", "9.1.1", "5.1.1111", "5,1,1"])
  func `A status of a bounce that is none is refused where it stands`(status: String) throws {
    let body = #"{"bounces":[{"addresses":["a@b.example"],"status":"\#(status)"}]}"#
    let answer = try House().call("POST", "/mailing-bounces", by: .ada, body)
    #expect(answer.status == 400 && answer.text.contains("/bounces/0/status"), "\(answer.text)")
  }

  @Test func `A webhook is told its secret once, gets what is published, and is taken back`() throws {
    let house = try House()
    let made = house.call(
      "POST", "/webhooks", by: .ada, #"{"url":"https://hooks.example/x","events":["change.planned"]}"#)
    #expect(made.status == 201)
    #expect(made.header("location") == "/api/v1/webhooks/HOOK-0001")
    let secret = try #require(made.json["secret"]?.string)
    #expect(secret.hasPrefix("whsec_"))
    #expect(!house.call("GET", "/webhooks", by: .ada).text.contains(secret))
    let change = try house.submit("2026-12-06T01:00", by: .eve)
    let waiting = house.call("GET", "/deliveries?state=pending&to=HOOK-0001", by: .ada).json.array
    #expect(waiting?.count == 1)
    #expect(waiting?.first?["change"]?.string == change)
    let message = try #require(waiting?.first?["id"]?.string)
    // What waits still is not sent again; what nobody knows is not there.
    let early = house.call("POST", "/deliveries/\(message)/retry", by: .ada)
    #expect(early.status == 409)
    #expect(early.json["code"] == "not_given_up")
    #expect(house.call("POST", "/deliveries/msg_none/retry", by: .ada).status == 404)
    for claim in try house.register.claimDeliveries(limit: 1, owner: "w", for: .minutes(1)) {
      try house.register.settle(claim, .dead(error: "no"))
    }
    #expect(house.call("POST", "/deliveries/\(message)/retry", by: .ada).json["state"] == "pending")
    let revoked = house.call("DELETE", "/webhooks/HOOK-0001", by: .ada)
    #expect(revoked.json["state"] == "revoked")
    #expect(house.call("GET", "/deliveries?state=dead", by: .ada).json.array?.count == 1)
    #expect(house.call("DELETE", "/webhooks/HOOK-0001", by: .ada).header("idempotency-replayed") == "true")
    #expect(house.call("DELETE", "/webhooks/HOOK-0009", by: .ada).status == 404)
    #expect(try Register.verify(house.register.store).problems == [])
  }

  @Test func `A secret is rotated once a key, told once, and never by an address of a chat`() throws {
    let house = try House()
    let url = #"{"url":"https://hooks.example/x"}"#
    let first = try #require(house.call("POST", "/webhooks", by: .ada, url).json["secret"]?.string)
    let path = "/webhooks/HOOK-0001/rotate"
    let key = [("idempotency-key", "k1")]
    let rotated = house.call("POST", path, by: .ada, #"{"keep":"2h"}"#, headers: key)
    #expect(rotated.status == 200)
    let second = try #require(rotated.json["secret"]?.string)
    #expect(second != first)
    let again = house.call("POST", path, by: .ada, #"{"keep":"2h"}"#, headers: key)
    #expect(again.header("idempotency-replayed") == "true")
    #expect(again.json["secret"] == nil)
    let now = house.register.now
    let hook = try #require(try house.register.webhooks().first)
    #expect(hook.secrets(at: now + Elapsed(seconds: 7199)).map(\.text) == [second, first])
    #expect(hook.secrets(at: now + Elapsed(seconds: 7200)).map(\.text) == [second])
    #expect(!house.call("GET", "/log", by: .ada).text.contains("whsec_"))
    for keep in ["721h", "-1h", "1d"] {
      #expect(house.call("POST", path, by: .ada, #"{"keep":"\#(keep)"}"#).status == 400, "\(keep)")
    }
    let chat = house.call("POST", "/webhooks", by: .ada, #"{"url":"https://hooks.example/y","format":"slack"}"#)
    #expect(chat.json["secret"] == nil)
    #expect(chat.json["language"] == "fr")
    #expect(house.call("POST", "/webhooks/HOOK-0002/rotate", by: .ada, "{}").json["code"] == "invalid_value")
    #expect(house.call("POST", "/webhooks/HOOK-0003/rotate", by: .ada, "{}").status == 404)
    #expect(house.call("POST", "/webhooks/nothing/rotate", by: .ada, "{}").status == 404)
    #expect(try Register.verify(house.register.store).problems == [])
  }

  @Test func `An address that is none, or without encryption, is refused with its name`() throws {
    let house = try House()
    for url in ["ftp://a.example/", "http://hooks.example/x", "https://127.1/x", "https://user@a.example/"] {
      let answer = house.call("POST", "/webhooks", by: .ada, #"{"url":"\#(url)"}"#)
      #expect(answer.status == 400, "\(url)")
      #expect(answer.json["code"] == "invalid_value", "\(url)")
    }
    #expect(house.call("POST", "/mailings", by: .ada, #"{"address":"-oQ/tmp"}"#).status == 400)
    #expect(house.call("POST", "/webhooks", by: .ada, #"{"url":"https://a.example/","events":["x"]}"#).status == 400)
    #expect(house.call("GET", "/webhooks", by: .ada).json == [])
  }

  @Test func `A mailing gets the notices of its service until it is taken back`() throws {
    let house = try House()
    let made = house.call("POST", "/mailings", by: .ada, #"{"address":"clients@example.org","language":"en"}"#)
    #expect(made.status == 201)
    #expect(made.json["language"] == "en")
    _ = try house.submit("2026-12-06T01:00", by: .eve)
    let messages = house.call("GET", "/deliveries?to=MAIL-0001", by: .ada).json.array ?? []
    #expect(messages.map { $0["lead_seconds"]?.integer } == [nil, 86_400, 172_800])
    #expect(messages.map { $0["not_before"]?.string?.prefix(10) }.dropFirst() == ["2026-12-05", "2026-12-04"])
    #expect(house.call("DELETE", "/mailings/MAIL-0001", by: .ada).json["state"] == "revoked")
  }

  static let makers: [(path: String, body: String, other: String, secret: String?)] = [
    ("/tokens", #"{"name":"bot","role":"engineer"}"#, #"{"name":"bot","role":"admin"}"#, "secret"),
    (
      "/private-feeds", #"{"client":"Martin","services":[{"service":"profession-liberale"}]}"#,
      #"{"client":"Durand","services":[{"service":"profession-liberale"}]}"#, "addresses"
    ),
    (
      "/webhooks", #"{"url":"https://hooks.example/x"}"#,
      #"{"url":"https://hooks.example/x","events":["change.started"]}"#, "secret"
    ),
    ("/mailings", #"{"address":"a@example.org"}"#, #"{"address":"b@example.org"}"#, nil),
  ]

  @Test(arguments: makers.indices)
  func `A key makes one, whose secret is told once, and takes one back`(index: Int) throws {
    let house = try House()
    let maker = Self.makers[index]
    let key = [("idempotency-key", "k1")]
    let made = house.call("POST", maker.path, by: .ada, maker.body, headers: key)
    #expect(made.status == 201, "\(made.text)")
    #expect(made.header("idempotency-replayed") == nil)
    let again = house.call("POST", maker.path, by: .ada, maker.body, headers: key)
    #expect(again.status == 201)
    #expect(again.header("idempotency-replayed") == "true")
    #expect(again.json["id"] == made.json["id"])
    if let secret = maker.secret {
      #expect(made.json[secret] != nil)
      #expect(again.json[secret] == nil)
    }
    #expect(house.call("POST", maker.path, by: .ada, maker.other, headers: key).code == "idempotency_key_reused")
    #expect(house.call("GET", maker.path, by: .ada).json.array?.count == 1)
    let id = try #require(made.json["id"]?.string)
    let end = [("idempotency-key", "k2")]
    #expect(house.call("DELETE", "\(maker.path)/\(id)", by: .ada, headers: key).code == "idempotency_key_reused")
    let gone = house.call("DELETE", "\(maker.path)/\(id)", by: .ada, headers: end)
    #expect(gone.json["state"] == "revoked")
    let twice = house.call("DELETE", "\(maker.path)/\(id)", by: .ada, headers: end)
    #expect(twice.json == gone.json)
    #expect(twice.header("idempotency-replayed") == "true")
    // Another kind of request does not get that key either.
    #expect(
      house.call(
        "POST", "/changes", by: .ada, #"{"title":"x","start":"2026-12-06T01:00","duration":"1h"}"#, headers: key
      ).code == "idempotency_key_reused")
    #expect(try Register.verify(house.register.store).problems == [])
  }

  @Test func `A secret of the caller's own signs, is not told, and makes one webhook`() throws {
    let house = try House()
    let secret = WebhookSecret.random()
    let body = #"{"url":"https://hooks.example/x","secret":"\#(secret.text)"}"#
    let made = house.call("POST", "/webhooks", by: .ada, body)
    #expect(made.status == 201, "\(made.text)")
    #expect(made.json["secret"] == nil)
    #expect(try house.register.webhooks().map(\.secret) == [secret])
    #expect(house.call("POST", "/webhooks", by: .ada, body).header("idempotency-replayed") == "true")
    #expect(house.call("POST", "/webhooks", by: .ada, body.replacing("/x", with: "/y")).code == "digest_taken")
    let bad = house.call("POST", "/webhooks", by: .ada, #"{"url":"https://hooks.example/x","secret":"whsec_short"}"#)
    #expect(bad.code == "invalid_value")
    #expect(!bad.text.contains("whsec_short"))
  }

  @Test func `What records either takes a key or says that it does not`() throws {
    let house = try House()
    for route in API.routes where route.method != .get {
      let path = route.path.replacing(/\{[a-z]+\}/, with: "x")
      let answer = house.call(route.method.rawValue, path, by: .ada, headers: [("idempotency-key", "k")])
      let isRefused = answer.code == "invalid_header" && answer.text.contains("Idempotency-Key")
      #expect(isRefused != route.operation.takesKey, "\(route.name): \(answer.text)")
    }
    #expect(
      API.routes.filter { $0.method != .get && !$0.operation.takesKey }.map(\.name).sorted()
        == [
          "check", "importChanges", "importMailings", "importOutages", "planRelease", "readExcerpt", "recordBounces",
          "recordNotices", "reportSupport", "retryDelivery",
        ])
  }

  @Test func `Who reads the log meets no address`() throws {
    let house = try House()
    _ = house.call("POST", "/webhooks", by: .ada, #"{"url":"https://hooks.example/x?key=1"}"#)
    _ = house.call("POST", "/mailings", by: .ada, #"{"address":"clients@example.org"}"#)
    let log = house.call("GET", "/log", by: .eve)
    #expect(log.status == 200)
    #expect(log.text.contains("webhook-created"))
    #expect(!log.text.contains("hooks.example"))
    #expect(!log.text.contains("clients@"))
    #expect(house.call("GET", "/webhooks", by: .ada).text.contains("hooks.example"))
    #expect(house.call("GET", "/mailings", by: .ada).text.contains("clients@example.org"))
  }

  @Test(arguments: ["https://127.0.0.1/x", "https://[::1]/", "https://localhost/"])
  func `An address in no public network is refused where the server sends to none`(url: String) throws {
    let answer = try House().call("POST", "/webhooks", by: .ada, #"{"url":"\#(url)"}"#)
    #expect(answer.code == "invalid_value", "\(answer.text)")
  }
}
