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

  /// `local@domain`, in the plain form (RFC 5321, section 4.1.2, without quotes); the domain has a dot.
  static func isMailAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, text.utf8.count <= 254 else { return false }
    let local = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let domain = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return local.allSatisfy {
      !$0.isEmpty && $0.utf8.allSatisfy { isAlphanumeric($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
    }
      && domain.count >= 2
      && domain.allSatisfy { label in
        !label.isEmpty && label.first != "-" && label.last != "-"
          && label.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
      }
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
