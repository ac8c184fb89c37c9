import Register

/// The address of a server that keeps a register: `https://plans.example`, with a path where it stands below one.
package struct ServerAddress: Hashable, Sendable, CustomStringConvertible {
  /// Without a slash at its end.
  package let description: String
  package let host: String

  /// Why a text is no address of a server.
  package enum Problem: Error, Hashable, Sendable {
    /// A token would be read by everyone on the way.
    case notEncrypted
    /// Neither `https://` nor, for this machine, `http://`.
    case scheme
    /// User names and passwords have no place in it; a token says who asks.
    case credentials
    case malformed
  }

  /// Whether a text means a server rather than a file.
  package static func isMeant(by text: String) -> Bool { text.contains("://") }

  package init(_ text: String) throws(Problem) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let scheme = parts[0].lowercased()
    guard parts.count == 2, parts[1].hasPrefix("//"), scheme == "https" || scheme == "http" else { throw .scheme }
    let rest = parts[1].dropFirst(2)
    guard rest.utf8.count <= 500, rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}?#".utf8.contains($0) })
    else { throw .malformed }
    let authority = rest.prefix { $0 != "/" }
    guard !authority.contains("@") else { throw .credentials }
    let host = try ServerAddress.host(authority)
    guard scheme == "https" || ServerAddress.isLoopback(host) else { throw .notEncrypted }
    var path = rest.dropFirst(authority.count)
    while path.hasSuffix("/") { path.removeLast() }
    self.host = host
    description = "\(scheme)://\(authority.lowercased())\(path)"
  }

  /// The host of an authority, whose port has to be a number.
  private static func host(_ authority: Substring) throws(Problem) -> String {
    var host = authority
    var port: Substring?
    if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
      host = authority[...end]
      let after = authority[authority.index(after: end)...]
      guard after.isEmpty || after.hasPrefix(":") else { throw .malformed }
      port = after.isEmpty ? nil : after.dropFirst()
    } else if let colon = authority.lastIndex(of: ":") {
      host = authority[..<colon]
      port = authority[authority.index(after: colon)...]
    }
    guard !host.isEmpty, host.hasPrefix("[") || !host.contains(":") else { throw .malformed }
    if let port {
      guard let number = Int(port), (1...65535).contains(number) else { throw .malformed }
    }
    return host.lowercased()
  }

  /// `localhost`, 127.0.0.0/8 and `[::1]`: what is sent there does not leave the machine.
  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// A name of files for what is known of this server: its host, to be recognised, and a hash of the whole address.
  package var fileName: String {
    let shown = host.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "_" }
    return "\(String(shown.prefix(80)))-\(Digest.sha256(description.utf8).prefix(16))"
  }
}
