/// An iCalendar object that goes with a message.
package struct MailCalendar: Hashable, Sendable {
  /// The object as it is published; carried octet for octet.
  package var bytes: [UInt8]
  /// The METHOD of the object: `PUBLISH` or `CANCEL` (RFC 6047, section 2.4 asks that both say the same).
  package var method: String
  /// The name under which it is saved, for instance `CHG-2026-0042.ics`.
  package var fileName: String

  package init(bytes: [UInt8], method: String, fileName: String) {
    self.bytes = bytes
    self.method = method
    self.fileName = fileName
  }
}
