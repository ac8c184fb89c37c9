import CivilTime
import Planning
import Publication
import Register
import TestSupport
import Testing
import Wording

/// Feeds at addresses that only one client knows.
@Suite struct PrivateFeedTests {
  static let service = "profession-liberale"

  @discardableResult
  static func create(
    _ client: String = "Cabinet Martin", _ parts: [PrivateFeed.Part] = [PrivateFeed.Part(service)],
    in workshop: Workshop
  ) throws -> (record: PrivateFeed, secret: FeedSecret) {
    try workshop.register.createPrivateFeed(client: client, parts: parts, language: "fr", actor: "root") { _ in
      workshop.contract
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `A private feed is a stream of its own in the one log, without its address`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let part = PrivateFeed.Part(Self.service, components: ["flux", "application"])
    let (feed, secret) = try Self.create(parts: [part], in: workshop)
    #expect(feed.id.description == "PFD-0001")
    // In the order of the contract file.
    #expect(feed.parts == [PrivateFeed.Part(Self.service, components: ["application", "flux"])])
    #expect(feed.language == "fr")
    #expect(try workshop.register.privateFeed(at: secret.text) == feed)
    let second = try Self.create("Other", in: workshop)
    workshop.clock.now = utc("2026-11-02T10:00:00Z")
    let (revoked, isNew) = try workshop.register.revoke(PrivateFeed.self, second.record.id, actor: "ada")
    #expect(isNew)
    #expect(revoked.revokedAt == workshop.clock.now)
    #expect(try workshop.register.privateFeed(at: second.secret.text) == nil)
    #expect(try !workshop.register.revoke(PrivateFeed.self, second.record.id, actor: "bob").isNew)
    let events = try workshop.events()
    #expect(
      events.map(\.type) == [
        "register-created", "private-feed-created", "private-feed-created", "private-feed-revoked",
      ])
    #expect(!events.contains { $0.body.contains(secret.text) })
    #expect(try workshop.register.privateFeeds() == [feed, revoked])
    let result = try workshop.verify()
    #expect(result.problems == [])
    #expect(result.privateFeeds == 2)
  }

  @Test func `An address has 160 random bits and no two are the same`() {
    let texts = Set((0..<2000).map { _ in FeedSecret.random().text })
    #expect(texts.count == 2000)
    let alphabet = Set("abcdefghijklmnopqrstuvwxyz234567".utf8)
    #expect(texts.allSatisfy { $0.utf8.count * 5 == 160 && $0.utf8.allSatisfy(alphabet.contains) })
    #expect(Set(texts.joined().utf8) == alphabet)
  }

  @Test(arguments: StoreKind.allCases)
  func `Nothing but the address finds a feed`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let (feed, secret) = try Self.create(in: workshop)
    #expect(try workshop.register.privateFeed(at: secret.text.uppercased()) == feed)
    var other = secret.text
    other.removeLast()
    for text in TokenSecretTests.hostile + [
      other, other + "1", secret.text + "a", feed.digest, FeedSecret.random().text,
    ] {
      #expect(try workshop.register.privateFeed(at: text) == nil, "\(text)")
    }
  }

  @Test func `What cannot be told apart or does not exist is refused`() throws {
    let workshop = try Workshop(.memory)
    let components = workshop.contract.contract.components
    #expect(throws: AccessError.unknownComponent("nope", known: components)) {
      try Self.create(parts: [PrivateFeed.Part(Self.service, components: ["nope"])], in: workshop)
    }
    #expect(throws: AccessError.serviceTwice(Self.service)) {
      try Self.create(parts: [PrivateFeed.Part(Self.service), PrivateFeed.Part(Self.service)], in: workshop)
    }
    #expect(throws: AccessError.noService) {
      try Self.create(parts: (0...100).map { PrivateFeed.Part("s\($0)") }, in: workshop)
    }
    for client in ["", " ", "a\r\nb", "a\u{202E}b"] {
      #expect(throws: AccessError.self) { try Self.create(client, in: workshop) }
    }
    let missing = PrivateFeedID(number: 1)
    #expect(throws: AccessError.unknownPrivateFeed(missing)) {
      try workshop.register.revoke(PrivateFeed.self, missing, actor: nil)
    }
    #expect(try workshop.types() == ["register-created"])
  }

  // MARK: What lies at the address

  @Test func `A path is read as it is written, at the root or below a service, and nothing else is one`() throws {
    let secret = FeedSecret.random()
    for file in PrivateFeedFile.all {
      let path = file.path(secret)
      for written in [path, "/" + path, "profession-liberale/" + path, "/profession-liberale/" + path] {
        let read = try #require(PrivateFeedFile.read(path: written))
        #expect(read.secret == secret)
        #expect(read.file == file)
      }
    }
    #expect(PrivateFeedFile.maintenance(.french).path(secret) == "private/\(secret.text)/maintenance.fr.ics")
    #expect(PrivateFeedFile.maintnote.path(secret) == "private/\(secret.text)/maintnote.ics")
    for path in [
      "", "/", "private", "private/\(secret.text)", "private/\(secret.text)/", "private/\(secret.text)/index.html",
      "private//maintnote.ics", "private/x/maintnote.ics", "/private/\(secret.text)/maintnote.ics/",
      "a/b/private/\(secret.text)/maintnote.ics", "//private/\(secret.text)/../maintnote.ics",
      "private/\(secret.text)/maintenance.de.ics", "clients/\(secret.text)/maintnote.ics",
    ] {
      #expect(PrivateFeedFile.read(path: path) == nil, "\(path)")
    }
  }

  @Test func `A private feed shows what its client takes and nothing else`() throws {
    let workshop = try Workshop(.memory)
    let contract = workshop.contract.contract
    var flux = workshop.content("2026-12-06T01:00:00Z", title: "Work on flux")
    flux.components = ["flux"]
    var administration = workshop.content("2026-12-13T01:00:00Z", title: "Work on administration")
    administration.components = ["administration"]
    let whole = workshop.content("2026-12-20T01:00:00Z", title: "Work on all")
    for content in [flux, administration, whole] { _ = try workshop.execute(.submit(content)) }
    let part = PrivateFeed.Part(Self.service, components: ["flux"])
    let feed = try Self.create(parts: [part], in: workshop).record
    let scope = try #require(FeedScope(feed, of: [contract]))
    var bytes: [UInt8] = []
    try StandardFeed(
      scope, fragment: EventFragment(identity: "5eed", isSimulation: false), language: .english
    ).write(from: workshop.register) { bytes += $0 }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("Work on flux"))
    #expect(text.contains("Work on all"))
    #expect(!text.contains("administration"))
    #expect(text.contains("Cabinet Martin"))
  }

  @Test func `Without services the contracts say what a client takes, and none may be left`() throws {
    let workshop = try Workshop(.memory)
    var contract = workshop.contract.contract
    let byContract = try Self.create(parts: [], in: workshop).record
    #expect(FeedScope(byContract, of: [contract]) == nil)
    contract.clients = [Contract.Client(name: "Cabinet Martin", components: ["flux"])]
    #expect(try #require(FeedScope(byContract, of: [contract])).parts.map(\.components) == [["flux"]])
    let named = try Self.create(in: workshop).record
    #expect(FeedScope(named, of: []) == nil)
    #expect(FeedScope(named, of: [contract])?.client == "Cabinet Martin")
  }

  private static func create(parts: [PrivateFeed.Part], in workshop: Workshop) throws -> (
    record: PrivateFeed, secret: FeedSecret
  ) { try create("Cabinet Martin", parts, in: workshop) }
}
