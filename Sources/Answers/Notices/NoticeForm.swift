package import CivilTime
package import Planning
package import Publication

/// In which form a notice is written, and to whom.
package struct NoticeForm: Sendable {
  package var format: NoticeFormat
  /// Of HTML, what an editor takes: no page, no style sheet.
  package var isFragment = false
  /// The subject and nothing else.
  package var isSubject = false
  /// A mail that a person looks at and sends.
  package var isDraft = false
  package var recipients: [String] = []
  /// Nobody else sees their addresses.
  package var hiddenRecipients: [String] = []
  /// Lines on a letter; empty for one that is addressed later.
  package var addressee: [String] = []
  package var place: String?

  package init(_ format: NoticeFormat) { self.format = format }

  /// What lays it out; nil for what is put together from more.
  var layout: NoticeLayout? { isFragment ? .fragment : format.layout }

  /// The text of a document; nil where it is put together from more. Throws `NoticeError`.
  package func text(
    of document: NoticeDocument, by templates: NoticeTemplates, contract: Contract, at date: Instant
  ) throws -> String? {
    if isSubject { return document.subject }
    guard let layout else { return nil }
    try templates.require(layout)
    guard layout == .letter else { return templates.render(document, format: layout) }
    let letter = NoticeLetter(
      contract, language: document.language, date: date, place: place, addressee: addressee)
    return templates.render(document, format: layout, letter: letter)
  }
}
