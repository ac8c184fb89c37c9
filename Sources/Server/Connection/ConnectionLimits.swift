package import NIOCore

/// What one client may take of the server. Source: docs/server.md, "Limits".
package struct ConnectionLimits: Sendable {
  /// Without a whole request head, between requests too.
  package var idle: TimeAmount = .seconds(15)
  /// From the head to the end of the body.
  package var request: TimeAmount = .seconds(10)
  /// Without any octet of an answer being taken.
  package var stall: TimeAmount = .seconds(10)
  /// Of all header fields, in octets.
  package var headers = 16 << 10
  package var body = 256 << 10
  /// Of an import.
  package var importBody = 1 << 20
  /// At once, of all clients.
  package var connections = 5000
  /// Calls of the API by one address: so many at once, and so many a second in the long run.
  package var burst = 200.0
  package var rate = 50.0

  /// Addresses of reverse proxies whose `X-Forwarded-For` is believed.
  package var trustedProxies: Set<String> = []

  package init() {}

  func body(for path: Substring) -> Int { path == "/api/v1/imports" ? importBody : body }
}
