import API
import JSONText
import Register
import Testing

/// Webhooks, mailings and what came of them over the API.
@Suite struct DeliveryCallTests {
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
    let revoked = house.call("DELETE", "/webhooks/HOOK-0001", by: .ada)
    #expect(revoked.json["state"] == "revoked")
    #expect(house.call("GET", "/deliveries?state=dead", by: .ada).json.array?.count == 1)
    #expect(house.call("DELETE", "/webhooks/HOOK-0001", by: .ada).header("idempotency-replayed") == "true")
    #expect(house.call("DELETE", "/webhooks/HOOK-0009", by: .ada).status == 404)
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
    #expect(house.call("GET", "/deliveries?to=MAIL-0001", by: .ada).json.array?.count == 1)
    #expect(house.call("DELETE", "/mailings/MAIL-0001", by: .ada).json["state"] == "revoked")
  }
}
