import NIOCore

/// Counts what comes before it is parsed, for the front door behind the parser.
final class OctetMeter: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer

  /// More than a body of the largest size could need.
  struct Overflow: Error {}

  private let door: FrontDoor
  private var isFull = false
  /// Octets that were thrown away since.
  private var dropped = 0
  private static let patience = 256 << 10

  init(_ door: FrontDoor) { self.door = door }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let count = unwrapInboundIn(data).readableBytes
    guard !isFull else {
      dropped += count
      if dropped > OctetMeter.patience { context.close(promise: nil) }
      return
    }
    guard door.mayParse(count) else {
      isFull = true
      return context.fireErrorCaught(Overflow())
    }
    context.fireChannelRead(data)
  }
}
