package import Files
import Planning
package import Wording

/// Words what is wrong with a row.
package struct RowProblemText {
  let language: Language
  /// The names that columns can have.
  let names: [String]
  /// The beginning of a first line.
  let example: String

  package init(
    language: Language, names: [String] = ChangeField.columns.map(\.rawValue), example: String = "title,start,duration"
  ) {
    self.language = language
    self.names = names
    self.example = example
  }

  package func text(_ reason: RowProblem.Reason) -> String {
    switch reason {
    case .noHeader:
      language(
        "the first line has to name the columns, such as \(example).",
        "la première ligne doit nommer les colonnes, par exemple \(example).")
    case .notUTF8:
      language(
        "not UTF-8, perhaps Windows-1252; save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”).",
        "pas en UTF-8, peut-être en Windows-1252\u{202F}; enregistrez le fichier en UTF-8 (dans un tableur\u{A0}: «\u{A0}CSV UTF-8\u{A0}»)."
      )
    case .unknownName(let name): unknown(shown(name))
    case .registersOwn(let name):
      language(
        "\(shown(name)): the register says that, no file can; leave it out.",
        "\(shown(name))\u{A0}: c’est le registre qui le dit, pas un fichier\u{202F}; retirez-le.")
    case .repeatedName(let name):
      language("\(shown(name)) stands twice; keep one.", "\(shown(name)) figure deux fois\u{202F}; gardez-en un.")
    case .missingColumn(let name):
      language("the column \(name) is missing.", "la colonne \(name) manque.")
    case .namelessColumn(let column):
      language(
        "column \(column) has a value but no name in the first line.",
        "la colonne \(column) a une valeur mais pas de nom dans la première ligne.")
    case .columnCount(let expected, let found):
      language(
        "\(found) columns where the first line has \(expected); quote a value that holds the separator.",
        "\(found) colonnes, la première ligne en a \(expected)\u{202F}; mettez entre guillemets une valeur qui contient le séparateur."
      )
    case .strayQuote(let column):
      language(
        "column \(column): a quotation mark inside a value; quote the whole value and double the mark inside.",
        "colonne \(column)\u{A0}: un guillemet dans une valeur\u{202F}; mettez toute la valeur entre guillemets et doublez celui-ci."
      )
    case .textAfterQuote(let column):
      language(
        "column \(column): text after the closing quotation mark; double a mark that is part of the value.",
        "colonne \(column)\u{A0}: du texte après le guillemet fermant\u{202F}; doublez un guillemet qui fait partie de la valeur."
      )
    case .unclosedQuote:
      language(
        "a quotation mark opens here and is never closed.", "un guillemet s’ouvre ici et ne se ferme jamais.")
    case .loneReturn:
      language(
        "a carriage return without a line feed; end lines with CR LF or LF.",
        "un retour chariot sans saut de ligne\u{202F}; terminez les lignes par CR LF ou LF.")
    case .lineTooLong(let limit):
      language("longer than \(limit >> 10) KiB.", "plus long que \(limit >> 10) Kio.")
    case .invalidJSON(let byte, let why):
      language("not JSON at byte \(byte) (\(why)).", "pas du JSON à l’octet \(byte) (\(why)).")
    case .notAnObject:
      language(
        "not an object; write one {…} a line.", "pas un objet\u{202F}; écrivez un {…} par ligne.")
    case .wrongType(let field, let expected): "\(field)\(language.colon) \(self.expected(expected))."
    case .notYesOrNo(let field, let text):
      language(
        "\(field) \(shown(text)): write yes or no.",
        "\(field) \(shown(text))\u{A0}: écrivez oui ou non.")
    }
  }

  private func expected(_ expected: RowProblem.Expected) -> String {
    switch expected {
    case .text: language("a text in quotation marks is expected", "un texte entre guillemets est attendu")
    case .flag: language("true or false is expected", "true ou false est attendu")
    case .texts: language("a text or a list of texts is expected", "un texte ou une liste de textes est attendu")
    case .updateObject:
      language(
        "the version as a text, or an object with version and category, is expected",
        "la version en texte, ou un objet avec version et category, est attendu")
    }
  }

  private func unknown(_ name: String) -> String {
    guard let near = NearestName.nearest(to: name.replacing("-", with: "_"), among: names) else {
      return language(
        "\(language.quoted(name)) is no field; there are: \(names.joined(separator: ", ")).",
        "\(language.quoted(name)) n’est pas un champ\u{202F}; il y a\u{A0}: \(names.joined(separator: ", ")).")
    }
    return language(
      "\(language.quoted(name)) is no field; did you mean \(language.quoted(near))?",
      "\(language.quoted(name)) n’est pas un champ\u{202F}; vouliez-vous \(language.quoted(near))\u{202F}?")
  }

  private func shown(_ text: String) -> String { text.count > 60 ? text.prefix(59) + "…" : text }
}
