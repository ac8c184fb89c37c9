import Planning

/// The form of names that stand in addresses, file names and identifiers.
enum ContractNames {
  static let form = "small letters, digits and hyphens, such as profession-liberale"

  /// `[a-z0-9-]+`, at most 64 characters, neither beginning nor ending with a hyphen.
  /// Folders of the published site that are no service's.
  static let reserved: Set<String> = ["clients", "log", "private"]

  static func isName(_ text: String) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last, bytes.count <= 64 else { return false }
    let hyphen = UInt8(ascii: "-")
    return first != hyphen && last != hyphen
      && bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == hyphen }
  }

  /// A mail address whose domain has a dot.
  static func isMailAddress(_ text: String) -> Bool {
    MailAddress.isAddress(text) && text.drop { $0 != "@" }.contains(".")
  }

  /// An address of the web in ASCII (RFC 3986): `http://` or `https://`, a host, and no character that must be escaped.
  static func isWebAddress(_ text: String) -> Bool {
    guard text.utf8.count <= 300, let scheme = ["https://", "http://"].first(where: text.hasPrefix) else {
      return false
    }
    let rest = text.dropFirst(scheme.count)
    let host = rest.prefix { !"/?#:".contains($0) }
    return !host.isEmpty
      && host.utf8.allSatisfy { isAlphanumeric($0) || "-.".utf8.contains($0) }
      && rest.utf8.allSatisfy { isAlphanumeric($0) || "-._~:/?#[]@!$&'()*+,;=%".utf8.contains($0) }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
