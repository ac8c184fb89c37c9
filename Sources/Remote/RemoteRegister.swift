import Answers
import Foundation
import JSONText
import Publication
package import Register
import RegisterSQLite
import Synchronization

/// A register that a server keeps: read from the part of its log that answers a question, or from a replica of all of it;
/// written through its API. Nothing is fetched before it is looked at, so that a command which only records asks for the
/// log once, with its own event in it.
package final class RemoteRegister: RegisterWriter, GrantKeeper {
  let courier: Courier
  let place: ReplicaPlace
  private let report: @Sendable (Report) -> Void
  private let state = Mutex(State())

  /// What befalls what is kept on this machine, and goes on by itself.
  package enum Report: Hashable, Sendable {
    /// The replica is damaged; it is fetched anew.
    case renewed(String)
    /// The note of what was seen is damaged; the replica tells it as well.
    case noteRenewed(String)
    /// What was seen could not be noted.
    case unnoted(String)
  }

  private struct State {
    /// The replica, brought up to date.
    var fetched: Fetched?
    /// What was asked last, and the part of the log that came.
    var look: Look?
    /// Whether the server gives no part of its log, as older ones do not.
    var isWhole = false
  }

  private struct Fetched {
    let replica: Replica
    let head: LogHead
    let clock: RemoteClock
  }

  private struct Look {
    let question: Question
    let head: LogHead
    let register: Register
  }

  package init(place: ReplicaPlace, courier: Courier, report: @escaping @Sendable (Report) -> Void = { _ in }) {
    self.place = place
    self.courier = courier
    self.report = report
  }

  package var replica: Replica { get throws { try fetched().replica } }
  /// What was looked at, or the replica, with the server's clock; to be read only.
  package var register: Register {
    get throws {
      if let look = state.withLock({ $0.look }) { return look.register }
      let fetched = try fetched()
      return Register(
        store: fetched.replica.store, publisher: RemoteRegister.publisher(fetched.head), clock: { fetched.clock.now })
    }
  }
  package var identity: String { get throws { try head().identity } }
  package var isSimulation: Bool { get throws { try head().isSimulation } }

  private func head() throws -> LogHead { try state.withLock { $0.look?.head } ?? fetched().head }

  private static func publisher(_ head: LogHead) -> EventFragment {
    EventFragment(identity: head.identity, isSimulation: head.isSimulation)
  }

  // MARK: Asking for a part

  /// Fetches what answers the question, unless something was looked at before: that has the rest fetched where it is read.
  package func look(_ question: Question) throws {
    guard state.withLock({ $0.look == nil && $0.fetched == nil }) else { return }
    try lookAnew(question)
  }

  /// Fetches what answers the question as the server has it now.
  func lookAnew(_ question: Question) throws {
    // What was looked at before is of another moment.
    state.withLock { $0.look = nil }
    if state.withLock({ $0.isWhole || $0.fetched != nil }) { return try refreshReplica() }
    guard let part = try part(question) else { return try connect() }
    let head = part.head
    let store = ExcerptStore(
      part,
      fetch: { needs in
        var next = Question.clock
        next.needs = needs
        return try self.part(next)
      },
      whole: { try self.replica.store })
    // All that is computed from one look is of one moment.
    let register = Register(store: store, publisher: RemoteRegister.publisher(head), clock: { head.now })
    state.withLock { $0.look = Look(question: question, head: head, register: register) }
  }

  /// Nil where the server answers it by no part of its log.
  private func part(_ question: Question) throws -> ExcerptStore.Part? {
    guard question.needs.count <= LogNeed.most else { return nil }
    return try RemoteRegister.told {
      let noted = try noted()
      let body: JSON = .members([
        "calls": .array(question.calls), "needs": .array(question.needs.map(\.json)),
        "seen": noted.map { .integer(Int64($0.size)) },
      ])
      let delivery = try RemoteRegister.send(
        ServerRequest(
          .post, Operation.readExcerpt.address(),
          headers: ["accept": "application/x-ndjson", "content-type": "application/json"], body: body.bytes), courier)
      switch delivery.answer.status {
      case 200: break
      case 404, 405, 413:
        state.withLock { $0.isWhole = true }
        return nil
      default: throw RemoteError.error(delivery)
      }
      let excerpt: LogExcerpt
      do { excerpt = try LogExcerpt(bytes: delivery.answer.body) } catch { throw RemoteError.notUnderstood("log") }
      let store = try SQLiteStore.inMemory()
      try excerpt.take(into: store, noted: noted)
      let newest = excerpt.page.head.checkpoint
      if newest != noted {
        do { try place.noteAtLeast(newest) } catch { report(.unnoted(place.seen)) }
      }
      return ExcerptStore.Part(
        head: excerpt.page.head, needs: excerpt.needs, streams: Set(excerpt.page.events.map(\.stream)), store: store)
    }
  }

  /// How far the log was seen. A note that is damaged is written anew from the replica, which is a witness too.
  func noted() throws -> Checkpoint? {
    do { return try place.noted() } catch let damage as RemoteError {
      guard let witness = Replica.witness(place) else { throw damage }
      try place.note(witness)
      report(.noteRenewed(place.seen))
      return witness
    }
  }

  // MARK: Reading all of it

  /// Brings the replica up to date. One that is damaged is fetched anew; one that the server's history does not go on
  /// from is left as it is, and named in `RemoteError.historyDiffers`.
  ///
  /// - Parameter seenBy: where it stands how far the log was seen, if that is not `place`.
  package static func connect(
    place: ReplicaPlace, seenBy: ReplicaPlace? = nil, courier: Courier,
    report: @escaping @Sendable (Report) -> Void = { _ in }
  ) throws -> RemoteRegister {
    if let seen = try seenBy?.noted() { try place.note(seen) }
    let remote = RemoteRegister(place: place, courier: courier, report: report)
    try remote.connect()
    return remote
  }

  /// Fetches the log at the first need.
  package func connect() throws { _ = try fetched() }

  private func fetched() throws -> Fetched {
    if let fetched = state.withLock({ $0.fetched }) { return fetched }
    let fetched = try RemoteRegister.told {
      _ = try noted()
      do {
        return try update(try Replica.open(place) { report(.renewed($0)) })
      } catch let error where isOfReplica(error) {
        report(.renewed(place.current))
        return try update(try Replica.open(place, isRenewed: true))
      }
    }
    state.withLock { $0.fetched = fetched }
    return fetched
  }

  private func update(_ replica: Replica) throws -> Fetched {
    let head = try replica.update { try RemoteRegister.page(after: $0, courier) }
    return Fetched(replica: replica, head: head, clock: RemoteClock(head, elapsed: courier.patience.elapsed))
  }

  /// Whether the replica is to blame: it is damaged, or was fetched only in part and from another history than the one
  /// that was seen before.
  private func isOfReplica(_ error: any Error) -> Bool {
    switch error {
    case RegisterError.damaged: true
    // A page that is known already is not asked for again.
    case let error as BadExtract: error.isOfEarlierPage
    case let error as HistoryDiffers:
      (try? place.noted()).map { $0.size > error.seen.size } ?? false
    default: false
    }
  }

  /// Fetches what the server has now, for those who wait for something to happen.
  package func refresh() throws {
    if let look = state.withLock({ $0.look }) { return try lookAnew(look.question) }
    try refreshReplica()
  }

  private func refreshReplica() throws {
    guard let known = state.withLock({ $0.fetched }) else { return try connect() }
    try RemoteRegister.told {
      known.clock.set(try known.replica.update { try RemoteRegister.page(after: $0, courier) })
    }
  }

  private static func told<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as HistoryDiffers {
      throw RemoteError.historyDiffers(seen: error.seen, found: error.found)
    } catch let error as BadExtract {
      throw RemoteError.notUnderstood(error.reason)
    }
  }

  /// Takes the server's history as it is, where it has that size and root hash; what was seen before is forgotten.
  package static func accept(
    _ checkpoint: Checkpoint, place: ReplicaPlace, courier: Courier
  ) throws -> RemoteRegister {
    let page = try page(after: 0, courier)
    guard checkpoint.size <= page.head.checkpoint.size,
      try page.isAt(checkpoint, next: { try RemoteRegister.page(after: $0, courier) })
    else { throw RemoteError.historyDiffers(seen: checkpoint, found: page.head.checkpoint) }
    // What was seen before is forgotten, and a replica of it with it.
    try? FileManager.default.removeItem(atPath: place.current)
    try place.note(checkpoint)
    return try connect(place: place, courier: courier)
  }

  /// The folder of the server's contracts, fetched where they changed.
  package static func contracts(place: ReplicaPlace, courier: Courier) throws -> String {
    try ContractCache(place: place).folder { tag in
      var headers = ["accept": "application/json"]
      headers["if-none-match"] = tag
      let delivery = try send(ServerRequest(.get, Operation.readContracts.address(), headers: headers), courier)
      if delivery.answer.status == 304 { return nil }
      guard delivery.answer.status == 200 else { throw RemoteError.error(delivery) }
      guard let json = try? JSON(parsing: delivery.answer.body), let files = ContractFiles(json: json) else {
        throw RemoteError.notUnderstood("contracts")
      }
      return files
    }
  }

  private static func page(after count: Int, _ courier: Courier) throws -> LogPage {
    let path = "\(Operation.readLog.address())?after=\(count)&limit=\(LogPage.largest)"
    let delivery = try send(ServerRequest(.get, path, headers: ["accept": "application/x-ndjson"]), courier)
    guard delivery.answer.status == 200 else { throw RemoteError.error(delivery) }
    do { return try LogPage(bytes: delivery.answer.body) } catch { throw RemoteError.notUnderstood("log") }
  }

  static func send(
    _ request: ServerRequest, _ courier: Courier, key: String? = nil
  ) throws -> Courier.Delivery {
    do { return try courier.send(request) } catch { throw RemoteError.error(error, key: key) }
  }
}
