import API
import JSONText
import NIOCore
import NIOHTTP1

#if canImport(Glibc)
  import Glibc
#endif

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

  /// Nil where the request may be read on. Source: RFC 9112, section 3.2; docs/server.md, "Limits".
  func problem(
    with head: HTTPRequestHead, _ fields: RequestFields, from address: SocketAddress?
  ) -> HTTPResponseStatus? {
    guard head.version.major == 1 else { return .httpVersionNotSupported }
    guard fields.hosts == 1 || (fields.hosts == 0 && head.version.minor == 0) else { return .badRequest }
    guard head.uri.utf8.count <= limits.target else { return .uriTooLong }
    guard head.uri.utf8.first == UInt8(ascii: "/") || head.uri == "*" else { return .badRequest }
    if head.uri.utf8.starts(with: "/api/".utf8), !budget.spend(key(of: address, fields)) { return .tooManyRequests }
    return nil
  }

  /// Behind a proxy on the list the last address that it names stands for the client.
  private func key(of address: SocketAddress?, _ fields: RequestFields) -> String {
    let peer = ClientAddress.text(of: address)
    guard limits.trustedProxies.contains(peer), let last = fields.forwardedFor?.split(separator: ",").last else {
      return ClientAddress.group(peer)
    }
    return ClientAddress.group(String(last.filter { $0 != " " && $0 != "\t" }))
  }

  /// What is in memory and may be sent as it is.
  func answer(to request: PartialRequest) -> (head: ByteBuffer, body: ByteBuffer?)? {
    let head = request.head
    guard head.method == .GET || head.method == .HEAD, let entry = snapshot.fresh(head.uri) else { return nil }
    let fields = request.fields
    let variant = entry.variant(
      ifNoneMatch: fields.ifNoneMatch, ifModifiedSince: fields.ifModifiedSince,
      acceptsGzip: AcceptedEncoding.takesGzip(fields.acceptEncoding))
    let answer = entry.answer(variant)
    let body = head.method == .HEAD ? nil : answer.body
    metrics.sentFromMemory(variant, octets: body?.readableBytes ?? 0)
    return (answer.head, body)
  }

  func refused(_ status: HTTPResponseStatus) { metrics.refused(Int(status.code)) }

  func timedOut() { metrics.timedOut() }

  func problemBody(_ status: HTTPResponseStatus) -> [UInt8] {
    if let answer = DoorProblem.answer(Int(status.code)) { return answer.body }
    let code = status.reasonPhrase.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 }
    let body: JSON = [
      "type": "about:blank", "title": .string(status.reasonPhrase), "status": .integer(Int64(status.code)),
      "code": .string(String(code)),
    ]
    return body.bytes
  }
}

/// Addresses as clients are told apart by.
enum ClientAddress {
  /// `unix` where the connection came through a Unix socket.
  static func text(of address: SocketAddress?) -> String {
    guard let text = address?.ipAddress else { return "unix" }
    // An IPv4 client of a socket that takes both.
    return text.hasPrefix("::ffff:") && text.contains(".") ? String(text.dropFirst(7)) : text
  }

  /// A client of IPv6 has a whole network of addresses: the first 64 bits stand for it. Source: RFC 6177.
  static func group(_ address: String) -> String {
    guard address.contains(":") else { return address }
    var bytes = [UInt8](repeating: 0, count: 16)
    guard unsafe inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
    return bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ".")
  }
}
