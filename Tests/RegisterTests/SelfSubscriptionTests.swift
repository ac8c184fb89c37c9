import CivilTime
import JSONText
import Planning
import TestSupport
import Testing

@testable import Register

/// Subscriptions that readers make themselves: what their mails confirm, what they may change, and what an old mail does.
@Suite struct SelfSubscriptionTests {
  static let service = OutboxTests.service
  static let all = MailingChoices(language: "fr", kinds: [], components: [])

  private static func request(
    _ workshop: Workshop, _ address: String = "ada@example.org", _ choices: MailingChoices = all
  ) -> SubscriptionRequest {
    SubscriptionRequest(address: address, service: service, choices: choices, askedAt: workshop.register.now)
  }

  /// As somebody does who has the mail.
  private static func follow(_ token: String, _ workshop: Workshop) throws -> Register.Confirmation? {
    try workshop.register.subscriptionRequest(token, service: service).map { try workshop.register.confirm($0) }
  }

  @Test func `Base 32 gives back what it was made of, in one way`() throws {
    // Source: RFC 4648, section 10, in small letters and without padding.
    let vectors = [
      "": "", "f": "my", "fo": "mzxq", "foo": "mzxw6", "foob": "mzxw6yq", "fooba": "mzxw6ytb", "foobar": "mzxw6ytboi",
    ]
    for (plain, text) in vectors {
      #expect(Base32.text(Array(plain.utf8)) == text)
      #expect(Base32.octets(text) == Array(plain.utf8))
      #expect(Base32.octets(text.uppercased()) == Array(plain.utf8))
    }
    for wrong in ["a", "mz", "mzxw6z", "mzxw6y1b", "mzxw6ytb=", "mzxq=", "é", "my "] {
      #expect(Base32.octets(wrong) == nil, "\(wrong)")
    }
  }

  @Test func `A token says what was asked for to its register and service alone, and shows no address`() throws {
    let workshop = try Workshop(.memory)
    let choices = MailingChoices(language: "en", kinds: [.cancelled, .update], components: ["flux"])
    let request = Self.request(workshop, "Ada.O'Neil+x@example.org", choices)
    let token = try workshop.register.sealed(request)
    #expect(SubscriptionRequest.mayBe(token))
    #expect(try workshop.register.subscriptionRequest(token, service: Self.service) == request)
    #expect(try workshop.register.subscriptionRequest(token.uppercased(), service: Self.service) == request)
    #expect(try workshop.register.subscriptionRequest(token, service: "other") == nil)
    #expect(try Workshop(.memory).register.subscriptionRequest(token, service: Self.service) == nil)
    let other = try Workshop(.memory)
    _ = try other.register.sealed(request)
    #expect(try other.register.subscriptionRequest(token, service: Self.service) == nil)
    // The same request twice gives two tokens: nobody who sees one can tell whose it is by trying addresses.
    #expect(try workshop.register.sealed(request) != token)
  }

