import JSONText
import NIOCore
import NIOHTTP1

/// What all connections have in common: limits, the snapshot, figures.
final class FrontDoorShared: Sendable {
  let limits: ConnectionLimits
  let snapshot: Snapshot
  let metrics: Metrics
  let date = DateField()
  private let budget: CallBudget

  init(limits: ConnectionLimits, snapshot: Snapshot, metrics: Metrics) {
    self.limits = limits
    self.snapshot = snapshot
    self.metrics = metrics
    budget = CallBudget(burst: limits.burst, rate: limits.rate)
  }

  /// Nil where the request may be read on. Source: RFC 9112, section 3.2; reliability of docs/server.md.
  func problem(with head: HTTPRequestHead, from address: SocketAddress?) -> HTTPResponseStatus? {
    guard head.version.major == 1 else { return .httpVersionNotSupported }
    let hosts = head.headers["host"].count
    guard hosts == 1 || (hosts == 0 && head.version == .http1_0) else { return .badRequest }
    guard head.uri.utf8.count <= 4096 else { return .uriTooLong }
    guard head.uri.utf8.first == UInt8(ascii: "/") || head.uri == "*" else { return .badRequest }
    if head.uri.utf8.starts(with: "/api/v1/".utf8), !budget.spend(key(of: address, head.headers)) {
      return .tooManyRequests
    }
    return nil
  }

  /// Behind a proxy on the list the last address that it names stands for the client.
  private func key(of address: SocketAddress?, _ headers: HTTPHeaders) -> String {
    let peer = address?.ipAddress ?? "local"
    guard limits.trustedProxies.contains(peer), let named = headers["x-forwarded-for"].last else { return peer }
    return named.split(separator: ",").last.map { String($0.drop { $0 == " " }) } ?? peer
  }

  /// What is in memory and may be sent as it is.
  func answer(to head: HTTPRequestHead) -> (head: ByteBuffer, body: ByteBuffer?)? {
    guard head.method == .GET || head.method == .HEAD, let entry = snapshot.fresh(String(head.uri.dropFirst())) else {
      return nil
    }
    let acceptsGzip = AcceptedEncoding.takesGzip(head.headers["accept-encoding"])
    let variant = entry.variant(
      ifNoneMatch: head.headers["if-none-match"], ifModifiedSince: head.headers.first(name: "if-modified-since"),
      acceptsGzip: acceptsGzip)
    let answer = entry.answer(variant, acceptsGzip: acceptsGzip)
    metrics.sentFromMemory(variant, octets: answer.body?.readableBytes ?? 0)
    return (answer.head, head.method == .HEAD ? nil : answer.body)
  }

  func refused(_ status: HTTPResponseStatus) { metrics.refused(Int(status.code)) }

  func timedOut() { metrics.timedOut() }

  func problemBody(_ status: HTTPResponseStatus) -> String {
    let code = status.reasonPhrase.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 }
    let body: JSON = [
      "type": "about:blank", "title": .string(status.reasonPhrase), "status": .integer(Int64(status.code)),
      "code": .string(String(code)),
    ]
    return body.text
  }
}

/// Whether a client takes gzip. Source: RFC 9110, section 12.5.3.
enum AcceptedEncoding {
  static func takesGzip(_ fields: [String]) -> Bool {
    var any: Bool?
    for field in fields {
      for item in field.lowercased().split(separator: ",") {
        let parts = item.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
        let isTaken = !parts.dropFirst().contains { part in
          part.hasPrefix("q=") && (Double(part.dropFirst(2)) ?? 1) == 0
        }
        switch parts.first {
        case "gzip", "x-gzip": return isTaken
        case "*": any = isTaken
        default: break
        }
      }
    }
    return any ?? false
  }
}
