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
  /// Identifier and revision.
  package var reference: String
  /// Present only for registers of simulation.
  package var simulation: String?
}

extension NoticeDocument {
  /// What a layout renders.
  var variables: [String: Any] {
    var result: [String: Any] = [
      "subject": subject, "language": language.rawValue, "reference": reference,
      "facts-heading": language("Details", "Détails"),
      "changes-heading": language("What changes", "Ce qui change"),
      "before-heading": language("Before", "Avant"), "after-heading": language("After", "Après"),
      "description-heading": language("Description", "Description"),
      "has-changes": !differences.isEmpty, "has-description": !description.isEmpty,
      "paragraphs": paragraphs, "description": description,
    ]
    result["simulation"] = simulation
    result["facts"] = facts.map { fact -> [String: Any] in
      var item: [String: Any] = [
        "name": fact.name, "label": fact.name + language.colon, "value": fact.value, "text": fact.text,
      ]
      item["url"] = fact.url
      return item
    }
    result["changes"] = differences.map { difference -> [String: Any] in
      [
        "name": difference.name, "label": difference.name + language.colon, "before": difference.before,
        "after": difference.after,
      ]
    }
    return result
  }
}
