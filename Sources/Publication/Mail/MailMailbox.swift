/// A mail address and the name to show for it. Source: RFC 5322, section 3.4.
package struct MailMailbox: Hashable, Sendable {
  package var name: String?
  /// `local@domain` in ASCII.
  package var address: String

  package init(name: String? = nil, address: String) {
    self.name = name
    self.address = address
  }
}
