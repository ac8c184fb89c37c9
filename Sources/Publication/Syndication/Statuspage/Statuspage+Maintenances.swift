import CivilTime
import JSONText
import Planning
import Wording

extension Statuspage {
  func maintenance(_ history: PublishedHistory) -> JSON {
    let (first, newest) = (history.first, history.newest)
    let telling = ChangeTelling(newest, contract: contract, language: language)
    let content = newest.content
    return [
      "id": .string(newest.id.description),
      "name": .string((isSimulation ? SimulationMark.prefix : "") + telling.subject),
      "status": .string(Statuspage.status(newest.state)),
      // A draft that was kept before is no publication: clients learned of it with the first revision.
      "created_at": .string(time(first.revisedAt ?? first.recordedAt)),
      "updated_at": .string(time(newest.revisedAt ?? newest.recordedAt)),
      "monitoring_at": .null,
      "resolved_at": resolvedAt(newest),
      "impact": .string(Statuspage.impact(content)),
      "shortlink": .string(contract.address(of: newest.id)),
      "started_at": newest.actualStart.map { .string(time($0.stated)) } ?? .null,
      "page_id": .string(pageID),
      "incident_updates": .array(updates(history)),
      "components": .array(affected(by: content).map(json)),
      "scheduled_for": .string(time(content.interval.start)),
      "scheduled_until": .string(time(content.interval.end)),
    ]
  }

  private func resolvedAt(_ change: Change) -> JSON {
    switch change.state {
    case .completed: .string(time(change.actualEnd?.stated ?? change.content.interval.end))
    case .cancelled: .string(time(change.revisedAt ?? change.recordedAt))
    default: .null
    }
  }

  /// The interface knows no cancelled work: it is completed, and the newest update says that it was cancelled.
  static func status(_ state: ChangeState) -> String {
    switch state {
    case .planned, .refused: "scheduled"
    case .inProgress: "in_progress"
    case .completed, .cancelled: "completed"
    }
  }

  /// Announced work is `maintenance`, as on every page of this interface; the body says what clients feel. An emergency
  /// was not to be expected, so that its severity is told: `critical` for an outage.
  static func impact(_ content: ChangeContent) -> String {
    switch (content.kind, content.impact) {
    case (_, .none): "none"
    case (.emergency, .reducedRedundancy): "minor"
    case (.emergency, .degraded): "major"
    case (.emergency, .outage): "critical"
    case (.maintenance, _), (.update, _): "maintenance"
    }
  }

  /// One a revision, newest first.
  private func updates(_ history: PublishedHistory) -> [JSON] {
    history.revisions.indices.reversed().map { index in
      let change = history.revisions[index]
      let moment = JSON.string(time(change.revisedAt ?? change.recordedAt))
      let previous = index > 0 ? history.revisions[index - 1] : nil
      return [
        "id": .string("\(change.id)-\(change.revision ?? index)"),
        "status": .string(Statuspage.status(change.state)),
        "body": .string(body(change)),
        "incident_id": .string(change.id.description),
        "created_at": moment, "updated_at": moment, "display_at": moment,
        "affected_components": affectedComponents(change, previous: previous),
        "deliver_notifications": true,
      ]
    }
  }

  /// Plain text: what happened, what differs, what clients feel and why, and the description while it matters.
  private func body(_ change: Change) -> String {
    let telling = ChangeTelling(change, contract: contract, language: language)
    let colon = language.colon
    var lines: [String] = []
    if isSimulation { lines.append(SimulationMark.sentence(language)) }
    lines.append(telling.lead)
    lines += telling.lineDifferences.map { "\($0.name)\(colon) \($0.before) → \($0.after)" }
    let isOver = change.state == .cancelled || change.state == .completed
    lines += telling.lines(.status, without: isOver ? ["impact", "duration"] : []).map {
      "\($0.name)\(colon) \($0.value)"
    }
    let description = CleanText.cleaned(change.content.description).trimmed
    if !isOver, !description.isEmpty { lines += ["", description] }
    return lines.joined(separator: "\n")
  }

  /// What this revision made of each component, by itself; null where clients feel nothing of the environment.
  private func affectedComponents(_ change: Change, previous: Change?) -> JSON {
    let components = affected(by: change.content)
    guard !components.isEmpty else { return .null }
    func status(_ change: Change?) -> JSON { Statuspage.takesDown(change) ? "under_maintenance" : "operational" }
    return .array(
      components.map {
        [
          "code": .string($0.id), "name": .string($0.name), "old_status": status(previous),
          "new_status": status(change),
        ]
      })
  }
}
