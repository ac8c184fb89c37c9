import JSONText

/// How the log names where messages go. Engineers read the log, and it forgets nothing: an address of a person, or one
/// that lets whoever knows it write somewhere, is no part of it.
package enum LoggedAddress: Hashable, Sendable {
  /// SHA-256 over a salt, a newline and the address; both lie in the row. Without the salt whoever has a list of mail
  /// addresses could try them.
  case digest(String)
  /// In events of format 4 and before. What is hashed stays as it is.
  case plain(String)

  /// A new one, with its salt of 160 random bits.
  static func sealed(_ text: String) -> (logged: LoggedAddress, salt: String) {
    let salt = FeedSecret.random().text
    return (.digest(digest(text, salt: salt)), salt)
  }

  static func digest(_ text: String, salt: String) -> String { Digest.sha256("\(salt)\n\(text)".utf8) }

  /// Whether the row holds what was meant.
  func vouches(for text: String?, salt: String?) -> Bool {
    switch self {
    case .digest(let digest):
      text.flatMap { text in salt.map { LoggedAddress.digest(text, salt: $0) } } == digest
    case .plain: text == nil && salt == nil
    }
  }
}

extension JSON {
  /// The members `name` and `name_digest`, of which there is one.
  func address(_ name: String) throws(EventCodecError) -> LoggedAddress {
    if let digest = self["\(name)_digest"]?.string {
      guard Digest.isWellFormed(digest) else { throw EventCodecError(member: name) }
      return .digest(digest)
    }
    return .plain(try required(name))
  }
}

extension LoggedAddress {
  var plain: String? { if case .plain(let text) = self { text } else { nil } }
  var digest: String? { if case .digest(let text) = self { text } else { nil } }
}
