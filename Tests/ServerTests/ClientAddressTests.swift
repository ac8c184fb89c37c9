import NIOCore
import Testing

@testable import Server

/// Whose calls are counted together.
struct ClientAddressTests {
  @Test(
    arguments: [
      ("192.0.2.1", "192.0.2.1"), ("192.0.2.1:5678", "192.0.2.1"), ("192.0.2.1:0", "192.0.2.1"),
      ("::ffff:192.0.2.1", "192.0.2.1"), ("::FFFF:c000:201", "192.0.2.1"), ("[::ffff:192.0.2.1]:443", "192.0.2.1"),
      ("2001:db8::1", "20:1:d:b8:0:0:0:0"), ("[2001:db8::1]", "20:1:d:b8:0:0:0:0"),
      ("[2001:DB8:0:0::2]:443", "20:1:d:b8:0:0:0:0"), ("fe80::1%eth0", "fe:80:0:0:0:0:0:0"),
      // The last bit of the network, and the first after it.
      ("2001:db8:0:1::1", "20:1:d:b8:0:0:0:1"), ("2001:db8:0:0:8000::1", "20:1:d:b8:0:0:0:0"),
    ])
  func `A client is one however its address is written`(text: String, group: String) {
    #expect(ClientAddress(text)?.group == group)
  }

  @Test(
    arguments: [
      "", "unknown", "_hidden", "192.0.2", "192.0.2.1.5", "192.0.2.256", "192.0.2.1:", "192.0.2.1:x", "192.0.2.1:65536",
      "192.0.2.1:-1", "[192.0.2.1]", "[2001:db8::1", "2001:db8::1]", "[2001:db8::1]x", "[2001:db8::1]:",
      "2001:db8::1::",
      "2001:db8::g", "\"192.0.2.1\"", "for=192.0.2.1", "١.٢.٣.٤", "192.0.2.1\0",
    ])
  func `What is no address is none`(text: String) {
    #expect(ClientAddress(text) == nil)
  }

  @Test func `Where a proxy names no address, it stands for its clients itself`() throws {
    var limits = ConnectionLimits()
    (limits.burst, limits.rate) = (2, 0.001)
    limits.trustedProxies = ["::ffff:192.0.2.1"]
    let door = try Door(limits)
    for client in ["unknown", "203.0.113.1:1", "203.0.113.1:2", "", "-"] {
      door.get("/api/v1/services", "X-Forwarded-For: \(client)")
      if !door.isEnded { door.answer("ok") }
    }
    #expect(statuses(door.received) == [200, 200, 200, 200, 429])
  }
}
