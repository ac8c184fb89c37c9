import CivilTime
import Files
import Foundation
import Logging
import NIOCore
import NIOPosix
import Planning
import Publication
import Register
import Synchronization
import TestSupport
import Testing

@testable import Server

/// Forms by which clients subscribe themselves, without a socket; what the running server does with them: subscribe.py.
@Suite struct SubscriptionTests {
  static let service = Published.service

  final class Switch: Sendable { let state = Mutex(true) }
  final class Lines: Sendable { let all = Mutex<[String]>([]) }

  /// A desk whose sendmail is a script that keeps what it is given, for one contract that is open.
  final class Counter: Sendable {
    let published: Published
    let folder: TemporaryFolder
    let desk: SubscriptionDesk
    let isOpen = Switch()
    let lines = Lines()
    private let threads = NIOThreadPool(numberOfThreads: 1)

    init(pace: Duration = .zero) throws {
      let (published, folder) = (try Published(), try TemporaryFolder())
      (self.published, self.folder) = (published, folder)
      let program = folder.path("sendmail")
      try Data("#!/bin/sh\ncat > '\(folder.path("mail")).'$$\n".utf8).write(to: URL(filePath: program))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
      let isOpen = isOpen
      desk = SubscriptionDesk(
        register: published.register, identity: "5eed", isSimulation: false, sendmail: Sendmail(path: program),
        contract: { service in
          guard service == SubscriptionTests.service else { return nil }
          var contract = published.contract.contract
          contract.takesSubscriptions = isOpen.state.withLock { $0 }
          return contract
        }, folder: { "https://x.example/\($0.service)" }, pace: pace)
      threads.start()
    }

    deinit { threads.shutdownGracefully { _ in } }

    func answer(
      _ method: SubscriptionDesk.Call.Method, _ path: String, _ form: String = "", site: String? = nil,
      origin: String? = nil
    ) async -> SubscriptionDesk.Answer? {
      let call = SubscriptionDesk.Call(
        method: method, path: path, mediaType: FormBody.mediaType, site: site, origin: origin,
        body: Array(form.utf8))
      let log = Logger(label: "test") { label in
        JSONLogHandler(label: label, sink: { [lines] line in lines.all.withLock { $0.append(line) } })
      }
      return await desk.answer(call, on: threads, log)
    }

    func ask(_ address: String, in folder: String = "") async -> SubscriptionDesk.Answer? {
      let components = published.contract.contract.components.map { "&component=\($0)" }
      let all = NoticeKind.allCases.map { "&kind=\($0.rawValue)" } + components
      return await answer(
        .post, "/\(SubscriptionTests.service)/\(folder)subscribe.html", "address=\(address)\(all.joined())")
    }

