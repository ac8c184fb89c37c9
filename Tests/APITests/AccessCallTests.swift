import API
import Foundation
import JSONText
import Planning
import Register
import TestSupport
import Testing

/// Tokens and private feeds over the API.
@Suite struct AccessCallTests {
  static let digest = String(repeating: "0123456789abcdef", count: 4)

  @Test func `A token is made once, told once, works at once, and is taken back`() throws {
    let house = try House()
    let made = house.call("POST", "/tokens", by: .ada, #"{"name":"pipeline","role":"engineer","expires":"90d"}"#)
    #expect(made.status == 201)
    #expect(made.header("location") == "/api/v1/tokens/TOK-0001")
    #expect(made.header("cache-control") == "no-store")
    // 90 days of 24 hours after 2026-12-01T10:00+01:00.
    #expect(made.json["expires_at"] == "2027-03-01T10:00:00+01:00")
    let secret = try #require(made.json["secret"]?.string)
    let principal = try house.register.principal(bearing: secret, at: house.register.now)
    #expect(principal == Principal(name: "pipeline", role: .engineer, expiresAt: utc("2027-03-01T09:00:00Z")))
    let listed = house.call("GET", "/tokens", by: .ada)
    #expect(!listed.text.contains(secret))
    #expect(!listed.text.contains("digest"))
    #expect(listed.json.array?.first?["last_used_at"] == "2026-12-01T10:00:00+01:00")
    let events = try house.register.store.read { try $0.events(after: 0, limit: 100) }
    #expect(!events.contains { $0.body.contains(secret) })
    let revoked = house.call("DELETE", "/tokens/tok-0001", by: .ada)
    #expect(revoked.status == 200)
    #expect(revoked.json["state"] == "revoked")
    #expect(revoked.json["revoked_by"] == "ada")
    #expect(try house.register.principal(bearing: secret, at: house.register.now) == nil)
    let again = house.call("DELETE", "/tokens/TOK-0001", by: .ada)
    #expect(again.status == 200)
    #expect(again.header("idempotency-replayed") == "true")
    #expect(try Register.verify(house.register.store).problems == [])
  }

  @Test func `A token of the caller's own secret is never told, and asking again makes no other`() throws {
    let house = try House()
    let secret = TokenSecret.random()
    let body = #"{"name":"pipeline","role":"engineer","expires":"12h","digest":"\#(secret.digest)"}"#
    let made = house.call("POST", "/tokens", by: .ada, body)
    #expect(made.status == 201)
    #expect(made.json["secret"] == nil)
    #expect(try house.register.principal(bearing: secret.text, at: house.register.now)?.name == "pipeline")
    house.clock.now = utc("2026-12-01T09:10:00Z")
    let again = house.call("POST", "/tokens", by: .ada, body)
    #expect(again.status == 201)
    #expect(again.header("idempotency-replayed") == "true")
    #expect(again.json["id"] == "TOK-0001")
    #expect(again.json["expires_at"] == made.json["expires_at"])
    #expect(house.call("GET", "/tokens", by: .ada).json.array?.count == 1)
    for other in [
      body.replacing("engineer", with: "admin"), body.replacing("12h", with: "13h"),
      body.replacing("pipeline", with: "other"), body.replacing(#","expires":"12h""#, with: ""),
    ] {
      let answer = house.call("POST", "/tokens", by: .ada, other)
      #expect(answer.status == 409)
      #expect(answer.code == "digest_taken")
    }
    // One that is taken back is not given back.
    _ = house.call("DELETE", "/tokens/TOK-0001", by: .ada)
    #expect(house.call("POST", "/tokens", by: .ada, body).json["state"] == "revoked")
    #expect(try house.register.principal(bearing: secret.text, at: house.register.now) == nil)
  }

  @Test(arguments: [
    (#"{"role":"engineer"}"#, 400, "missing_member"), (#"{"name":"x","role":"king"}"#, 400, "invalid_value"),
    (#"{"name":"Taken","role":"engineer"}"#, 409, "name_taken"),
    (#"{"name":"a/b","role":"admin"}"#, 422, "invalid_text"),
    (#"{"name":" ","role":"admin"}"#, 422, "invalid_text"),
    (#"{"name":"a\u0000b","role":"admin"}"#, 422, "invalid_text"),
    (#"{"name":"x","role":"admin","expires":"0d"}"#, 422, "expiry_not_ahead"),
    (#"{"name":"x","role":"admin","expires":"2020-01-01"}"#, 422, "expiry_not_ahead"),
    (#"{"name":"x","role":"admin","expires":"99999d"}"#, 422, "too_far_away"),
    (#"{"name":"x","role":"admin","expires":"9999-12-31"}"#, 422, "too_far_away"),
    (#"{"name":"x","role":"admin","expires":"soon"}"#, 400, "invalid_value"),
    (#"{"name":"x","role":"admin","digest":"abc"}"#, 400, "invalid_value"),
    (#"{"name":"x","role":"admin","digest":"\#(digest.uppercased())"}"#, 400, "invalid_value"),
    (#"{"name":"x","role":"admin","secret":"y"}"#, 400, "unknown_member"),
  ]) func `A token that cannot be made is the caller's fault`(body: String, status: Int, code: String) throws {
    let house = try House()
    _ = house.call("POST", "/tokens", by: .ada, #"{"name":"taken","role":"engineer"}"#)
    let answer = house.call("POST", "/tokens", by: .ada, body)
    #expect(answer.status == status, "\(answer.text)")
    #expect(answer.code == code, "\(answer.text)")
    #expect(answer.json["detail"]?.string?.contains("--") == false, "\(answer.text)")
    #expect(house.call("GET", "/tokens", by: .ada).json.array?.count == 1)
  }

  @Test(arguments: ["/tokens/TOK-0099", "/tokens/x", "/tokens/TOK-99999999999999999999", "/tokens/%00"])
  func `What is no token is not found`(path: String) throws {
    let house = try House()
    #expect(house.call("DELETE", path, by: .ada).code == "unknown_token")
    #expect(
      house.call(
        "DELETE", path.replacing("tokens/TOK", with: "private-feeds/PFD").replacing("tokens", with: "private-feeds"),
        by: .ada
      ).code
        == "unknown_private_feed")
  }

  @Test func `A private feed has addresses that are told once and can be taken back`() throws {
    let house = try House()
    let body =
      #"{"client":"Martin","services":[{"service":"profession-liberale","components":["flux"]}],"language":"en"}"#
    let made = house.call("POST", "/private-feeds", by: .ada, body)
    #expect(made.status == 201, "\(made.text)")
    #expect(made.json["by_contract"] == false)
    let address = try #require(made.json["addresses"]?["maintenance.en.ics"]?.string)
    let secret = try #require(address.split(separator: "/").dropLast().last)
    #expect(try house.register.privateFeed(at: String(secret))?.id.description == "PFD-0001")
    #expect(!house.call("GET", "/private-feeds", by: .ada).text.contains(secret))
    #expect(house.call("DELETE", "/private-feeds/PFD-0001", by: .ada).json["state"] == "revoked")
    #expect(try house.register.privateFeed(at: String(secret)) == nil)
  }

  @Test func `A private feed of the caller's own secret is made once`() throws {
    let house = try House()
    let secret = FeedSecret.random()
    let body = #"{"client":"Martin","services":[{"service":"profession-liberale"}],"digest":"\#(secret.digest)"}"#
    let made = house.call("POST", "/private-feeds", by: .ada, body)
    #expect(made.json["addresses"] == nil)
    #expect(try house.register.privateFeed(at: secret.text)?.client == "Martin")
    let again = house.call("POST", "/private-feeds", by: .ada, body)
    #expect(again.body == made.body)
    #expect(again.header("idempotency-replayed") == "true")
    #expect(house.call("POST", "/private-feeds", by: .ada, body.replacing("Martin", with: "M")).code == "digest_taken")
    #expect(house.call("GET", "/private-feeds", by: .ada).json.array?.count == 1)
  }

  @Test(arguments: [
    (#"{"client":"Nobody"}"#, "invalid_value"), (#"{"client":"x","services":[{"service":"moon"}]}"#, "invalid_value"),
    (#"{"client":"x","services":[{"service":"profession-liberale","components":["moon"]}]}"#, "unknown_component"),
    (
      #"{"client":"x","services":[{"service":"profession-liberale"},{"service":"profession-liberale"}]}"#,
      "invalid_value"
    ),
    (#"{"client":"x","services":"all"}"#, "invalid_value"), (#"{"client":"","services":[]}"#, "invalid_value"),
    (#"{"client":"a\u202Eb","services":[{"service":"profession-liberale"}]}"#, "invalid_text"),
    (#"{"client":"x","services":[{"service":"profession-liberale"}],"language":"de"}"#, "invalid_value"),
  ]) func `A private feed that cannot be made is the caller's fault`(body: String, code: String) throws {
    let answer = try House().call("POST", "/private-feeds", by: .ada, body)
    #expect(answer.code == code, "\(answer.text)")
    #expect((400..<500).contains(answer.status))
  }
}
