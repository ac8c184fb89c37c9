import CivilTime
package import JSONText
package import Planning

/// A mail address that gets the notices of a service.
package typealias Mailing = Grant<MailingContent>

package struct MailingContent: GrantContent {
  package typealias Kind = MailingKind

  package var address: LoggedAddress?
  /// `fr`, `en`.
  package var language: String
  package var service: String
  /// Empty for all.
  package var kinds: [NoticeKind]
  /// Only what touches one of these; empty for all.
  package var components: [String] = []
  package var origin = Origin.staff
  package var ending: GrantEnding?

  /// Who had the notices sent there.
  package enum Origin: String, CaseIterable, Hashable, Sendable {
    case staff
    /// The reader, on the portal, who confirmed it by a mail to the address.
    case portal
  }

  package static let word = "mailing"
  package static let states: [GrantState] = [.active, .revoked, .left, .bounced]
  package static func unknown(_ id: MailingID) -> any Error { SubscriptionError.unknownMailing(id) }

  package var json: JSON {
    .members([
      "address": address?.plain.map { .string($0) }, "address_digest": address?.digest.map { .string($0) },
      "language": .string(language), "service": .string(service),
      "kinds": .array(kinds.map { .string($0.rawValue) }),
      "components": components.isEmpty ? nil : .array(components.map { .string($0) }),
      "origin": origin == .staff ? nil : .string(origin.rawValue),
      "ending": ending.map { .string($0.state.rawValue) }, "status": status.map { .string($0) },
      "unreached": unreached.isEmpty ? nil : .array(unreached.map { .integer(Int64($0)) }),
    ])
  }

  package func ended(by ending: GrantEnding) -> MailingContent {
    var content = self
    content.ending = ending
    return content
  }

  package var choices: MailingChoices { .init(language: language, kinds: kinds, components: components) }

  package func changed(to choices: MailingChoices) -> MailingContent {
    var content = self
    (content.language, content.kinds, content.components) = (choices.language, choices.kinds, choices.components)
    return content
  }

  package func takesTheSame(as other: MailingContent) -> Bool { kinds == other.kinds && components == other.components }

  private var status: String? { if case .bounced(let status, _)? = ending { status } else { nil } }

  /// Events that say of a notice that it was published by mail, which did not reach this address.
  package var unreached: [Int] { if case .bounced(_, let unreached)? = ending { unreached } else { [] } }
}

extension MailingContent {
  package init(json: JSON) throws {
    self.init(
      address: try json.address("address"), language: try json.required("language"),
      service: try json.required("service"), kinds: try json.words("kinds"))
    if json["components"] != nil { components = try json.texts("components") }
    if let text = try json.optional("origin") {
      guard let origin = Origin(rawValue: text) else { throw EventCodecError(member: "origin") }
      self.origin = origin
    }
    switch try json.optional("ending").map(GrantState.init(rawValue:)) {
    case nil: break
    case .left: ending = .left
    case .bounced:
      ending = .bounced(
        status: try json.optional("status"),
        unreached: (json["unreached"]?.array ?? []).compactMap { $0.integer.flatMap(Int.init(exactly:)) })
    default: throw EventCodecError(member: "ending")
    }
  }
}

extension MailingContent {
  package static let isSubscription = true

  /// Whoever was told of a change is told that it does not touch their component any more.
  package func takes(_ change: Change, after before: Change?) -> Bool {
    takes(NoticeKind.current(for: change), of: change) && (touches(change) || before.map(touches) ?? false)
  }

  package func takesReminders(of change: Change) -> Bool { takes(.reminder, of: change) && touches(change) }

  private func takes(_ kind: NoticeKind?, of change: Change) -> Bool {
    guard change.content.service == service, let kind else { return false }
    return kinds.isEmpty || kinds.contains(kind)
  }

  /// A change that names no component is one of the whole service.
  private func touches(_ change: Change) -> Bool {
    let named = change.content.components
    return components.isEmpty || named.isEmpty || named.contains(where: components.contains)
  }
}

