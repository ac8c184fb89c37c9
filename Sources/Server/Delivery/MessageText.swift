package import CivilTime
import ICalendar
import JSONText
package import Planning
package import Publication
package import Register
package import Wording

/// What a message says: of the change as its event left it, so that every attempt says the same; of a reminder, as the plan
/// stands when it goes.
package struct MessageText: Sendable {
  let identity: String
  let isSimulation: Bool

  package init(identity: String, isSimulation: Bool) {
    self.identity = identity
    self.isSimulation = isSimulation
  }

  /// What is told: of the change, or that it is near.
  package struct Subject: Sendable {
    package var change: Change
    /// When the change became so, or the hour of the reminder.
    package var moment: Instant
    /// Elapsed time before the start; nil for what is no reminder.
    package var lead: Elapsed?
    /// What staff is told of, where it is that.
    package var staff: ClientEvent?
    /// Whether an outage of the service goes on when it is told.
    package var isDown = false

    package init(_ change: Change, at moment: Instant, lead: Elapsed? = nil, staff: ClientEvent? = nil) {
      self.change = change
      self.moment = moment
      self.lead = lead
      self.staff = staff
    }

    var event: ClientEvent? { lead == nil ? ClientEvent(change) : .reminder }
    var kind: NoticeKind? { lead == nil ? NoticeKind.current(for: change) : .reminder }
  }

  /// The body of a webhook. Members of the standard format are only ever added; the others say what the mail says.
  package func webhook(
    _ subject: Subject, to webhook: Webhook, contract: Contract, templates: () throws -> NoticeTemplates
  ) throws -> [UInt8] {
    let (change, moment) = (subject.change, subject.moment)
    guard let event = subject.event, let notice = subject.kind else {
      throw DeliveryFault("\(change.id) is not published")
    }
    if webhook.format != .standard {
      let document = try templates().document(
        notice, of: change, contract: contract, language: webhook.spoken, isSimulation: isSimulation,
        isDown: subject.isDown)
      if let body = ChatMessage(document, of: change, contract: contract).body(for: webhook.format) {
        return body.bytes
      }
    }
    let json = ChangeJSON(
      wording: Wording(.english, zone: contract.timeZone(at: moment)), isSimulation: isSimulation)
    let body: JSON = [
      "type": .string(event.rawValue), "timestamp": .string(TimeText.utc(moment)),
      "data": .members([
        "notice": .string(notice.rawValue), "lead_seconds": subject.lead.map { .integer($0.seconds) },
        "change": json.change(change),
      ]),
    ]
    return Array(body.text.utf8)
  }

  /// The body of a webhook that tells staff what has to be approved, or what came of it.
  package func approval(
    _ subject: Subject, _ event: ClientEvent, to webhook: Webhook, contract: Contract
  ) -> [UInt8] {
    let (change, moment) = (subject.change, subject.moment)
    let chat = ChatMessage(
      approvalOf: change, at: moment, contract: contract, language: webhook.spoken, isSimulation: isSimulation)
    if let body = chat.body(for: webhook.format) { return body.bytes }
    let json = ChangeJSON(
      wording: Wording(.english, zone: contract.timeZone(at: moment)), isSimulation: isSimulation)
    let body: JSON = [
      "type": .string(event.rawValue), "timestamp": .string(TimeText.utc(moment)),
      "data": ["change": json.change(change, approval: .some(json.approval(of: change, by: contract)))],
    ]
    return Array(body.text.utf8)
  }

  /// The body of a webhook that tells of a conflict; nil where today's rules do not refuse the plan (any more).
  package func conflict(
    _ change: Change, since moment: Instant, to webhook: Webhook, register: Register, contract: Contract
  ) throws -> [UInt8]? {
    guard let standing = try Standings(register, [contract]).standing(of: change), standing.isRefused else {
      return nil
    }
    let chat = ChatMessage(
      conflict: standing.obstacles, of: change, contract: contract, language: webhook.spoken,
      isSimulation: isSimulation)
    if let body = chat.body(for: webhook.format) { return body.bytes }
    let json = ChangeJSON(
      wording: Wording(.english, zone: contract.timeZone(at: moment)), isSimulation: isSimulation)
    let body: JSON = [
      "type": .string(ClientEvent.conflict.rawValue), "timestamp": .string(TimeText.utc(moment)),
      "data": ["change": json.change(change, standing: json.verdict(standing.verdict))],
    ]
    return Array(body.text.utf8)
  }

  /// The body of a trial.
  package func ping(_ webhook: Webhook, at moment: Instant) -> [UInt8] {
    let chat = ChatMessage(
      trialOf: webhook.id.description, service: webhook.service, language: webhook.spoken, isSimulation: isSimulation)
    if let body = chat.body(for: webhook.format) { return body.bytes }
    let body: JSON = [
      "type": "ping", "timestamp": .string(TimeText.utc(moment)),
      "data": .members([
        "webhook": .string(webhook.id.description), "service": .string(webhook.service),
        "simulation": isSimulation ? true : nil,
      ]),
    ]
    return Array(body.text.utf8)
  }

  /// A notice as a mail, with the event for calendars, and its text. Its identifier and its date are those of the event.
  package func mail(
    _ subject: Subject, to address: String, language: Language, contract: Contract, templates: NoticeTemplates,
    leaveAddress: String? = nil, choicesAddress: String? = nil
  ) throws -> (message: [UInt8], text: String) {
    let (change, moment) = (subject.change, subject.moment)
    guard let kind = subject.kind else { throw DeliveryFault("\(change.id) is not published") }
    let document = try templates.document(
      kind, of: change, contract: contract, language: language, isSimulation: isSimulation, isDown: subject.isDown
    ).addressed(by: contract)
    let fragment = EventFragment(identity: identity, isSimulation: isSimulation)
    let method = ChangeMessage.Method(for: change)
    let event = try fragment.event(of: change, contract: contract, language: language).render()
    var mail = NoticeMail(
      document, kind: kind, contract: contract, change: change, identity: identity, date: moment,
      recipients: [address],
      calendar: (try ChangeMessage.calendar(event, language: language, method: method), method == .cancel))
    (mail.lead, mail.leaveAddress, mail.choicesAddress) = (subject.lead, leaveAddress, choicesAddress)
    return (try mail.render(by: templates), templates.render(document, format: .text))
  }
}

extension Webhook {
  /// Of a format for people.
  fileprivate var spoken: Language { content.language.flatMap(Language.init(rawValue:)) ?? .english }
}
