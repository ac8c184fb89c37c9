package import NIOCore

/// What one client may take of the server. Source: docs/server.md, "Limits".
package struct ConnectionLimits: Sendable {
  /// Without a whole request head, between requests too. With what the clocks and a full machine add, a client that
  /// sends nothing is gone within 15 seconds.
  package var idle: TimeAmount = .seconds(12)
  /// From the head to the end of the body.
  package var request: TimeAmount = .seconds(10)
  /// Without 64 KB of an answer, or its rest, being taken.
  package var stall: TimeAmount = .seconds(10)
  /// From the signal to stop until connections are closed whatever is under way on them.
  package var farewell: TimeAmount = .seconds(7)
  /// Of all header fields, in octets.
  package var headers = 16 << 10
  /// Of what stands between method and version, in octets.
  package var target = 4096
  package var body = 256 << 10
  /// Of an import.
  package var importBody = 1 << 20
  /// At once, of all clients.
  package var connections = 5000
  /// Calls of the API by one address: so many at once, and so many a second in the long run.
  package var burst = 200.0
  package var rate = 50.0

  /// Addresses of reverse proxies whose `X-Forwarded-For` is believed; `unix` is whoever comes through a Unix socket.
  package var trustedProxies: Set<String> = []

  package init() {}

  /// Octets that the body of a request to `target` may have.
  func body(for target: String) -> Int {
    let path = target.utf8.prefix { $0 != UInt8(ascii: "?") }
    return path.elementsEqual("/api/v1/imports".utf8) ? importBody : body
  }
}
