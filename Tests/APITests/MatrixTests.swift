import API
import Answers
import JSONText
import Testing

/// Every route with every role: who may call it stands here by hand, and a route that does not stand here fails.
@Suite struct MatrixTests {
  enum Expected: String {
    /// Anyone, without a token.
    case open
    /// Engineers and above.
    case engineer
    /// Engineers on their own changes, release managers on all.
    case owner
    /// Release managers and above.
    case manager
    case admin
  }

  /// Source: the roles of docs/design.md; reading what is public needs no account, writing needs a token.
  static let matrix: [String: Expected] = [
    "GET /openapi.json": .open, "GET /whoami": .engineer,
    "GET /services": .open, "GET /services/{service}/windows": .open, "GET /services/{service}/holidays": .open,
    "GET /services/{service}/slots": .open, "GET /services/{service}/annex": .open, "POST /check": .open,
    "GET /changes": .open, "GET /changes/{change}": .open, "GET /changes/{change}/history": .engineer,
    "GET /conflicts": .engineer,
    "POST /changes": .engineer, "POST /emergencies": .engineer,
    "POST /changes/{change}/reschedule": .owner, "POST /changes/{change}/amend": .owner,
    "POST /changes/{change}/cancel": .owner, "POST /changes/{change}/start": .owner,
    "POST /changes/{change}/complete": .owner, "POST /changes/{change}/extend": .owner,
    "POST /changes/{change}/approve": .manager, "POST /changes/{change}/decline": .manager,
    "POST /release-plans": .engineer, "POST /releases": .engineer, "GET /releases": .engineer,
    "GET /releases/{release}": .engineer, "POST /releases/{release}/reschedule": .owner,
    "POST /releases/{release}/cancel": .owner, "POST /releases/{release}/leave": .owner,
    "POST /releases/{release}/approve": .manager, "POST /releases/{release}/decline": .manager,
    "GET /releases/{release}/notices/{kind}": .engineer,
    "GET /notices/due": .engineer, "GET /notices/evidence": .engineer,
    "GET /changes/{change}/notices/{kind}": .engineer,
    "GET /services/{service}/availability/notice": .engineer, "POST /changes/{change}/notices": .manager,
    "POST /changes/{change}/send-notices": .manager, "POST /notices": .manager,
    "GET /services/{service}/availability": .open, "GET /services/{service}/report": .engineer,
    "GET /services/{service}/support-clock": .engineer, "POST /services/{service}/support-report": .engineer,
    "GET /outages": .engineer, "GET /outages/{outage}": .engineer, "POST /outages": .manager,
    "POST /outages/{outage}/amend": .manager, "POST /outages/{outage}/void": .manager, "POST /outage-imports": .manager,
    "POST /imports": .manager,
    "GET /gate/{service}": .open, "GET /gate/{service}/overrides": .engineer,
    "POST /gate/{service}/overrides": .engineer, "POST /gate/{service}/overrides/end": .engineer,
    "GET /webhooks": .admin, "POST /webhooks": .admin, "POST /webhooks/{webhook}/rotate": .admin,
    "DELETE /webhooks/{webhook}": .admin,
    "GET /mailings": .admin, "POST /mailings": .admin, "POST /mailing-lists": .admin, "POST /mailing-bounces": .admin,
    "DELETE /mailings/{mailing}": .admin,
    "GET /deliveries": .admin, "POST /deliveries/{delivery}/retry": .admin,
    "GET /tokens": .admin, "POST /tokens": .admin, "DELETE /tokens/{token}": .admin,
    "GET /private-feeds": .admin, "POST /private-feeds": .admin, "DELETE /private-feeds/{feed}": .admin,
    "GET /log/checkpoint": .open, "GET /log": .engineer, "POST /log/excerpt": .engineer, "GET /contracts": .engineer,
  ]

  private static let release =
    #"{"file":{"release":"R","changes":[{"id":"a","title":"A","services":["profession-liberale"],"duration":"1h"}]}}"#

