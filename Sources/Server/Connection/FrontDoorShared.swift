import API
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
  private let trustedProxies: Set<ClientAddress>

  init(limits: ConnectionLimits, snapshot: Snapshot, metrics: Metrics) {
    self.limits = limits
    self.snapshot = snapshot
    self.metrics = metrics
    trustedProxies = Set(limits.trustedProxies.compactMap { $0 == "unix" ? .unix : ClientAddress($0) })
    budget = CallBudget(burst: limits.burst, rate: limits.rate)
  }

  /// Nil where the request may be read on. Source: RFC 9112, section 3.2; docs/server.md, "Limits".
  func problem(
    with head: HTTPRequestHead, _ fields: RequestFields, from address: SocketAddress?
  ) -> HTTPResponseStatus? {
    guard head.version.major == 1 else { return .httpVersionNotSupported }
    guard fields.hosts == 1 || (fields.hosts == 0 && head.version.minor == 0), fields.isHostSound
    else { return .badRequest }
    guard head.uri.utf8.count <= limits.target else { return .uriTooLong }
    guard head.uri.utf8.first == UInt8(ascii: "/") || (head.uri == "*" && head.method == .OPTIONS)
    else { return .badRequest }
    // A body that is coded otherwise could not be read, and a tunnel is none of ours. Source: RFC 9112, section 6.1.
    guard !fields.hasForeignCoding, head.method != .CONNECT else { return .notImplemented }
    return nil
  }

  /// After how many seconds the client may make this call; nil where it may at once.
  func wait(for head: HTTPRequestHead, _ fields: RequestFields, from address: SocketAddress?) -> Int? {
    let path = head.uri.utf8.prefix { $0 != UInt8(ascii: "?") }
    guard path.starts(with: "/api/".utf8) || path.elementsEqual("/api".utf8) else { return nil }
    return budget.spend(client(at: ClientAddress(address), fields).group)
  }

  /// Behind a proxy on the list the last address that it names stands for the client; where that is no address, the
  /// proxy itself does.
  private func client(at peer: ClientAddress, _ fields: RequestFields) -> ClientAddress {
    guard trustedProxies.contains(peer), let last = fields.forwardedFor?.split(separator: ",").last else { return peer }
    return ClientAddress(last.filter { $0 != " " && $0 != "\t" }) ?? peer
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