  @Test func `A token that is changed in any place is none`() throws {
    let workshop = try Workshop(.memory)
    let token = try workshop.register.sealed(Self.request(workshop))
    let letters = Array(token)
    for index in letters.indices {
      var changed = letters
      changed[index] = letters[index] == "a" ? "b" : "a"
      #expect(try workshop.register.subscriptionRequest(String(changed), service: Self.service) == nil, "\(index)")
    }
    let others = [
      String(token.dropLast()), token + "a", String(token.dropFirst(8)), "", String(repeating: "a", count: 200),
    ]
    for wrong in others {
      #expect(try workshop.register.subscriptionRequest(wrong, service: Self.service) == nil)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `What is asked leaves no event but that of the key; what is confirmed leaves digests`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let before = try workshop.events().count
    let token = try workshop.register.sealed(Self.request(workshop))
    _ = try workshop.register.sealed(Self.request(workshop, "bob@example.org"))
    let asked = try workshop.events()
    #expect(asked.count == before + 1)
    #expect(asked.last?.type == "subscription-key-created")
    #expect(try workshop.register.mailings().isEmpty)

    let found = try Self.follow(token, workshop)
    let mailing = try #require(try workshop.register.mailings().first)
    #expect(found == .subscribed(mailing))
    #expect((mailing.address, mailing.createdBy, mailing.content.origin) == ("ada@example.org", "client", .portal))
    #expect(mailing.content.choices == Self.all)
    let secret = try #require(
      try workshop.register.store.read { try $0.grants(SubscriptionKeyContent.self) }.first?.secret?.text)
    for event in try workshop.events() {
      #expect(!event.body.contains("ada@") && !event.body.contains(secret) && !event.body.contains(token))
    }
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `A confirmation counts until 48 hours have passed, and not at that moment`(kind: StoreKind) throws {
    for (seconds, isTaken) in [(0, true), (172_799, true), (172_800, false), (172_801, false)] {
      let workshop = try Workshop(kind)
      let token = try workshop.register.sealed(Self.request(workshop))
      workshop.clock.now = workshop.clock.now + Elapsed(seconds: Int64(seconds))
      let found = try Self.follow(token, workshop)
      #expect((found == .tooLate) == !isTaken, "\(seconds)")
      #expect(try workshop.register.mailings().count == (isTaken ? 1 : 0))
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `Confirmed twice, or by two mails, an address has one mailing`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let some = MailingChoices(language: "en", kinds: [.cancelled], components: [])
    let first = try workshop.register.sealed(Self.request(workshop))
    let second = try workshop.register.sealed(Self.request(workshop, "ADA@example.org", some))
    let made = try Self.follow(first, workshop)
    #expect(try Self.follow(first, workshop) == made)
    #expect(try Self.follow(second, workshop) == made)
    // After its time an old mail says nothing of anybody, and leads nowhere.
    workshop.clock.now = workshop.clock.now + .hours(72)
    #expect(try Self.follow(first, workshop) == .tooLate)
    #expect(try workshop.register.mailings().count == 1)
    #expect(try workshop.register.mailings().first?.content.choices == Self.all)
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `An old mail brings nobody back who left, bounced or was taken off; a new one does`(kind: StoreKind) throws {
    for end in ["left", "bounced", "revoked"] {
      let workshop = try Workshop(kind)
      let register = workshop.register
      let (used, unused) = (
        try register.sealed(Self.request(workshop)), try register.sealed(Self.request(workshop))
      )
      workshop.clock.now = workshop.clock.now + .hours(1)
      guard case .subscribed(let mailing)? = try Self.follow(used, workshop) else {
        Issue.record("not subscribed")
        return
      }
      workshop.clock.now = workshop.clock.now + .hours(1)
      switch end {
      case "left": try register.leaveMailing(try #require(mailing.leaveToken))
      case "bounced": _ = try register.recordBounces([MailBounce(addresses: ["ada@example.org"])], actor: "root")
      default: try register.revoke(Mailing.self, mailing.id, actor: "root")
      }
      #expect(try Self.follow(used, workshop) == .overtaken, "\(end)")
      #expect(try Self.follow(unused, workshop) == .overtaken, "\(end)")
      // Another address is not concerned, nor the same one of another service.
      #expect(try Self.follow(register.sealed(Self.request(workshop, "bob@example.org")), workshop) != .overtaken)
      workshop.clock.now = workshop.clock.now + .minutes(1)
      let again = try Self.follow(register.sealed(Self.request(workshop)), workshop)
      guard case .subscribed(let second)? = again else {
        Issue.record("\(end): did not come back")
        return
      }
      #expect(second.id != mailing.id)
      let hers = try register.mailings().filter { $0.address == "ada@example.org" && !$0.isRevoked }
      #expect(hers.map(\.id) == [second.id])
      #expect(try workshop.verify().problems == [])
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `Who has a mailing of the operator keeps it as it is`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let made = try workshop.register.createMailing(
      address: "Ada@Example.org", language: "en", service: Self.service, kinds: [.completed], actor: "root"
    ).record
    #expect(try workshop.register.mailing(to: "ada@example.ORG", service: Self.service)?.id == made.id)
    #expect(try workshop.register.mailing(to: "ada@example.org", service: "other") == nil)
    let token = try workshop.register.sealed(Self.request(workshop))
    #expect(try Self.follow(token, workshop) == .subscribed(made))
    #expect(try workshop.register.mailings().map(\.content.choices) == [made.content.choices])
  }

  @Test(arguments: StoreKind.allCases)
  func `Choices are changed by the address of that one mailing alone, and each change is one event`(kind: StoreKind)
    throws
  {
    let workshop = try Workshop(kind)
    let register = workshop.register
    _ = try Self.follow(register.sealed(Self.request(workshop)), workshop)
    _ = try Self.follow(register.sealed(Self.request(workshop, "bob@example.org")), workshop)
    let (ada, bob) = (try register.mailings()[0], try register.mailings()[1])
    let token = try #require(ada.choiceToken)
    #expect(token != ada.leaveToken)
    let other = try #require(bob.choiceToken)
    let swapped = "\(ada.id.number)-" + other.split(separator: "-")[1]
    for wrong in [try #require(ada.leaveToken), swapped, "1-", "", "3-" + token.split(separator: "-")[1]] {
      #expect(try register.mailing(choosing: wrong) == nil)
      #expect(try register.changeMailing(wrong, to: Self.all) == nil)
    }
    // The way to the choices is no way out by itself.
    try register.leaveMailing(token)
    #expect(try register.mailings().allSatisfy { !$0.isRevoked })

    let before = try workshop.events().count
    let choices = MailingChoices(language: "en", kinds: [.announcement, .cancelled], components: ["flux"])
    #expect(try register.changeMailing(token, to: choices)?.content.choices == choices)
    #expect(try register.changeMailing(token, to: choices)?.content.choices == choices)
    let events = try workshop.events()
    #expect(events.count == before + 1)
    let event = try #require(events.last)
    #expect(event.type == "mailing-changed" && event.body.contains(#""actor":"client""#))
    #expect(event.stream == ada.id.description)
    #expect(try register.mailings().map(\.content.choices) == [choices, Self.all])
    #expect(try workshop.verify().problems == [])

    try register.leaveMailing(try #require(ada.leaveToken))
    #expect(try register.mailing(choosing: token) == nil)
    #expect(try register.changeMailing(token, to: Self.all) == nil)
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `Reminders follow what its reader takes, there and back`(kind: StoreKind) throws {
    let workshop = try Workshop(kind, reminders: [.hours(48)])
    let register = workshop.register
    var content = workshop.content("2026-12-06T01:00:00Z")
    content.components = ["application"]
    _ = try workshop.execute(.submit(content))
    _ = try Self.follow(register.sealed(Self.request(workshop)), workshop)
    let token = try #require(try register.mailings().first?.choiceToken)
    func reminders() throws -> [OutboxRow.State] {
      try register.deliveries().filter(\.isReminder).map(\.state)
    }
    #expect(try reminders() == [.pending])
    func choose(_ kinds: [NoticeKind], _ components: [String]) throws {
      _ = try register.changeMailing(
        token, to: MailingChoices(language: "fr", kinds: kinds, components: components))
      #expect(try workshop.verify().problems == [])
    }
    try choose([], ["flux"])
    #expect(try reminders() == [.void])
    try choose([.reminder], ["application"])
    #expect(try reminders() == [.pending])
    try choose([.announcement], [])
    #expect(try reminders() == [.void])
    try choose([], [])
    #expect(try reminders() == [.pending])
    // Another language leaves all as it is.
    _ = try register.changeMailing(token, to: MailingChoices(language: "en", kinds: [], components: []))
    #expect(try reminders() == [.pending])
    try choose([.started], [])
    // What is planned meanwhile is promised once it is wanted.
    _ = try workshop.execute(.submit(workshop.content("2026-12-13T01:00:00Z")))
    #expect(try reminders() == [.void])
    try choose([], [])
    #expect(try reminders() == [.pending, .pending])
    #expect(try workshop.verify().problems == [])
  }

  @Test func `A key whose secret is lost ends, and another takes its place`() throws {
    let workshop = try Workshop(.memory)
    let old = try workshop.register.sealed(Self.request(workshop))
    try workshop.register.store.write { store in
      for var key in try store.grants(SubscriptionKeyContent.self) {
        key.unlogged = .init()
        try store.put(key)
      }
    }
    let new = try workshop.register.sealed(Self.request(workshop))
    #expect(try workshop.register.subscriptionRequest(old, service: Self.service) == nil)
    #expect(try workshop.register.subscriptionRequest(new, service: Self.service) != nil)
    let keys = try workshop.register.store.read { try $0.grants(SubscriptionKeyContent.self) }
    #expect(keys.map(\.isRevoked) == [true, false])
  }
}
