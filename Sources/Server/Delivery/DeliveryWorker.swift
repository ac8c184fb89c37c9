package import CivilTime
import Dispatch
package import Planning
package import Publication
package import Register
import Wording

/// Sends what waits in the outbox: at least once each, in order for each subscription, several subscriptions at a time.
///
/// What it sends is claimed in the register first, so that two workers, of two processes even, do not send the same at
/// once. A worker that dies between sending and saying so leaves a claim that runs out: the message goes again, with the
/// same identifier.
package struct DeliveryWorker: Sendable {
  /// Where the worker gets what the register does not hold.
  package struct Sources: Sendable {
    package var contract: @Sendable (_ service: String) throws -> Contract
    package var templates: @Sendable () throws -> NoticeTemplates
    /// The machine's clock, which signatures bear; the register's may be one of simulation.
    package var wallClock: @Sendable () -> Instant
    /// Of the server that people reach, without a slash at its end; nil where only contracts may say it.
    package var address: String?

    package init(
      contract: @escaping @Sendable (String) throws -> Contract,
      templates: @escaping @Sendable () throws -> NoticeTemplates, wallClock: @escaping @Sendable () -> Instant,
      address: String? = nil
    ) {
      self.address = address
      self.contract = contract
      self.templates = templates
      self.wallClock = wallClock
    }
  }

  /// What a pass came to.
  package struct Tally: Hashable, Sendable {
    package var delivered = 0
    /// To be tried again.
    package var failed = 0
    package var dead = 0
    /// Reminders that would have come too late.
    package var lapsed = 0
    package init() {}
  }

  let register: Register
  let text: MessageText
  let sources: Sources
  let client: WebhookClient
  let sendmail: Sendmail
  let jitter: @Sendable () -> Double
  /// Names this worker in claims.
  let owner: String
  /// Told what becomes of each attempt: for logs.
  package var report: @Sendable (OutboxRow, Register.Settlement) -> Void = { _, _ in }
  /// Told which reminders came too late: for logs.
  package var reportLapsed: @Sendable (OutboxRow) -> Void = { _ in }
  /// Told why messages could not be taken out of the register: for logs. The next round tries again.
  package var reportFault: @Sendable (any Error) -> Void = { _ in }
  package var pollInterval = Duration.seconds(1)

  /// Messages under way at once.
  static let concurrency = 8
  /// Longer than any attempt can take.
  static let claimLength = Elapsed(seconds: 90)

  package init(
    register: Register, text: MessageText, sources: Sources, client: WebhookClient, sendmail: Sendmail,
    jitter: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
  ) {
    self.register = register
    self.text = text
    self.sources = sources
    self.client = client
    self.sendmail = sendmail
    self.jitter = jitter
    owner = String(UInt64.random(in: .min ... .max), radix: 16)
  }

  /// Sends until the task is cancelled, and then ends within two seconds: what is under way is called off, its claim
  /// given back.
  package func run() async { _ = await work(untilIdle: false) }

  /// Sends until nothing is due. Throws where the register cannot be read or written.
  package func runOnce() async throws -> Tally { try await work(untilIdle: true).get() }

  private enum Step: Sendable {
    case settled(Register.Settlement?)
    case tick
  }

  private func work(untilIdle: Bool) async -> Result<Tally, any Error> {
    await withTaskGroup(of: Step.self) { group in
      var tally = Tally()
      var (running, isTicking) = (0, false)
      var fault: (any Error)?
      while !Task.isCancelled {
        fault = nil
        switch await claims(limit: DeliveryWorker.concurrency - running) {
        case .success(let (claims, lapsed)):
          tally.lapsed += lapsed.count
          lapsed.forEach(reportLapsed)
          for claim in claims {
            running += 1
            group.addTask { .settled(await deliver(claim)) }
          }
        case .failure(let error):
          fault = error
          reportFault(error)
        }
        if untilIdle, running == 0 { break }
        if !untilIdle, !isTicking {
          isTicking = true
          group.addTask { [pollInterval] in
            try? await Task.sleep(for: pollInterval)
            return .tick
          }
        }
        switch await group.next() {
        case .tick?: isTicking = false
        case .settled(let settlement)?:
          running -= 1
          tally.count(settlement)
        case nil: break
        }
      }
      group.cancelAll()
      for await step in group { if case .settled(let settlement) = step { tally.count(settlement) } }
      return fault.map { .failure($0) } ?? .success(tally)
    }
  }

  private func claims(limit: Int) async -> Result<(claims: [OutboxRow], lapsed: [OutboxRow]), any Error> {
    await Offload.run { [register, owner, reportFault] in
      // What was sent is sent, although the register cannot say so yet: nothing waits for that.
      do { try register.recordTold() } catch { reportFault(error) }
      return Result {
        let lapsed = try register.lapseDeliveries()
        return (try register.claimDeliveries(limit: limit, owner: owner, for: DeliveryWorker.claimLength), lapsed)
      }
    }
  }

  /// One attempt. Nil where it was called off, or where its end could not be recorded.
  private func deliver(_ claim: OutboxRow) async -> Register.Settlement? {
    guard let (settlement, told) = await attempt(claim) else {
      await Offload.run { [register] in register.release(claim) }
      return nil
    }
    for _ in 0..<3 {
      let isRecorded = await Offload.run { [register] in
        try? register.settle(claim, settlement, text: told?.text, revision: told?.revision)
      }
      guard let isRecorded else { continue }
      if isRecorded { report(claim, settlement) }
      return isRecorded ? settlement : nil
    }
    return nil
  }
}

