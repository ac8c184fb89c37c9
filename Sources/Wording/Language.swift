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

  private init(locale: String) {
    let language = locale.lowercased().prefix { $0.isLetter }
    self = language == "fr" || language == "fra" || language == "french" ? .french : .english
  }

  /// Picks the text of this language.
  package func callAsFunction(_ english: String, _ french: FrenchText) -> String {
    self == .french ? french.text : english
  }

  /// Picks what was written in both languages by others, as they wrote it.
  package func choice(_ english: String, _ french: String) -> String { self == .french ? french : english }
}
