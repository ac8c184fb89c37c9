/// Why no webhook or mailing was made, taken back or asked to send again.
public enum SubscriptionError: Error, Hashable, Sendable {
  /// Not an absolute `https` address of a host, in ASCII, without user, password and fragment.
  case notAWebAddress(String)
  /// `http` where only `https` is taken.
  case needsEncryption(String)
  /// An address in figures, or `localhost`, that is not of the public Internet.
  case privateAddress(String)
  case notAMailAddress(String)
  case unknownWebhook(WebhookID)
  case unknownMailing(MailingID)
  case unknownDelivery(String)
  /// Only what was given up can be sent again.
  case notDead(String)
  /// Nothing more goes to a subscription that is revoked.
  case revoked(subscription: String)
  /// Messages of a format for people bear no signature.
  case notSigned(WebhookID)
}
