/// `TOK-0001`: a token, by its number in the register from 1, without gaps.
public struct TokenID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let number: Int

  public init(number: Int) { self.number = number }

  /// Reads `TOK-NNNN`, the letters in either case; four digits or more.
  public init?(_ text: String) {
    guard let number = SerialNumber.read(text, prefix: "TOK-") else { return nil }
    self.init(number: number)
  }

  public var description: String { SerialNumber.text(number, prefix: "TOK-") }

  public static func < (a: TokenID, b: TokenID) -> Bool { a.number < b.number }
}

/// `PFD-0001`: a private feed, by its number in the register from 1, without gaps.
public struct PrivateFeedID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let number: Int

  public init(number: Int) { self.number = number }

  /// Reads `PFD-NNNN`, the letters in either case; four digits or more.
  public init?(_ text: String) {
    guard let number = SerialNumber.read(text, prefix: "PFD-") else { return nil }
    self.init(number: number)
  }

  public var description: String { SerialNumber.text(number, prefix: "PFD-") }

  public static func < (a: PrivateFeedID, b: PrivateFeedID) -> Bool { a.number < b.number }
}

/// `HOOK-0001`: a webhook, by its number in the register from 1, without gaps.
public struct WebhookID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let number: Int

  public init(number: Int) { self.number = number }

  /// Reads `HOOK-NNNN`, the letters in either case; four digits or more.
  public init?(_ text: String) {
    guard let number = SerialNumber.read(text, prefix: "HOOK-") else { return nil }
    self.init(number: number)
  }

  public var description: String { SerialNumber.text(number, prefix: "HOOK-") }

  public static func < (a: WebhookID, b: WebhookID) -> Bool { a.number < b.number }
}

/// `MAIL-0001`: a subscription to notices by mail, by its number in the register from 1, without gaps.
public struct MailingID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let number: Int

  public init(number: Int) { self.number = number }

  /// Reads `MAIL-NNNN`, the letters in either case; four digits or more.
  public init?(_ text: String) {
    guard let number = SerialNumber.read(text, prefix: "MAIL-") else { return nil }
    self.init(number: number)
  }

  public var description: String { SerialNumber.text(number, prefix: "MAIL-") }

  public static func < (a: MailingID, b: MailingID) -> Bool { a.number < b.number }
}

/// Numbers with a prefix: at least four digits, one way to write each.
private enum SerialNumber {
  static func read(_ text: String, prefix: String) -> Int? {
    let bytes = Array(text.utf8)
    guard (prefix.utf8.count + 4...prefix.utf8.count + 9).contains(bytes.count),
      String(decoding: bytes.prefix(prefix.utf8.count), as: UTF8.self).uppercased() == prefix
    else { return nil }
    let digits = bytes.dropFirst(prefix.utf8.count)
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(String(decoding: digits, as: UTF8.self)), number > 0,
      digits.count == 4 || digits.first != UInt8(ascii: "0")
    else { return nil }
    return number
  }

  static func text(_ number: Int, prefix: String) -> String {
    let digits = String(number)
    return prefix + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
