import API
import Foundation
import Synchronization
import Testing

@testable import Server

/// The whole server on a real socket.
@Suite(.timeLimit(.minutes(20))) struct LiveServerTests {
  private static let home = "/profession-liberale/"

  @Test func `A file is the same from the framework and from memory`() async throws {
    let publication = try Published()
    try publication.submit("2026-12-06T01:00:00Z")
    try await LiveServer.run(publication) { port in
      func fields(_ answer: String) -> Set<String> {
        let head = answer.split(separator: "\r\n\r\n", maxSplits: 1)[0].split(separator: "\r\n")
        return Set(head.map { $0.lowercased() }.filter { !$0.hasPrefix("date:") && !$0.hasPrefix("x-request-id:") })
      }
      func body(_ answer: String) -> Substring {
        answer.firstRange(of: "\r\n\r\n").map { answer[$0.upperBound...] } ?? ""
      }
      for method in ["GET", "HEAD"] {
        let path = method == "GET" ? "/" + Published.feed : "/profession-liberale/feeds/maintenance.en.ics"
        let first = try await Client.ask(port, "\(method) \(path)")
        let second = try await Client.ask(port, "\(method) \(path)")
        #expect(first.hasPrefix("HTTP/1.1 200 OK\r\n") && first.contains("\r\nx-request-id: "))
        #expect(!second.contains("x-request-id"))
        #expect(fields(first) == fields(second))
        #expect(body(first) == body(second) && body(first).isEmpty == (method == "HEAD"))
      }
    }
  }

  @Test func `Revalidation is answered with 304 and no length, from the framework and from memory`() async throws {
    try await LiveServer.run(Published()) { port in
      let answer = try await Client.ask(port, "GET /style.css")
      let tag = try #require(answer.firstMatch(of: /etag: ("[^"]+")/)?.1)
      for path in ["/style.css", "/style.css?x"] {
        let again = try await Client.ask(port, "GET \(path)", "If-None-Match: \(tag)")
        #expect(again.hasPrefix("HTTP/1.1 304 ") && again.hasSuffix("\r\n\r\n"))
        #expect(!again.lowercased().contains("content-length"))
        #expect(again.contains("etag: \(tag)"))
      }
    }
  }

  /// Source: RFC 8058, sections 3.1 and 3.2: the page is for people, only what is posted ends anything, without a cookie.
  @Test func `An address in a mail ends a mailing by POST alone, and answers alike whatever it is`() async throws {
    let left = Mutex<[String]>([])
    let logged = Mutex("")
    let (known, unknown) = ("7-" + String(repeating: "xy7z", count: 8), "8-" + String(repeating: "zz77", count: 8))
    let leave: @Sendable (String) throws -> Void = { token in left.withLock { $0.append(token) } }
    let log: @Sendable (String) -> Void = { line in logged.withLock { $0 += line } }
    try await LiveServer.run(Published(), leave: leave, burst: 4, log: log) { port in
      for path in ["/unsubscribe/\(known)", "/profession-liberale/unsubscribe/\(unknown)"] {
        let page = try await Client.ask(port, "GET \(path)", "Accept-Language: fr")
        #expect(statuses(page) == [200] && page.contains("<html lang=\"fr\"") && page.contains("<form"))
        #expect(
          page.lowercased().contains("form-action 'self'") && page.lowercased().contains("cache-control: no-store"))
        #expect(statuses(try await Client.ask(port, "HEAD \(path)")) == [200])
      }
      #expect(left.withLock { $0 } == [])
      func post(_ path: String, _ body: String) async throws -> String {
        try await Client.ask(
          port, "POST \(path)", "Content-Type: application/x-www-form-urlencoded", "Content-Length: \(body.utf8.count)",
          body: body)
      }
      let first = try await post("/unsubscribe/\(known)", "List-Unsubscribe=One-Click")
      let second = try await post("/unsubscribe/\(unknown)", "List-Unsubscribe=One-Click")
      func text(_ answer: String) -> Substring {
        answer.firstRange(of: "\r\n\r\n").map { answer[$0.upperBound...] } ?? ""
      }
      #expect(statuses(first) == [200] && statuses(second) == [200] && text(first) == text(second))
      #expect(statuses(try await post("/unsubscribe/\(known)", "x=1")) == [200])
      #expect(left.withLock { $0 } == [known, unknown])
      // As many as calls of the API.
      _ = try await post("/unsubscribe/\(known)", "x=1")
      #expect(statuses(try await post("/unsubscribe/\(known)", "x=1")) == [429])
    }
    #expect(!logged.withLock { $0 }.contains("xy7zxy7z"))
  }

  @Test func `Folders lead to their pages, and English readers to the English ones`() async throws {
    try await LiveServer.run(Published()) { port in
      let bare = try await Client.ask(port, "GET /profession-liberale")
      #expect(statuses(bare) == [301] && bare.contains("\r\nLocation: /profession-liberale/\r\n"))
      let english = try await Client.ask(port, "GET \(Self.home)", "Accept-Language: en-GB")
      #expect(statuses(english) == [302] && english.contains("\r\nLocation: /profession-liberale/en/\r\n"))
      #expect(english.contains("\r\nVary: accept-language\r\n"))
      let french = try await Client.ask(port, "GET \(Self.home)", "Accept-Language: fr")
      #expect(statuses(french) == [200] && french.contains("<html lang=\"fr\""))
      #expect(french.contains("\r\nVary: accept-encoding, accept-language\r\n"))
      let switched = try await Client.ask(port, "GET \(Self.home)index.html", "Accept-Language: en")
      #expect(statuses(switched) == [200] && switched.contains("<html lang=\"fr\""))
      for path in ["//evil.example", "//evil.example/", "/profession-liberale/..", "/%2e%2e/etc/passwd", "/a\u{5C}b"] {
        let answer = try await Client.ask(port, "GET \(path)")
        #expect([[404], [400]].contains(statuses(answer)), "\(path)")
      }
    }
  }

  @Test func `Files are read only, and what is not there is 404 in the reader's language`() async throws {
    try await LiveServer.run(Published()) { port in
      for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"] {
        let answer = try await Client.ask(port, "\(method) \(Self.home)")
        #expect(statuses(answer) == [405] && answer.contains("\r\nAllow: GET, HEAD\r\n"), "\(method)")
      }
      let missing = try await Client.ask(port, "GET /nothing", "Accept-Language: en")
      #expect(statuses(missing) == [404] && missing.contains("<html lang=\"en\""))
    }
  }

  @Test func `A private address is served, never logged, and 404 once it is gone`() async throws {
    let lines = Mutex("")
    let publication = try Published(secrets: ["S3CRET-k3y/calendar.ics": "BEGIN:VCALENDAR"])
    let log: @Sendable (String) -> Void = { line in lines.withLock { $0 += line } }
    try await LiveServer.run(publication, log: log) { port in
      let answer = try await Client.ask(port, "GET /private/S3CRET-k3y/calendar.ics?S3CRET")
      #expect(statuses(answer) == [200] && answer.hasSuffix("BEGIN:VCALENDAR"))
      #expect(answer.contains("\r\nreferrer-policy: no-referrer\r\n"))
      for path in [
        "/private/S3CRET-other/calendar.ics", "//private/S3CRET/x", "/private/S3CRET", "/Private/S3CRET/a.ics",
        "/Private%2FS3CRET/x.ics", "/private;v=1/S3CRET/x.ics", "/%2570rivate/S3CRET/a.ics",
      ] {
        #expect(
          [[404], [400]].contains(statuses(try await Client.ask(port, "GET \(path)", "Referer: http://a/S3CRET"))))
      }
    }
    let text = lines.withLock { $0 }
    #expect(text.contains("/private/…/calendar.ics"))
    #expect(!text.contains("S3CRET"))
  }

  @Test func `Connections over the limit are closed, and one that ends makes room`() async throws {
    try await LiveServer.run(Published(), connections: 2) { port in
      let first = try await Client(port)
      let second = try await Client(port)
      // Both have been let in once they are answered.
      for client in [first, second] { try await client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n") }
      let third = try await Client(port)
      #expect(try await third.everything().isEmpty)
      try await first.send("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      #expect(statuses(try await first.everything()) == [200, 200])
      #expect(statuses(try await Client.ask(port, "GET /healthz")) == [200])
      try await second.send("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      _ = try await second.everything()
    }
  }

  @Test func `The type of a problem leads to a page that says what its code means`() async throws {
    try await LiveServer.run(Published()) { port in
      let page = try await Client.ask(port, "GET /problems/busy")
      #expect(statuses(page) == [200])
      #expect(page.contains("<h1>busy (503)</h1>") && page.lowercased().contains("content-type: text/html"))
      #expect(statuses(try await Client.ask(port, "GET /problems/nothing")) == [404])
      #expect(statuses(try await Client.ask(port, "DELETE /problems/busy")) == [405])
    }
  }

  @Test func `A client that closes its side after asking is sent all of a large answer`() async throws {
    let big = String(repeating: "0123456789abcdef", count: 256 << 10)
    let api: @Sendable (APICall) -> APIAnswer = { _ in APIAnswer(status: 200, body: Array(big.utf8)) }
    try await LiveServer.run(Published(), api: api) { port in
      let client = try await Client(port)
      try await client.read(false)
      try await client.send(
        "GET /api/v1/x HTTP/1.1\r\nHost: a\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
      try await client.closeOutput()
      try await client.read(true)
      let answer = try await client.everything()
      #expect(statuses(answer) == [200, 200])
      #expect(answer.utf8.count > big.utf8.count && answer.hasSuffix("ok\n"))
    }
  }

  @Test func `The API is given the request as it came, and what it commits is served at once`() async throws {
    let publication = try Published()
    let api: @Sendable (APICall) -> APIAnswer = { call in
      guard call.method == "POST" else { return APIAnswer(status: 204) }
      let id = try? publication.submit("2026-12-06T01:00:00Z")
      let names = call.headers.map(\.name).joined(separator: " ")
      return APIAnswer(
        status: 201, headers: [("location", "/x/\(id.map { "\($0)" } ?? "")")],
        body: Array("\(call.path)|\(call.query ?? "")|\(String(decoding: call.body, as: UTF8.self))|\(names)".utf8))
    }
    try await LiveServer.run(publication, api: api) { port in
      _ = try await Client.ask(port, "GET /\(Published.feed)")
      let client = try await Client(port)
      try await client.send(
        "POST /api/v1/changes?lang=fr HTTP/1.1\r\nHost: a\r\nIdempotency-Key: K\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"
      )
      let created = try await client.everything()
      #expect(statuses(created) == [201] && created.contains("/api/v1/changes|lang=fr|{}|"))
      #expect(created.contains("idempotency-key"))
      let feed = try await Client.ask(port, "GET /\(Published.feed)")
      #expect(feed.contains("CHG-2026-0001"))
      let empty = try await Client.ask(port, "GET /api/v1/x")
      #expect(statuses(empty) == [204] && !empty.lowercased().contains("content-length"))
    }
  }
}
