import CivilTime

/// Why a message is not written: which field, and what is wrong with it.
package struct MailError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Reason: Hashable, Sendable {
    /// CR, LF, NUL or another control character; `position` counts Unicode scalars from 1.
    case controlCharacter(UInt32, position: Int)
    case empty
    /// Not `local@domain` in ASCII (RFC 5322, section 3.4.1; RFC 5321, section 4.5.3.1).
    case notAnAddress(String)
    /// Not `left@right` (RFC 5322, section 3.6.4).
    case notAMessageID(String)
    /// Not a name of printable ASCII without colon (RFC 5322, section 3.6.8).
    case notAHeaderName(String)
    /// A header that the message itself writes.
    case reservedHeader(String)
    /// Not a language tag such as `fr` or `en-GB` (RFC 5646, section 2.1).
    case notALanguage(String)
    /// Not a token such as `PUBLISH` (RFC 5546, section 1.4).
    case notAMethod(String)
    /// Not the name of a file: empty, `.`, `..`, or with a slash or a backslash in it.
    case notAFileName(String)
    /// A year that is not 1900…9999 (RFC 5322, section 3.3), or an offset of a day or more.
    case dateOutOfRange
  }

  /// The name of the header, `calendar method` or `calendar file name`.
  package let field: String
  package let reason: Reason

  package var description: String {
    switch reason {
    case .controlCharacter(let value, let position):
      let code = value.padded(4, radix: 16, uppercase: true)
      return "\(field): control character U+\(code) at position \(position); take it out"
    case .empty: return "\(field): empty; give it a value"
    case .notAnAddress(let text): return "\(field): \(MailError.shown(text)) is no mail address; write local@domain"
    case .notAMessageID(let text):
      return "\(field): \(MailError.shown(text)) is no message identifier; write left@right without angle brackets"
    case .notAHeaderName(let text):
      return "\(field): \(MailError.shown(text)) is no header name; use letters, digits and hyphens"
    case .reservedHeader(let text): return "\(field): \(text) is written by the message itself; leave it out"
    case .notALanguage(let text): return "\(field): \(MailError.shown(text)) is no language tag; write for instance fr"
    case .notAMethod(let text): return "\(field): \(MailError.shown(text)) is no method; write for instance PUBLISH"
    case .notAFileName(let text):
      return "\(field): \(MailError.shown(text)) is no file name; write for instance maintenance.ics"
    case .dateOutOfRange: return "\(field): the year is not between 1900 and 9999, or the offset is a day or more"
    }
  }

  /// Safe to print: quoted, and cut after 100 characters.
  private static func shown(_ text: String) -> String { String(text.prefix(100)).debugDescription }
}
