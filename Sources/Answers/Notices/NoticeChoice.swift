package import Planning
import Register
package import Wording

/// Which state of a change a notice tells of.
package struct NoticeChoice {
  /// The change after each of its events; never empty.
  let history: [Change]
  let language: Language

  package init(history: [Change], language: Language) {
    self.history = history
    self.language = language
  }

  /// A notice of a kind tells of the newest revision that called for it, with the amendments that followed.
  package func choose(_ wanted: NoticeKind?) throws -> (change: Change, kind: NoticeKind) {
    let newest = history[history.count - 1]
    if newest.state == .requested {
      throw BadValue(
        language(
          "\(newest.id) waits for approval: nothing of it is published, so there is no notice.",
          "\(newest.id) attend une approbation : rien n’en est publié, il n’y a donc pas d’avis."))
    }
    guard newest.revision != nil else {
      throw BadValue(
        language(
          "\(newest.id) is a draft: nothing of it is published, so there is no notice.",
          "\(newest.id) est un brouillon : rien n’en est publié, il n’y a donc pas d’avis."))
    }
    guard let wanted else {
      if let kind = NoticeKind.current(for: newest) { return (newest, kind) }
      throw RegisterError.damaged("\(newest.id) has a revision without an event")
    }
    guard let revision = newest.revision(toldBy: wanted, at: newest.revisedAt ?? newest.recordedAt),
      var change = history.last(where: { $0.revision == revision })
    else { throw CommandError.noticeNotApplicable(wanted, newest.id) }
    let calling = newest.marks.last { $0.notice == wanted }
    if !wanted.isApplicable(to: change), let called = history.last(where: { $0.revision == calling?.revision }) {
      // Written from what is known now, of the move that called for it, with the reason that was given for that.
      change.lastRevision = called.lastRevision
      change.content.moveReason = called.content.moveReason
    }
    return (change, wanted)
  }

  /// What clients were told last before `change`, by a notice that was recorded as published; nil where none was, or
  /// where the notice told of this revision too.
  package func told(before change: Change) -> ChangeContent? {
    let known = history[history.count - 1].notices.filter { $0.revision < change.revision ?? 0 }
    guard let revision = known.map(\.revision).max() else { return nil }
    return history.last { $0.revision == revision }?.content
  }
}
