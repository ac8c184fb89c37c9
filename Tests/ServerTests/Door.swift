import NIOCore
import NIOEmbedded
import NIOHTTP1
import Publication

@testable import Server

/// One connection with a front door, a client that is played by the test, and time that the test moves.
final class Door {
  let channel = EmbeddedChannel()
  let snapshot: Snapshot
  let metrics: Metrics
  private let wire = Wire()
  private let framework = Framework()

  convenience init(
    _ limits: ConnectionLimits = ConnectionLimits(), publication: Published? = nil, peer: String = "192.0.2.1"
  ) throws {
    let snapshot = try Snapshot(publication ?? Published())
    try self.init(FrontDoorShared(limits: limits, snapshot: snapshot, metrics: Metrics()), peer: peer)
  }

  /// One more connection of a server.
  init(_ shared: FrontDoorShared, peer: String = "192.0.2.1") throws {
    (snapshot, metrics) = (shared.snapshot, shared.metrics)
    channel.allowRemoteHalfClosure = true
    try channel.pipeline.syncOperations.addHandler(wire)
    try PortalChannel.addDoor(shared, to: channel.pipeline.syncOperations)
    try channel.pipeline.syncOperations.addHandler(framework)
    let address = try SocketAddress(ipAddress: peer, port: 50000)
    channel.connect(to: address, promise: nil)
    channel.remoteAddress = address
  }

  deinit { _ = try? channel.finish(acceptAlreadyClosed: true) }

  /// What came to the client so far, and is not read yet by the test.
  var received: String {
    defer { wire.taken = ByteBuffer() }
    return String(buffer: wire.taken)
  }

  /// Requests that the front door handed on, as `GET /path`, with the body where there is one.
  var forwarded: [String] { framework.requests }
  /// The server says no more.
  var isEnded: Bool { wire.isOutputClosed || !channel.isActive }
  var isClosed: Bool { !channel.isActive }

  func send(_ text: String) {
    _ = try? channel.writeInbound(ByteBuffer(string: text))
  }

  func get(_ path: String, _ fields: String...) {
    send("GET \(path) HTTP/1.1\r\nHost: a\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n")
  }

  func pass(_ amount: TimeAmount) { channel.embeddedEventLoop.advanceTime(by: amount) }

  func closeInput() { channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed) }

  func quiesce() { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }

  /// The framework's answer to the oldest request that was handed on.
  func answer(_ body: String, status: HTTPResponseStatus = .ok) {
    let head = HTTPResponseHead(
      version: .http1_1, status: status, headers: ["content-length": "\(body.utf8.count)", "server": "x"])
    channel.write(HTTPServerResponsePart.head(head), promise: nil)
    if !body.isEmpty {
      channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: body))), promise: nil)
    }
    channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
  }

  /// From now on the client takes only what `take` lets it.
  func holdBack() { wire.isHolding = true }

  /// The client takes so many of the writes that wait for it.
  func take(_ count: Int = .max) {
    wire.release(count)
    if wire.isEmpty, !channel.isWritable { setWritable(true) }
  }

  var waitingWrites: Int { wire.count }

  func setWritable(_ isWritable: Bool) {
    channel.isWritable = isWritable
    channel.pipeline.fireChannelWritabilityChanged()
  }

  /// Puts a file of the test's own into memory.
  func keep(_ path: String, _ text: String) throws {
    snapshot.keep(
      SnapshotEntry(
        path, mediaType: "text/plain", text: try PackedText(Array(text.utf8)), source: .contract,
        lastModified: utc("2026-11-02T09:00:00Z"),
        older: nil, freshUntil: .distantFuture))
  }
}

/// The socket: keeps what is written, at once or when the client takes it.
private final class Wire: ChannelOutboundHandler {
  typealias OutboundIn = ByteBuffer

  var taken = ByteBuffer()
  var isHolding = false
  var isOutputClosed = false
  private var held: CircularBuffer<(ByteBuffer, EventLoopPromise<Void>?)> = []

  var isEmpty: Bool { held.isEmpty }
  var count: Int { held.count }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    precondition(!isOutputClosed, "written after the output was closed")
    var buffer = unwrapOutboundIn(data)
    if isHolding {
      held.append((buffer, promise))
    } else {
      taken.writeBuffer(&buffer)
      promise?.succeed()
    }
  }

  func release(_ count: Int) {
    var left = count
    while left > 0, let (piece, promise) = held.popFirst() {
      var buffer = piece
      taken.writeBuffer(&buffer)
      promise?.succeed()
      left -= 1
    }
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    if mode == .output {
      isOutputClosed = true
      promise?.succeed()
      return
    }
    // As a socket does: what is not written is lost.
    while let (_, promise) = held.popFirst() { promise?.fail(ChannelError.ioOnClosedChannel) }
    context.close(mode: mode, promise: promise)
  }
}

/// Notes what reaches the framework.
private final class Framework: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart

  var requests: [String] = []
  private var current = ""

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): current = "\(head.method) \(head.uri)"
    case .body(let buffer): current += " \(String(buffer: buffer))"
    case .end: requests.append(current)
    }
  }
}

/// Status codes of answers in `text`, in order.
func statuses(_ text: String) -> [Int] {
  text.split(separator: "HTTP/1.1 ").dropFirst(text.hasPrefix("HTTP/1.1 ") ? 0 : 1).compactMap { Int($0.prefix(3)) }
}