extension Register {
  /// Records that an address gets notices from now on.
  @discardableResult
  package func createMailing(
    address: String, language: String, service: String, kinds: [NoticeKind] = [], components: [String] = [],
    idempotencyKey: String? = nil, actor: String?
  ) throws -> (record: Mailing, isNew: Bool) {
    let terms = MailingTerms(language: language, service: service, kinds: kinds, components: components)
    return try make(Register.mailing(to: address, terms, idempotencyKey: idempotencyKey, actor: actor))
  }

  static func mailing(
    to address: String, _ terms: MailingTerms, origin: MailingContent.Origin = .staff, idempotencyKey: String?,
    actor: String?
  ) throws -> GrantRequest<MailingContent> {
    guard MailingTerms.isAddress(address) else { throw SubscriptionError.notAMailAddress(address) }
    let (logged, salt) = LoggedAddress.sealed(address)
    return GrantRequest<MailingContent>(
      actor: actor, idempotencyKey: idempotencyKey, unlogged: .init(address: address, salt: salt),
      isSame: {
        $0.address == address && $0.language == terms.language && $0.service == terms.service
          && $0.kinds == terms.kinds && $0.components == terms.components
      },
      content: { _ in
        MailingContent(
          address: logged, language: terms.language, service: terms.service, kinds: terms.kinds,
          components: terms.components, origin: origin)
      })
  }

  /// Records mailings to all addresses of a list, in one transaction. Who has one of the service in force keeps it; who left
  /// by themselves, or whose mails came back, gets none by a list that may be old.
  package func importMailings(
    _ addresses: [String], _ terms: MailingTerms, actor: String?
  ) throws -> MailingImport {
    try writing { store in
      guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
      let now = try readClock(newest: newest)
      var sitting = Sitting(store)
      sitting.moment = now
      sitting.memory = BatchMemory(now: now)
      var states: [String: GrantState] = [:]
      for mailing in try store.mailings() where mailing.service == terms.service {
        guard let key = mailing.address.map(MailingTerms.key) else { continue }
        // The newest says what is so, but one in force is in force.
        if states[key] != .active { states[key] = mailing.state(at: now) }
      }
      var result = MailingImport()
      for address in addresses {
        let key = MailingTerms.key(address)
        switch states[key] {
        case .active where result.keys.contains(key): result.twice += 1
        case .active: result.existing += 1
        case .left: result.left += 1
        case .bounced: result.bounced += 1
        case nil, .revoked, .expired, .gone:
          let request = try Register.mailing(to: address, terms, idempotencyKey: nil, actor: actor)
          guard let made = try perform(request, in: sitting).after else { continue }
          result.made.append(made)
          states[key] = .active
        }
        result.keys.insert(key)
      }
      return result
    }
  }

  /// Ends the mailings to addresses whose mails came back for good, of every service, so that nothing more goes there.
  package func recordBounces(_ bounces: [MailBounce], actor: String?) throws -> BounceRecord {
    try writing { store in
      var mailings: [String: [Mailing]] = [:]
      for mailing in try store.mailings() {
        if let key = mailing.address.map(MailingTerms.key) { mailings[key, default: []].append(mailing) }
      }
      var record = BounceRecord()
      // One mailing may have lost several mails.
      var lost: [MailingID: [MailBounce]] = [:]
      for bounce in bounces {
        let known = bounce.addresses.lazy.compactMap { mailings[MailingTerms.key($0)] }.first ?? []
        if known.isEmpty { record.unknown += 1 }
        for mailing in known { lost[mailing.id, default: []].append(bounce) }
      }
      for (id, bounces) in lost.sorted(by: { $0.key.number < $1.key.number }) {
        guard let mailing: Mailing = try store.grant(id), !mailing.isRevoked else {
          record.before += 1
          continue
        }
        let rows = try unreached(id, bounces, in: store)
        let ending = GrantEnding.bounced(
          status: bounces.lazy.compactMap(\.status).first, unreached: rows.compactMap(\.recorded).sorted())
        let done = try perform(Ending(id: id, actor: actor, ending: ending), in: Sitting(store))
        // Not counted among those that were told, where that is not on record yet.
        for var row in rows where row.recorded == nil {
          (row.state, row.lastError, row.text) = (.dead, OutboxRow.bounced, nil)
          try store.put(row)
        }
        if let after = done.after { record.ended.append(after) }
      }
      return record
    }
  }

