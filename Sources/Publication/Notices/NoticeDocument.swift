package import JSONText
package import Planning
package import Wording

/// A notice before it takes the form of a format: plain texts, nothing escaped.
package struct NoticeDocument: Hashable, Sendable {
  /// One line of the table of facts.
  package struct Fact: Hashable, Sendable {
    /// Stable name for programs, for instance `impact`.
    package var key: String
    /// Name for people, without colon.
    package var name: String
    package var value: String
    /// Where a link goes: percent-encoded `http`, `https` or `mailto` only.
    package var url: String?
    /// Of what people wrote.
    package var language: Language?

    /// The value for forms without links: a web address follows where the value is not itself an address.
    package var text: String {
      guard let url, url.hasPrefix("http"), !value.lowercased().hasPrefix("http") else { return value }
      return "\(value) – \(url)"
    }
  }

  package var language: Language
  package var subject: String
  package var paragraphs: [String]
  package var differences: [ContentDifference]
  package var facts: [Fact]
  /// Paragraphs of the description, with their line breaks.
  package var description: [String]
  package var descriptionLanguage: Language?
  /// Identifier and revision.
  package var reference: String
  /// Present only for registers of simulation.
  package var simulation: String?
  /// How a mail or a letter begins, and ends: nil and empty for what is shown on a page.
  package var greeting: String?
  package var signature: [String] = []

  /// The same as somebody writes it to somebody: greeted and signed for `service`.
  package func addressed(by contract: Contract) -> NoticeDocument {
    var letter = self
    letter.greeting = Self.greeting(language)
    letter.signature = Self.signature(language, of: contract)
    return letter
  }

  static func greeting(_ language: Language) -> String { language("Dear Sir or Madam,", "Madame, Monsieur,") }

  static func signature(_ language: Language, of contract: Contract) -> [String] {
    let service = contract.displayName(language)
    return [language("Yours faithfully,", "Cordialement,"), language("The \(service) team", "L’équipe \(service)")]
  }
}

extension NoticeDocument {
  /// What a layout renders.
  ///
  /// - Parameter letter: what stands on paper beside the notice; nil for what is no letter.
  func variables(of letter: NoticeLetter?) -> [String: Any] {
    var result: [String: Any] = [
      "subject": subject, "language": language.rawValue, "reference": reference,
      "facts-heading": language("Details", "Détails"),
      "changes-heading": language("What changes", "Ce qui change"),
      "before-heading": language("Before", "Avant"), "after-heading": language("After", "Après"),
      "before-label": language("Before", "Avant") + language.colon,
      "after-label": language("After", "Après") + language.colon,
      "description-heading": language("Description", "Description"),
      "has-changes": !differences.isEmpty, "has-description": !description.isEmpty,
      "paragraphs": paragraphs, "description": description,
    ]
    /// For what is in another language than the notice (WCAG 2.2, 3.1.2).
    func other(_ language: Language?) -> String? { language == self.language ? nil : language?.rawValue }
    result["description-language"] = other(descriptionLanguage)
    result["simulation"] = simulation
    result["greeting"] = greeting
    result["signature"] = signature
    if let letter { result.merge(letter.variables(language)) { $1 } }
    result["facts"] = facts.map { fact -> [String: Any] in
      var item: [String: Any] = [
        "name": fact.name, "label": fact.name + language.colon, "value": fact.value, "text": fact.text,
      ]
      item["url"] = fact.url
      item["value-language"] = other(fact.language)
      return item
    }
    result["changes"] = differences.map { difference -> [String: Any] in
      var item: [String: Any] = [
        "name": difference.name, "label": difference.name + language.colon, "before": difference.before,
        "after": difference.after,
      ]
      item["before-language"] = other(difference.beforeLanguage)
      item["after-language"] = other(difference.afterLanguage)
      return item
    }
    return result
  }
}

extension NoticeDocument {
  /// The notice for programs; `change` is the stable JSON of the change it tells of.
  package func json(kind: NoticeKind, change: JSON) -> JSON {
    NoticeDocument.form.json((self, kind.rawValue, change, nil, nil), .utc)
  }

  /// The notice of a release.
  package func json(kind: NoticeKind, release: ReleaseID) -> JSON {
    NoticeDocument.form.json((self, kind.rawValue, nil, nil, release), .utc)
  }

  /// The report of a month; `availability` is the stable JSON of the month.
  package func json(availability: JSON) -> JSON {
    NoticeDocument.form.json((self, NoticeTemplates.availabilityKind, nil, availability, nil), .utc)
  }

  /// A notice, and the stable JSON of the change, or of the month, that it tells of; of a release its identifier.
  package typealias Subject = (
    document: NoticeDocument, kind: String, change: JSON?, availability: JSON?, release: ReleaseID?
  )

  package static let form = Form<Subject>(
    "Notice",
    [
      .must("kind") { $0.kind }, .must("language") { $0.document.language }, .must("subject") { $0.document.subject },
      .must("paragraphs") { $0.document.paragraphs },
      .may("changes", list: difference) { $0.availability != nil ? nil : $0.document.differences },
      .must("facts", list: fact) { $0.document.facts },
      .may("description") { $0.change == nil ? nil : $0.document.description },
      .must("reference") { $0.document.reference }, .may("simulation") { $0.document.simulation },
      .may("change", ChangeJSON.form.schema) { $0.change }, .may("availability", .named("Month")) { $0.availability },
      .may("release") { $0.release },
    ])

  private static let difference = Form<ContentDifference>([
    .must("name") { $0.name }, .must("before") { $0.before }, .must("after") { $0.after },
  ])

  private static let fact = Form<Fact>([
    .must("key") { $0.key }, .must("name") { $0.name }, .must("value") { $0.value }, .may("url") { $0.url },
  ])
}

extension Language: Formed {}

/// A form that a notice is written in, as `--format` names it.
package enum NoticeFormat: String, CaseIterable, Sendable {
  case markdown, html, text, eml, letter, json
  /// The events that the notice tells of.
  case ics

  /// The layout that makes the whole of it; a mail and an object are put together from more.
  package var layout: NoticeLayout? { NoticeLayout(rawValue: rawValue) }
}

/// A form of text that templates lay out. Raw values are part of the names of the layout files.
package enum NoticeLayout: String, CaseIterable, Sendable {
  case markdown, html, text
  /// To be pasted into an editor: no page of its own, no style sheet, no subject.
  case fragment
  /// A sheet of paper.
  case letter

  /// Whether a folder of templates may lack it: those of before do.
  var isOptional: Bool { self == .fragment || self == .letter }
}

/// Why a notice could not be written.
package enum NoticeError: Error, Hashable, Sendable {
  /// The change was never published, or has nothing that this kind of notice could tell.
  case notApplicable(NoticeKind, ChangeID)
  /// The template gave no first line.
  case emptySubject(NoticeKind)
  /// The same of a report, by the name of its template.
  case emptyReport(String)
  /// The folder of templates has no layout of this form.
  case noLayout(NoticeLayout)
  /// It has no text of this name.
  case noTemplate(String)
}
