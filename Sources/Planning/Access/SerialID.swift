import CivilTime

/// What is counted from 1 in a register, without gaps.
public protocol SerialKind {
  /// The letters before its numbers, with the hyphen.
  static var prefix: String { get }
}

/// A token, `TOK-0001`.
public enum TokenKind: SerialKind { public static let prefix = "TOK-" }
/// A private feed, `PFD-0001`.
public enum PrivateFeedKind: SerialKind { public static let prefix = "PFD-" }
/// A webhook, `HOOK-0001`.
public enum WebhookKind: SerialKind { public static let prefix = "HOOK-" }
/// A subscription to notices by mail, `MAIL-0001`.
public enum MailingKind: SerialKind { public static let prefix = "MAIL-" }
/// What confirmations of subscriptions are sealed with, `KEY-0001`.
public enum SubscriptionKeyKind: SerialKind { public static let prefix = "KEY-" }

public typealias TokenID = SerialID<TokenKind>
public typealias PrivateFeedID = SerialID<PrivateFeedKind>
public typealias WebhookID = SerialID<WebhookKind>
public typealias MailingID = SerialID<MailingKind>

/// A number with a prefix: at least four digits, one way to write each.
public struct SerialID<Kind: SerialKind>: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let number: Int

  public init(number: Int) { self.number = number }

  /// Reads `TOK-NNNN`, the letters in either case; four digits or more.
  public init?(_ text: String) {
    let prefix = Kind.prefix.utf8.count
    let bytes = Array(text.utf8)
    guard (prefix + 4...prefix + 9).contains(bytes.count),
      String(decoding: bytes.prefix(prefix), as: UTF8.self).uppercased() == Kind.prefix
    else { return nil }
    let digits = bytes.dropFirst(prefix)
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(String(decoding: digits, as: UTF8.self)), number > 0,
      digits.count == 4 || digits.first != UInt8(ascii: "0")
    else { return nil }
    self.init(number: number)
  }

  public var description: String {
    Kind.prefix + number.padded(4)
  }

  public static func < (a: SerialID, b: SerialID) -> Bool { a.number < b.number }
}