  /// The mails that came back, of those that were delivered: by their identifiers, or the newest where nobody says which.
  private func unreached(
    _ id: MailingID, _ bounces: [MailBounce], in store: any StoreReader
  ) throws -> [OutboxRow] {
    var filter = OutboxFilter()
    (filter.states, filter.subscription, filter.limit) = ([.delivered], id.description, .max)
    let rows = try store.outbox(filter)
    let named = try rows.filter { row in
      let stream = try store.event(row.event)?.stream ?? ""
      return bounces.contains { $0.tells(of: row, stream: stream) }
    }
    return named.isEmpty ? Array(rows.suffix(1)) : named
  }

  /// The mailing that an address in its mails ends; nil for any other text, without saying why.
  package func mailing(leaving token: String) throws -> Mailing? { try mailing(token, \.leaveToken) }

  /// Ends the mailing that `token` belongs to. What belongs to none, or to one that has ended, changes nothing.
  package func leaveMailing(_ token: String) throws {
    guard let mailing = try mailing(leaving: token), !mailing.isRevoked else { return }
    _ = try record(Ending(id: mailing.id, actor: nil, ending: .left))
  }
}

/// What mailings of one list have in common.
package struct MailingTerms: Hashable, Sendable {
  package let language: String
  package let service: String
  /// Empty for all.
  package let kinds: [NoticeKind]
  package let components: [String]

  package init(language: String, service: String, kinds: [NoticeKind], components: [String]) {
    self.language = language
    self.service = service
    self.kinds = NoticeKind.allCases.filter(kinds.contains)
    self.components = components
  }

  /// In the order of the contract. Throws for a component that it does not have.
  package static func components(_ names: [String], of contract: Contract) throws -> [String] {
    let known = contract.components
    if let stranger = names.first(where: { !known.contains($0) }) {
      throw AccessError.unknownComponent(stranger, known: known)
    }
    return known.filter(names.contains)
  }

  /// `sendmail` could take one that begins with a hyphen for a flag where it is repeated on a command line.
  package static func isAddress(_ text: String) -> Bool { MailAddress.isAddress(text) && !text.hasPrefix("-") }

  init(_ service: String, _ choices: MailingChoices) {
    self.init(
      language: choices.language, service: service, kinds: choices.kinds, components: choices.components)
  }

  /// What two ways to write one address have in common: nobody has two mailboxes that differ in their case alone.
  package static func key(_ address: String) -> String { address.lowercased() }
}

/// What came of a list of addresses.
package struct MailingImport: Hashable, Sendable {
  package var made: [Mailing] = []
  /// Addresses that have a mailing of the service in force.
  package var existing = 0
  /// That stand in the list more than once.
  package var twice = 0
  /// Whose readers left, and whose mails came back.
  package var left = 0
  package var bounced = 0
  fileprivate var keys: Set<String> = []
  package init() {}
}

/// A mail that could not be delivered, for good. Source: RFC 3464.
package struct MailBounce: Hashable, Sendable {
  /// As it was sent to, and as the last server knew it: the first that has a mailing is meant.
  package var addresses: [String]
  package var status: String?
  /// Of the mail that came back, without angle brackets.
  package var messageID: String?

  package init(addresses: [String], status: String? = nil, messageID: String? = nil) {
    self.addresses = addresses
    self.status = status
    self.messageID = messageID
  }

  /// Whether the mail of `row` is the one that came back. Identifiers are those of `NoticeMail`.
  fileprivate func tells(of row: OutboxRow, stream: String) -> Bool {
    guard let messageID, let revision = row.revision else { return false }
    let reminder = row.isReminder ? "reminder-\(row.lead.seconds)s." : ""
    return messageID.hasPrefix("\(stream).\(revision).\(reminder)")
      && (row.isReminder || !messageID.contains(".reminder-"))
  }
}

/// What came of mails that came back.
package struct BounceRecord: Hashable, Sendable {
  package var ended: [Mailing] = []
  /// Addresses without a mailing, and mailings that had ended before.
  package var unknown = 0
  package var before = 0
  package init() {}
}
