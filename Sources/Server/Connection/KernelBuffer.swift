import NIOCore

#if canImport(Glibc)
  import Glibc
#endif

/// What the system holds of an answer that the client has not taken: megabytes a connection, unless it is told.
enum KernelBuffer {
  /// Octets that wait beside those that are on their way.
  private static let waiting = 128 << 10

  /// Whether a client takes something shows within this many octets. Sockets that are not TCP have small buffers anyway.
  static func limit(of channel: any Channel) {
    // TCP_NOTSENT_LOWAT of Linux, which Glibc's module does not name. Source: tcp(7).
    let option = ChannelOptions.Types.SocketOption(level: .tcp, name: .init(rawValue: 25))
    try? channel.syncOptions?.setOption(option, value: waiting)
  }

  /// A client that takes nothing would leave its answer with the system for minutes after the connection is closed.
  static func discard(of channel: any Channel) {
    _ = (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
  }
}
