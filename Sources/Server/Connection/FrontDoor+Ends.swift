import NIOCore
import NIOHTTP1
import Publication

extension FrontDoor {
  /// How long a client that is still sending may take to see that its answer was the last.
  private static let linger = TimeAmount.seconds(1)

  /// Answers with a problem, reads no further than a little, and closes: a client that is still sending would not see
  /// the answer if the socket were closed under it.
  ///
  /// - Parameter form: what a person has sent too often, who is told by a page.
  func refuse(
    _ status: HTTPResponseStatus, _ context: ChannelHandlerContext, retryAfter: Int? = nil,
    form: SubscriptionPath? = nil
  ) {
    shared.refused(status)
    mustClose = true
    state = .closing(discarded: 0)
    let page = form.map { PortalSite.tooManyForms($0.language, seconds: retryAfter ?? 60) }
    let body = ByteBuffer(bytes: page ?? shared.problemBody(status))
    var head = HTTPResponseHead(version: .http1_1, status: status)
    head.headers = [
      "content-type": page == nil ? "application/problem+json" : "text/html; charset=utf-8",
      "content-length": "\(body.readableBytes)", "connection": "close",
      "date": shared.date.text,
    ]
    if page != nil { head.headers.add(name: "content-security-policy", value: SecurityFields.pagePolicy) }
    if let retryAfter { head.headers.add(name: "retry-after", value: "\(retryAfter)") }
    if page == nil { shared.tell(allowance, &head.headers) }
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    tracked(nil, context) { context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: $0) }
    closeAfterWriting(context)
  }

  /// Closes once the client has been sent everything. Not at once: with a client that has closed its own side, closing
  /// ours would drop what is not written yet.
  func closeAfterWriting(_ context: ChannelHandlerContext) {
    if case .closing = state {} else { state = .closing(discarded: 0) }
    queue.removeAll()
    since = context.eventLoop.now
    if writesUnderWay == 0 {
      closeOutput(context)
    } else {
      isEnding = true
      resumeReading(context)
    }
  }

  func closeOutput(_ context: ChannelHandlerContext) {
    isEnding = false
    guard !isInputClosed else { return context.close(promise: nil) }
    timer?.cancel()
    schedule(context, after: FrontDoor.linger)
    context.close(mode: .output, promise: nil)
    resumeReading(context)
  }

  /// The framework closes a connection as soon as it has handed over its last answer; here it is known when that has left.
  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    switch (mode, state) {
    case (.input, _), (_, .forwarded): context.close(mode: mode, promise: promise)
    case (.output, _):
      mustClose = true
      promise?.succeed()
      if case .waiting = state { closeAfterWriting(context) }
    case (.all, _) where writesUnderWay > 0 && !isGone:
      context.channel.closeFuture.cascade(to: promise)
      closeAfterWriting(context)
    case (.all, _): context.close(mode: mode, promise: promise)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is ChannelShouldQuiesceEvent: quiesce(context)
    // Not handed on: the framework would take no more of the requests that came before.
    case ChannelEvent.inputClosed:
      isInputClosed = true
      switch state {
      case .waiting: closeAfterWriting(context)
      case .reading: context.close(promise: nil)
      case .closing where writesUnderWay == 0: context.close(promise: nil)
      case .forwarded, .draining, .closing: break
      }
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  /// A stop that lets what is under way finish, within its time.
  private func quiesce(_ context: ChannelHandlerContext) {
    isQuiescing = true
    mustClose = true
    let loop = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: shared.limits.farewell) {
      let (door, context) = loop.value
      if !door.isGone { door.cut(context) }
    }
    switch state {
    case .waiting, .draining: closeAfterWriting(context)
    case .reading, .forwarded, .closing: break
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch error {
    case let error as HTTPParserError:
      failure = error == .headerOverflow ? .requestHeaderFieldsTooLarge : .badRequest
    case is OctetMeter.Overflow: failure = .payloadTooLarge
    case is OctetMeter.Blanks: failure = .badRequest
    default: return context.close(promise: nil)
    }
    if queue.isEmpty, state.isTaking, let failure { refuse(failure, context) }
  }

  // MARK: Time

  func schedule(_ context: ChannelHandlerContext, after amount: TimeAmount) {
    let loop = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(in: amount) {
      let (door, context) = loop.value
      if !door.isGone { door.look(context) }
    }
  }

  /// Looks whether the client has had its time; one timer a connection, moved on only when it rings.
  private func look(_ context: ChannelHandlerContext) {
    let limits = shared.limits
    let end: NIODeadline
    switch state {
    case .waiting where writesUnderWay == 0: end = max(since, progress) + limits.idle
    case .reading: end = since + limits.request
    case .forwarded where writesUnderWay == 0: return schedule(context, after: limits.idle)
    case .closing where writesUnderWay == 0: return cut(context)
    case .waiting, .forwarded, .draining, .closing: end = progress + limits.stall
    }
    let left = end - context.eventLoop.now
    guard left <= .zero else { return schedule(context, after: left) }
    shared.timedOut()
    if case .reading = state { return refuse(.requestTimeout, context) }
    if writesUnderWay > 0 {
      KernelBuffer.discard(of: context.channel)
      cut(context)
    } else if encryption != nil {
      // Says that this is the end, so that the client does not take it for an attack.
      mustClose = true
      closeAfterWriting(context)
    } else {
      context.close(promise: nil)
    }
  }

  /// Closes at once. Encryption would take leave of the client first, and wait seconds for its answer.
  func cut(_ context: ChannelHandlerContext) { (encryption ?? context).close(promise: nil) }
}
