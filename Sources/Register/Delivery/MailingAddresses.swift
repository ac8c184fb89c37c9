import Crypto
package import Planning

extension Mailing {
  /// What only its mails say: whoever has it may end the mailing. It follows from the salt, which lies in the row alone; no
  /// address can be found from it. Nil in a copy of the log, and where ``Register/salted(_:)`` has to be asked first.
  package var leaveToken: String? {
    unlogged.salt.map { "\(id.number)-" + MailingLeave.code(id, salt: $0) }
  }

  /// The same for whoever may change what it sends.
  package var choiceToken: String? {
    unlogged.salt.map { "\(id.number)-" + MailingLeave.code(id, salt: $0, to: "choose") }
  }
}

/// The addresses that end mailings: `12-` and 32 characters of base 32, 160 bits. Source: RFC 8058, section 5.
package enum MailingLeave {
  package static let folder = "unsubscribe"

  static func code(_ id: MailingID, salt: String, to act: String = "leave") -> String {
    let key = SymmetricKey(data: Array(salt.utf8))
    let code = HMAC<SHA256>.authenticationCode(for: Array("\(act)\n\(id)".utf8), using: key)
    // Each octet gives one digit: 256 is a multiple of 32.
    return String(decoding: code.map { FeedSecret.alphabet[Int($0) % 32] }, as: UTF8.self)
  }

  /// Of the form of such an address, of a mailing or not.
  package static func id(_ token: String) -> MailingID? {
    let parts = token.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...9).contains(parts[0].utf8.count), let number = Int(parts[0]), number > 0,
      FeedSecret(parts[1]) != nil
    else { return nil }
    return MailingID(number: number)
  }

  /// The token in the path of an address; nil for any other path.
  package static func token(inPath path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard (3...4).contains(parts.count), parts[parts.count - 2] == folder, let last = parts.last.map(String.init),
      id(last) != nil
    else { return nil }
    return last
  }
}
