import API
import Logging
import NIOCore
import NIOPosix
import Synchronization

@testable import Server

/// A server on a free port of the loopback, for the time of one test.
enum LiveServer {
  static func run(
    _ publication: Published, api: @escaping @Sendable (APICall) -> APIAnswer = { _ in APIAnswer(status: 404) },
    connections: Int = 100, leave: @escaping @Sendable (String) throws -> Void = { _ in }, burst: Double? = nil,
    log: @escaping @Sendable (String) -> Void = { _ in }, _ body: (Int) async throws -> Void
  ) async throws {
    var server = PreavisServer(
      address: .host("127.0.0.1", port: 0), snapshot: try Snapshot(publication),
      logger: Logger(label: "preavis") { JSONLogHandler(label: $0, sink: log) }, api: api, readiness: { [] })
    server.loops = 1
    server.limits.connections = connections
    server.leave = leave
    if let burst { (server.limits.rate, server.limits.burst) = (0.001, burst) }
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    server.whenListening = { port in continuation.yield(port ?? 0) }
    let running = Task { [server] in
      defer { continuation.finish() }
      try await server.run()
    }
    defer { running.cancel() }
    for await port in ports {
      try await body(port)
      break
    }
    running.cancel()
    _ = await running.result
  }
}

/// A client that sends what it is told and keeps what comes, until the other side closes.
final class Client: Sendable {
  private let channel: any Channel
  private let inbox: Inbox

  private final class Inbox: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    let text = Mutex("")

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let buffer = unwrapInboundIn(data)
      text.withLock { $0 += String(buffer: buffer) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }

  init(_ port: Int) async throws {
    let inbox = Inbox()
    self.inbox = inbox
    channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .channelOption(.allowRemoteHalfClosure, value: false)
      .channelInitializer { $0.pipeline.addHandler(inbox) }
      .connect(host: "127.0.0.1", port: port).get()
  }

  func send(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)) }

  /// Says no more, and still reads.
  func closeOutput() async throws { try await channel.close(mode: .output) }

  func read(_ isOn: Bool) async throws { try await channel.setOption(.autoRead, value: isOn).get() }

  /// All that came until the server closed.
  func everything() async throws -> String {
    try await channel.closeFuture.get()
    return inbox.text.withLock { $0 }
  }

  /// The answer to one request on a connection of its own.
  static func ask(_ port: Int, _ line: String, _ fields: String..., body: String = "") async throws -> String {
    let client = try await Client(port)
    let all = fields.map { $0 + "\r\n" }.joined()
    try await client.send("\(line) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\(all)\r\n\(body)")
    return try await client.everything()
  }
}
