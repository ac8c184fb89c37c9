import CivilTime
import JSONText
import Planning
import Publication
package import Register
import RegisterSQLite
import Synchronization

/// A register that a server keeps: read from a replica of its log, written through its API.
package final class RemoteRegister: RegisterWriter, GrantKeeper {
  package let address: ServerAddress
  package let replica: Replica
  /// The replica with the server's clock; to be read only.
  package let register: Register
  package let identity: String
  package let isSimulation: Bool

  let courier: Courier
  private let clock: RemoteClock
  /// What the server puts before the keys of this token; nil while it was not asked.
  private let scope = Mutex<String?>(nil)

  private init(address: ServerAddress, courier: Courier, replica: Replica, head: LogHead) {
    self.address = address
    self.courier = courier
    self.replica = replica
    identity = head.identity
    isSimulation = head.isSimulation
    let clock = RemoteClock(head, elapsed: courier.patience.elapsed)
    self.clock = clock
    register = Register(
      store: replica.store, publisher: EventFragment(identity: head.identity, isSimulation: head.isSimulation),
      clock: { clock.now })
  }

  /// Brings the replica up to date. One that is damaged is fetched anew; one that the server's history does not go on
  /// from is left as it is, and named in `RemoteError.historyDiffers`.
  ///
  /// - Parameter seenBy: where it stands how far the log was seen, if that is not `place`.
  package static func connect(
    _ address: ServerAddress, place: ReplicaPlace, seenBy: ReplicaPlace? = nil, courier: Courier
  ) throws -> RemoteRegister {
    if let seen = seenBy?.checkpoint { try Replica.forget(place, accepting: seen) }
    let pause = { courier.patience.pause(.milliseconds(100)) }
    func update(isRenewed: Bool) throws -> RemoteRegister {
      let replica = try Replica.open(place, isRenewed: isRenewed, pause: pause)
      let head = try replica.update { try page(after: $0, courier) }
      return RemoteRegister(address: address, courier: courier, replica: replica, head: head)
    }
    do {
      do {
        return try update(isRenewed: false)
      } catch let error where isOfReplica(error, place) {
        return try update(isRenewed: true)
      }
    } catch let error as HistoryDiffers {
      throw RemoteError.historyDiffers(seen: error.seen, found: error.found)
    } catch let error as BadExtract {
      throw RemoteError.notUnderstood(error.reason)
    }
  }

  /// Whether the replica is to blame: it is damaged, or was fetched only in part and from another history than the one
  /// that was seen before.
  private static func isOfReplica(_ error: any Error, _ place: ReplicaPlace) -> Bool {
    switch error {
    case RegisterError.damaged: true
    // A page that is known already is not asked for again.
    case let error as BadExtract: error.isOfEarlierPage
    case let error as HistoryDiffers:
      place.checkpoint.map { $0.size > error.seen.size } ?? false
    default: false
    }
  }

  /// Takes the server's history as it is, where it has that size and root hash; what was seen before is forgotten.
  package static func accept(
    _ checkpoint: Checkpoint, _ address: ServerAddress, place: ReplicaPlace, courier: Courier
  ) throws -> RemoteRegister {
    let page = try page(after: 0, courier)
    guard checkpoint.size <= page.head.checkpoint.size else {
      throw RemoteError.historyDiffers(seen: checkpoint, found: page.head.checkpoint)
    }
    guard try page.isAt(checkpoint, next: { try RemoteRegister.page(after: $0, courier) }) else {
      throw RemoteError.historyDiffers(seen: checkpoint, found: page.head.checkpoint)
    }
    try Replica.forget(place, accepting: checkpoint)
    _ = try Replica.open(place, isRenewed: true) { courier.patience.pause(.milliseconds(100)) }
    return try connect(address, place: place, courier: courier)
  }

  /// The folder of the server's contracts, fetched where they changed.
  package static func contracts(place: ReplicaPlace, courier: Courier) throws -> String {
    try ContractCache(place: place).folder { tag in
      var headers = ["accept": "application/json"]
      headers["if-none-match"] = tag
      let delivery = try send(ServerRequest(.get, "\(WriteCall.base)/contracts", headers: headers), courier)
      if delivery.answer.status == 304 { return nil }
      guard delivery.answer.status == 200 else { throw WriteAnswer.general(delivery) }
      guard let json = try? JSON(parsing: delivery.answer.body), let files = ContractFiles(json: json) else {
        throw RemoteError.notUnderstood("contracts")
      }
      return files
    }
  }

  private static func page(after count: Int, _ courier: Courier) throws -> LogPage {
    let path = "\(WriteCall.base)/log?after=\(count)&limit=\(LogPage.largest)"
    let delivery = try send(ServerRequest(.get, path, headers: ["accept": "application/x-ndjson"]), courier)
    guard delivery.answer.status == 200 else { throw WriteAnswer.general(delivery) }
    do { return try LogPage(bytes: delivery.answer.body) } catch { throw RemoteError.notUnderstood("log") }
  }

  private static func send(
    _ request: ServerRequest, _ courier: Courier, key: String? = nil
  ) throws -> Courier.Delivery {
    do { return try courier.send(request) } catch { throw WriteAnswer.general(error, key: key) }
  }

  /// Fetches what the server has now, for those who wait for something to happen.
  package func refresh() throws {
    do {
      clock.set(try replica.update { try RemoteRegister.page(after: $0, courier) })
    } catch let error as HistoryDiffers {
      throw RemoteError.historyDiffers(seen: error.seen, found: error.found)
    } catch let error as BadExtract {
      throw RemoteError.notUnderstood(error.reason)
    }
  }

  // MARK: Writing

  /// Also tells how far the log was known before, so that what was recorded now is told from what was recorded earlier.
  func write<Answer>(
    _ request: ServerRequest, key: String?, _ read: (Courier.Delivery) throws -> Answer
  ) throws -> (answer: Answer, known: Int) {
    let known = try replica.store.read { try $0.newestEvent()?.sequence ?? 0 }
    try learnScope()
    let answer = try read(try RemoteRegister.send(request, courier, key: key))
    try refreshAfterWriting()
    return (answer, known)
  }

  /// Once the server has answered, nothing that goes wrong here may say that nothing was recorded.
  func refreshAfterWriting() throws {
    do {
      try refresh()
    } catch RemoteError.unreachable(let text) {
      throw RemoteError.recordedUnseen(text)
    } catch let error as RemoteError {
      throw error
    } catch {
      throw RemoteError.recordedUncopied(replica.path)
    }
  }

  package func execute(
    _ request: Register.Request, contract: (String) throws -> BoundContract
  ) throws -> Register.Outcome {
    let key = request.idempotencyKey ?? RemoteRegister.newKey()
    var expected: Int?
    if case .revision(let revision)? = request.expected { expected = revision }
    let tag = try request.change.map { try self.tag(of: $0, expecting: expected) }
    let subject = request.change.map { WriteAnswer.Subject.change($0, expected: expected) } ?? .creation
    do {
      let (judged, known) = try write(WriteCall.request(request, tag: tag, key: key), key: key) {
        try WriteAnswer.judged($0, subject, key: key)
      }
      return try outcome(judged, of: request, key: key, known: known)
    } catch RegisterError.staleRevision(let expected, nil) {
      // The answer need not say what it is at.
      try refresh()
      let row = try request.change.flatMap { id in try replica.store.read { try $0.row(id) } }
      throw RegisterError.staleRevision(expected: expected, current: row?.revision)
    }
  }

  private func outcome(
    _ judged: WriteAnswer.Judged, of request: Register.Request, key: String, known: Int
  ) throws -> Register.Outcome {
    let id = judged.change ?? request.change
    let sequence = try id.flatMap { try self.sequence(of: key, in: $0.description) }
    let decidedAt =
      try sequence.flatMap { sequence in
        try replica.store.read { try $0.events(after: sequence - 1, limit: 1).first?.at }
      } ?? clock.now
    let change = try id.map { id in
      try sequence.map { try register.change(id, after: $0) } ?? register.change(id)
    }
    return Register.Outcome(
      verdict: judged.verdict, change: change, isReplay: sequence.map { $0 <= known } ?? false, decidedAt: decidedAt,
      newest: try sequence ?? id.flatMap { id in try replica.store.read { try $0.row(id) }?.newest })
  }

  /// The newest event that a request of this token with that key recorded; nil where it recorded none. The same key may
  /// stand behind the names of others.
  func sequence(of key: String, in stream: String) throws -> Int? {
    let own = scope.withLock { $0 ?? "" } + key
    return try replica.store.read { try $0.events(stream: stream) }.last { line in
      (try? JSON(parsing: line.body))?["idempotency_key"]?.string == own
    }?.sequence
  }

  /// Asks whose the token is, before anything is recorded with it: afterwards the answer might not come.
  private func learnScope() throws {
    guard scope.withLock({ $0 }) == nil else { return }
    let request = ServerRequest(.get, "\(WriteCall.base)/whoami", headers: ["accept": "application/json"])
    let delivery = try RemoteRegister.send(request, courier)
    guard delivery.answer.status == 200 else { throw WriteAnswer.general(delivery) }
    let name: String = try WriteAnswer.understood { try JSON(parsing: delivery.answer.body).required("name") }
    scope.withLock { $0 = KeyScope.prefix(name) }
  }

  /// The change as it was seen: of a published one the revision, of a draft its newest event.
  private func tag(of id: ChangeID, expecting expected: Int?) throws -> String {
    if let expected { return "\"\(expected)\"" }
    guard let row = try replica.store.read({ try $0.row(id) }) else { throw RegisterError.unknownChange(id) }
    return row.revision.map { "\"\($0)\"" } ?? "\"draft-\(row.newest)\""
  }

  package func execute(
    _ request: Register.OutageRequest, contract: (String) throws -> BoundContract
  ) throws -> Register.OutageOutcome {
    let key = request.idempotencyKey ?? RemoteRegister.newKey()
    let seen = try request.outage.map { try request.expectedRevision ?? register.outage($0).revision }
    let subject = request.outage.map { WriteAnswer.Subject.outage($0, expected: seen ?? 0) } ?? .creation
    let (id, known) = try write(WriteCall.request(request, tag: seen.map { "\"\($0)\"" }, key: key), key: key) {
      try WriteAnswer.outage($0, subject, key: key)
    }
    guard let sequence = try self.sequence(of: key, in: id.description) else { throw RegisterError.unknownOutage(id) }
    return Register.OutageOutcome(outage: try register.outage(id, after: sequence), isReplay: sequence <= known)
  }

  package func executeAll(
    _ requests: [Register.Request], terms: Register.BatchTerms, contract: (String) throws -> BoundContract,
    isFault: (any Error) -> Bool, progress: (Int) -> Void
  ) throws -> Register.BatchOutcome {
    let call = WriteCall.request(requests, terms)
    guard call.body.count <= RemoteRegister.largestImport else { throw RemoteError.tooLarge }
    let (answer, known) = try write(call, key: nil) { try ImportAnswer($0, requests, terms) }
    progress(requests.count)
    var told: Set<Int> = []
    var results: [Register.BatchOutcome.Result] = []
    for (index, (request, row)) in zip(requests, answer.rows).enumerated() {
      switch row {
      case .failed(let message): results.append(.failed(RejectedRow(description: message)))
      case .judged(let verdict):
        let change = request.command.content.flatMap { content in
          verdict.status == .refused
            ? nil
            : ChangeEvent.planned(content, verdict)
              .apply(to: nil, id: ImportAnswer.unmade(index + 1), at: clock.now)
        }
        results.append(
          .judged(Register.Outcome(verdict: verdict, change: change, isReplay: false, decidedAt: clock.now)))
      case .kept(let id, let verdict, let isEarlier):
        // An attempt whose answer was lost is no earlier import; a row that stands twice in the file is.
        let sequence = try request.idempotencyKey.flatMap { try self.sequence(of: $0, in: id.description) }
        let isReplay = sequence.map { $0 <= known || !told.insert($0).inserted } ?? isEarlier
        results.append(
          .judged(
            Register.Outcome(
              verdict: verdict, change: try register.change(id), isReplay: isReplay, decidedAt: clock.now,
              newest: sequence)))
      }
    }
    return Register.BatchOutcome(results: results, isRecorded: answer.isRecorded)
  }

  /// Octets; larger imports run where the register lies.
  private static let largestImport = 1 << 20

  /// 128 bits of chance: nobody else's key, and the same for every attempt of one command.
  static func newKey() -> String {
    "cli-"
      + (0..<2).map { _ in UInt64.random(in: 0 ... .max).padded(16, radix: 16) }.joined()
  }
}
