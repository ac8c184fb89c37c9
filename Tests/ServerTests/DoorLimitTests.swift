import NIOCore
import Testing

@testable import Server

/// What a client may take of the server: time, octets, calls.
struct DoorLimitTests {
  @Test func `A connection on which nothing comes is closed after the idle time, and not before`() throws {
    let door = try Door()
    door.pass(.milliseconds(11_999))
    #expect(!door.isClosed)
    door.pass(.milliseconds(1))
    #expect(door.isClosed)
    #expect(door.received.isEmpty)
  }

  @Test func `A head that comes line by line has the idle time in all`() throws {
    let door = try Door()
    door.send("GET / HTTP/1.1\r\nHost: a\r\n")
    for number in 0..<11 {
      door.pass(.seconds(1))
      #expect(!door.isClosed)
      door.send("X-\(number): y\r\n")
    }
    door.pass(.seconds(1))
    #expect(door.isClosed)
  }

  @Test func `Between requests the idle time begins anew`() throws {
    let door = try Door()
    for _ in 0..<5 {
      door.pass(.seconds(11))
      door.get("/api/x")
      door.answer("ok")
      #expect(statuses(door.received) == [200])
    }
    door.pass(.seconds(12))
    #expect(door.isClosed)
  }

  @Test func `A body that is not whole in time is answered with 408 and the connection closed`() throws {
    let door = try Door()
    door.pass(.seconds(5))
    door.send("POST /api/v1/changes HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n")
    for _ in 0..<11 where !door.isEnded {
      door.send("x")
      door.pass(.seconds(1))
    }
    #expect(statuses(door.received) == [408])
    #expect(door.isEnded && door.forwarded.isEmpty)
    door.pass(.seconds(1))
    #expect(door.isClosed)
  }

  @Test(arguments: ["Content-Length: 262145\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n40001\r\n"])
  func `A body over the limit is answered with 413, and little more is read`(start: String) throws {
    let door = try Door()
    door.send("POST /api/v1/changes HTTP/1.1\r\nHost: a\r\n" + start)
    let block = String(repeating: "x", count: 64 << 10)
    var sent = 0
    while !door.isClosed, sent < 100 {
      door.send(block)
      sent += 1
    }
    #expect(statuses(door.received) == [413])
    #expect(sent <= 10)
    #expect(door.forwarded.isEmpty)
  }

