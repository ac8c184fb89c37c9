import Foundation
import Wording

/// The texts of help in the language of whoever reads them. They are declared in English, where the parser has them; French
/// stands in `FrenchHelp`, and what has none stays English.
struct HelpText {
  let language: Language

  init(_ language: Language) { self.language = language }

  func text(_ english: String) -> String {
    guard language == .french, let french = FrenchHelp.texts[english] else { return english }
    return french.text
  }

  /// A text in paragraphs, of which examples stay as they are.
  func paragraphs(_ english: String) -> [String] {
    english.components(separatedBy: "\n\n").map { paragraph in
      let lines = paragraph.split(separator: "\n", omittingEmptySubsequences: false)
      guard let head = lines.first, head.hasPrefix("Example") else { return text(paragraph) }
      return ([text(String(head))] + lines.dropFirst().map(String.init)).joined(separator: "\n")
    }
  }
}
