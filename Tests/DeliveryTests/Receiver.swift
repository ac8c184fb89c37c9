import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A receiver of webhooks on loopback that remembers what it got.
final class Receiver: Sendable {
  struct Message: Sendable {
    var method: String
    var path: String
    var headers: [String: String]
    var body: [UInt8]
    var text: String { String(decoding: body, as: UTF8.self) }
  }

  /// What it answers; nil says nothing at all.
  struct Answer: Sendable {
    var status = 200
    var headers: [(String, String)] = []
    var body = ""
    /// Octets after the head without an end.
    var isEndless = false
  }

  private final class Inbox: Sendable {
    let messages = Mutex<[Message]>([])
    let answer: @Sendable (Message, Int) -> Answer?
    init(_ answer: @escaping @Sendable (Message, Int) -> Answer?) { self.answer = answer }

    func take(_ message: Message) -> Answer? {
      let count = messages.withLock { messages in
        messages.append(message)
        return messages.count - 1
      }
      return answer(message, count)
    }
  }

  private let inbox: Inbox
  private let channel: Mutex<(any Channel)?> = Mutex(nil)
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  /// - Parameter answer: given the message, and how many came before it.
  init(_ answer: @escaping @Sendable (Message, Int) -> Answer? = { _, _ in Answer() }) async throws {
    let inbox = Inbox(answer)
    self.inbox = inbox
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
          try channel.pipeline.syncOperations.addHandler(Handler(inbox))
        }
      }
    let bound = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
    channel.withLock { $0 = bound }
  }

  deinit { group.shutdownGracefully { _ in } }

  var port: Int { channel.withLock { $0?.localAddress?.port ?? 0 } }
  var messages: [Message] { inbox.messages.withLock { $0 } }
  var bodies: [String] { messages.map(\.text) }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart
    private let inbox: Inbox
    private var message = Message(method: "", path: "", headers: [:], body: [])

    init(_ inbox: Inbox) { self.inbox = inbox }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head):
        let headers = Dictionary(head.headers.map { ($0.name.lowercased(), $0.value) }) { "\($0), \($1)" }
        message = Message(method: head.method.rawValue, path: head.uri, headers: headers, body: [])
      case .body(let part): message.body += part.readableBytesView
      case .end:
        guard let answer = inbox.take(message) else { return }
        var headers = HTTPHeaders(answer.headers)
        if !answer.isEndless { headers.add(name: "Content-Length", value: "\(answer.body.utf8.count)") }
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: answer.status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: answer.body)))), promise: nil)
        if answer.isEndless { context.flush() } else { context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil) }
      }
    }
  }
}
