import API
import JSONText
import NIOCore
import NIOHTTP1
import NIOSSL

/// Stands before the web framework on every connection. It holds the limits that keep a slow or huge client from hurting
/// the others, hands on only requests that are complete, and answers from memory what is there.
///
/// One request at a time: those that a client sends ahead wait, so that answers keep their order (RFC 9112, 9.3.2).
final class FrontDoor: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  enum State {
    /// For the head of the next request.
    case waiting
    case reading(PartialRequest)
    /// The request is with the framework.
    case forwarded
    /// The answer is written, but the client has to take some of it before its next request is looked at.
    case draining
    /// The last answer is on its way; what the client still sends is thrown away.
    case closing(discarded: Int)
  }

  let shared: FrontDoorShared
  var state = State.waiting
  var queue: CircularBuffer<HTTPServerRequestPart> = []
  /// What made the rest of the client's octets unreadable, after the requests in the queue.
  var failure: HTTPResponseStatus?
  /// Nothing more comes from the client.
  var isInputClosed = false
  var mustClose = false
  var isQuiescing = false

  /// When the state began.
  var since = NIODeadline.uptimeNanoseconds(0)
  /// When the client last took something of an answer.
  var progress = NIODeadline.uptimeNanoseconds(0)
  var writesUnderWay = 0
  /// The output is closed once everything is written.
  var isEnding = false
  var isGone = false
  var timer: Scheduled<Void>?
  /// Below the encoder of the framework's answers: answers from memory are octets already.
  var wire: ChannelHandlerContext?
  /// Of the connection's encryption, where it has one.
  var encryption: ChannelHandlerContext?

  /// Of the request, where it is one that is counted.
  private(set) var allowance: CallAllowance?

  /// That came since the head of the request; in front of the parser.
  private var octets = 0

  private var isReadHeld = false
  private var isWorkingOff = false

  init(_ shared: FrontDoorShared) { self.shared = shared }

  // MARK: Life

  func handlerAdded(context: ChannelHandlerContext) {
    wire = try? context.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
    encryption = try? context.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self)
    if context.channel.isActive { start(context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    if timer == nil { start(context) }
    context.fireChannelActive()
  }

  private func start(_ context: ChannelHandlerContext) {
    since = context.eventLoop.now
    schedule(context, after: shared.limits.idle)
  }

  func channelInactive(context: ChannelHandlerContext) {
    leave()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    leave()
    wire = nil
    encryption = nil
  }

  private func leave() {
    isGone = true
    timer?.cancel()
    timer = nil
    queue.removeAll()
  }

  // MARK: Requests

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    switch state {
    case .forwarded, .draining: queue.append(part)
    case .waiting, .reading: take(part, context)
    case .closing(let discarded):
      guard case .body(let buffer) = part else { return }
      let total = discarded + buffer.readableBytes
      state = .closing(discarded: total)
      if total > shared.limits.body { cut(context) }
    }
  }

  func read(context: ChannelHandlerContext) {
    // A client that sends ahead is read no further until its first answer has left.
    if queue.isEmpty { context.read() } else { isReadHeld = true }
  }

  func resumeReading(_ context: ChannelHandlerContext) {
    guard isReadHeld else { return }
    isReadHeld = false
    context.read()
  }

  /// Whether so many octets more may be parsed. What surrounds the pieces of a body may be as large as the body, and no
  /// larger: extensions of chunks count in no other limit (RFC 9112, section 7.1.1).
  func mayParse(_ count: Int) -> Bool {
    octets += count
    switch state {
    case .reading(let request): return octets <= 2 * request.limit + shared.limits.headers + (128 << 10)
    case .waiting, .forwarded, .draining, .closing: return true
    }
  }

  private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
    switch (part, state) {
    case (.head(let head), .waiting): begin(head, context)
    case (.body(var buffer), .reading(var request)):
      guard (request.body?.readableBytes ?? 0) + buffer.readableBytes <= request.limit else {
        return refuse(.payloadTooLarge, context)
      }
      // Out of the state first, so that the buffer is not copied.
      state = .waiting
      if request.body == nil { request.body = buffer } else { request.body?.writeBuffer(&buffer) }
      state = .reading(request)
    case (.end(let trailers), .reading(let request)): finish(request, trailers, context)
    default: context.close(promise: nil)
    }
  }

  private func begin(_ received: HTTPRequestHead, _ context: ChannelHandlerContext) {
    since = context.eventLoop.now
    octets = 0
    allowance = nil
    var head = received
    if let path = RequestTarget.originForm(of: head.uri) { head.uri = path }
    let fields = RequestFields(head.headers)
    if let problem = shared.problem(with: head, fields, from: context.remoteAddress) { return refuse(problem, context) }
    allowance = shared.spend(on: head, fields, from: context.remoteAddress)
    if let seconds = allowance?.wait {
      return refuse(.tooManyRequests, context, retryAfter: seconds, form: SubscriptionPath.form(head.uri))
    }
    let limit = shared.limits.body(for: head.uri)
    if let length = fields.contentLength, length > limit { return refuse(.payloadTooLarge, context) }
    state = .reading(PartialRequest(head: head, fields: fields, limit: limit))
    // Source: RFC 9110, section 10.1.1; a client of HTTP/1.0 is not to be sent an interim answer.
    guard let expect = fields.expect, head.version.minor > 0 else { return }
    guard expect.lowercased() == "100-continue" else { return refuse(.expectationFailed, context) }
    context.writeAndFlush(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
  }

  private func finish(_ request: PartialRequest, _ trailers: HTTPHeaders?, _ context: ChannelHandlerContext) {
    let head = request.head
    // Answers say HTTP/1.1, under which a client of HTTP/1.0 could not tell that the connection stays.
    // Behind a request for another protocol the parser reads no further; nothing obliges us to change to one.
    mustClose = mustClose || !head.isKeepAlive || head.version.minor == 0 || request.fields.hasUpgrade
    since = context.eventLoop.now
    if let answer = shared.answer(to: request) { return send(answer, context) }
    state = .forwarded
    context.fireChannelRead(wrapInboundOut(.head(head)))
    if let body = request.body { context.fireChannelRead(wrapInboundOut(.body(body))) }
    context.fireChannelRead(wrapInboundOut(.end(trailers)))
    context.fireChannelReadComplete()
  }

  /// Takes up what the client sent ahead, once it may. A loop and no recursion: one packet holds a thousand requests.
  func workOff(_ context: ChannelHandlerContext) {
    guard !isWorkingOff else { return }
    isWorkingOff = true
    defer { isWorkingOff = false }
    while state.isTaking {
      if let part = queue.popFirst() {
        take(part, context)
      } else if let failure {
        return refuse(failure, context)
      } else if case .waiting = state, isInputClosed {
        return closeAfterWriting(context)
      } else {
        return resumeReading(context)
      }
    }
  }
}

