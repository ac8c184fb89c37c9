import Answers
import JSONText
import Publication
package import Register
import RegisterSQLite
import Synchronization

/// A register that a server keeps: read from a replica of its log, written through its API. Nothing is fetched before it
/// is looked at, so that a command which only records asks for the log once, with its own event in it.
package final class RemoteRegister: RegisterWriter, GrantKeeper {
  let courier: Courier
  private let place: ReplicaPlace
  private let state = Mutex(State())

  private struct State {
    /// The replica as it lies on this machine.
    var replica: Replica?
    var fetched: Fetched?
  }

  /// The replica brought up to date, and what the server said of itself.
  private struct Fetched {
    let replica: Replica
    let head: LogHead
    let clock: RemoteClock
    let register: Register
  }

  package init(place: ReplicaPlace, courier: Courier) {
    self.place = place
    self.courier = courier
  }

  package var replica: Replica { get throws { try fetched().replica } }
  /// The replica with the server's clock; to be read only.
  package var register: Register { get throws { try fetched().register } }
  package var identity: String { get throws { try fetched().head.identity } }
  package var isSimulation: Bool { get throws { try fetched().head.isSimulation } }
  /// Where the replica lies.
  var path: String { place.register }

  // MARK: Reading

  /// Brings the replica up to date. One that is damaged is fetched anew; one that the server's history does not go on
  /// from is left as it is, and named in `RemoteError.historyDiffers`.
  ///
  /// - Parameter seenBy: where it stands how far the log was seen, if that is not `place`.
  package static func connect(
    place: ReplicaPlace, seenBy: ReplicaPlace? = nil, courier: Courier
  ) throws -> RemoteRegister {
    if let seen = seenBy?.checkpoint { try Replica.forget(place, accepting: seen) }
    let remote = RemoteRegister(place: place, courier: courier)
    try remote.connect()
    return remote
  }

  /// Fetches the log at the first need.
  package func connect() throws { _ = try fetched() }

  private func fetched() throws -> Fetched {
    if let fetched = state.withLock({ $0.fetched }) { return fetched }
    let fetched = try RemoteRegister.told {
      do {
        return try update()
      } catch let error where isOfReplica(error) {
        // A lock of one's own would be waited for.
        state.withLock { $0.replica = nil }
        let renewed = try Replica.open(place, isRenewed: true, pause: pause)
        state.withLock { $0.replica = renewed }
        return try update()
      }
    }
    state.withLock { $0.fetched = fetched }
    return fetched
  }

  private func update() throws -> Fetched {
    let replica = try opened()
    let head = try replica.update { try RemoteRegister.page(after: $0, courier) }
    let clock = RemoteClock(head, elapsed: courier.patience.elapsed)
    let publisher = EventFragment(identity: head.identity, isSimulation: head.isSimulation)
    return Fetched(
      replica: replica, head: head, clock: clock,
      register: Register(store: replica.store, publisher: publisher, clock: { clock.now }))
  }

  /// The replica as it lies there, whatever the server has by now.
  func opened() throws -> Replica {
    if let replica = state.withLock({ $0.replica }) { return replica }
    let replica = try Replica.open(place, pause: pause)
    state.withLock { $0.replica = replica }
    return replica
  }

  private var pause: () -> Void { { self.courier.patience.pause(.milliseconds(100)) } }

  /// Whether the replica is to blame: it is damaged, or was fetched only in part and from another history than the one
  /// that was seen before.
  private func isOfReplica(_ error: any Error) -> Bool {
    switch error {
    case RegisterError.damaged: true
    // A page that is known already is not asked for again.
    case let error as BadExtract: error.isOfEarlierPage
    case let error as HistoryDiffers:
      place.checkpoint.map { $0.size > error.seen.size } ?? false
    default: false
    }
  }

  /// Fetches what the server has now, for those who wait for something to happen.
  package func refresh() throws {
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
    try Replica.forget(place, accepting: checkpoint)
    _ = try Replica.open(place, isRenewed: true) { courier.patience.pause(.milliseconds(100)) }
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
