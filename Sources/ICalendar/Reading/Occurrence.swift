/// One time that an event of a file takes place.
package struct Occurrence: Hashable, Sendable {
  package var uid: String
  package var summary: String
  package var span: CalendarSpan

  package init(uid: String, summary: String, span: CalendarSpan) {
    self.uid = uid
    self.summary = summary
    self.span = span
  }
}
