/// Why a value cannot be written as a content line.
package struct ContentLineError: Error, Hashable, Sendable {
  /// The property that was to be written, for instance `SUMMARY`.
  package var property: String
  package var reason: Reason

  package init(property: String, reason: Reason) {
    self.property = property
    self.reason = reason
  }

  package enum Reason: Hashable, Sendable {
    /// A control character, a Unicode line separator, a byte order mark or a noncharacter; the code point.
    case controlCharacter(UInt32)
    /// An embedding, override or isolate (U+202A…U+202E, U+2066…U+2069): it can make a text read otherwise.
    case bidirectionalOverride
    /// A line feed where the value has no way to write one.
    case lineBreak
    /// Not an iana-token or x-name (RFC 5545, section 3.1), or not one that may stand here.
    case badName
    /// Not a URI (RFC 3986, appendix A): no scheme, or a character that has to be percent-encoded.
    case badURI
    /// Not a mail address of the plain form `local@domain`.
    case badAddress
    /// A parameter whose name is not an iana-token.
    case badParameter
    /// Not an iana-token where the value has to be one.
    case badToken
    /// Empty where the value says something: readers take an empty property for an error.
    case emptyValue
    /// A time that ends no later than it begins.
    case emptySpan
    /// Outside years 1…9999, or outside the 32 bits of INTEGER (RFC 5545, section 3.3.8).
    case outOfRange
  }
}
