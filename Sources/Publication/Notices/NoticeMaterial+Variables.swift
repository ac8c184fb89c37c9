import CivilTime
import Planning
import Wording

extension NoticeMaterial {
  /// What the short texts of `notices/` may use; the names are those of `TemplateNames.prose`.
  var variables: [String: Any] {
    var result: [String: Any] = [
      "id": change.id.description, "revision": String(change.revision ?? 0), "title": content.title,
      "service": service, "kind": wording.kind(content.kind), "Kind": capitalized(wording.kind(content.kind)),
      "day": wording.date(wording.zone.civil(content.interval.start).date),
      "range": wording.range(content.interval), "when": wording.when(content.interval),
      "start": wording.dateTime(content.interval.start), "end": wording.dateTime(content.interval.end),
      "duration": wording.duration(content.interval.length), "impact": wording.impact(content.impact),
      "impact-sentence": impactSentence, "clause": clause, "contact": contract.contact.name, "portal": contract.portal,
      "training": content.update?.training ?? false, "configuration": content.update?.configuration ?? false,
      "interruption": content.update?.interruption ?? true,
      "moved": before.map { $0.interval != content.interval } ?? false,
    ]
    if content.environment != "production" { result["environment"] = content.environment }
    if !content.components.isEmpty { result["components"] = language.list(content.components) }
    result["reason"] = content.reason.flatMap { $0.isEmpty ? nil : $0 }
    result["notice"] = notice.map(wording.duration)
    result["announced-at"] = notice == nil ? nil : change.plannedAt.map(wording.dateTime)
    if let before {
      result["before-range"] = wording.range(before.interval)
      result["before-when"] = wording.when(before.interval)
      result["before-end"] = wording.dateTime(before.interval.end)
      result["before-duration"] = wording.duration(before.interval.length)
    }
    if let update = content.update {
      result["version"] = update.version
      result["category"] = wording.category(update.category)
      result["documentation"] = update.documentation
    }
    result["actual-start"] = change.actualStart.map { wording.dateTime($0.stated) }
    result["actual-end"] = change.actualEnd.map { wording.dateTime($0.stated) }
    result["actual-when"] = actual.map(wording.when)
    result["actual-duration"] = actual.map { wording.duration($0.length) }
    result["overrun"] = change.overrun.map(wording.duration)
    result["contact-url"] = contract.contact.url
    result["contact-email"] = contract.contact.email
    return result
  }
}
