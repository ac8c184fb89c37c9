/// A form of text that templates lay out. Raw values are part of the names of the layout files.
package enum NoticeLayout: String, CaseIterable, Sendable {
  case markdown, html, text
}
