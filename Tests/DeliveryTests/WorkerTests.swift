import CivilTime
import JSONText
import Planning
import Register
import Server
import Synchronization
import Testing

/// Messages to a receiver on loopback: what they say, in which order, how often.
@Suite struct WorkerTests {
  @Test func `A message is signed, says what the event left, and says it once`() async throws {
    let post = try Post()
    let receiver = try await Receiver()
    let (hook, secret) = try post.hook(receiver.port, "/in?client=7")
    let id = try post.submit("2026-12-06T01:00:00Z")
    post.now = Post.utc("2026-11-02T09:30:00Z")
    let tally = try await post.worker().runOnce()
    #expect(tally.delivered == 1)
    #expect(try await post.worker().runOnce() == DeliveryWorker.Tally())
    let message = try #require(receiver.messages.first)
    #expect(receiver.messages.count == 1)
    #expect(message.method == "POST")
    #expect(message.path == "/in?client=7")
    #expect(message.headers["content-type"] == "application/json")
    let row = try #require(try post.register().deliveries().first)
    #expect(message.headers["webhook-id"] == row.id)
    let sent = Post.utc("2026-11-02T09:30:00Z").secondsSinceEpoch
    #expect(message.headers["webhook-timestamp"] == "\(sent)")
    #expect(
      message.headers["webhook-signature"] == secret.signature(id: row.id, timestamp: sent, body: message.body))
    let body = try JSON(parsing: message.text)
    #expect(body["type"]?.string == "change.planned")
    #expect(body["timestamp"]?.string == "2026-11-02T09:00:00Z")
    #expect(body["data"]?["notice"]?.string == "announcement")
    #expect(body["data"]?["change"]?["id"]?.string == id.description)
    #expect(body["data"]?["change"]?["start"]?.string == "2026-12-06T02:00:00+01:00")
    #expect(body["data"]?["change"]?["revision"] == 0)
    #expect(row.state == .delivered)
    #expect(row.subscription == hook.id.description)
  }

  @Test func `A reminder goes at its hour, says so, and is told of the plan as it stands`() async throws {
    let post = try Post(reminders: [.hours(48)])
    let receiver = try await Receiver()
    try post.hook(receiver.port)
    let id = try post.submit("2026-12-06T01:00:00Z")
    #expect(try await post.worker().runOnce().delivered == 1)
    var amendment = ChangeCommand.Amendment()
    amendment[.title] = .text("Migration")
    try post.perform(.amend(amendment, reason: "clearer"), on: id)
    #expect(try await post.worker().runOnce().delivered == 1)
    post.now = Post.utc("2026-12-04T01:00:00Z")
    #expect(try await post.worker().runOnce().delivered == 1)
    let body = try JSON(parsing: try #require(receiver.bodies.last))
    #expect(body["type"]?.string == "change.reminder")
    #expect(body["timestamp"]?.string == "2026-12-04T01:00:00Z")
    #expect(body["data"]?["notice"]?.string == "reminder")
    #expect(body["data"]?["lead_seconds"] == 172_800)
    #expect(body["data"]?["change"]?["title"]?.string == "Migration")
    #expect(body["data"]?["change"]?["revision"] == 1)
    #expect(try await post.worker().runOnce() == DeliveryWorker.Tally())
  }

  @Test func `A worker that was away tells what lapsed`() async throws {
    let post = try Post(reminders: [.hours(48)])
    let receiver = try await Receiver()
    try post.hook(receiver.port)
    try post.submit("2026-12-06T01:00:00Z")
    post.now = Post.utc("2026-12-06T01:00:00Z")
    let tally = try await post.worker().runOnce()
    #expect((tally.delivered, tally.lapsed) == (1, 1))
    #expect(Self.types(receiver) == ["change.planned"])
  }

  @Test func `A reschedule waits for its announcement, whose bytes stay, and nobody else waits`() async throws {
    let post = try Post()
    let slow = try await Receiver { _, count in .init(status: count == 0 ? 503 : 200, body: "later\u{1B}[31m") }
    let quick = try await Receiver()
    try post.hook(slow.port)
    try post.hook(quick.port)
    let id = try post.submit("2026-12-06T01:00:00Z")
    let first = try await post.worker().runOnce()
    #expect(first.delivered == 1)
    #expect(first.failed == 1)
    let other = Interval(start: Post.utc("2026-12-13T01:00:00Z"), length: .hours(2))
    try post.perform(.reschedule(interval: other, reason: "Vendor is late", alongside: []), on: id)
    _ = try await post.worker().runOnce()
    #expect(Self.types(slow) == ["change.planned"])
    #expect(Self.types(quick) == ["change.planned", "change.rescheduled"])
    let waiting = try post.register().deliveries().first { $0.subscription == "HOOK-0001" }
    #expect(waiting?.nextAttempt == post.now + Elapsed(seconds: 5))
    #expect(waiting?.lastError == "status 503: later [31m")
    post.now = post.now + Elapsed(seconds: 5)
    _ = try await post.worker().runOnce()
    #expect(Self.types(slow) == ["change.planned", "change.planned", "change.rescheduled"])
    #expect(slow.messages[0].body == slow.messages[1].body)
    #expect(slow.messages[0].headers["webhook-id"] == slow.messages[1].headers["webhook-id"])
    #expect(slow.messages[0].headers["webhook-signature"] != slow.messages[1].headers["webhook-signature"])
  }

  private static func types(_ receiver: Receiver) -> [String] {
    receiver.bodies.map { (try? JSON(parsing: $0))?["type"]?.string ?? "-" }
  }

  /// Lets `passing` writes through; every later one fails, as on a full disk, or in a process that is gone.
  final class BrokenStore: EventStore {
    let store: any EventStore
    let left: Mutex<Int>
    init(_ store: any EventStore, passing: Int) {
      self.store = store
      left = Mutex(passing)
    }
    func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
      let isPassing = left.withLock { left in
        left -= 1
        return left >= 0
      }
      guard isPassing else { throw RegisterError.diskFull("here") }
      return try store.write(body)
    }
    func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result { try store.read(body) }
    func scratch() throws -> any EventStore { try store.scratch() }
  }

  @Test func `What was sent but not marked goes again, with the same identifier`() async throws {
    let post = try Post()
    let receiver = try await Receiver()
    try post.hook(receiver.port)
    try post.submit("2026-12-06T01:00:00Z")
    let broken = BrokenStore(post.store, passing: 1)
    #expect(try await post.worker(on: broken).runOnce() == DeliveryWorker.Tally())
    #expect(receiver.messages.count == 1)
    // The claim has not run out: nobody else sends it meanwhile.
    #expect(try await post.worker().runOnce() == DeliveryWorker.Tally())
    post.now = post.now + .minutes(2)
    #expect(try await post.worker().runOnce().delivered == 1)
    #expect(receiver.messages.count == 2)
    #expect(Set(receiver.messages.map { $0.headers["webhook-id"] }).count == 1)
    #expect(Set(receiver.bodies).count == 1)
  }

  @Test func `A register that cannot be written is an error, and not a pass without messages`() async throws {
    let post = try Post()
    let receiver = try await Receiver()
    try post.hook(receiver.port)
    #expect(try await post.worker(on: BrokenStore(post.store, passing: 0)).runOnce() == DeliveryWorker.Tally())
    try post.submit("2026-12-06T01:00:00Z")
    await #expect(throws: RegisterError.diskFull("here")) {
      try await post.worker(on: BrokenStore(post.store, passing: 0)).runOnce()
    }
    #expect(receiver.messages.isEmpty)
  }

  @Test func `Two workers at once send nothing twice and nothing out of order`() async throws {
    let post = try Post()
    let receiver = try await Receiver()
    for number in 0..<12 { try post.hook(receiver.port, "/\(number)") }
    let days = ["2026-12-06", "2026-12-13", "2026-12-20", "2026-12-27"]
    for day in days { try post.submit("\(day)T01:00:00Z", title: day) }
    let workers = [post.worker(), post.worker()]
    let sums = try await withThrowingTaskGroup(of: Int.self) { group in
      for worker in workers { group.addTask { try await worker.runOnce().delivered } }
      return try await group.reduce(0, +)
    }
    // A worker that finds nothing free ends; what the other holds then follows in one more pass.
    let rest = try await post.worker().runOnce().delivered
    #expect(sums + rest == 48)
    #expect(receiver.messages.count == 48)
    #expect(Set(receiver.messages.map { $0.headers["webhook-id"] }).count == 48)
    for number in 0..<12 {
      let mine = receiver.messages.filter { $0.path == "/\(number)" }
      #expect(try mine.map { try JSON(parsing: $0.text)["data"]?["change"]?["title"]?.string } == days)
    }
  }

  @Test func `After ten attempts a message is given up, and the next one goes`() async throws {
    let post = try Post()
    let receiver = try await Receiver { message, _ in .init(status: message.text.contains("Doomed") ? 500 : 200) }
    try post.hook(receiver.port)
    try post.submit("2026-12-06T01:00:00Z", title: "Doomed")
    try post.submit("2026-12-13T01:00:00Z", title: "Fine")
    var moments: [Int64] = []
    for _ in 0..<10 {
      moments.append(post.now.secondsSinceEpoch)
      _ = try await post.worker().runOnce()
      let row = try #require(try post.register().deliveries().first)
      guard row.state == .pending else { break }
      post.now = row.nextAttempt
    }
    #expect(
      zip(moments, moments.dropFirst()).map { $1 - $0 } == [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400])
    let rows = try post.register().deliveries()
    #expect(rows.map(\.state) == [.dead, .delivered])
    #expect(rows[0].attempts == 10)
    #expect(receiver.messages.count == 11)
    let again = try post.register().retryDelivery(rows[0].id)
    #expect(again.id == rows[0].id)
    #expect(try await post.worker().runOnce().failed == 1)
  }

  /// Source: product description, "Notices that send themselves"; RFC 9110, section 15.5.
  @Test(arguments: [
    (400, true), (401, true), (404, true), (413, true), (422, true), (499, true), (408, false), (409, false),
    (425, false), (429, false), (500, false), (503, false),
  ])
  func `What would be refused again is given up at once and holds nothing`(status: Int, isGivenUp: Bool) async throws {
    let post = try Post()
    let receiver = try await Receiver { message, _ in
      .init(status: message.text.contains("Doomed") ? status : 200)
    }
    try post.hook(receiver.port)
    try post.submit("2026-12-06T01:00:00Z", title: "Doomed")
    try post.submit("2026-12-13T01:00:00Z", title: "Fine")
    _ = try await post.worker().runOnce()
    #expect(try post.register().deliveries().map(\.state) == (isGivenUp ? [.dead, .delivered] : [.pending, .pending]))
  }

  @Test func `410 disables, a redirect is not followed, Retry-After is heard`() async throws {
    let post = try Post()
    let elsewhere = try await Receiver()
    let target = "http://127.0.0.1:\(elsewhere.port)/"
    let receiver = try await Receiver { message, _ in
      switch message.path {
      case "/gone": .init(status: 410)
      case "/moved": .init(status: 307, headers: [("Location", target)])
      default: .init(status: 429, headers: [("Retry-After", "600")])
      }
    }
    for path in ["/gone", "/moved", "/busy"] { try post.hook(receiver.port, path) }
    try post.submit("2026-12-06T01:00:00Z")
    _ = try await post.worker().runOnce()
    #expect(elsewhere.messages.isEmpty)
    #expect(try post.register().webhooks().map { $0.state(at: post.now) } == [.gone, .active, .active])
    let rows = try post.register().deliveries()
    #expect(rows.map(\.state) == [.dead, .pending, .pending])
    #expect(rows[1].lastError == "status 307")
    #expect(rows[2].nextAttempt == post.now + Elapsed(seconds: 600))
    #expect(try Register.verify(post.store).problems == [])
  }

  @Test func `A body without end holds nobody: the status is the answer`() async throws {
    let post = try Post()
    let long = String(repeating: "x", count: 100_000)
    let receiver = try await Receiver { _, _ in .init(status: 200, body: long, isEndless: true) }
    try post.hook(receiver.port)
    try post.submit("2026-12-06T01:00:00Z")
    #expect(try await post.worker().runOnce().delivered == 1)
  }

  @Test func `A receiver that says nothing is left after the time allowed`() async throws {
    let post = try Post()
    let receiver = try await Receiver { _, _ in nil }
    try post.hook(receiver.port)
    try post.submit("2026-12-06T01:00:00Z")
    let client = WebhookClient(allowsPrivate: true, timeout: .milliseconds(300))
    #expect(try await post.worker(client: client).runOnce().failed == 1)
    #expect(try post.register().deliveries()[0].lastError?.contains("no answer") == true)
  }

  @Test func `Private networks get nothing unless that is allowed`() async throws {
    let post = try Post()
    let receiver = try await Receiver()
    try post.hook(receiver.port)
    try post.register().createWebhook(
      url: "https://localhost:\(receiver.port)/", service: Post.service, allowsPrivate: true, actor: nil)
    try post.submit("2026-12-06T01:00:00Z")
    #expect(try await post.worker(client: WebhookClient()).runOnce().failed == 2)
    #expect(receiver.messages.isEmpty)
    let errors = try post.register().deliveries().map { $0.lastError ?? "" }
    #expect(errors.allSatisfy { $0.hasPrefix("refused: ") }, "\(errors)")
  }

  @Test func `The connection goes to the address that was looked at, the name stays in Host`() async throws {
    let post = try Post()
    let receiver = try await Receiver()
    try post.register().createWebhook(
      url: "http://hooks.invalid:\(receiver.port)/x", service: Post.service, allowsPrivate: true, actor: nil)
    try post.submit("2026-12-06T01:00:00Z")
    let resolver = AddressTests.Resolver([["127.0.0.1"]])
    let client = WebhookClient(allowsPrivate: true, resolver: resolver)
    #expect(try await post.worker(client: client).runOnce().delivered == 1)
    #expect(receiver.messages.first?.headers["host"] == "hooks.invalid:\(receiver.port)")
    #expect(resolver.asked.withLock { $0 } == ["hooks.invalid"])
  }

  /// The receiver never answers, so that only calling off can end the attempt: the worker's own patience is an hour.
  @Test(.timeLimit(.minutes(20)))
  func `A worker that is called off ends at once and gives its claim back`() async throws {
    let post = try Post()
    let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
    let receiver = try await Receiver { _, _ in
      arrival.yield()
      return nil
    }
    try post.hook(receiver.port)
    try post.submit("2026-12-06T01:00:00Z")
    let patient = Duration.seconds(3600)
    let client = WebhookClient(
      allowsPrivate: true, timeout: patient, transport: HTTPTransport(timeout: patient))
    let worker = post.worker(client: client)
    let running = Task { await worker.run() }
    for await _ in arrived { break }
    running.cancel()
    await running.value
    let row = try #require(try post.register().deliveries().first)
    #expect(row.state == .pending)
    #expect(row.lease == nil)
    #expect(row.attempts == 0)
  }
}
