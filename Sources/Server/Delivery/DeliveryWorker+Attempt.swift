import CivilTime
import Planning
import Publication
import Register
import Wording

extension DeliveryWorker {
  /// One attempt, nothing recorded of it. Nil where it was called off.
  func attempt(_ claim: OutboxRow) async -> Register.Settlement? {
    do {
      if let id = WebhookID(claim.subscription) { return try await call(id, claim) }
      if let id = MailingID(claim.subscription) { return try await mail(id, claim) }
      return .dead(error: "\(claim.subscription) is no subscription")
    } catch {
      if Task.isCancelled { return nil }
      return failed(claim, (error as? DeliveryFault)?.message ?? "\(error)")
    }
  }

  private func call(_ id: WebhookID, _ claim: OutboxRow) async throws -> Register.Settlement? {
    let prepared = try await Offload.run { [register, text, sources] in
      Result { () throws -> (url: String, secret: WebhookSecret, body: [UInt8]) in
        guard let webhook = try register.webhooks().first(where: { $0.id == id }), let secret = webhook.secret,
          let url = webhook.address
        else {
          throw DeliveryFault("\(id) has no secret or address here")
        }
        let (change, line) = try register.state(after: claim.sequence)
        let contract = try sources.contract(change.content.service)
        return (url, secret, try text.webhook(change, at: line.at, contract: contract))
      }
    }.get()
    let answer = try await client.post(
      prepared.body, id: claim.id, to: prepared.url, secret: prepared.secret, at: sources.wallClock())
    switch answer.status {
    case 200..<300: return .delivered
    case 410: return .gone(error: "410 Gone")
    default:
      let said = LineText.short(String(decoding: answer.body, as: UTF8.self))
      return failed(
        claim, "status \(answer.status)" + (said.isEmpty ? "" : ": \(said)"),
        putOff: answer.retryAfter.flatMap { RetryAfter.read($0, at: sources.wallClock()) })
    }
  }

  private func mail(_ id: MailingID, _ claim: OutboxRow) async throws -> Register.Settlement? {
    let prepared = try await Offload.run { [register, text, sources] in
      Result { () throws -> (message: [UInt8], sender: String) in
        guard let mailing = try register.mailings().first(where: { $0.id == id }), let address = mailing.address else {
          throw DeliveryFault("\(id) has no address here")
        }
        let (change, line) = try register.state(after: claim.sequence)
        let contract = try sources.contract(change.content.service)
        let message = try text.mail(
          change, at: line.at, to: address, language: Language(rawValue: mailing.language) ?? .english,
          contract: contract, templates: try sources.templates())
        return (message, contract.organizer)
      }
    }.get()
    switch await sendmail.send(prepared.message, from: prepared.sender) {
    case .accepted: return .delivered
    case .temporary(let error): return failed(claim, error)
    case .permanent(let error): return .dead(error: error)
    case .unknown: return nil
    }
  }

  private func failed(_ claim: OutboxRow, _ error: String, putOff: Elapsed? = nil) -> Register.Settlement {
    let error = LineText.short(error)
    let next = BackOff.next(after: claim.attempts + 1, at: register.now, jitter: jitter(), putOff: putOff)
    return next.map { .retry(at: $0, error: error) } ?? .dead(error: error)
  }
}
