package import CivilTime
import ICalendar
import JSONText
package import Planning
package import Publication
package import Register
package import Wording

/// What a message says: of the change as its event left it, so that every attempt says the same.
package struct MessageText: Sendable {
  let identity: String
  let isSimulation: Bool

  package init(identity: String, isSimulation: Bool) {
    self.identity = identity
    self.isSimulation = isSimulation
  }

  /// The body of a webhook. Members are only ever added.
  package func webhook(_ change: Change, at moment: Instant, contract: Contract) throws -> [UInt8] {
    guard let event = ClientEvent(change), let notice = NoticeKind.current(for: change) else {
      throw DeliveryFault("\(change.id) is not published")
    }
    let json = ChangeJSON(
      wording: Wording(.english, zone: contract.timeZone(at: moment)), isSimulation: isSimulation)
    let body: JSON = [
      "type": .string(event.rawValue), "timestamp": .string(TimeText.utc(moment)),
      "data": ["notice": .string(notice.rawValue), "change": json.change(change)],
    ]
    return Array(body.text.utf8)
  }

  /// The body of a trial.
  package func ping(_ webhook: Webhook, at moment: Instant) -> [UInt8] {
    let body: JSON = [
      "type": "ping", "timestamp": .string(TimeText.utc(moment)),
      "data": .members([
        "webhook": .string(webhook.id.description), "service": .string(webhook.service),
        "simulation": isSimulation ? true : nil,
      ]),
    ]
    return Array(body.text.utf8)
  }

  /// A notice as a mail, with the event for calendars. Its identifier and its date are those of the event.
  package func mail(
    _ change: Change, at moment: Instant, to address: String, language: Language, contract: Contract,
    templates: NoticeTemplates
  ) throws -> [UInt8] {
    guard let kind = NoticeKind.current(for: change) else { throw DeliveryFault("\(change.id) is not published") }
    let document = try templates.document(
      kind, of: change, contract: contract, language: language, isSimulation: isSimulation)
    let fragment = EventFragment(identity: identity, isSimulation: isSimulation)
    let method = ChangeMessage.Method(for: change)
    let event = try fragment.event(of: change, contract: contract, language: language).render()
    let mail = NoticeMail(
      document, kind: kind, contract: contract, change: change, identity: identity, date: moment,
      recipients: [address],
      calendar: (try ChangeMessage.calendar(event, language: language, method: method), method == .cancel))
    return try mail.render(by: templates)
  }
}
