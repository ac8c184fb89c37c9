package import CivilTime
package import Planning
package import Publication
import Wording

/// What of a release that is on record can be placed anew, among what has begun or is over.
package struct ReleaseReplanning: Sendable {
  /// The release's file without what is no longer to be placed, which the rest follows all the same.
  package let file: ReleaseFile
  /// The changes of each work; none of other works.
  private let changes: [String: [Change]]

  /// - Parameter file: the one that the release was submitted as.
  package init(_ record: ReleaseRecord, _ all: [Change], file source: ReleaseFile) {
    let names = Dictionary(record.members.map { ($0.change, $0.name) }, uniquingKeysWith: { first, _ in first })
    let open = all.filter { [.planned, .requested, .refused].contains($0.state) }
    let changes = Dictionary(grouping: open) { names[$0.id] ?? "" }
    // Until when each of the others takes, or took, its time.
    let done = Dictionary(
      all.filter { $0.state == .inProgress || $0.state == .completed }.map {
        (names[$0.id] ?? "", $0.actual ?? $0.content.interval)
      }, uniquingKeysWith: { $0.end > $1.end ? $0 : $1 })
    var file = source
    file.changes = source.changes.compactMap { change in
      guard let own = changes[change.work.id], let first = own.first?.asked else { return nil }
      var (change, work) = (change, change.work)
      change.contents = own.map(\.asked)
      work.services = change.contents.map { ReleaseFile.lane($0.service, $0.environment) }
      work.duration = Int(first.interval.length.seconds / 60)
      work.isVisible = change.contents.contains { $0.impact >= .degraded }
      for other in work.after {
        guard let end = done[other.work]?.end else { continue }
        work.notBefore = max(work.notBefore ?? end, end + .minutes(Int64(other.least)))
        guard let most = other.most else { continue }
        let latest = end + .minutes(Int64(most + work.duration))
        work.deadline = min(work.deadline ?? latest, latest)
      }
      work.after.removeAll { changes[$0.work] == nil }
      work.together.removeAll { changes[$0] == nil }
      change.work = work
      return change
    }
    for change in source.changes {
      guard let taken = done[change.work.id] else { continue }
      for name in change.work.crew {
        guard let index = file.people.firstIndex(where: { $0.name == name }) else {
          file.people.append(Release.Person(name: name, away: [taken]))
          continue
        }
        file.people[index].away.append(taken)
      }
    }
    (self.file, self.changes) = (file, changes)
  }

  /// Its own times are free for it.
  package var choices: ReleasePlanning.Choices {
    var choices = ReleasePlanning.Choices()
    choices.except = changes.values.flatMap { $0 }.map(\.id.description).sorted()
    return choices
  }

  /// The start of each change in a plan of the file. Throws `StalePlan` where one finds no place.
  package func starts(_ planned: PlannedRelease, phrases: ReleasePhrases) throws -> [ChangeID: Instant] {
    let left = planned.left
    guard left.isEmpty else {
      throw StalePlan(
        texts: left.map {
          "\($0.work.id)\(phrases.wording.language.colon) " + phrases.reasons($0).joined(separator: " ")
        })
    }
    return Dictionary(
      planned.placed.flatMap { row in (changes[row.change.work.id] ?? []).map { ($0.id, row.interval.start) } },
      uniquingKeysWith: { first, _ in first })
  }
}

extension Change {
  /// As it is asked for last.
  fileprivate var asked: ChangeContent { awaiting ?? content }
}
