import Logging
import NIOCore
import NIOPosix
package import Planning
import Publication
package import Register
import Wording

/// Answers the forms by which clients subscribe to mails themselves, and the pages that only those mails lead to.
///
/// Nobody learns from it who is subscribed: every address that can be written to gets the same answer after the same time,
/// and what differs stands in the mail to that address. Nothing is kept of what is not confirmed. A mail has been taken by
/// the machine's `sendmail`, whose queue keeps it, before the answer says that one is on its way.
package struct SubscriptionDesk: Sendable {
  /// A request, as far as it matters here.
  package struct Call: Sendable {
    package enum Method: Sendable { case read, post }
    var method: Method
    /// Without its query.
    var path: String
    var mediaType: String?
    /// `Sec-Fetch-Site`, where a browser says it.
    var site: String?
    var origin: String?
    var host: String?
    var body: [UInt8] = []
  }

  struct Answer: Hashable, Sendable {
    var status: Int
    var page: [UInt8]
    /// Seconds after which it may be tried again.
    var retryAfter: Int?

    init(_ page: [UInt8], status: Int = 200, retryAfter: Int? = nil) {
      (self.page, self.status, self.retryAfter) = (page, status, retryAfter)
    }
  }

  private let register: Register
  private let identity: String
  private let isSimulation: Bool
  private let contract: @Sendable (_ service: String) -> Contract?
  /// Of a service's folder, as people reach it, without a slash at its end; nil where nobody said where the server is.
  private let folder: @Sendable (Contract) -> String?
  private let sendmail: Sendmail
  private let allowance = MailAllowance()
  /// Changes to one mailing, each of which stays in the log for ever: so many at once, and then one in so many seconds.
  private let changes = CallBudget(burst: 10, rate: 1.0 / 600)
  /// How long an answer to an address takes at least: longer than what is looked up and handed over.
  private let pace: Duration

  package init(
    register: Register, identity: String, isSimulation: Bool, sendmail: Sendmail,
    contract: @escaping @Sendable (_ service: String) -> Contract?,
    folder: @escaping @Sendable (Contract) -> String?, pace: Duration = .seconds(1)
  ) {
    self.register = register
    self.identity = identity
    self.isSimulation = isSimulation
    self.sendmail = sendmail
    self.contract = contract
    self.folder = folder
    self.pace = pace
  }

  /// Of the service's folder, as people reach it, without a slash at its end; nil where nobody said where the server is.
  ///
  /// - Parameter server: its own address, where that was said.
  package static func folder(of contract: Contract, server: String?) -> String? {
    server.map { "\($0)/\(contract.service)" } ?? (contract.notices.servesPortal ? contract.home : nil)
  }

  /// Whether clients of a contract can subscribe here.
  package func takes(_ contract: Contract) -> Bool {
    contract.takesSubscriptions && folder(contract) != nil && Permission.check(.subscribe, by: nil).isAllowed
  }

  /// Nil for what is not answered here: other paths, and the form where it is read.
  ///
  /// - Parameter threads: those that may wait for the register.
  func answer(_ call: Call, on threads: NIOThreadPool, _ logger: Logger) async -> Answer? {
    guard let path = SubscriptionPath(call.path), let contract = contract(path.service),
      path.place != .form || call.method == .post
    else { return nil }
    guard takes(contract), let folder = folder(contract) else {
      return Answer(PortalSite.notFound(path.language), status: 404)
    }
    if call.method == .post {
      guard FormRequest.isForm(call.mediaType) else { return unreadable(path, status: 415) }
      let own = folder.split(separator: "/").dropFirst().first.map(String.init)
      let hosts = [call.host, own].compactMap { $0 }
      guard !FormRequest.isFromElsewhere(call.site, origin: call.origin, hosts: hosts) else {
        return unreadable(path, status: 403)
      }
    }
    let visit = Visit(
      desk: self, contract: contract, folder: folder, language: path.language, threads: threads, logger: logger)
    do {
      switch (path.place, call.method) {
      case (.form, _): return try await visit.ask(call.body)
      case (.confirmation(let token), .read): return try await visit.look(token)
      case (.confirmation(let token), .post): return try await visit.confirm(token, call.body)
      case (.choices(let token), .read): return try await visit.choices(token)
      case (.choices(let token), .post): return try await visit.choose(token, call.body)
      }
    } catch {
      logger.error("a subscription could not be answered", metadata: ["error": "\(type(of: error))"])
      return Answer(visit.site.subscriptionUnavailable(), status: 503, retryAfter: 2)
    }
  }

  private func unreadable(_ path: SubscriptionPath, status: Int) -> Answer {
    Answer(PortalSite.unreadableForm(path.language), status: status)
  }
}

