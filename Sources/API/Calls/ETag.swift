import Planning
import Register

/// The entity tag of a change: its revision, or the sequence of its newest event for a draft, and where something waits for
/// approval. That of an outage is its revision, that of a release its newest event.
struct ETag: Hashable {
  /// Without quotation marks.
  let text: String
  private let isWeak: Bool

  /// - Parameter forEveryone: as whoever may read what is published sees it.
  init(_ change: Change, newest: Int, forEveryone: Bool = false) {
    let revision = change.hasDraft && !forEveryone ? nil : change.revision
    text = revision.map(String.init) ?? "draft-\(newest)"
    isWeak = false
  }

  init(_ outage: Outage) {
    text = String(outage.revision)
    isWeak = false
  }

  /// Of a release: the newest event of it or of one of its changes.
  init(newest: Int) {
    text = String(newest)
    isWeak = false
  }

  /// One tag; nil for a list and for what is none. What `EntityTag` adds of a body is left out: whoever moves something
  /// relies on its state. Source: RFC 9110, section 8.8.3.
  init?(_ header: String) {
    isWeak = header.hasPrefix("W/")
    let rest = isWeak ? header.dropFirst(2) : header[...]
    guard rest.utf8.count >= 2, rest.first == "\"", rest.last == "\"" else { return nil }
    let inner = rest.dropFirst().dropLast()
    guard inner.utf8.allSatisfy({ $0 == 0x21 || ($0 >= 0x23 && $0 != 0x7F) }) else { return nil }
    text = String(inner.prefix { $0 != "." })
  }

  var header: (name: String, value: String) { ("etag", "\"\(text)\"") }

  /// Nil for a tag that nothing has; a weak one matches nothing (RFC 9110, section 13.1.1).
  var expected: Register.Request.Expected? {
    guard !isWeak else { return nil }
    if let number = plain(text[...]) { return .revision(number) }
    guard text.hasPrefix("draft-"), let sequence = plain(text.dropFirst("draft-".count)) else { return nil }
    return .draft(newest: sequence)
  }

  /// Digits without a sign and without zeros in front.
  private func plain(_ text: Substring) -> Int? {
    Int(text).flatMap { String($0) == text && $0 >= 0 ? $0 : nil }
  }
}
