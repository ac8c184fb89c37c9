import Wording

/// What a form of a page posts. Source: WHATWG URL, section 5.1.
struct FormBody: Sendable {
  static let mediaType = "application/x-www-form-urlencoded"
  /// Octets: far more than our forms have.
  static let longest = 16 << 10

  private var fields: [String: [String]] = [:]

  /// Nil for what is no form, or has a field that is not among `known`.
  init?(_ octets: [UInt8], known: Set<String>) {
    guard octets.count <= FormBody.longest, let text = String(validating: octets, as: UTF8.self) else { return nil }
    for pair in text.split(separator: "&", omittingEmptySubsequences: true) {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let name = PercentText.decode(parts[0], isForm: true), known.contains(name),
        let value = PercentText.decode(parts[1], isForm: true)
      else { return nil }
      fields[name, default: []].append(value)
    }
  }

  func all(_ name: String) -> [String] { fields[name] ?? [] }

  /// Nil where it stands there never, or more than once.
  func one(_ name: String) -> String? { all(name).count == 1 ? all(name)[0] : nil }
}

/// Whether a request is of a form of ours.
enum FormRequest {
  /// Browsers say where a form stood, older ones by its origin alone; other programs say nothing. An origin that is `null`
  /// says nothing either: a page may ask for that. Source: Fetch Metadata Request Headers, section 2; RFC 6454, section 7.
  ///
  /// - Parameter hosts: by which people reach this server, with their ports.
  static func isFromElsewhere(_ site: String?, origin: String?, hosts: [String]) -> Bool {
    if let site { return site == "cross-site" || site == "same-site" }
    // scheme "://" host [":" port]
    guard let own = origin?.split(separator: "/").dropFirst().first, origin != "null" else { return false }
    return !hosts.contains { $0.lowercased() == own.lowercased() }
  }

  static func isForm(_ mediaType: String?) -> Bool {
    guard let mediaType else { return false }
    let parts = mediaType.lowercased().split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
    return parts.first == FormBody.mediaType
      && parts.dropFirst().allSatisfy { $0 == "charset=utf-8" || $0 == "charset=\"utf-8\"" }
  }
}