extension SubscriptionDesk {
  /// One request of one person.
  fileprivate struct Visit: Sendable {
    let desk: SubscriptionDesk
    let contract: Contract
    let folder: String
    let language: Language
    let threads: NIOThreadPool
    let logger: Logger

    private var register: Register { desk.register }

    var site: PortalSite {
      PortalSite(
        forms: contract, language: language, now: register.now, isSimulation: desk.isSimulation)
    }

    private var unreadable: Answer { Answer(PortalSite.unreadableForm(language), status: 400) }

    private func address(of page: PortalPage) -> String {
      site.paths.address(of: site.paths.page(page, language), base: folder)
    }

    // MARK: The form

    func ask(_ body: [UInt8]) async throws -> Answer {
      guard let form = FormBody(body, known: ["address", "kind", "component"]), let given = form.one("address"),
        var entry = entry(form, language)
      else { return unreadable }
      entry.address = given
      // Blanks around it were pasted with it.
      let address = String(given.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      if !MailTarget.isAddress(address) { entry.problems.insert(.address, at: 0) }
      guard entry.problems.isEmpty else { return Answer(site.subscribe(entry), status: 422) }
      guard desk.sendmail.isThere else {
        logger.error("there is no sendmail: subscriptions cannot be confirmed")
        return unavailable
      }
      let clock = ContinuousClock()
      let began = clock.now
      let isSent: Bool
      var took = desk.allowance.last.took
      if desk.allowance.spend(address, service: contract.service) {
        guard await desk.allowance.begin() else { return unavailable }
        defer { desk.allowance.end() }
        isSent = try await send(to: address, entry)
        took = clock.now - began
        desk.allowance.note(isSent: isSent, took: took)
      } else {
        isSent = desk.allowance.last.isSent
      }
      try? await clock.sleep(until: began + max(desk.pace, took))
      logger.info("subscription", metadata: ["step": isSent ? "asked" : "failed", "service": "\(contract.service)"])
      return isSent ? Answer(site.subscriptionAsked()) : unavailable
    }

    private var unavailable: Answer { Answer(site.subscriptionUnavailable(), status: 503, retryAfter: 60) }

    private func send(to address: String, _ entry: SubscriptionEntry) async throws -> Bool {
      let mail = try await threads.runIfActive { try letter(to: address, entry) }
      switch await desk.sendmail.send(mail, from: contract.organizer) {
      case .accepted: return true
      case .permanent(let error):
        // Of the address, which nobody else is told of.
        logger.warning("a confirmation was refused", metadata: ["error": "\(bare(error))"])
        return !Sendmail.isMisused(error)
      case .temporary(let error):
        logger.error("a confirmation could not be handed over", metadata: ["error": "\(bare(error))"])
        return false
      case .unknown: return false
      }
    }

    /// Without what the program said, in which the address may stand.
    private func bare(_ error: String) -> Substring { error.prefix { $0 != ":" } }

    /// Both look the same up, and take the same way.
    private func letter(to address: String, _ entry: SubscriptionEntry) throws -> [UInt8] {
      let known = try register.mailing(to: address, service: contract.service)
      let now = register.now
      let request = SubscriptionRequest(
        address: address, service: contract.service, choices: choices(entry), askedAt: now)
      let token = try register.sealed(request)
      let content: SubscriptionMail.Content =
        if let known {
          .known(choices: known.choiceToken.map { self.address(of: .subscription(token: $0)) })
        } else {
          .confirm(address: self.address(of: .subscription(token: token)), end: request.end)
        }
      return try SubscriptionMail(
        content, contract: contract, language: language, recipient: address, date: now,
        isSimulation: desk.isSimulation, id: "\(String(UInt64.random(in: .min ... .max), radix: 36)).\(desk.identity)"
      ).render()
    }

    // MARK: Confirming

    func look(_ token: String) async throws -> Answer {
      guard let request = try await request(token) else { return over(.unknown, token) }
      guard register.now < request.end else { return over(.tooLate, token) }
      let entry = entry(request.choices)
      return entry.isGone ? over(.gone, token) : Answer(site.subscriptionConfirmation(token, entry))
    }

    func confirm(_ token: String, _ body: [UInt8]) async throws -> Answer {
      guard FormBody(body, known: ["act"])?.one("act") == "confirm" else { return unreadable }
      guard let request = try await request(token) else { return over(.unknown, token) }
      guard !entry(request.choices).isGone else { return over(.gone, token) }
      switch try await threads.runIfActive({ try register.confirm(request) }) {
      case .tooLate: return over(.tooLate, token)
      case .overtaken: return over(.overtaken, token)
      case .subscribed(let mailing):
        logger.info("subscription", metadata: ["step": "confirmed", "subscription": "\(mailing.id)"])
        let own = try await threads.runIfActive { try register.salted(mailing) }
        return Answer(site.subscriptionConfirmed(choices: own.choiceToken, from: token))
      }
    }

    private func request(_ token: String) async throws -> SubscriptionRequest? {
      try await threads.runIfActive { try register.subscriptionRequest(token, service: contract.service) }
    }

    private func over(_ end: PortalSite.SubscriptionEnd, _ token: String) -> Answer {
      Answer(site.subscriptionOver(end, from: token), status: end == .unknown ? 404 : 410)
    }

    // MARK: Choices

    private func mailing(_ token: String) async throws -> Mailing? {
      let found = try await threads.runIfActive { try register.mailing(choosing: token) }
      return found?.service == contract.service ? found : nil
    }

    func choices(_ token: String) async throws -> Answer {
      guard let mailing = try await mailing(token) else { return over(.unknown, token) }
      return Answer(site.subscriptionChoices(token, entry(mailing.content.choices)))
    }

    func choose(_ token: String, _ body: [UInt8]) async throws -> Answer {
      guard let form = FormBody(body, known: ["act", "kind", "component", "language"]), let act = form.one("act"),
        ["save", "leave"].contains(act)
      else { return unreadable }
      guard let mailing = try await mailing(token) else { return over(.unknown, token) }
      if act == "leave" {
        try await threads.runIfActive { try register.leaveMailing(mailing.leaveToken ?? "") }
        logger.info("subscription", metadata: ["step": "left", "subscription": "\(mailing.id)"])
        return Answer(site.subscriptionLeft(from: token))
      }
      guard let wanted = form.one("language").flatMap(Language.init(rawValue:)),
        let entry = entry(form, wanted)
      else { return unreadable }
      guard entry.problems.isEmpty else { return Answer(site.subscriptionChoices(token, entry), status: 422) }
      let choices = choices(entry)
      if choices != mailing.content.choices, let seconds = desk.changes.spend(mailing.id.description)?.wait {
        return Answer(PortalSite.tooManyForms(language, seconds: seconds), status: 429, retryAfter: seconds)
      }
      guard let changed = try await threads.runIfActive({ try register.changeMailing(token, to: choices) }) else {
        return over(.unknown, token)
      }
      logger.info("subscription", metadata: ["step": "changed", "subscription": "\(mailing.id)"])
      return Answer(site.subscriptionChoices(token, self.entry(changed.content.choices), isSaved: true))
    }

    // MARK: What is ticked

    /// Nil for values that the form does not have.
    private func entry(_ form: FormBody, _ language: Language) -> SubscriptionEntry? {
      let kinds = form.all("kind").map(NoticeKind.init(rawValue:))
      let components = form.all("component")
      guard !kinds.contains(nil), components.allSatisfy(contract.components.contains) else { return nil }
      var entry = SubscriptionEntry(language, of: contract)
      entry.kinds = NoticeKind.allCases.filter(kinds.contains)
      if entry.kinds.isEmpty { entry.problems.append(.noKind) }
      if contract.components.count > 1 {
        entry.components = contract.components.filter(components.contains)
        if entry.components.isEmpty { entry.problems.append(.noComponent) }
      }
      return entry
    }

    /// Components that the contract has lost since are not offered any more; where nothing is left, nothing is ticked.
    private func entry(_ choices: MailingChoices) -> SubscriptionEntry {
      var entry = SubscriptionEntry(
        Language(rawValue: choices.language) ?? language, kinds: choices.kinds, components: choices.components,
        of: contract)
      entry.components = contract.components.filter(entry.components.contains)
      if entry.components.isEmpty, !choices.components.isEmpty { entry.problems = [.componentsGone] }
      return entry
    }

    /// All that there is, with what comes later, where nothing is left out.
    private func choices(_ entry: SubscriptionEntry) -> MailingChoices {
      MailingChoices(
        language: entry.language.rawValue, kinds: entry.kinds.count == NoticeKind.allCases.count ? [] : entry.kinds,
        components: entry.components.count == contract.components.count ? [] : entry.components)
    }
  }
}

/// Which addresses strangers may have a mail sent to.
enum MailTarget {
  /// What mail servers of old take for a way to another server, for a file or for a program.
  private static let routes = Set("%!|/\\`{}$&*?#".utf8)

  /// Tighter than ``MailingTerms/isAddress(_:)``: its domain has a dot, and letters at its end.
  static func isAddress(_ text: String) -> Bool {
    guard MailingTerms.isAddress(text), !text.utf8.contains(where: routes.contains),
      let domain = text.split(separator: "@").last, domain.contains(".")
    else { return false }
    return domain.split(separator: ".").last?.utf8.contains { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A } ?? false
  }
}
