import CivilTime
import Files
import Foundation
import Planning
import Publication
import Register
import RegisterSQLite
import Server
import Synchronization
import TestSupport

/// A register on a file with the shipped contract, and a worker on it; the clock is set by hand.
final class Post: Sendable {
  let folder: URL
  let store: any EventStore
  private let moment: Mutex<Instant>
  static let service = "profession-liberale"

  /// The shipped one, with these reminders.
  let contract: Contract

  init(at now: String = "2026-11-02T09:00:00Z", reminders: [Elapsed] = [], approval: ContractTerms.Approval? = nil)
    throws
  {
    var contract = Post.shipped.contract
    for index in contract.versions.indices { contract.versions[index].approval = approval }
    contract.notices.reminders = reminders
    self.contract = contract
    folder = FileManager.default.temporaryDirectory.appending(path: "preavis-delivery-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try SQLiteStore.create(at: folder.appending(path: "register.sqlite").path)
    moment = Mutex(Post.utc(now))
    try Register.initialise(store, isSimulation: false, identity: "5eed", now: Post.utc(now))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var now: Instant {
    get { moment.withLock { $0 } }
    set { moment.withLock { $0 = newValue } }
  }

  func register(on other: (any EventStore)? = nil) -> Register {
    Register(store: other ?? store, publisher: EventFragment(identity: "5eed", isSimulation: false)) { [weak self] in
      self?.now ?? Instant.latest
    }
  }

  @discardableResult
  func perform(_ command: ChangeCommand, on id: ChangeID? = nil) throws -> ChangeID {
    let bound = BoundContract(contract: contract, files: Post.shipped.sources)
    let outcome = try register().execute(Register.Request(command, on: id, actor: "test")) { _ in bound }
    guard outcome.verdict.status == .allowed, let change = outcome.change else { throw Refused() }
    return change.id
  }

  struct Refused: Error {}

  @discardableResult
  func submit(_ start: String, title: String = "Database migration") throws -> ChangeID {
    try perform(
      .submit(
        ChangeContent(
          kind: .maintenance, service: Post.service, environment: "production", components: [],
          interval: Interval(start: Post.utc(start), length: .hours(2))!, title: title, description: "",
          impact: .outage, reason: nil, update: nil, alongside: [])))
  }

  func worker(
    on other: (any EventStore)? = nil, client: WebhookClient = WebhookClient(allowsPrivate: true),
    sendmail: Sendmail = Sendmail(path: "/nonexistent/sendmail")
  ) -> DeliveryWorker {
    DeliveryWorker(
      register: register(on: other), text: MessageText(identity: "5eed", isSimulation: false),
      sources: DeliveryWorker.Sources(
        contract: { [contract] _ in contract }, templates: { Post.templates },
        wallClock: { [weak self] in self?.now ?? Instant.latest }),
      client: client, sendmail: sendmail, jitter: { 0 })
  }

  @discardableResult
  func hook(_ port: Int, _ path: String = "/in") throws -> (record: Webhook, secret: WebhookSecret) {
    let record = try register().createWebhook(
      url: "http://127.0.0.1:\(port)\(path)", service: Post.service, allowsPrivate: true, actor: "root"
    ).record
    guard let secret = record.secret else { fatalError("a webhook without its secret") }
    return (record, secret)
  }

  static func utc(_ text: String) -> Instant { TestSupport.utc(text) }

  static let root = Project.root

  static let shipped: LoadedContract = {
    do {
      return try ContractFolder(root.appending(path: "calendars").path).load(service: service)
    } catch { fatalError("\(error)") }
  }()

  static let templates: NoticeTemplates = {
    do { return try NoticeTemplates(folder: root.appending(path: "templates").path) } catch { fatalError("\(error)") }
  }()
}