extension DeliveryWorker.Sources {
  /// Where the reader of a mailing ends it; nil where nobody said where the server is: a portal that is elsewhere answers
  /// no such address.
  fileprivate func leaveAddress(_ mailing: Mailing, _ contract: Contract) -> String? {
    guard let base = address ?? (contract.notices.servesPortal ? contract.home : nil), let token = mailing.leaveToken
    else { return nil }
    return "\(base)/\(MailingLeave.folder)/\(token)"
  }

  /// Where the reader of a mailing chooses what comes; nil where the contract lets nobody, too.
  fileprivate func choicesAddress(_ mailing: Mailing, _ contract: Contract) -> String? {
    guard contract.takesSubscriptions, let folder = SubscriptionDesk.folder(of: contract, server: address),
      let token = mailing.choiceToken
    else { return nil }
    let paths = PortalPaths(service: contract.service)
    let language = Language(rawValue: mailing.language) ?? .english
    return paths.address(of: paths.page(.subscription(token: token), language), base: folder)
  }
}

extension DeliveryWorker.Tally {
  fileprivate mutating func count(_ settlement: Register.Settlement?) {
    switch settlement {
    case .delivered?: delivered += 1
    case .retry?: failed += 1
    case .dead?, .gone?: dead += 1
    case .void?, nil: break
    }
  }
}

/// Work on the register off the threads that wait for networks: it may take its time, and is not called off.
package enum Offload {
  private static let queue = DispatchQueue(label: "deliveries", attributes: .concurrent)

  package static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in queue.async { continuation.resume(returning: body()) } }
  }
}

extension DeliveryWorker {
  /// What came of an attempt; SHA-256 of what a mail said, and the revision that it told of.
  typealias Outcome = (settlement: Register.Settlement, told: (text: String, revision: Int?)?)

  /// One attempt, nothing recorded of it. Nil where it was called off.
  func attempt(_ claim: OutboxRow) async -> Outcome? {
    do {
      if let id = WebhookID(claim.subscription) { return try await call(id, claim).map { ($0, nil) } }
      if let id = MailingID(claim.subscription) { return try await mail(id, claim) }
      return (.dead(error: "\(claim.subscription) is no subscription"), nil)
    } catch is Overtaken {
      return (.void(error: OutboxRow.moved), nil)
    } catch {
      if Task.isCancelled { return nil }
      return (failed(claim, (error as? DeliveryFault)?.message ?? "\(error)"), nil)
    }
  }

  /// What a reminder was to tell is so no more, or a person has told it by mail.
  private struct Overtaken: Error {}

  /// What a message tells, as late as can be: just before it goes.
  private static func subject(_ claim: OutboxRow, in register: Register) throws -> MessageText.Subject {
    guard claim.isReminder else {
      var (change, line) = try register.state(after: claim.event, newest: claim.tellsConflict)
      guard !claim.tellsConflict, let event = ClientEvent(ofApproval: line.type) else {
        var subject = MessageText.Subject(claim.tellsConflict ? change : try register.forEveryone(change), at: line.at)
        subject.isDown = try change.state == .completed && register.isDown(change.content.service, at: line.at)
        return subject
      }
      // The event after an approval publishes what was approved, in one transaction with it.
      if event == .approved { change = try register.state(of: change.id, after: claim.event + 1) }
      if event == .declined { change.approval = change.declined ?? change.approval }
      return MessageText.Subject(change, at: line.at, staff: event)
    }
    let change = try register.state(after: claim.sequence, newest: true).change
    let promised = change.promisedReminders.first { $0.lead == claim.lead && $0.until == claim.until }
    guard let promised,
      !change.notices.contains(where: {
        $0.evidence == nil && $0.channel == .mail && $0.tells(promised)
          && claim.subscription.hasPrefix(MailingID.prefix)
      })
    else { throw Overtaken() }
    return MessageText.Subject(try register.forEveryone(change), at: claim.notBefore, lead: claim.lead)
  }

