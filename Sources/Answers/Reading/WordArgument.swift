package import Planning
package import Wording

/// Reads the values that name one of a few words, and identifiers.
package struct WordArgument {
  package let language: Language

  package let door: Door

  /// Finds the change that a short identifier means; nil where identifiers are written out.
  private let find: ((ShortIdentifier) throws -> ChangeID)?

  package init(language: Language, door: Door = .commandLine, find: ((ShortIdentifier) throws -> ChangeID)? = nil) {
    self.language = language
    self.door = door
    self.find = find
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

  /// One of the words in `known`, in small letters; `_` and `-` mean the same. At the command line its French name will do.
  package func word(_ text: String, field: Field, of known: [String], and others: [String] = []) throws -> String {
    let wanted = text.lowercased().replacing("_", with: "-")
    if known.contains(wanted) { return wanted }
    if door != .api, let value = SpokenValue.value(text, among: known) { return value }
    let known = (known + others).joined(separator: ", ")
    throw BadValue(
      language(
        "\(door.name(field)) \(text): unknown; use one of \(known).",
        "\(door.name(field)) \(text) : inconnu ; choisissez parmi \(known)."))
  }

  package func change(_ text: String, field: Field? = nil) throws -> ChangeID {
    if let id = ChangeID(text) { return id }
    if let find, let short = ShortIdentifier(text, prefix: "CHG") { return try find(short) }
    let place = field.map { "\(door.name($0)) " } ?? ""
    throw BadValue(
      language(
        "\(place)\(text): not an identifier; they look like CHG-2026-0042.",
        "\(place)\(text) : pas un identifiant ; ils ressemblent à CHG-2026-0042."))
  }
}
