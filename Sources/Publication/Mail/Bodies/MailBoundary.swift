/// The lines between the parts of a message.
enum MailBoundary {
  /// The same for the same message. It holds `=_`, which neither quoted-printable nor base64 can produce, so that no
  /// part holds it whatever was written in it (RFC 2045, section 6.7), and no two kinds begin alike.
  static func text(_ kind: String, of messageID: String) -> String { "\(kind)=_" + MailDigest.hex(messageID) }
}