  @Test func `A body of exactly the limit is handed on, and an import may be larger`() throws {
    let door = try Door()
    let body = String(repeating: "x", count: 256 << 10)
    door.send("POST /api/v1/changes HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body)
    #expect(door.forwarded == ["POST /api/v1/changes " + body])
    door.answer("ok")
    let plan = String(repeating: "y", count: 1 << 20)
    door.send("POST /api/v1/imports?dry=1 HTTP/1.1\r\nHost: a\r\nContent-Length: \(plan.utf8.count)\r\n\r\n" + plan)
    #expect(door.forwarded.count == 2)
    door.answer("ok")
    door.send("POST /api/v1/imports HTTP/1.1\r\nHost: a\r\nContent-Length: \((1 << 20) + 1)\r\n\r\n")
    #expect(statuses(door.received) == [200, 200, 413])
  }

  @Test func `Header fields over the limit are answered with 431`() throws {
    let door = try Door()
    door.send("GET / HTTP/1.1\r\nHost: a\r\n")
    for number in 0..<20 where !door.isEnded { door.send("X-\(number): \(String(repeating: "y", count: 1000))\r\n") }
    #expect(statuses(door.received) == [431])
    #expect(door.isEnded && door.forwarded.isEmpty)
  }

  @Test func `More than a hundred header fields are answered with 431`() throws {
    let door = try Door()
    door.send("GET / HTTP/1.1\r\nHost: a\r\n" + (0..<101).map { "X-\($0): y\r\n" }.joined() + "\r\n")
    #expect(statuses(door.received) == [431])
  }

  @Test(arguments: [(4096, [Int]()), (4097, [414])])
  func `A target of 4096 octets is taken, a longer one answered with 414`(length: Int, expected: [Int]) throws {
    let door = try Door()
    door.get("/" + String(repeating: "x", count: length - 1))
    #expect(statuses(door.received) == expected)
    #expect(door.forwarded.count == (expected.isEmpty ? 1 : 0))
  }

  @Test func `A target that never ends is not kept`() throws {
    let door = try Door()
    door.send("GET /")
    var sent = 0
    while !door.isEnded, sent < 100 {
      door.send(String(repeating: "x", count: 4096))
      sent += 1
    }
    #expect(sent < 10)
    #expect(door.isEnded)
  }

  @Test func `Calls of the API beyond the burst are answered with 429, each address for itself`() throws {
    var limits = ConnectionLimits()
    (limits.burst, limits.rate) = (2, 1)
    limits.trustedProxies = ["192.0.2.1"]
    func calls(_ door: Door, _ fields: String...) -> [Int] {
      for _ in 0..<3 where !door.isEnded {
        door.send(
          "GET /api/v1/services HTTP/1.1\r\nHost: a\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n")
        if !door.isEnded { door.answer("ok") }
      }
      return statuses(door.received)
    }
    let door = try Door(limits)
    #expect(calls(door, "X-Forwarded-For: 198.51.100.7, 203.0.113.9") == [200, 200, 429])
    // Of one that is not on the list the field is not believed.
    let stranger = try Door(limits, peer: "192.0.2.2")
    for number in 0..<2 {
      stranger.get("/api/v1/services", "X-Forwarded-For: 203.0.113.\(number)")
      stranger.answer("ok")
    }
    stranger.get("/api/v1/services", "X-Forwarded-For: 203.0.113.77")
    #expect(statuses(stranger.received) == [200, 200, 429])
  }

  @Test func `Only the nearest proxy's word counts, and only of a proxy on the list`() throws {
    var limits = ConnectionLimits()
    (limits.burst, limits.rate) = (1, 0.001)
    limits.trustedProxies = ["192.0.2.1"]
    let door = try Door(limits)
    for client in ["203.0.113.1", "203.0.113.2", "2001:db8::1", "2001:db8:0:1::1"] {
      door.get("/api/v1/services", "X-Forwarded-For: 198.51.100.1, \(client)")
      door.answer("ok")
    }
    #expect(statuses(door.received) == [200, 200, 200, 200])
    // The same network of IPv6 addresses as one above.
    door.get("/api/v1/services", "X-Forwarded-For: 2001:db8::ffff:2")
    #expect(statuses(door.received) == [429])
    #expect(door.isEnded)
  }

  @Test func `Pages and feeds are not counted as calls`() throws {
    var limits = ConnectionLimits()
    (limits.burst, limits.rate) = (1, 0.001)
    let door = try Door(limits)
    for _ in 0..<20 {
      door.get("/profession-liberale/")
      door.answer("ok")
    }
    #expect(statuses(door.received).allSatisfy { $0 == 200 })
  }

  @Test func `A bucket fills again, and a crowd of addresses is forgotten again`() {
    let budget = CallBudget(burst: 2, rate: 1)
    let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    #expect((0..<3).map { _ in budget.spend("a", now: start)?.wait } == [nil, nil, 1])
    #expect(budget.spend("a", now: start + .seconds(1))?.wait == nil)
    #expect(budget.spend("a", now: start + .seconds(1))?.wait == 1)
    for number in 0..<150_000 { _ = budget.spend("\(number)", now: start + .seconds(2)) }
    #expect(budget.count <= 100_001)
    #expect(CallBudget(burst: 0, rate: 0).spend("a", now: start) == nil)
  }

  @Test func `Who has made too many calls is told when the next may come`() throws {
    // One call in four seconds: none is left for the third, which half a second later has 3.5 s to wait.
    let budget = CallBudget(burst: 1, rate: 0.25)
    let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    #expect(budget.spend("a", now: start)?.wait == nil)
    #expect(budget.spend("a", now: start)?.wait == 4)
    #expect(budget.spend("a", now: start + .milliseconds(500))?.wait == 4)
    #expect(budget.spend("a", now: start + .milliseconds(1001))?.wait == 3)
    #expect(budget.spend("a", now: start + .seconds(4))?.wait == nil)
    var limits = ConnectionLimits()
    (limits.burst, limits.rate) = (1, 0.01)
    let door = try Door(limits)
    door.get("/api/v1/services")
    door.answer("ok")
    door.get("/api/v1/services")
    #expect(door.received.contains("\r\nretry-after: 100\r\n"))
  }

  @Test func `A client that takes nothing of an answer is closed after the stall time`() throws {
    let door = try Door()
    try door.keep("big.txt", String(repeating: "0123456789abcdef", count: 64 << 10))
    door.holdBack()
    door.setWritable(false)
    door.get("/big.txt")
    door.pass(.milliseconds(9_999))
    #expect(!door.isClosed)
    door.pass(.seconds(3))
    #expect(door.isClosed)
  }

  @Test(arguments: [true, false])
  func `A client that takes each piece in time is served whole, however long it takes`(isInMemory: Bool) throws {
    let text = String(repeating: "0123456789abcdef", count: 64 << 10)
    let door = try Door()
    if isInMemory { try door.keep("big.txt", text) }
    door.holdBack()
    door.setWritable(false)
    door.get("/big.txt")
    if !isInMemory { door.answer(text) }
    #expect(door.waitingWrites >= 16)
    // The head.
    door.take(1)
    var seconds = 0
    while door.waitingWrites > 0, seconds < 1000, !door.isClosed {
      door.pass(.seconds(9))
      seconds += 9
      door.take(1)
    }
    door.take()
    #expect(seconds > 100)
    let received = door.received
    #expect(received.hasSuffix("\r\n\r\n" + text))
    #expect(!door.isClosed)
  }

  @Test func `A client that sends ahead without reading is held after one answer, and then closed`() throws {
    let door = try Door()
    try door.keep("big.txt", String(repeating: "x", count: 40_000))
    door.holdBack()
    door.get("/big.txt")
    door.setWritable(false)
    for _ in 0..<20 { door.get("/big.txt") }
    let waiting = door.waitingWrites
    #expect(waiting <= 4)
    // Its going on to send is no sign that it takes anything.
    for _ in 0..<13 where !door.isClosed {
      door.get("/big.txt")
      door.pass(.seconds(1))
    }
    #expect(door.isClosed)
  }
}
