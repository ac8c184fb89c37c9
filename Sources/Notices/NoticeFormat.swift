/// A form that a notice is written in. Raw values are part of the names of the layout files.
package enum NoticeFormat: String, CaseIterable, Sendable {
  case markdown, html, text
}