  private func call(_ id: WebhookID, _ claim: OutboxRow) async throws -> Register.Settlement? {
    let prepared = try await Offload.run { [register, text, sources] in
      Result { () throws -> (url: String, secrets: [WebhookSecret], body: [UInt8])? in
        guard let webhook: Webhook = try register.store.read({ try $0.grant(id) }), webhook.secret != nil,
          let url = webhook.address
        else {
          throw DeliveryFault("\(id) has no secret or address here")
        }
        let subject = try DeliveryWorker.subject(claim, in: register)
        let contract = try sources.contract(subject.change.content.service)
        if let event = subject.staff {
          let body = text.approval(subject, event, to: webhook, contract: contract)
          return (url, webhook.secrets(at: register.now), body)
        }
        let body =
          try claim.tellsConflict
          ? text.conflict(subject.change, since: claim.createdAt, to: webhook, register: register, contract: contract)
          : text.webhook(subject, to: webhook, contract: contract, templates: sources.templates)
        return body.map { (url, webhook.secrets(at: register.now), $0) }
      }
    }.get()
    // Whoever looks next takes the message away, or finds the conflict there again.
    guard let prepared else {
      return .retry(at: register.now + Elapsed(seconds: 5), error: "no conflict at this moment")
    }
    let answer = try await client.post(
      prepared.body, id: claim.id, to: prepared.url, secrets: prepared.secrets, at: sources.wallClock())
    switch answer.status {
    case 200..<300: return .delivered
    case 410: return .gone(error: "410 Gone")
    default:
      let said = LineText.short(String(decoding: answer.body, as: UTF8.self))
      let error = LineText.short("status \(answer.status)" + (said.isEmpty ? "" : ": \(said)"))
      if DeliveryWorker.isPermanent(answer.status) { return .dead(error: error) }
      return failed(
        claim, error, putOff: answer.retryAfter.flatMap { RetryAfter.read($0, at: sources.wallClock()) })
    }
  }

  /// Whether the same message would be refused again, so that it must not hold what comes after it. Source: RFC 9110,
  /// section 15.5; of these 408, 409, 425 and 429 speak of the moment.
  private static func isPermanent(_ status: Int) -> Bool {
    (400..<500).contains(status) && ![408, 409, 425, 429].contains(status)
  }

  private func mail(_ id: MailingID, _ claim: OutboxRow) async throws -> Outcome? {
    let prepared = try await Offload.run { [register, text, sources] in
      Result { () throws -> (message: [UInt8], told: (text: String, revision: Int?), sender: String) in
        guard let known: Mailing = try register.store.read({ try $0.grant(id) }), let address = known.address
        else {
          throw DeliveryFault("\(id) has no address here")
        }
        let mailing = try register.salted(known)
        let subject = try DeliveryWorker.subject(claim, in: register)
        let contract = try sources.contract(subject.change.content.service)
        let (message, said) = try text.mail(
          subject, to: address, language: Language(rawValue: mailing.language) ?? .english, contract: contract,
          templates: try sources.templates(), leaveAddress: sources.leaveAddress(mailing, contract),
          choicesAddress: sources.choicesAddress(mailing, contract))
        return (message, (NoticeText.digest(said), subject.change.revision), contract.organizer)
      }
    }.get()
    switch await sendmail.send(prepared.message, from: prepared.sender) {
    case .accepted: return (.delivered, prepared.told)
    case .temporary(let error): return (failed(claim, error), nil)
    case .permanent(let error): return (.dead(error: error), nil)
    case .unknown: return nil
    }
  }

  private func failed(_ claim: OutboxRow, _ error: String, putOff: Elapsed? = nil) -> Register.Settlement {
    let error = LineText.short(error)
    let next = BackOff.next(after: claim.attempts + 1, at: register.now, jitter: jitter(), putOff: putOff)
    return next.map { .retry(at: $0, error: error) } ?? .dead(error: error)
  }
}
