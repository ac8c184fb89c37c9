import NIOCore
import Testing

@testable import Server

/// What HTTP/1.1 asks of the front door.
struct DoorProtocolTests {
  @Test(
    arguments: [
      "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET x HTTP/1.1\r\nHost: a\r\n\r\n",
      "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX y: z\r\n\r\n",
      "\u{16}\u{3}\u{1}\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      "GET * HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", "GET / HTTP/1.1\r\nHost: é\r\n\r\n", "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", "GET / HTTP/1.1\nHost: a\n\n",
      // One blank between the three parts. Source: RFC 9112, section 3.
      "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n",
      " GET / HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
      "GET / x HTTP/1.1\r\nHost: a\r\n\r\n", "GET /\t HTTP/1.1\r\nHost: a\r\n\r\n",
    ])
  func `What is no sound request is answered with 400 and the connection closed`(request: String) throws {
    let door = try Door()
    door.send(request)
    #expect(statuses(door.received) == [400])
    #expect(door.isEnded && door.forwarded.isEmpty)
  }

  @Test(
    arguments: [
      "POST /api/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      "POST /api/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n",
    ])
  func `Codings that nothing here reads, and tunnels, are answered with 501 and the connection closed`(
    request: String
  ) throws {
    let door = try Door()
    door.send(request)
    #expect(statuses(door.received) == [501])
    #expect(door.isEnded && door.forwarded.isEmpty)
  }

  @Test func `Two blanks are seen across packets and in a later request, and in a field they mean nothing`() throws {
    let split = try Door()
    for part in ["GET ", " / HTTP/1.1\r\nHost: a\r\n\r\n"] { split.send(part) }
    #expect(statuses(split.received) == [400] && split.forwarded.isEmpty)
    let later = try Door()
    later.send("GET /api/x HTTP/1.1\r\nHo")
    later.send("st:  a\r\nX:  a  b \t c\r\n\r\n")
    #expect(later.forwarded == ["GET /api/x"])
    later.answer("x")
    later.send("GET  /api/y HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(later.forwarded == ["GET /api/x"] && later.isEnded)
  }

  @Test func `A request that is sent ahead and cut by a packet is no bad one`() throws {
    let door = try Door()
    door.send("GET /api/x HTTP/1.1\r\nHost: a\r\n\r\nGET /api/y HTTP/1.1\r\nHost: a\r\nUser-Agent: Mozi")
    #expect(door.forwarded == ["GET /api/x"])
    door.answer("x")
    door.send("lla/5.0 (X11; Linux x86_64) foo  bar\r\n\r\n")
    #expect(door.forwarded == ["GET /api/x", "GET /api/y"] && !door.isEnded)
  }

  @Test func `A length beyond all numbers is too large`() throws {
    let door = try Door()
    door.send("POST /api/x HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551615\r\n\r\n")
    #expect(statuses(door.received) == [413])
  }

  @Test(arguments: ["a", "a:8080", "[2001:db8::1]:443", "xn--prvis-bsa.example.", "", "a_b~c", "1.2.3.4"])
  func `Hosts of every form are taken`(host: String) throws {
    let door = try Door()
    door.send("GET /api/x HTTP/1.1\r\nHost: \(host)\r\n\r\n")
    #expect(door.forwarded == ["GET /api/x"])
  }

  @Test(arguments: ["", "Content-Length: 2\r\n"])
  func `Who asks for another protocol is answered in this one, and told that the connection ends`(
    field: String
  ) throws {
    let door = try Door()
    try door.keep("a.txt", "hello")
    let fields = "Host: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
    door.send("GET /a.txt HTTP/1.1\r\n\(fields)\(field)\r\n\(field.isEmpty ? "" : "ok")")
    let answer = door.received
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.contains("\r\nconnection: close\r\n"))
    #expect(door.isEnded)
  }