    /// Mails that were handed over since.
    func mails() throws -> [String] {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("")).filter { $0.hasPrefix("mail.") }
      return try names.map { name in
        defer { try? FileManager.default.removeItem(atPath: folder.path(name)) }
        return NoticeText.text(of: Array(try Data(contentsOf: URL(filePath: folder.path(name))))) ?? ""
      }
    }
  }

  /// The path in a mail.
  private static func path(_ mail: String) throws -> String {
    String(try #require(mail.firstMatch(of: #/https:\/\/x\.example(\/\S+)/#)?.output.1))
  }

  @Test func `Known, unknown and exhausted addresses get the same answer`() async throws {
    let counter = try Counter()
    try counter.published.register.createMailing(
      address: "known@example.org", language: "fr", service: Self.service, actor: "root")
    let answers = [
      await counter.ask("known@example.org"), await counter.ask("new@example.org"),
      await counter.ask("new@example.org"),
      await counter.ask("NEW%2Btag@example.org"), await counter.ask("new@example.org"),
    ]
    #expect(Set(answers).count == 1 && answers[0]?.status == 200)
    let mails = try counter.mails()
    #expect(mails.count == 4)
    #expect(mails.filter { $0.contains("Elle les reçoit déjà") }.count == 1)
    #expect(try counter.published.register.mailings().count == 1)
    #expect(!counter.lines.all.withLock { $0 }.joined().contains("example.org"))
  }

  @Test func `A mail confirms for its service and with its button alone, until 48 hours have passed`() async throws {
    let counter = try Counter()
    _ = await counter.ask("ada@example.org", in: "en/")
    let mail = try #require(try counter.mails().first)
    #expect(mail.contains("until Wednesday 4 November 2026 at 10:00 (Paris time)"))
    let path = try Self.path(mail)
    #expect(path.hasPrefix("/\(Self.service)/en/subscription/"))
    #expect(await counter.answer(.read, path)?.status == 200)
    #expect(await counter.answer(.post, path, "act=look")?.status == 400)
    #expect(await counter.answer(.post, path, "act=confirm", site: "cross-site")?.status == 403)
    #expect(try counter.published.register.mailings().isEmpty)
    let asked = counter.published.now
    counter.published.now = asked + .hours(48)
    #expect(await counter.answer(.read, path)?.status == 410)
    #expect(await counter.answer(.post, path, "act=confirm")?.status == 410)
    counter.published.now = asked + .hours(48) - Elapsed(seconds: 1)
    #expect(await counter.answer(.post, path, "act=confirm", site: "same-origin")?.status == 200)
    #expect(try counter.published.register.mailings().map(\.language) == ["en"])
    counter.published.now = asked + .hours(48)
    #expect(await counter.answer(.post, path, "act=confirm")?.status == 410, "it leads nowhere after its time")
  }

  @Test func `A form of another site is refused also where a browser says its origin alone`() async throws {
    let counter = try Counter()
    _ = await counter.ask("ada@example.org")
    let path = try Self.path(try #require(try counter.mails().first))
    #expect(await counter.answer(.post, path, "act=confirm", origin: "https://evil.example")?.status == 403)
    #expect(await counter.answer(.post, path, "act=confirm", origin: "https://X.example")?.status == 200)
  }

  @Test func `Choices are changed ten times, and then once in ten minutes`() async throws {
    let counter = try Counter()
    try counter.published.register.createMailing(
      address: "ada@example.org", language: "fr", service: Self.service, actor: "root")
    let token = try #require(try counter.published.register.mailings().first?.choiceToken)
    let all = "&kind=cancelled" + counter.published.contract.contract.components.map { "&component=\($0)" }.joined()
    var answers: [Int] = []
    for number in 0..<12 {
      let form = "act=save&language=\(number % 2 == 0 ? "en" : "fr")\(all)"
      answers.append(await counter.answer(.post, "/\(Self.service)/subscription/\(token)", form)?.status ?? 0)
    }
    #expect(answers == Array(repeating: 200, count: 10) + [429, 200], "what changes nothing is no change")
    #expect(await counter.answer(.post, "/\(Self.service)/subscription/\(token)", "act=leave")?.status == 200)
  }

  @Test func `Components that are gone are chosen anew, and are not taken for all`() async throws {
    let counter = try Counter()
    let register = counter.published.register
    let request = SubscriptionRequest(
      address: "ada@example.org", service: Self.service,
      choices: MailingChoices(language: "fr", kinds: [], components: ["lost"]), askedAt: counter.published.now)
    let path = "/\(Self.service)/subscription/\(try register.sealed(request))"
    #expect(await counter.answer(.read, path)?.status == 410)
    #expect(await counter.answer(.post, path, "act=confirm")?.status == 410)
    #expect(try register.mailings().isEmpty)
  }

  @Test func `A contract that is closed has neither form nor pages, and the way out stays`() async throws {
    let counter = try Counter()
    _ = await counter.ask("ada@example.org")
    let path = try Self.path(try #require(try counter.mails().first))
    counter.isOpen.state.withLock { $0 = false }
    #expect(await counter.ask("bob@example.org")?.status == 404)
    #expect(await counter.answer(.read, path)?.status == 404)
    #expect(await counter.answer(.post, path, "act=confirm")?.status == 404)
    #expect(await counter.answer(.read, "/\(Self.service)/subscribe.html") == nil)
    #expect(await counter.answer(.post, "/other/subscribe.html", "address=a@x.org") == nil)
    #expect(try counter.published.register.mailings().isEmpty)
  }

  @Test(arguments: [
    ("/svc/subscribe.html", "svc", "french", "form"), ("/svc/en/subscribe.html", "svc", "english", "form"),
    ("/svc/subscription/12-abcdefghijklmnopqrstuvwxyz234567", "svc", "french", "choices"),
    ("/svc/en/subscription/" + String(repeating: "ab", count: 48), "svc", "english", "confirmation"),
  ])
  func `Paths of subscriptions are told by their form`(path: String, service: String, language: String, place: String) {
    let found = SubscriptionPath(path)
    #expect(found?.service == service && found.map { "\($0.language)" } == language)
    #expect(found.map { "\($0.place)".hasPrefix(place) } == true)
  }

  @Test(arguments: [
    "", "/", "/subscribe.html", "//subscribe.html", "/svc/subscribe.html/", "/svc/de/subscribe.html",
    "/svc/en/x/subscribe.html", "/svc/subscription/", "/svc/subscription/12-abc", "/svc/subscription/short",
    "/svc/subscription/12-abcdefghijklmnopqrstuvwxyz23456!", "/svc/subscription/x/y", "svc/subscribe.html",
  ])
  func `Other paths are none`(path: String) { #expect(SubscriptionPath(path) == nil) }

  @Test func `A form is read strictly`() {
    let known: Set = ["a", "b"]
    func read(_ text: String) -> FormBody? { FormBody(Array(text.utf8), known: known) }
    #expect(read("a=1&b=2&b=3")?.all("b") == ["2", "3"])
    #expect(read("a=x+y%C3%A9%26")?.one("a") == "x yé&")
    #expect(read("a=")?.one("a") == "")
    #expect(read("a=1&a=2")?.one("a") == nil)
    for wrong in ["a", "c=1", "a=%", "a=%zz", "a=%ff", "a=1&b", "%=1"] { #expect(read(wrong) == nil, "\(wrong)") }
    #expect(FormBody([0x61, 0x3D, 0xFF], known: known) == nil)
    #expect(read("a=" + String(repeating: "x", count: FormBody.longest)) == nil)
    for (type, isForm) in [
      ("application/x-www-form-urlencoded", true), ("Application/X-WWW-Form-Urlencoded; charset=UTF-8", true),
      ("application/x-www-form-urlencoded; charset=latin1", false), ("text/plain", false), ("", false),
    ] { #expect(FormRequest.isForm(type) == isForm, "\(type)") }
  }

  @Test func `Forms of one address are held off with a page, calls of another go on`() throws {
    var limits = ConnectionLimits()
    (limits.formBurst, limits.formRate, limits.trustedProxies) = (2, 1.0 / 60, ["192.0.2.1"])
    let post = "POST /svc/en/subscribe.html?x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nX-Forwarded-For: "
    let shared = FrontDoorShared(limits: limits, snapshot: try Snapshot(Published()), metrics: Metrics())
    func statuses(from client: String, _ count: Int, _ head: String = post) throws -> String {
      try (0..<count).map { _ in
        let door = try Door(shared)
        door.send(head + "\(client)\r\n\r\n")
        if !door.forwarded.isEmpty { door.answer("ok") }
        return door.received
      }.joined()
    }
    let held = try statuses(from: "198.51.100.7", 4)
    #expect(ServerTests.statuses(held) == [200, 200, 429, 429])
    #expect(held.contains("retry-after: 60") && held.contains("<h1>Too many attempts</h1>"))
    #expect(held.contains("default-src 'none'"))
    #expect(ServerTests.statuses(try statuses(from: "198.51.100.8", 2)) == [200, 200])
    // Others of the same client, and the pages behind mails, are not counted with them.
    let leave = post.replacing("/svc/en/subscribe.html?x", with: "/svc/subscription/1-abcdefghijklmnopqrstuvwxyz234567")
    #expect(ServerTests.statuses(try statuses(from: "198.51.100.7", 3, leave)) == [200, 200, 200])
  }

  @Test func `What mails lead to stands in no log`() {
    for token in [
      "12-abcdefghijklmnopqrstuvwxyz234567", String(repeating: "q7", count: 99), "12-short",
      String(repeating: "a", count: 90),
    ] {
      let path = "/svc/en/subscription/\(token)"
      #expect(LoggedPath.of(path).hasSuffix("/subscription/…"))
    }
  }

  @Test(arguments: [
    ("ada@example.org", true), ("a.b-c_d+e=f'g@sub.example.org", true), ("A@EXAMPLE.ORG", true),
    ("a@xn--socit-esab.fr", true), ("a@example", false), ("a@1.2.3.4", false), ("a%b@example.org", false),
    ("a!b@example.org", false), ("a/b@example.org", false), ("|a@example.org", false), ("-a@example.org", false),
    ("a@é.fr", false), ("é@example.org", false), ("\"a b\"@example.org", false), ("a@example.org\n", false),
    ("a@example.org,b@example.org", false), ("", false),
  ])
  func `Only plain addresses are written to`(address: String, isTaken: Bool) {
    #expect(MailTarget.isAddress(address) == isTaken)
  }
}
