public import CivilTime

/// Why no token or private feed was made or taken back.
public enum AccessError: Error, Hashable, Sendable {
  case invalidText(TextError)
  /// A slash would make the scope of an idempotency key (`name/key`) readable in two ways.
  case slashInName
  /// A token that is not revoked has that name; letters in either case are the same.
  case nameTaken(String, TokenID)
  case expiryNotAhead(Instant, now: Instant)
  /// More than `AccessLimits.longestToken` ahead.
  case expiryTooFar
  case unknownToken(TokenID)
  case unknownPrivateFeed(PrivateFeedID)
  /// A private feed without a service.
  case noService
  case serviceTwice(String)
  case unknownComponent(String, known: [String])
  /// Not 64 hexadecimal digits in small letters.
  case invalidDigest
  /// A digest is one of a kind: it belongs to what is named, which was asked for otherwise.
  case digestTaken(String)
}

/// Bounds of what is handed out.
public enum AccessLimits {
  /// Ten years; a token that shall live longer has no expiry.
  public static let longestToken = Elapsed(seconds: 3653 * 86_400)
  /// Services of one private feed.
  public static let services = 100

  /// The name of a token, which stands as the actor in the events that it makes.
  public static func tokenName(_ text: String) throws(AccessError) -> String {
    let name = try screened(text, as: .name)
    guard !name.unicodeScalars.contains("/") else { throw .slashInName }
    return name
  }

  public static func clientName(_ text: String) throws(AccessError) -> String { try screened(text, as: .client) }

  private static func screened(_ text: String, as field: TextField) throws(AccessError) -> String {
    let name: String
    do { name = try TextRules.check(text, as: field) } catch { throw .invalidText(error) }
    guard !name.isEmpty else { throw .invalidText(.empty(field: field)) }
    return name
  }
}
