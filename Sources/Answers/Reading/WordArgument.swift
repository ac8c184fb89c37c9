package import Planning
package import Wording

/// Reads the values that name one of a few words.
package struct WordArgument: Sendable {
  package let language: Language

  package let door: Door

  package init(language: Language, door: Door = .commandLine) {
    self.language = language
    self.door = door
  }

  /// - Parameter others: words that are taken elsewhere, for the list of all that may be written.
  package func read<Word: RawRepresentable & CaseIterable>(
    _ text: String, field: Field, and others: [String] = []
  ) throws -> Word
  where Word.RawValue == String {
    try read(text, field: field, of: Array(Word.allCases), and: others)
  }

  /// - Parameter known: those that have a meaning here.
  package func read<Word: RawRepresentable>(
    _ text: String, field: Field, of known: [Word], and others: [String] = []
  ) throws -> Word
  where Word.RawValue == String {
    let word = try word(text, field: field, of: known.map(\.rawValue), and: others)
    // Holds: it is one of those that it was read as.
    return known.first { $0.rawValue == word }!
  }

  /// One of the words in `known`, in small letters; `_` and `-` mean the same.
  package func word(_ text: String, field: Field, of known: [String], and others: [String] = []) throws -> String {
    let wanted = text.lowercased().replacing("_", with: "-")
    if known.contains(wanted) { return wanted }
    let known = (known + others).joined(separator: ", ")
    throw BadValue(
      language(
        "\(door.name(field)) \(text): unknown; use one of \(known).",
        "\(door.name(field)) \(text) : inconnu ; choisissez parmi \(known)."))
  }

  package func change(_ text: String, field: Field? = nil) throws -> ChangeID {
    if let id = ChangeID(text) { return id }
    let place = field.map { "\(door.name($0)) " } ?? ""
    throw BadValue(
      language(
        "\(place)\(text): not an identifier; they look like CHG-2026-0042.",
        "\(place)\(text) : pas un identifiant ; ils ressemblent à CHG-2026-0042."))
  }
}