  /// Bodies that pass the check of their form, where an empty object does not.
  static let bodies = [
    "POST /changes/{change}/extend": #"{"end":"2026-12-06T05:00"}"#,
    "POST /changes/{change}/notices": #"{"channel":"portal"}"#, "POST /notices": #"{"notices":[]}"#,
    "POST /release-plans": release, "POST /releases": release,
    "POST /releases/{release}/reschedule": #"{"by":"7d","reason":"Late"}"#,
    "POST /releases/{release}/leave": #"{"changes":[]}"#,
    "POST /gate/{service}/overrides": #"{"reason":"Hotfix","duration":"5m"}"#,
    "POST /webhooks": #"{"url":"https://hooks.example/x"}"#,
    "POST /mailings": #"{"address":"clients@example.org"}"#,
    "POST /mailing-lists": #"{"addresses":["clients@example.org"]}"#, "POST /mailing-bounces": #"{"bounces":[]}"#,
    "POST /tokens": #"{"name":"pipeline","role":"engineer"}"#,
    "POST /private-feeds": #"{"client":"Martin","services":[{"service":"profession-liberale"}]}"#,
  ]

  static func key(_ route: Route) -> String { "\(route.method.rawValue) \(route.path)" }

  @Test func `The matrix and the table of routes name the same routes, each once`() {
    let routes = API.routes.map(Self.key)
    #expect(Set(routes).count == routes.count)
    #expect(Set(routes) == Set(Self.matrix.keys))
    #expect(Set(API.routes.map(\.operation)) == Set(Operation.allCases), "each operation is answered, once")
  }

  @Test func `Each route admits who the matrix says and nobody else`() throws {
    let house = try House()
    let change = try house.submit("2026-12-06T01:00", by: .eve)
    let outage = house.call(
      "POST", "/outages", by: .rita,
      #"{"cause":"incident","start":"2026-11-30T10:00","end":"2026-11-30T10:30","title":"Login fails"}"#)
    try #require(outage.status == 201)
    let release = house.call("POST", "/releases", by: .eve, Self.release)
    try #require(release.status == 201, "\(release.text)")
    for route in API.routes {
      let key = Self.key(route)
      guard let expected = Self.matrix[key] else {
        Issue.record("\(key) is in no matrix")
        continue
      }
      let path = route.path.replacing("{service}", with: House.service).replacing("{change}", with: change)
        .replacing("{release}", with: release.json["id"]?.string ?? "")
        .replacing("{outage}", with: outage.json["id"]?.string ?? "").replacing("{kind}", with: "current")
        .replacing("{token}", with: "TOK-0001").replacing("{feed}", with: "PFD-0001")
        .replacing("{webhook}", with: "HOOK-0001").replacing("{mailing}", with: "MAIL-0001")
        .replacing("{delivery}", with: "msg_0")
      for caller in Caller.allCases {
        let body = route.method == .post ? Self.bodies[key] ?? "{}" : nil
        let type = route.path.hasSuffix("imports") ? "application/x-ndjson" : "application/json"
        let answer = house.call(route.method.rawValue, path, by: caller, body, type: type)
        let place: Comment = "\(key) by \(caller): \(answer.status) \(answer.code ?? "")"
        #expect(answer.status < 500, place)
        switch (expected, caller) {
        case (.open, _): #expect(![401, 403].contains(answer.status), place)
        case (_, .nobody):
          #expect(answer.status == 401 && answer.code == "unauthenticated", place)
          #expect(answer.header("www-authenticate")?.hasPrefix("Bearer") == true, place)
        case (.owner, .max): #expect(answer.status == 403 && answer.code == "not_own_change", place)
        case (.manager, .eve), (.manager, .max), (.admin, .eve), (.admin, .max), (.admin, .rita):
          #expect(answer.status == 403 && answer.code == "forbidden", place)
        default: #expect(![401, 403].contains(answer.status), place)
        }
      }
    }
  }
}
