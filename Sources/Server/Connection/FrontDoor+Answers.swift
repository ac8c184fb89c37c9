import NIOCore
import NIOHTTP1

extension FrontDoor {
  /// How much of an answer is written at once: what a client has to take within the stall limit.
  private static let piece = 64 << 10

  /// Sends what is in memory.
  func send(_ answer: (head: ByteBuffer, body: [ByteBuffer]), _ context: ChannelHandlerContext) {
    guard let wire else { return context.close(promise: nil) }
    var head = answer.head
    shared.date.write(to: &head)
    head.writeStaticString(mustClose ? "connection: close\r\n\r\n" : "\r\n")
    if !answer.body.isEmpty {
      wire.write(NIOAny(head), promise: nil)
      for body in answer.body { inPieces(body, context, last: nil) { wire.write(NIOAny($0), promise: $1) } }
    } else if mustClose {
      tracked(nil, context) { wire.write(NIOAny(head), promise: $0) }
    } else {
      wire.write(NIOAny(head), promise: nil)
    }
    wire.flush()
    sent(context)
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
      shared.tell(allowance, &head.headers)
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .body(.byteBuffer(let body)):
      inPieces(body, context, last: promise) {
        context.write(self.wrapOutboundOut(.body(.byteBuffer($0))), promise: $1)
      }
    case .body(let body): tracked(promise, context) { context.write(wrapOutboundOut(.body(body)), promise: $0) }
    case .end(let trailers):
      tracked(promise, context) { context.writeAndFlush(wrapOutboundOut(.end(trailers)), promise: $0) }
      sent(context)
    }
  }

  /// The answer is with the socket: the next request may come, unless the client is behind with taking.
  func sent(_ context: ChannelHandlerContext) {
    guard !isGone else { return }
    since = context.eventLoop.now
    guard !mustClose else { return closeAfterWriting(context) }
    guard context.channel.isWritable else {
      if writesUnderWay == 0 { progress = since }
      state = .draining
      return
    }
    state = .waiting
    workOff(context)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if case .draining = state, context.channel.isWritable { sent(context) }
    context.fireChannelWritabilityChanged()
  }

  /// Writes a body so that it shows when the client takes some of it. The pieces share their memory.
  private func inPieces(
    _ whole: ByteBuffer, _ context: ChannelHandlerContext, last: EventLoopPromise<Void>?,
    _ write: (ByteBuffer, EventLoopPromise<Void>) -> Void
  ) {
    var body = whole
    while body.readableBytes > FrontDoor.piece, let piece = body.readSlice(length: FrontDoor.piece) {
      tracked(nil, context) { write(piece, $0) }
    }
    tracked(last, context) { write(body, $0) }
  }

  /// Counts a write as under way until the client has taken it.
  func tracked(
    _ given: EventLoopPromise<Void>?, _ context: ChannelHandlerContext, _ write: (EventLoopPromise<Void>) -> Void
  ) {
    if writesUnderWay == 0 { progress = context.eventLoop.now }
    writesUnderWay += 1
    let promise = given ?? context.eventLoop.makePromise()
    let loop = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    promise.futureResult.whenComplete { _ in
      let (door, context) = loop.value
      door.written(context)
    }
    write(promise)
  }

  private func written(_ context: ChannelHandlerContext) {
    writesUnderWay -= 1
    progress = context.eventLoop.now
    if isEnding, writesUnderWay == 0, !isGone { closeOutput(context) }
  }
}
