import Wording

/// The language that a call asks for. Source: RFC 9110, section 12.5.4.
enum Preference {
  /// Of `Accept-Language` the first of the highest quality that is French or English; English without any.
  static func language(_ header: String?) -> Language {
    var best: (language: Language, quality: Int)?
    for range in (header ?? "").split(separator: ",").prefix(50) {
      let parts = range.split(separator: ";").map { trimmed($0) }
      guard let tag = parts.first?.lowercased(), let language = named(tag) else { continue }
      let quality = parts.dropFirst().first.map { Preference.quality($0) } ?? 1000
      if quality > best?.quality ?? 0 { best = (language, quality) }
    }
    return best?.language ?? .english
  }

  /// Messages name values as the command line does, `--start` and not `start`, where its own calls ask for that.
  /// Source: RFC 7240, section 2.
  static func door(_ call: APICall) -> Door {
    let isOwn = call.headers.contains { $0.name == "prefer" && trimmed($0.value[...]).lowercased() == "wording=flags" }
    return isOwn ? .commandLine : .api
  }

  private static func named(_ tag: String) -> Language? {
    switch tag.prefix(while: { $0 != "-" }) {
    case "fr": .french
    case "en": .english
    default: nil
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }

  /// In thousandths; what is no quality is none.
  private static func quality(_ text: Substring) -> Int {
    guard text.lowercased().hasPrefix("q=") else { return 1000 }
    let digits = text.dropFirst(2)
    if digits == "1" || digits.hasPrefix("1.") { return 1000 }
    guard digits.hasPrefix("0.") else { return 0 }
    return Int((String(digits.dropFirst(2)) + "000").prefix(3)) ?? 0
  }
}
