package import Wording

/// The page that lists notices which were written into a folder.
package struct NoticeIndex {
  package struct Entry {
    let change: String
    let title: String
    let kind: String
    let due: String?
    let subjects: [(language: Language, subject: String)]
    let files: [String]

    package init(
      change: String, title: String, kind: String, due: String?, subjects: [(Language, String)], files: [String]
    ) {
      (self.change, self.title, self.kind, self.due) = (change, title, kind, due)
      (self.subjects, self.files) = (subjects.map { (language: $0.0, subject: $0.1) }, files)
    }
  }

  let entries: [Entry]
  let language: Language
  /// Which says that they were published.
  let command: String

  package init(entries: [Entry], language: Language, command: String) {
    (self.entries, self.language, self.command) = (entries, language, command)
  }

  package func render() -> [UInt8] {
    let title = language("Notices to be published", "Avis à publier")
    return standalonePage(title, language, rules: Self.rules) {
      element(.h1) { title }
      element(.p) {
        language(
          "Open a file, copy all of it into the editor, and the subject, which a click selects, into its own field. ",
          "Ouvrez un fichier, copiez-le en entier dans l’éditeur, et l’objet, qu’un clic sélectionne, dans son champ. ")
        language("Then record what was published:", "Enregistrez ensuite ce qui est publié :")
      }
      element(.p) { element(.code) { command } }
      for entry in entries { section(entry) }
    }
  }

  private func section(_ entry: Entry) -> Markup {
    element(.section) {
      element(.h2) { "\(entry.change) – \(entry.kind)" }
      element(.p) {
        element(.bdi) { entry.title }
        if let due = entry.due { language(" – by \(due)", " – au plus tard le \(due)") }
      }
      for (language, subject) in entry.subjects { element(.p, .style("subject"), .lang(language)) { subject } }
      element(.ul) {
        for file in entry.files { element(.li) { element(.a, .href(.within(file))) { file } } }
      }
    }
  }

  private static let rules: StaticString = """
    :root { color-scheme: light dark; }
    body { margin: 0; font: 1rem/1.5 "Liberation Sans", Arial, Helvetica, sans-serif; }
    main { max-width: 50rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
    h1 { font-size: 1.5rem; }
    h2 { font-size: 1.15rem; margin: 1.5rem 0 0.25rem; }
    p { margin: 0.25rem 0; }
    .subject { border: 1px solid #777777; border-radius: 0.25rem; padding: 0.25rem 0.5rem; user-select: all; }
    """
}
