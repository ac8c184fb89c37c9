package import Register

/// Why a server did not do what it was asked, where the register's own errors do not say it. Refusals by the rules are
/// none.
package enum RemoteError: Error, Hashable, Sendable {
  /// No answer, or none that could be used; nothing was asked to be recorded.
  case unreachable(String)
  /// No answer to a command that may have been recorded; the key asks again without recording twice.
  case unknownOutcome(String, key: String)
  /// No answer to a command on tokens, private feeds, webhooks, mailings or deliveries that may have been recorded;
  /// `verb` looks after these.
  case unknownAccess(String, verb: String)
  /// The server did as it was told, but what it then holds could not be fetched.
  case recordedUnseen(String)
  /// The server did as it was told, but the replica at that path could not be written.
  case recordedUncopied(String)
  /// The certificate, or the encryption, is not to be trusted.
  case untrusted(String)
  /// The token is missing, unknown, out of date (401) or does not allow it (403).
  case notPermitted(status: Int, String)
  /// A command that makes no sense as it stands, in the server's words.
  case rejected(String)
  /// What the record does not allow, in the server's words.
  case refused(String)
  /// A draft that somebody else has moved since.
  case stale
  /// More than a server takes in one request.
  case tooLarge
  /// Too many requests in a short time.
  case tooMany
  /// The server's own failure that asking again does not mend, in its words.
  case failed(String)
  /// The server is at another address.
  case moved(to: String)
  /// Not the answer of a server of this program and version.
  case notUnderstood(String)
  /// The register does not go on from what was seen of it.
  case historyDiffers(seen: Checkpoint, found: Checkpoint)
}
