import NIOCore
import NIOHTTP1

/// Stands before the web framework on every connection. It holds the limits that keep a slow or huge client from hurting
/// the others, hands on only requests that are complete, and answers from memory what is there.
///
/// One request at a time: those that a client sends ahead wait, so that answers keep their order (RFC 9112, 9.3.2).
final class FrontDoor: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private enum State {
    /// For the head of the next request.
    case waiting
    case reading(HTTPRequestHead, body: ByteBuffer?, limit: Int)
    /// The request is with the framework.
    case forwarded
    /// An answer from memory is on its way.
    case sending
    /// The last answer is on its way; what the client still sends is thrown away.
    case closing(discarded: Int)
  }

  private let shared: FrontDoorShared
  private var state = State.waiting
  private var queue: CircularBuffer<HTTPServerRequestPart> = []
  private var isReadHeld = false
  private var timer: Scheduled<Void>?
  /// When the state began, or the client last took something of an answer.
  private var since = NIODeadline.uptimeNanoseconds(0)
  private var writesUnderWay = 0
  private var mustClose = false
  private var isQuiescing = false
  /// Below the encoder of the framework's answers: answers from memory are octets already.
  private var wire: ChannelHandlerContext?

  init(_ shared: FrontDoorShared) { self.shared = shared }

  // MARK: Life

  func handlerAdded(context: ChannelHandlerContext) {
    wire = try? context.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
    since = context.eventLoop.now
    if context.channel.isActive { schedule(context, after: shared.limits.idle) }
  }

  func channelActive(context: ChannelHandlerContext) {
    since = context.eventLoop.now
    schedule(context, after: shared.limits.idle)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    timer = nil
    queue.removeAll()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.cancel()
    timer = nil
    wire = nil
  }

  // MARK: Requests

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    switch state {
    case .forwarded, .sending: queue.append(part)
    case .waiting, .reading: take(part, context)
    case .closing(let discarded):
      guard case .body(let buffer) = part else { return }
      let total = discarded + buffer.readableBytes
      state = .closing(discarded: total)
      if total > shared.limits.body { context.close(promise: nil) }
    }
  }

  func read(context: ChannelHandlerContext) {
    // A client that sends ahead is read no further until its first answer has left.
    if queue.isEmpty { context.read() } else { isReadHeld = true }
  }

  private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
    switch (part, state) {
    case (.head(let head), .waiting): begin(head, context)
    case (.body(var buffer), .reading(let head, var body, let limit)):
      guard (body?.readableBytes ?? 0) + buffer.readableBytes <= limit else {
        return refuse(.payloadTooLarge, context)
      }
      // Out of the state first, so that the buffer is not copied.
      state = .reading(head, body: nil, limit: limit)
      if body == nil { body = buffer } else { body?.writeBuffer(&buffer) }
      state = .reading(head, body: body, limit: limit)
    case (.end(let trailers), .reading(let head, let body, _)): finish(head, body, trailers, context)
    default: context.close(promise: nil)
    }
  }

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    since = context.eventLoop.now
    if let problem = shared.problem(with: head, from: context.remoteAddress) { return refuse(problem, context) }
    let limit = shared.limits.body(for: head.uri.prefix { $0 != "?" })
    if let length = head.headers.first(name: "content-length").flatMap({ Int($0) }), length > limit {
      return refuse(.payloadTooLarge, context)
    }
    state = .reading(head, body: nil, limit: limit)
    if head.headers.contains(name: "expect") {
      guard head.headers["expect"] == ["100-continue"] else { return refuse(.expectationFailed, context) }
      context.writeAndFlush(
        wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
    }
  }

  private func finish(
    _ head: HTTPRequestHead, _ body: ByteBuffer?, _ trailers: HTTPHeaders?, _ context: ChannelHandlerContext
  ) {
    mustClose = !head.isKeepAlive || isQuiescing
    since = context.eventLoop.now
    if let answer = shared.answer(to: head) { return send(answer, context) }
    state = .forwarded
    context.fireChannelRead(wrapInboundOut(.head(head)))
    if let body { context.fireChannelRead(wrapInboundOut(.body(body))) }
    context.fireChannelRead(wrapInboundOut(.end(trailers)))
    context.fireChannelReadComplete()
  }

  // MARK: Answers

  /// How much of an answer is handed to the socket at once: what a client has to take within the stall limit.
  private static let piece = 64 << 10

  private func send(_ answer: (head: ByteBuffer, body: ByteBuffer?), _ context: ChannelHandlerContext) {
    guard let wire else { return context.close(promise: nil) }
    state = .sending
    var head = answer.head
    shared.date.write(to: &head)
    head.writeStaticString(mustClose ? "connection: close\r\n\r\n" : "\r\n")
    guard var body = answer.body else {
      wire.writeAndFlush(NIOAny(head), promise: nil)
      return sent(context)
    }
    if body.readableBytes <= FrontDoor.piece {
      wire.write(NIOAny(head), promise: nil)
      track(wire.eventLoop.makePromise(), context) { wire.writeAndFlush(NIOAny(body), promise: $0) }
      return sent(context)
    }
    wire.write(NIOAny(head), promise: nil)
    sendPiece(&body, wire, context)
  }

  private func sendPiece(_ body: inout ByteBuffer, _ wire: ChannelHandlerContext, _ context: ChannelHandlerContext) {
    guard let piece = body.readSlice(length: min(FrontDoor.piece, body.readableBytes)), piece.readableBytes > 0 else {
      return sent(context)
    }
    let promise = wire.eventLoop.makePromise(of: Void.self)
    let rest = body
    let loop = NIOLoopBound((self, wire, context), eventLoop: wire.eventLoop)
    promise.futureResult.whenSuccess {
      let (door, wire, context) = loop.value
      var rest = rest
      door.since = wire.eventLoop.now
      door.sendPiece(&rest, wire, context)
    }
    wire.writeAndFlush(NIOAny(piece), promise: promise)
  }

  /// The answer is with the socket: the next request may come.
  private func sent(_ context: ChannelHandlerContext) {
    since = context.eventLoop.now
    guard !mustClose else { return closeAfterWriting(context) }
    state = .waiting
    while !queue.isEmpty {
      switch state {
      case .waiting, .reading: take(queue.removeFirst(), context)
      default: return
      }
    }
    if isReadHeld {
      isReadHeld = false
      context.read()
    }
  }

  /// What the framework answers.
  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard case .forwarded = state else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(var head):
      if mustClose { head.headers.replaceOrAdd(name: "connection", value: "close") }
      if !head.headers.contains(name: "date") { head.headers.add(name: "date", value: shared.date.text) }
      head.headers.remove(name: "server")
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .body(let body):
      track(promise ?? context.eventLoop.makePromise(), context) {
        context.write(wrapOutboundOut(.body(body)), promise: $0)
      }
    case .end(let trailers):
      context.writeAndFlush(wrapOutboundOut(.end(trailers)), promise: promise)
      sent(context)
    }
  }

  private func track(
    _ promise: EventLoopPromise<Void>, _ context: ChannelHandlerContext, _ write: (EventLoopPromise<Void>) -> Void
  ) {
    writesUnderWay += 1
    let loop = NIOLoopBound(self, eventLoop: context.eventLoop)
    promise.futureResult.whenComplete { _ in
      loop.value.writesUnderWay -= 1
      loop.value.since = loop.eventLoop.now
    }
    write(promise)
  }

  // MARK: Ends

  /// Answers with a problem, reads no further than a little, and closes: a client that is still sending would not see
  /// the answer if the socket were closed under it.
  private func refuse(_ status: HTTPResponseStatus, _ context: ChannelHandlerContext) {
    shared.refused(status)
    mustClose = true
    state = .closing(discarded: 0)
    let body = ByteBuffer(string: shared.problemBody(status))
    var head = HTTPResponseHead(version: .http1_1, status: status)
    head.headers = [
      "content-type": "application/problem+json", "content-length": "\(body.readableBytes)", "connection": "close",
      "date": shared.date.text,
    ]
    if status == .tooManyRequests { head.headers.add(name: "retry-after", value: "1") }
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    closeAfterWriting(context)
  }

  private func closeAfterWriting(_ context: ChannelHandlerContext) {
    if case .closing = state {} else { state = .closing(discarded: 0) }
    queue.removeAll()
    since = context.eventLoop.now
    context.close(mode: .output, promise: nil)
    timer?.cancel()
    schedule(context, after: .seconds(1))
    if isReadHeld {
      isReadHeld = false
      context.read()
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is ChannelShouldQuiesceEvent:
      // A stop that lets what is under way finish.
      isQuiescing = true
      endWhenDone(context)
    case ChannelEvent.inputClosed:
      context.fireUserInboundEventTriggered(event)
      endWhenDone(context)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  private func endWhenDone(_ context: ChannelHandlerContext) {
    mustClose = true
    switch state {
    case .waiting where writesUnderWay == 0: context.close(promise: nil)
    case .waiting: closeAfterWriting(context)
    case .reading where !isQuiescing: context.close(promise: nil)
    case .reading, .forwarded, .sending, .closing: break
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch (error, state) {
    case (HTTPParserError.headerOverflow, .waiting): refuse(.requestHeaderFieldsTooLarge, context)
    case (is HTTPParserError, .waiting), (is HTTPParserError, .reading): refuse(.badRequest, context)
    case (is HTTPParserError, _): mustClose = true
    default: context.close(promise: nil)
    }
  }

  // MARK: Time

  private func schedule(_ context: ChannelHandlerContext, after amount: TimeAmount) {
    let loop = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(in: amount) {
      let (door, context) = loop.value
      door.look(context)
    }
  }

  /// Looks whether the client has had its time; one timer a connection, moved on only when it rings.
  private func look(_ context: ChannelHandlerContext) {
    let limits = shared.limits
    let allowed: TimeAmount
    switch state {
    case .waiting: allowed = writesUnderWay > 0 ? limits.stall : limits.idle
    case .reading: allowed = limits.request
    case .forwarded where writesUnderWay == 0: return schedule(context, after: limits.idle)
    case .forwarded, .sending: allowed = limits.stall
    case .closing where writesUnderWay == 0: return context.close(promise: nil)
    case .closing: allowed = limits.stall
    }
    let left = since + allowed - context.eventLoop.now
    guard left <= .zero else { return schedule(context, after: left) }
    shared.timedOut()
    if case .reading = state { refuse(.requestTimeout, context) } else { context.close(promise: nil) }
  }
}
