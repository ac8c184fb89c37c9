import CivilTime
package import Files
import ICalendar
import JSONText
package import Planning
package import Wording

/// A request that makes several changes: the same work in several services, or on several days. It is a release, whose
/// file says what its changes are by.
package struct ReleaseSeries {
  private let row: RequestRow
  private let contracts: [Contract]
  private let wording: Wording
  private let words: WordArgument
  private var language: Language { wording.language }

  /// As many occurrences as one release has at the most.
  private static let most = 200

  /// - Parameter contracts: of the services, the first of which says the zone; never empty.
  package init(_ row: RequestRow, contracts: [Contract], wording: Wording, words: WordArgument) {
    (self.row, self.contracts, self.wording, self.words) = (row, contracts, wording, words)
  }

  /// - Parameters:
  ///   - rule: nil for work that takes place once.
  ///   - until: the last day of occurrences.
  ///   - times: how many there are.
  package func submission(rule: String?, until: String?, times: Int?) throws -> ReleaseSubmission {
    let contents = try contracts.map { contract -> ChangeContent in
      var reading = ChangeReading(wording: wording, words: words)
      return try reading.content(row, service: contract.service)
    }
    // Holds: there is a contract.
    let first = contents[0]
    guard first.interval.length.seconds % 60 == 0 else {
      throw BadValue(language("A release lasts whole minutes.", "Une livraison dure des minutes entières."))
    }
    let starts = try rule.map { try occurrences($0, from: first.interval.start, until: until, times: times) }
    let all = starts ?? [first.interval.start]
    let names = all.indices.map { all.count == 1 ? "work" : "\($0 + 1)" }
    let items = zip(names, all).flatMap { name, start in
      contents.compactMap { content -> ReleaseSubmission.Item? in
        guard let interval = Interval(start: start, length: first.interval.length) else { return nil }
        var content = content
        content.interval = interval
        return ReleaseSubmission.Item(name: name, content: content)
      }
    }
    let changes = zip(names, all).enumerated().map { index, entry in
      written(first, entry.0, from: entry.1, to: index + 1 < all.count ? all[index + 1] : nil, isSeries: rule != nil)
    }
    let file = JSON.members([
      "release": .string(first.title), "reason": (first.reason?.told.text).map { .string($0) },
      "changes": .array(changes),
    ])
    return ReleaseSubmission(
      name: first.title, reason: first.reason?.told.text, items: items, file: file.text, isFound: false)
  }

  /// The change as a release file says it. Placed anew, an occurrence stays on its day or after it, before the next.
  private func written(
    _ content: ChangeContent, _ name: String, from start: Instant, to next: Instant?, isSeries: Bool
  ) -> JSON {
    let zone = wording.zone
    let bounds: (from: Instant?, to: Instant?) =
      isSeries ? (zone.startOfDay(zone.civil(start).date), next) : (nil, nil)
    let update = content.update.map { update in
      JSON.members([
        "version": .string(update.version), "category": .string(update.category.rawValue),
        "training": .string("\(update.training)"), "configuration": .string("\(update.configuration)"),
        "interruption": .string("\(update.interruption)"), "documentation": update.documentation.map { .string($0) },
      ])
    }
    return .members([
      "id": .string(name), "title": .string(content.title),
      "description": content.description.isEmpty ? nil : .string(content.description),
      "services": .array(contracts.map { .string($0.service) }), "environment": .string(content.environment),
      "components": content.components.isEmpty ? nil : .array(content.components.map { .string($0) }),
      "duration": .string("\(content.interval.length.seconds / 60)m"), "impact": .string(content.impact.rawValue),
      "not-before": bounds.from.map { .string(TimeText.utc($0)) },
      "deadline": bounds.to.map { .string(TimeText.utc($0)) },
      "update": update,
    ])
  }

  // MARK: Recurrence

  private func occurrences(_ text: String, from start: Instant, until: String?, times: Int?) throws -> [Instant] {
    let rule: RecurrenceRule
    do { rule = try RecurrenceRule(text, letting: []) } catch {
      throw BadValue(
        language(
          "--repeat \(text): no recurrence rule that is taken (\(error.part)); write FREQ=MONTHLY;BYDAY=2SU or the like.",
          "--repeat \(text) : pas une règle de récurrence admise (\(error.part)) ; écrivez par exemple FREQ=MONTHLY;BYDAY=2SU."
        ))
    }
    let last = try until.map { text -> CivilDate in
      guard let day = CivilDate(text) else {
        throw BadValue(
          language(
            "--until \(text): write a day, such as 2027-06-30.",
            "--until \(text) : écrivez un jour, par exemple 2027-06-30."))
      }
      return day
    }
    let count = times ?? rule.count
    guard rule.until == nil, count.map({ (1...ReleaseSeries.most).contains($0) }) ?? (last != nil) else {
      throw BadValue(
        language(
          "--repeat: say how long, with --until and a day or --times from 1 to \(ReleaseSeries.most).",
          "--repeat : dites jusqu’où, avec --until et un jour ou --times de 1 à \(ReleaseSeries.most)."))
    }
    let zone = wording.zone
    let first = zone.civil(start)
    // As far as work may lie ahead.
    let end = last ?? first.date.advanced(byDays: 3660)
    let found = rule.times(from: first, through: end, limit: count ?? ReleaseSeries.most + 1) ?? []
    guard !found.isEmpty, found.count <= ReleaseSeries.most else {
      throw BadValue(
        found.isEmpty
          ? language("--repeat \(text): no occurrence until then.", "--repeat \(text) : aucune occurrence jusque-là.")
          : language(
            "--repeat \(text): more than \(ReleaseSeries.most) occurrences.",
            "--repeat \(text) : plus de \(ReleaseSeries.most) occurrences."))
    }
    return try found.map { civil in
      let resolution = zone.resolve(civil)
      guard case .unique(let instant) = resolution else {
        throw BadValue(wording.ambiguity(civil: civil, resolution, field: .start))
      }
      return instant
    }
  }
}
