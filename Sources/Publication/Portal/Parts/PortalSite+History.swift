import CivilTime
import Planning
import Wording

extension PortalSite {
  /// One revision in the history of a change: what it was, when it was published, and what differs from the one before.
  @MarkupBuilder func entry(_ revisions: [Change], _ index: Int, _ notices: [NoticeRecord]) -> Markup {
    let change = revisions[index]
    let number = change.revision ?? index
    element(.h3) { "\(language("Revision", "Révision")) \(number) – \(name(of: change))" }
    if let revisedAt = change.revisedAt {
      element(.p, .style("fine")) {
        language("Published on ", "Publiée le ")
        element(.time, .datetime(revisedAt, in: wording(at: revisedAt).zone)) {
          wording(at: revisedAt).dateTime(revisedAt)
        }
      }
    }
    for notice in notices where notice.revision == number { element(.p, .style("fine")) { text(of: notice) } }
    if index > 0 {
      let (before, after) = (telling(of: revisions[index - 1]), telling(of: change))
      let differences = ChangeFacts.differences(from: before, to: after, progress: true)
      if !differences.isEmpty { table(differences, number) }
    }
  }

  private func name(of change: Change) -> String {
    switch change.lastRevision {
    // Urgent work that was over when clients first heard of it.
    case .announced? where change.state == .completed: wording(of: change).notice(.regularisation)
    case .announced?, nil: language("announcement", "annonce")
    case .rescheduled(let before)? where before.interval == change.content.interval:
      language("new announcement", "nouvelle annonce")
    case .rescheduled?: language("new time", "nouvel horaire")
    case .amended?: language("amendment", "modification")
    case .cancelled?: language("cancellation", "annulation")
    case .started?: language("start", "début")
    case .extended?: language("extension", "prolongation")
    case .completed?: language("end", "fin")
    }
  }

  private func text(of notice: NoticeRecord) -> String {
    let moment = notice.publishedAt.stated
    let wording = wording(at: moment)
    let (name, channel) = (wording.notice(notice.kind), wording.channel(notice.channel))
    return language("Notice: \(name) (\(channel)), on ", "Avis\(colon)\(name) (\(channel)), le ")
      + wording.stated(notice.publishedAt)
  }

  private func table(_ differences: [ChangeFacts.Difference], _ number: Int) -> Markup {
    element(.table, .style("differences")) {
      element(.caption) { language("What changed in revision \(number)", "Ce qui change dans la révision \(number)") }
      element(.thead) {
        element(.tr) {
          element(.th, .columnHeader) { language("Field", "Champ") }
          element(.th, .columnHeader) { language("Before", "Avant") }
          element(.th, .columnHeader) { language("After", "Après") }
        }
      }
      element(.tbody) {
        for line in differences {
          element(.tr) {
            element(.th, .rowHeader) { line.name }
            element(.td) { text(line, before: true) }
            element(.td) { text(line, before: false) }
          }
        }
      }
    }
  }

  /// Facts that stand like sentences in the table of differences.
  private static let sentences: Set = ["state", "time", "impact"]

  /// A long text is folded away behind a word; without a script, a `details` does it.
  @MarkupBuilder private func text(_ line: ChangeFacts.Difference, before: Bool) -> Markup {
    let text = before ? line.before : line.after
    let value = PortalSite.sentences.contains(line.key) ? text.capitalizedFirst : text
    // Phones show the cells below each other; this says which is which there, and is hidden elsewhere.
    element(.span, .style("narrow-only"), .hidden) {
      (before ? language("Before", "Avant") : language("After", "Après")) + colon
    }
    if line.isLong, !value.isEmpty {
      element(.details) {
        element(.summary) { before ? language("Former text", "Ancien texte") : language("New text", "Nouveau texte") }
        element(.p, .style("prose"), .directionOfText) { value }
      }
    } else {
      element(.span, .directionOfText) { value.isEmpty ? "–" : value }
    }
  }
}
