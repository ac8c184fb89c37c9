/// A form that a notice is written in, as `--format` names it.
package enum NoticeFormat: String, CaseIterable, Sendable {
  case markdown, html, text, eml, json

  /// The layout that makes the whole of it; a mail and an object are put together from more.
  package var layout: NoticeLayout? { NoticeLayout(rawValue: rawValue) }
}
