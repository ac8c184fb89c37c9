import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// HTTP/1.1 with the front door before the framework.
struct PortalChannel: ServerChildChannel, HTTPChannelHandler {
  typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

  let responder: HTTPChannelHandler.Responder
  let shared: FrontDoorShared

  /// Too many connections are open already.
  struct Full: Error {}

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    let metrics = shared.metrics
    let hasRoom = metrics.connectionOpened(limit: shared.limits.connections)
    channel.closeFuture.whenComplete { _ in metrics.connectionClosed() }
    guard hasRoom else { return channel.close().flatMapThrowing { throw Full() } }
    return channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      KernelBuffer.limit(of: channel)
      try PortalChannel.addDoor(shared, to: pipeline)
      try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
      return try NIOAsyncChannel(
        wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
    }
  }

  /// The parser with its limits, the encoder, and the front door behind them.
  static func addDoor(_ shared: FrontDoorShared, to pipeline: ChannelPipeline.SynchronousOperations) throws {
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderFieldSize = shared.limits.headers
    limits.maxHeaderListSize = shared.limits.headers
    limits.maxHeaderFieldCount = 100
    let door = FrontDoor(shared)
    try pipeline.addHandler(OctetMeter(door))
    try pipeline.configureHTTPServerPipeline(
      withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
      withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
    try pipeline.addHandler(door)
  }

  func handle(value: Value, logger: Logger) async { await handleHTTP(asyncChannel: value, logger: logger) }
}
