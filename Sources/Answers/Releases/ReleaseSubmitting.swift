package import CivilTime
package import JSONText
package import Planning
package import Publication
import Register
package import Wording

/// Why times that were chosen before cannot be submitted as they are: the file, or what it depends on, has changed since.
package struct StalePlan: Error, Hashable, Sendable {
  /// A sentence each; never empty.
  package var texts: [String]
}

/// The times of a plan that was made before, as `release plan --json` printed it.
package struct ReleaseTimes: Sendable {
  package var starts: [String: Instant] = [:]
  package var ends: [String: Instant] = [:]
  /// Without a place in it.
  package var unplaced: [String] = []
  /// Left aside when it was made.
  package var excepted: [String] = []
  package var madeAt: Instant?

  package init(starts: [String: Instant]) { self.starts = starts }

  /// Nil for what is no such plan.
  package init?(json: JSON) {
    func time(_ json: JSON?) -> Instant? {
      guard case .instant(let instant)? = json?.string.flatMap({ WrittenTime($0) }) else { return nil }
      return instant
    }
    guard let changes = json["changes"]?.array else { return nil }
    for change in changes {
      guard let id = change["id"]?.string, change["start"] != nil else { return nil }
      guard let start = time(change["start"]) else {
        unplaced.append(id)
        continue
      }
      (starts[id], ends[id]) = (start, time(change["end"]))
    }
    excepted = (json["left_aside"]?.array ?? []).compactMap(\.string)
    madeAt = time(json["planned_at"])
  }

  package init(_ planned: PlannedRelease) {
    for row in planned.placed { starts[row.change.work.id] = row.interval.start }
    unplaced = planned.left.map(\.work.id)
    excepted = planned.excepted
    madeAt = planned.release.now
  }
}

/// Makes of a release file and times a submission; what the register judges, it leaves to the register.
package struct ReleaseSubmitting {
  private let file: ReleaseFile
  private let now: Instant
  private let wording: Wording
  private var language: Language { wording.language }

  package init(_ file: ReleaseFile, now: Instant, wording: Wording) {
    (self.file, self.now, self.wording) = (file, now, wording)
  }

  /// Throws `StalePlan` where a change has no time, or its time breaks a rule that the file itself has.
  ///
  /// - Parameters:
  ///   - isFound: whether a search has just chosen the times.
  ///   - isAnswered: whether the register has answered the request before, and so asks for no times.
  package func submission(_ times: ReleaseTimes, isFound: Bool, isAnswered: Bool) throws -> ReleaseSubmission {
    let changes = file.changes.filter { !times.excepted.contains($0.work.id) }
    let texts = isAnswered ? [] : changes.compactMap { missing($0, in: times) } + unknown(times)
    guard texts.isEmpty else { throw StalePlan(texts: texts) }
    if !isFound, !isAnswered { try checkRules(times) }
    let items = changes.flatMap { change in
      change.contents.compactMap { content -> ReleaseSubmission.Item? in
        guard let interval = times.starts[change.work.id].flatMap(change.interval) else { return nil }
        var content = content
        content.interval = interval
        return ReleaseSubmission.Item(name: change.work.id, content: content)
      }
    }
    let sorted = items.enumerated().sorted { a, b in
      (a.element.content.interval.start, a.offset) < (b.element.content.interval.start, b.offset)
    }.map(\.element)
    return ReleaseSubmission(
      name: file.name, reason: file.reason, items: sorted, file: file.source(without: Set(times.excepted)).text,
      isFound: isFound)
  }

  private func missing(_ change: ReleaseFile.Change, in times: ReleaseTimes) -> String? {
    let id = change.work.id
    guard let start = times.starts[id] else {
      return times.unplaced.contains(id)
        ? language(
          "\(id) has no place in the plan; --except \(id) leaves it out.",
          "\(id) n’a pas de place dans le plan ; --except \(id) le laisse de côté.")
        : language(
          "\(id) is not in the plan: the file has it now.", "\(id) n’est pas dans le plan : le fichier l’a maintenant.")
    }
    guard let end = times.ends[id], let interval = change.interval(from: start), interval.end != end else { return nil }
    let (was, now) = (wording.duration(end - start), wording.duration(interval.length))
    return language(
      "\(id) took \(was) when it was planned, and takes \(now) now.",
      "\(id) durait \(was) quand il a été placé, et dure \(now) maintenant.")
  }

  private func unknown(_ times: ReleaseTimes) -> [String] {
    let known = Set(file.changes.map(\.work.id))
    return Set(times.starts.keys).union(times.unplaced).subtracting(known).sorted().map {
      language(
        "\($0) is in the plan, and not in the file any more.", "\($0) est dans le plan, et plus dans le fichier.")
    }
  }

  /// Rules of the file that the register knows nothing of: who waits for whom, who works when, what has to remain.
  private func checkRules(_ times: ReleaseTimes) throws {
    var choices = ReleasePlanning.Choices()
    choices.except = times.excepted
    choices.isUnbooked = true
    var release = try ReleasePlanning(file, choices, register: nil, now: now, wording: wording).release()
    var texts: [String] = []
    for index in release.works.indices {
      let work = release.works[index]
      guard let start = times.starts[work.id] else { continue }
      if let fixed = work.fixed, fixed != start {
        let when = wording.dateTime(fixed)
        texts.append(language("\(work.id) has to start at \(when).", "\(work.id) doit commencer le \(when)."))
      }
      if start < now {
        let when = wording.dateTime(start)
        texts.append(
          language("\(work.id) would have begun at \(when).", "\(work.id) aurait commencé le \(when)."))
      }
      release.works[index].fixed = start
    }
    guard texts.isEmpty else { throw StalePlan(texts: texts) }
    let plan = ReleasePlanner(release).plan(
      PlanningBudget(steps: 200_000, explicable: Release.mostWorks, kept: [.fixed]), isCancelled: { false })
    let starts = release.works.map { (work: $0.id, start: $0.fixed) }
    texts = release.works.filter { work in plan.starts.contains { $0.work == work.id && $0.start == nil } }.map {
      work in
      let sets = plan.explanations?.first { $0.work == work.id }?.sets ?? []
      guard let rules = sets.first(where: { !$0.isEmpty }) else {
        return language(
          "\(work.id) cannot start there by what the file says.",
          "\(work.id) ne peut pas y commencer, d’après le fichier.")
      }
      let way = WayOut(rules: rules, length: nil, starts: starts, score: nil)
      return language("\(work.id) would be allowed there only ", "\(work.id) n’y serait permis que ")
        + wording.way(way, for: work, in: release) + "."
    }
    guard texts.isEmpty else { throw StalePlan(texts: texts) }
  }
}

extension ReleaseFile {
  /// As it was written, without those changes.
  fileprivate func source(without names: Set<String>) -> JSON {
    guard !names.isEmpty, case .object(let members) = source else { return source }
    return .object(
      members.map { member in
        guard member.key == "changes", let changes = member.value.array else { return member }
        return JSON.Member("changes", .array(changes.filter { !names.contains($0["id"]?.string ?? "") }))
      })
  }
}
