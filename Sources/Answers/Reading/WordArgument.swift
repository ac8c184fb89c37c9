package import Planning
package import Wording

/// Reads the values of flags that name one of a few words.
package struct WordArgument: Sendable {
  package let language: Language

  package init(language: Language) { self.language = language }

  package func read<Word: RawRepresentable & CaseIterable>(_ text: String, flag: String) throws -> Word
  where Word.RawValue == String {
    try read(text, flag: flag, of: Array(Word.allCases))
  }

  /// - Parameter known: those that have a meaning here.
  package func read<Word: RawRepresentable>(_ text: String, flag: String, of known: [Word]) throws -> Word
  where Word.RawValue == String {
    let wanted = text.lowercased().replacing("_", with: "-")
    if let word = known.first(where: { $0.rawValue == wanted }) { return word }
    let known = known.map(\.rawValue).joined(separator: ", ")
    throw BadValue(
      language(
        "\(flag) \(text): unknown; use one of \(known).", "\(flag) \(text) : inconnu ; choisissez parmi \(known)."))
  }

  package func change(_ text: String, flag: String? = nil) throws -> ChangeID {
    if let id = ChangeID(text) { return id }
    let place = flag.map { "\($0) " } ?? ""
    throw BadValue(
      language(
        "\(place)\(text): not an identifier; they look like CHG-2026-0042.",
        "\(place)\(text) : pas un identifiant ; ils ressemblent à CHG-2026-0042."))
  }
}
