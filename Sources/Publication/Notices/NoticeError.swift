package import Planning

/// Why a notice could not be written.
package enum NoticeError: Error, Hashable, Sendable {
  /// The change was never published, or has nothing that this kind of notice could tell.
  case notApplicable(NoticeKind, ChangeID)
  /// The template gave no first line.
  case emptySubject(NoticeKind)
  /// The same of a report, by the name of its template.
  case emptyReport(String)
}
