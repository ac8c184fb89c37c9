/// Breaks text between words, at plain blanks only: one that must not break is no place to break.
package enum WordWrap {
  /// `words` with a blank between them, in lines that `fits` takes; a word that does not fit alone has a line of its own.
  package static func lines(
    _ words: some Sequence<some StringProtocol>, fits: (String) -> Bool
  ) -> [String] {
    words.reduce(into: []) { lines, word in
      if let last = lines.last, case let longer = "\(last) \(word)", fits(longer) {
        lines[lines.count - 1] = longer
      } else {
        lines.append(String(word))
      }
    }
  }

  /// Lines of `columns` at most: `first` begins the first, `indent` blanks the others. Never without a line.
  package static func hanging(_ text: String, columns: Int, indent: Int, first: String) -> [String] {
    let lines = lines(text.split(separator: " ")) { indent + $0.count <= columns }
    return (lines.isEmpty ? [""] : lines).enumerated().map {
      ($0.offset == 0 ? first : String(repeating: " ", count: indent)) + $0.element
    }
  }
}