extension FrontDoor {
  /// Whether what comes next is the beginning of a request.
  var isAtStart: Bool { if case .waiting = state { queue.isEmpty } else { false } }
}

extension FrontDoor.State {
  /// Whether parts of a request may be handled as they come.
  var isTaking: Bool {
    switch self {
    case .waiting, .reading: true
    case .forwarded, .draining, .closing: false
    }
  }
}

/// What all connections have in common: limits, the snapshot, figures.
final class FrontDoorShared: Sendable {
  let limits: ConnectionLimits
  let snapshot: Snapshot
  let metrics: Metrics
  let date = DateField()
  private let budget: CallBudget
  private let formBudget: CallBudget
  private let trustedProxies: Set<ClientAddress>

  init(limits: ConnectionLimits, snapshot: Snapshot, metrics: Metrics) {
    self.limits = limits
    self.snapshot = snapshot
    self.metrics = metrics
    trustedProxies = Set(limits.trustedProxies.compactMap { $0 == "unix" ? .unix : ClientAddress($0) })
    budget = CallBudget(burst: limits.burst, rate: limits.rate)
    formBudget = CallBudget(burst: limits.formBurst, rate: limits.formRate)
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

  /// Counts the call; nil for what is not counted.
  func spend(on head: HTTPRequestHead, _ fields: RequestFields, from address: SocketAddress?) -> CallAllowance? {
    let path = head.uri.utf8.prefix { $0 != UInt8(ascii: "?") }
    // Beside calls, what a button posts.
    guard head.method == .POST || path.starts(with: "/api/".utf8) || path.elementsEqual("/api".utf8) else { return nil }
    let client = client(at: ClientAddress(address), fields).group
    let calls = budget.spend(client)
    guard calls?.wait == nil, head.method == .POST, SubscriptionPath.form(head.uri) != nil else { return calls }
    return formBudget.spend(client).flatMap { $0.wait == nil ? nil : $0 } ?? calls
  }

  /// Says what is left, with the answer to a call that was counted.
  func tell(_ allowance: CallAllowance?, _ headers: inout HTTPHeaders) {
    guard let allowance else { return }
    headers.add(name: "ratelimit-policy", value: budget.policy)
    headers.add(name: "ratelimit", value: allowance.field)
  }

  /// Behind a proxy on the list the last address that it names stands for the client; where that is no address, the
  /// proxy itself does.
  private func client(at peer: ClientAddress, _ fields: RequestFields) -> ClientAddress {
    guard trustedProxies.contains(peer), let last = fields.forwardedFor?.split(separator: ",").last else { return peer }
    return ClientAddress(last.filter { $0 != " " && $0 != "\t" }) ?? peer
  }

  /// What is in memory and may be sent as it is.
  func answer(to request: PartialRequest) -> (head: ByteBuffer, body: [ByteBuffer])? {
    let head = request.head
    guard head.method == .GET || head.method == .HEAD, let entry = snapshot.fresh(head.uri) else { return nil }
    let fields = request.fields
    let variant = entry.variant(
      ifNoneMatch: fields.ifNoneMatch, ifModifiedSince: fields.ifModifiedSince,
      acceptsGzip: AcceptedEncoding.takesGzip(fields.acceptEncoding))
    let answer = entry.answer(variant)
    let body: [ByteBuffer]
    switch answer.body {
    case _ where head.method == .HEAD: body = []
    case .nothing: body = []
    case .octets(let octets): body = octets
    // Larger than what may wait for a slow client: the framework sends as much as it takes.
    case .blocks: return nil
    }
    metrics.sentFromMemory(variant, octets: body.reduce(0) { $0 + $1.readableBytes })
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
