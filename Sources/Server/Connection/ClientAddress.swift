import NIOCore

#if canImport(Glibc)
  import Glibc
#endif

/// The address of a client, in the one form by which clients are told apart.
enum ClientAddress: Hashable, Sendable {
  /// Whoever comes through a Unix socket.
  case unix
  /// The four octets of IPv4, however it was written: also as the IPv4-mapped address of a socket that takes both
  /// (RFC 4291, section 2.5.5.2).
  case four([UInt8])
  case six([UInt8])

  /// Of a connection.
  init(_ address: SocketAddress?) { self = address?.ipAddress.flatMap { ClientAddress($0) } ?? .unix }

  /// Reads an address as proxies write it, with a port or without: `192.0.2.1`, `192.0.2.1:443`, `2001:db8::1`,
  /// `[2001:db8::1]`, `[2001:db8::1]:443`, with its zone or without; nil for what is no address.
  init?(_ text: some StringProtocol) {
    // Behind a NUL the system would read no further.
    guard !text.utf8.contains(0) else { return nil }
    let bare = ClientAddress.bare(text).prefix { $0 != "%" }
    var four = [UInt8](repeating: 0, count: 4)
    if unsafe inet_pton(AF_INET, String(bare), &four) == 1 {
      self = .four(four)
      return
    }
    var six = [UInt8](repeating: 0, count: 16)
    guard unsafe inet_pton(AF_INET6, String(bare), &six) == 1 else { return nil }
    let isMapped = six.prefix(10).allSatisfy { $0 == 0 } && six[10] == 0xFF && six[11] == 0xFF
    self = isMapped ? .four(Array(six.suffix(4))) : .six(six)
  }

  /// Without brackets and port.
  private static func bare(_ text: some StringProtocol) -> Substring {
    let text = Substring(text)
    let port: Substring
    let address: Substring
    if text.first == "[" {
      guard let end = text.firstIndex(of: "]") else { return "" }
      address = text[text.index(after: text.startIndex)..<end]
      port = text[text.index(after: end)...]
      // In brackets stands an address of IPv6 and nothing else. Source: RFC 3986, section 3.2.2.
      guard address.contains(":") else { return "" }
    } else if let colon = text.firstIndex(of: ":"), text[text.index(after: colon)...].firstIndex(of: ":") == nil {
      address = text[..<colon]
      port = text[colon...]
    } else {
      return text
    }
    let isPort = port.isEmpty || (port.first == ":" && UInt16(port.dropFirst()) != nil)
    return isPort ? address : ""
  }

  /// What stands for the client where calls are counted: of IPv6 the first 64 bits, since a client has a whole network
  /// of addresses. Source: RFC 6177.
  var group: String {
    switch self {
    case .unix: "unix"
    case .four(let octets): octets.map { String($0) }.joined(separator: ".")
    case .six(let octets): octets.prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
    }
  }
}