  @Test func `Extensions of chunks without end are answered with 413, and little more is read`() throws {
    let door = try Door()
    door.send("POST /api/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    let block = "2;" + String(repeating: "x", count: 16 << 10) + "\r\n{}\r\n"
    var sent = 0
    while !door.isEnded, sent < 200 {
      door.send(block)
      sent += 1
    }
    #expect(statuses(door.received) == [413])
    #expect((30...45).contains(sent) && door.forwarded.isEmpty)
    for _ in 0..<10 { door.send(block) }
    door.pass(.seconds(1))
    #expect(door.isClosed)
  }

  @Test func `A body in the smallest chunks is taken`() throws {
    let door = try Door()
    door.send("POST /api/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in 0..<1000 { door.send(String(repeating: "1\r\nx\r\n", count: 100)) }
    door.send("0\r\n\r\n")
    #expect(door.forwarded == ["POST /api/x " + String(repeating: "x", count: 100_000)])
  }

  @Test func `HTTP 2 without its own start is answered with 505 or 400`() throws {
    let door = try Door()
    door.send("GET / HTTP/2.0\r\nHost: a\r\n\r\n")
    #expect([[505], [400]].contains(statuses(door.received)))
    #expect(door.isEnded)
  }

  @Test(arguments: ["", "Connection: keep-alive\r\n"])
  func `HTTP 1 point 0 needs no host and is closed after its answer`(field: String) throws {
    let door = try Door()
    try door.keep("a.txt", "hello")
    door.send("GET /a.txt HTTP/1.0\r\n\(field)\r\n")
    let answer = door.received
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("\r\n\r\nhello"))
    #expect(answer.contains("\r\nconnection: close\r\n"))
    #expect(door.isEnded)
  }

  @Test(arguments: ["http://portal.example/a.txt", "HTTPS://portal.example:8443/a.txt"])
  func `A target with scheme and host is taken for its path`(target: String) throws {
    let door = try Door()
    try door.keep("a.txt", "hello")
    door.get(target)
    #expect(door.received.hasSuffix("\r\n\r\nhello"))
  }

  @Test func `Expect of 100-continue is answered before the body, another one with 417`() throws {
    let door = try Door()
    door.send("POST /api/x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n\r\n")
    #expect(door.received == "HTTP/1.1 100 Continue\r\n\r\n")
    door.send("ok")
    #expect(door.forwarded == ["POST /api/x ok"])
    door.answer("fine")
    #expect(statuses(door.received) == [200])
    door.send("POST /api/x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 200-ok\r\n\r\n")
    #expect(statuses(door.received) == [417])
    #expect(door.isEnded)
  }

  @Test func `A body that is announced too large is refused instead of asked for`() throws {
    let door = try Door()
    door.send("POST /api/x HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\nExpect: 100-continue\r\n\r\n")
    #expect(statuses(door.received) == [413])
  }

  @Test func `Answers keep the order of requests, from memory or from the framework`() throws {
    let door = try Door()
    try door.keep("a.txt", "first")
    try door.keep("b.txt", "third")
    let requests = ["/a.txt", "/api/x", "/b.txt", "/api/y"].map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
    door.send(requests)
    #expect(door.received.hasSuffix("first"))
    #expect(door.forwarded == ["GET /api/x"])
    door.answer("second")
    let next = door.received
    #expect(next.contains("\r\n\r\nsecondHTTP/1.1 200 OK\r\n") && next.hasSuffix("\r\n\r\nthird"))
    #expect(door.forwarded == ["GET /api/x", "GET /api/y"])
    door.answer("fourth")
    #expect(door.received.hasSuffix("fourth"))
  }

  @Test func `Thousands of requests in one packet are all answered`() throws {
    let door = try Door()
    try door.keep("a.txt", "!")
    let one = "GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n"
    door.send("GET /api/x HTTP/1.1\r\nHost: a\r\n\r\n" + String(repeating: one, count: 5000))
    door.answer("ok")
    #expect(statuses(door.received).count == 5001)
  }

  @Test func `Requests before an unreadable one are answered, then 400 comes`() throws {
    let door = try Door()
    try door.keep("a.txt", "!")
    door.send("GET /api/x HTTP/1.1\r\nHost: a\r\n\r\nGET /a.txt HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n\r\n")
    #expect(door.received.isEmpty)
    door.answer("ok")
    #expect(statuses(door.received) == [200, 200, 400])
    #expect(door.isEnded)
  }

  @Test func `A client that has closed its side is answered all that it asked before`() throws {
    let door = try Door()
    try door.keep("a.txt", "!")
    door.send("GET /api/x HTTP/1.1\r\nHost: a\r\n\r\nGET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n")
    door.closeInput()
    #expect(!door.isClosed)
    door.answer("ok")
    #expect(statuses(door.received) == [200, 200])
    #expect(door.isClosed)
  }

  @Test func `A large answer reaches a client that has closed its side to its end`() throws {
    let door = try Door()
    let text = String(repeating: "0123456789abcdef", count: 64 << 10)
    door.holdBack()
    door.send("GET /api/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    door.closeInput()
    door.answer(text)
    door.channel.close(mode: .output, promise: nil)
    #expect(!door.isClosed)
    door.take()
    #expect(door.received.hasSuffix(text))
    #expect(door.isClosed)
  }

  @Test func `The framework's closing waits for its last answer to be taken`() throws {
    let door = try Door()
    let text = String(repeating: "0123456789abcdef", count: 64 << 10)
    door.holdBack()
    door.get("/api/x", "Connection: close")
    door.answer(text)
    door.channel.close(promise: nil)
    #expect(!door.isClosed)
    door.take()
    #expect(door.received.hasSuffix(text))
    #expect(door.isEnded)
  }

  @Test func `HEAD is answered with the fields of GET and no body`() throws {
    let door = try Door()
    try door.keep("a.txt", "hello")
    door.send("HEAD /a.txt HTTP/1.1\r\nHost: a\r\n\r\n")
    let head = door.received
    #expect(head.hasSuffix("\r\n\r\n") && head.contains("\r\ncontent-length: 5\r\n"))
    door.get("/a.txt")
    #expect(door.received == head + "hello")
  }

  @Test func `An answer says when, and not with what, it was made`() throws {
    let door = try Door()
    door.get("/api/x")
    door.answer("ok")
    let answer = door.received
    #expect(answer.contains("\r\ndate: ") && answer.contains(" GMT\r\n"))
    #expect(!answer.lowercased().contains("\r\nserver:"))
  }

  @Test func `A stop lets the answer under way finish, and closes`() throws {
    let door = try Door()
    door.get("/api/x")
    door.quiesce()
    #expect(!door.isEnded)
    door.answer("done")
    let answer = door.received
    #expect(answer.hasSuffix("done") && answer.contains("\r\nconnection: close\r\n"))
    #expect(door.isEnded)
  }

  @Test func `A stop while a body comes lets it come, be answered, and closes`() throws {
    let door = try Door()
    door.send("POST /api/x HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab")
    door.quiesce()
    door.send("cd")
    #expect(door.forwarded == ["POST /api/x abcd"])
    door.answer("done")
    #expect(statuses(door.received) == [200])
    #expect(door.isEnded)
  }

  @Test func `A stop lets a large answer reach a client that is slow, but not for ever`() throws {
    let text = String(repeating: "0123456789abcdef", count: 64 << 10)
    let door = try Door()
    try door.keep("big.txt", text)
    door.holdBack()
    door.setWritable(false)
    door.get("/big.txt")
    door.quiesce()
    door.take()
    #expect(door.received.hasSuffix(text))
    #expect(door.isEnded)

    let slow = try Door()
    try slow.keep("big.txt", text)
    slow.holdBack()
    slow.setWritable(false)
    slow.get("/big.txt")
    slow.quiesce()
    for _ in 0..<6 {
      slow.pass(.seconds(1))
      slow.take(1)
    }
    #expect(!slow.isClosed)
    slow.pass(.seconds(1))
    #expect(slow.isClosed)
  }

  @Test func `A stop closes a connection that waits`() throws {
    let door = try Door()
    door.quiesce()
    #expect(door.isEnded)
    door.pass(.seconds(1))
    #expect(door.isClosed)
  }
}
