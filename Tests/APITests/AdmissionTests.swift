import API
import JSONText
import Testing

/// What is asked of a call before anything else: address, method, token, query, headers, size, type.
@Suite struct AdmissionTests {
  static func bearer(_ value: String) -> APICall {
    APICall("GET", "/api/v1/services", headers: [("authorization", value)])
  }

  @Test(arguments: [
    "Bearer wrong", "bearer", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "token-of-ada", "Bearer token-of-ada extra",
    "Bearer " + String(repeating: "x", count: 5000), "",
  ]) func `A token that is not valid is refused, also where none is needed`(value: String) throws {
    let answer = try House().send(Self.bearer(value))
    #expect(answer.status == 401)
    #expect(answer.header("www-authenticate") == #"Bearer realm="preavis", error="invalid_token""#)
  }

  @Test func `Two tokens are none`() throws {
    let call = APICall(
      "GET", "/api/v1/whoami",
      headers: [("authorization", "Bearer token-of-eve"), ("authorization", "Bearer token-of-ada")])
    #expect(try House().send(call).status == 401)
  }

  @Test func `A valid token says who it is; the scheme is written as one likes`() throws {
    let house = try House()
    #expect(
      house.call("GET", "/whoami", by: .rita).json == ["name": "rita", "role": "release-manager", "expires_at": .null])
    #expect(house.send(Self.bearer("bEaReR token-of-eve")).status == 200)
  }

  @Test(arguments: [
    "/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v2/services", "/api/v1/services/", "/api/v1//services",
    "/api/v1/../v1/services", "/api/v1/%2e%2e/services", "/api/v1/changes/CHG-2026-0001/unknown", "/", "",
    "/api/v1/services/a/b/c/d/e/f/g/h/i/j",
  ]) func `An unknown address is not found`(path: String) throws {
    let answer = try House().send(APICall("GET", path))
    #expect(answer.status == 404)
    #expect(answer.code == "unknown_route")
  }

  @Test(arguments: [
    "/api/v1/changes/%", "/api/v1/changes/%2", "/api/v1/changes/%zz", "/api/v1/changes/%C3%28", "/api/v1/changes/%+1",
  ]) func `A path that cannot be decoded is a bad call`(path: String) throws {
    let answer = try House().send(APICall("GET", path))
    #expect(answer.status == 400)
    #expect(answer.code == "invalid_path")
  }

  @Test(arguments: [
    "CHG-2026-0001", "chg-2026-9999", "..%2F..%2Fetc%2Fpasswd", "%00", "CHG-2026-0001%00", "%E2%80%AE", "-1",
    "CHG-99999999999999999999-1", "CHG-2026-99999999999999999999",
  ]) func `What is no change is not found`(id: String) throws {
    let answer = try House().call("GET", "/changes/\(id)")
    #expect(answer.status == 404)
    #expect(answer.code == "unknown_change")
  }

  @Test(arguments: ["nothing", "..%2f..%2fregister", "%00", "PROFESSION-LIBERALE", "profession-liberale%20"])
  func `What is no service is not found`(name: String) throws {
    let answer = try House().call("GET", "/services/\(name)/windows")
    #expect(answer.status == 404)
    #expect(answer.code == "unknown_service")
  }

  @Test func `A known address says which methods it takes`() throws {
    let house = try House()
    let answer = house.call("DELETE", "/changes")
    #expect(answer.status == 405)
    #expect(answer.header("allow") == "GET, HEAD, POST")
    #expect(house.call("GET", "/check").header("allow") == "POST")
    for method in ["PUT", "PATCH", "TRACE", "get", "", "G\u{0}T"] {
      #expect(house.send(APICall(method, "/api/v1/services")).status == 405, "\(method)")
    }
  }

  @Test func `HEAD answers as GET does, without the body`() throws {
    let house = try House()
    let (get, head) = (house.call("GET", "/services"), house.call("HEAD", "/services"))
    #expect(head.status == 200)
    #expect(head.body.isEmpty)
    #expect(head.header("content-length") == String(get.body.count))
  }

  @Test(arguments: [
    ("nothing=1", "unknown_parameter"), ("limit=0", "invalid_query"), ("limit=1001", "invalid_query"),
    ("limit=ten", "invalid_query"), ("limit=1&limit=2", "invalid_query"), ("limit=+5", "invalid_query"),
    ("limit=99999999999999999999", "invalid_query"), ("state=gone", "invalid_query"), ("lang=de", "invalid_query"),
    ("service=%FF", "invalid_query"), ("%", "invalid_query"), ("after=zzz", "invalid_query"),
    ("after=9223372036854775808.CHG-2026-0001", "invalid_query"), ("from=yesterday", "invalid_value"),
    ("from=2026-12-02&to=2026-12-01", "invalid_value"), ("service=unknown", "invalid_value"),
    ("Limit=1", "unknown_parameter"), ("=1", "unknown_parameter"),
  ]) func `A query that is not understood is a bad call`(query: String, code: String) throws {
    let answer = try House().call("GET", "/changes?" + query)
    #expect(answer.status == 400)
    #expect(answer.code == code, "\(answer.text)")
  }

  @Test func `An unknown parameter is named, and so is the nearest known one`() throws {
    let answer = try House().call("GET", "/changes?sercive=x")
    #expect(answer.json["detail"]?.string?.contains("service") == true)
    #expect(answer.json["errors"]?.array?.first?["parameter"] == "sercive")
  }

  @Test func `Thousands of parameters are refused`() throws {
    let query = (0..<5000).map { "p\($0)=1" }.joined(separator: "&")
    #expect(try House().call("GET", "/changes?" + query).status == 400)
  }

  @Test(arguments: [
    "text/plain", "application/xml", "application/json; charset=iso-8859-1", "application/jsonx", "multipart/form-data",
  ]) func `A body of another type is refused`(type: String) throws {
    let answer = try House().call("POST", "/check", #"{"start":"2026-12-06T01:00","duration":"2h"}"#, type: type)
    #expect(answer.status == 415)
    #expect(answer.code == "unsupported_media_type")
    #expect(answer.header("accept") == "application/json")
  }

  @Test(arguments: [
    "application/json", "APPLICATION/JSON", "application/json;charset=UTF-8", "application/json ; charset=\"utf-8\"",
  ])
  func `JSON in UTF-8 is taken, however its type is written`(type: String) throws {
    #expect(
      try House().call("POST", "/check", #"{"start":"2026-12-06T01:00","duration":"2h"}"#, type: type).status == 200)
  }

  @Test func `A body without a type, or in a content coding, is refused`() throws {
    let house = try House()
    let body = Array(#"{"start":"2026-12-06T01:00","duration":"2h"}"#.utf8)
    #expect(house.send(APICall("POST", "/api/v1/check", body: body)).status == 415)
    let coded = [(name: "content-type", value: "application/json"), ("content-encoding", "gzip")]
    #expect(house.send(APICall("POST", "/api/v1/check", headers: coded, body: body)).status == 415)
    let twice = [(name: "content-type", value: "application/json"), ("content-type", "text/plain")]
    let answer = house.send(APICall("POST", "/api/v1/check", headers: twice, body: body))
    #expect(answer.status == 400)
    #expect(answer.code == "invalid_header")
  }

  @Test func `A body above the limit is refused by its size alone`() throws {
    let house = try House()
    let exact = "{" + String(repeating: " ", count: (256 << 10) - 2) + "}"
    #expect(house.call("POST", "/check", exact).status == 400)
    let answer = house.call("POST", "/check", exact + " ")
    #expect(answer.status == 413)
    #expect(answer.code == "too_large")
    let rows = String(repeating: "\n", count: (1 << 20) + 1)
    #expect(house.call("POST", "/imports", by: .rita, rows, type: "text/csv").status == 413)
    #expect(house.call("POST", "/imports", rows, type: "text/csv").status == 401)
  }

  @Test func `Where no body is taken, none is read`() throws {
    #expect(try House().call("GET", "/services", "{}").code == "invalid_value")
  }

  @Test func `Messages are in the language that was asked for`() throws {
    let house = try House()
    func title(_ path: String, _ header: String?) -> String? {
      house.call("GET", path, headers: header.map { [("accept-language", $0)] } ?? []).json["title"]?.string
    }
    #expect(title("/nothing", nil) == "There is no such thing.")
    #expect(title("/nothing", "fr-FR,fr;q=0.9,en;q=0.8") == "Introuvable.")
    #expect(title("/nothing", "en;q=0.5, fr;q=0.4") == "There is no such thing.")
    #expect(title("/nothing", "de, fr;q=0.1") == "Introuvable.")
    #expect(title("/nothing", "fr;q=0") == "There is no such thing.")
    #expect(title("/nothing?lang=fr", "en") == "Introuvable.")
    let answer = house.call("GET", "/services?lang=fr")
    #expect(answer.header("content-language") == "fr")
    #expect(answer.header("vary")?.contains("Accept-Language") == true)
  }

  @Test func `What a token may see is kept by nobody`() throws {
    let house = try House()
    #expect(house.call("GET", "/changes").header("cache-control") == "no-cache")
    #expect(house.call("GET", "/changes", by: .eve).header("cache-control") == "no-store")
  }

  @Test func `Problems have the members of RFC 9457`() throws {
    let answer = try House().call("GET", "/changes/CHG-2026-0001")
    #expect(answer.header("content-type") == "application/problem+json")
    #expect(answer.json["type"] == "/problems/unknown_change")
    #expect(answer.json["status"] == 404)
    #expect(answer.json["detail"] == "There is no CHG-2026-0001.")
  }

  @Test func `A failure behind the token is the server's, and says no more than that`() throws {
    let answer = try House().send(Self.bearer("Bearer token-that-breaks"))
    #expect(answer.status == 503)
    #expect(answer.code == "busy")
    #expect(answer.header("retry-after") == "1")
  }
}
