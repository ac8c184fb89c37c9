package import Planning

/// A language that messages and publications are written in.
package enum Language: String, CaseIterable, Sendable {
  case french = "fr"
  case english = "en"

  /// The language that someone asked for: `explicit` (`fr`, `en_GB.UTF-8`) first, then the environment.
  ///
  /// Of `LC_ALL`, `LC_MESSAGES` and `LANG` the first that is set and not empty decides; what is not French is English.
  /// Source: POSIX.1-2024, section 8.2 (precedence of the locale variables).
  package static func preferred(explicit: String?, environment: [String: String]) -> Language {
    if let explicit, !explicit.isEmpty { return Language(locale: explicit) }
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      if let locale = environment[name], !locale.isEmpty { return Language(locale: locale) }
    }
    return .english
  }

  /// Of what an `Accept-Language` header lists, the first of the highest quality that is French or English; nil where it
  /// asks for neither. Source: RFC 9110, section 12.5.4.
  package init?(accepting header: String) {
    var best: (language: Language, quality: Int)?
    for range in header.lowercased().split(separator: ",").prefix(50) {
      let parts = range.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
      guard let tag = parts.first?.prefix(while: { $0 != "-" }), let language = Language(rawValue: String(tag)) else {
        continue
      }
      let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Language.quality($0.dropFirst(2)) } ?? 1000
      if quality > best?.quality ?? 0 { best = (language, quality) }
    }
    guard let best else { return nil }
    self = best.language
  }

  /// In thousandths; what is no quality is none.
  private static func quality(_ digits: Substring) -> Int {
    if digits == "1" || digits.hasPrefix("1.") { return 1000 }
    guard digits.hasPrefix("0.") else { return 0 }
    return Int((String(digits.dropFirst(2)) + "000").prefix(3)) ?? 0
  }

  private init(locale: String) {
    let language = locale.lowercased().prefix { $0.isLetter }
    self = language == "fr" || language == "fra" || language == "french" ? .french : .english
  }

  /// Picks the text of this language.
  package func callAsFunction(_ english: String, _ french: FrenchText) -> String {
    self == .french ? french.text : english
  }

  /// One of a thing, or several; nought takes the plural in English and the singular in French.
  package func counted(_ number: Int, _ noun: String) -> String {
    let isOne = number == 1 || (self == .french && number == 0)
    return "\(number) \(noun)\(isOne ? "" : "s")"
  }

  /// Picks what was written in both languages by others, as they wrote it.
  package func choice(_ english: String, _ french: String) -> String { self == .french ? french : english }
  package func choice(_ name: Contract.LocalizedName) -> String { choice(name.english, name.french) }
}

/// What the readers of a language are told for what the contract names by an identifier.
extension Contract {
  package func component(_ id: String, _ language: Language) -> String { componentNames[id].map(language.choice) ?? id }
  package func environment(_ id: String, _ language: Language) -> String {
    environmentNames[id].map(language.choice) ?? id
  }
}

/// What the readers of a language are told of a change. What has no English text is told in French, the language of the
/// contract.
extension Stop {
  package func title(_ language: Language) -> String { language.choice(titleEnglish ?? title, title) }
}

extension ChangeContent {
  package func title(_ language: Language) -> String { language.choice(titleEnglish ?? title, title) }
  package func description(_ language: Language) -> String {
    language.choice(descriptionEnglish ?? description, description)
  }
}
