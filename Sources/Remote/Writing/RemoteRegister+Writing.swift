import Answers
package import CivilTime
import JSONText
import Planning
package import Register

/// Commands on changes, outages and the gate: sent to the API, whose answer says what the log does not; the rest is read
/// from the part of the log with the event in it, fetched afterwards.
extension RemoteRegister {
  package func execute(
    _ request: Register.Request, contract: (String) throws -> BoundContract
  ) throws -> Register.Outcome {
    let key = WriteKey(request.idempotencyKey)
    var expected: Int?
    if case .revision(let revision)? = request.expected { expected = revision }
    let tag = try request.change.map { try self.tag(of: $0, expecting: expected) }
    let written = try write(WriteCall.request(request, tag: tag, key: key.text), key: key) { delivery -> Judged in
      let details = ProblemDetails(delivery.answer)
      if details.code == .refused, let json = details.json, json["verdict"] != nil { return try Judged(json) }
      return try Judged(
        RemoteRegister.json(delivery, key: key) { current in
          guard let expected else { return RemoteError.stale }
          return RegisterError.staleRevision(expected: expected, current: current)
        })
    } showing: { judged in
      (judged.change ?? request.change).map { .about($0, .showChange) } ?? .clock
    }
    let judged = written.answer
    let id = judged.change ?? request.change
    let line = try id.flatMap {
      try self.line(
        of: key, in: $0.description, made: request.change == nil, recorded: judged.verdict.status == .allowed)
    }
    let register = try register
    return Register.Outcome(
      verdict: judged.verdict,
      change: try id.map { id in try line.map { try register.change(id, after: $0.sequence) } ?? register.change(id) },
      isReplay: written.isReplay(line), decidedAt: line?.at ?? register.now,
      newest: try line?.sequence ?? id.flatMap { id in try register.store.read { try $0.row(id) }?.newest })
  }

  /// Allowed, or refused by the rules.
  private struct Judged {
    let verdict: Verdict
    /// Nil where nothing was recorded and no change was named.
    let change: ChangeID?

    init(_ json: JSON) throws {
      verdict = try RemoteError.understood { try Verdict(json: json["verdict"] ?? .null) }
      change = (json["id"]?.string ?? json["change"]?["id"]?.string).flatMap(ChangeID.init)
    }
  }

  /// The change as it was seen: the revision or, where there is more of it than that tells, its newest event.
  private func tag(of id: ChangeID, expecting expected: Int?) throws -> String {
    if let expected { return "\"\(expected)\"" }
    try look(.about(id, .showChange))
    let found = try register.store.read { store in
      try Register.change(id, in: store).flatMap { change in try store.row(id).map { (change, $0.newest) } }
    }
    guard let (change, newest) = found else { throw RegisterError.unknownChange(id) }
    return change.hasDraft ? "\"draft-\(newest)\"" : "\"\(change.revision ?? 0)\""
  }

  /// Of notices that were published. What the server answers says which events they made.
  package func executeTogether(
    _ requests: [Register.Request], contract: (String) throws -> BoundContract
  ) throws -> [Register.Outcome] {
    let keys = requests.map { WriteKey($0.idempotencyKey) }
    let written = try write(WriteCall.notices(requests, keys: keys), key: keys.first) { delivery -> [Int] in
      let json = try RemoteRegister.json(delivery, key: keys.first) { _ in
        RemoteError.problem(.staleRevision, ProblemDetails(delivery.answer).text)
      }
      return try RemoteError.understood {
        let events = (json.array ?? []).compactMap { $0["event"]?.integer.flatMap(Int.init(exactly:)) }
        guard events.count == requests.count else { throw EventCodecError(member: "event") }
        return events
      }
    } showing: { _ in
      .about(requests.compactMap(\.change))
    }
    let register = try register
    return try zip(requests, written.answer).map { request, event in
      guard let id = request.change else { throw RemoteError.notUnderstood("change") }
      return Register.Outcome(
        verdict: Verdict(findings: []), change: try register.change(id), isReplay: event <= written.known,
        decidedAt: register.now, newest: event)
    }
  }

  package func execute(
    _ request: Register.OutageRequest, contract: (String) throws -> BoundContract
  ) throws -> Register.OutageOutcome {
    let key = WriteKey(request.idempotencyKey)
    let seen = try request.outage.map { id in
      if request.expectedRevision == nil { try look(.about(id)) }
      return (id: id, revision: try request.expectedRevision ?? register.outage(id).revision)
    }
    let call = WriteCall.request(request, tag: seen.map { "\"\($0.revision)\"" }, key: key.text)
    let written = try write(call, key: key) { delivery in
      let json = try RemoteRegister.json(delivery, key: key) { current in
        guard let seen, let current else { return RemoteError.stale }
        return RegisterError.staleOutage(seen.id, expected: seen.revision, current: current)
      }
      return try RemoteError.understood {
        guard let id = OutageID(try json.required("id")) else { throw EventCodecError(member: "id") }
        return id
      }
    } showing: {
      .about($0)
    }
    let id = written.answer
    guard let line = try line(of: key, in: id.description, made: seen == nil) else {
      throw RegisterError.unknownOutage(id)
    }
    return Register.OutageOutcome(
      outage: try register.outage(id, after: line.sequence), isReplay: written.isReplay(line))
  }

  package func execute(
    _ request: Register.ReleaseRequest, contract: (String) throws -> BoundContract
  ) throws -> Register.ReleaseOutcome {
    let key = WriteKey(request.idempotencyKey)
    var tag: String?
    if let id = request.release {
      try look(.about(id, .showRelease))
      let seen = try register.release(id).record
      tag = "\"\(try register.newest(of: seen))\""
    }
    let call = WriteCall.request(request, tag: tag, key: key.text)
    let stale: any Error = request.release.map { RegisterError.staleRelease($0) } ?? RemoteError.stale
    let written = try write(call, key: key) { delivery in
      try RecordedRows(delivery, key: key, stale: stale)
    } showing: { (answer: RecordedRows) in
      answer.question(or: request.release)
    }
    let answer = written.answer
    let register = try register
    let id = answer.release ?? request.release
    var line: StoredEvent?
    if let id, !answer.isRefused { line = try self.line(of: key, in: id.description) }
    var rows: [Register.ReleaseOutcome.Row] = []
    for row in answer.rows {
      var change: Change?
      if let id = row.change { change = try register.change(id) }
      guard var content = change?.content ?? request.command.content(of: row.name, row.service) else {
        throw RemoteError.notUnderstood("changes")
      }
      content.interval = row.asked ?? content.interval
      rows.append(
        Register.ReleaseOutcome.Row(
          name: row.name, change: change, content: content, verdict: row.verdict ?? Verdict(findings: [])))
    }
    var record: ReleaseRecord?
    if let id { record = try register.release(id).record }
    return Register.ReleaseOutcome(
      release: record, rows: rows, isReplay: written.isReplay(line),
      decidedAt: line?.at ?? register.now)
  }

  /// What a server says of a release: each change with its verdict, where one was given.
  private struct RecordedRows {
    struct Row {
      let name: String
      let service: String
      let change: ChangeID?
      let verdict: Verdict?
      let asked: Interval?

      init(_ json: JSON) throws(EventCodecError) {
        name = try json.required("name")
        service = try json.required("service")
        change = try json.optional("id").flatMap { ChangeID($0) }
        verdict = json["verdict"] == nil ? nil : try Verdict(json: json["verdict"] ?? .null)
        asked = json["asked"] == nil ? nil : try json["asked"]?.interval()
      }
    }

    let isRefused: Bool
    /// Nil for a submission that was refused.
    let release: ReleaseID?
    let rows: [Row]

    /// What is looked at afterwards.
    func question(or id: ReleaseID?) -> Question {
      guard let id = release ?? id else { return .clock }
      return .about(id, .showRelease)
    }

    init(_ delivery: Courier.Delivery, key: WriteKey, stale: any Error) throws {
      let details = ProblemDetails(delivery.answer)
      let refused = details.code == .refused ? details.json?["release"] : nil
      let json = try refused ?? RemoteRegister.json(delivery, key: key) { _ in stale }
      isRefused = refused != nil
      release = json["id"]?.string.flatMap { ReleaseID($0) }
      let changes = json["changes"]?.array ?? []
      let rows = try RemoteError.understood { try changes.map { try Row($0) } }
      self.rows = isRefused ? rows.filter { $0.verdict != nil } : rows
    }
  }

  package func execute(
    _ request: Register.GateRequest, contract: (String) throws -> BoundContract
  ) throws -> Register.GateOutcome {
    let key = WriteKey(request.idempotencyKey)
    let written = try write(WriteCall.request(request, key: key.text), key: key) {
      try RemoteRegister.json($0, key: key)
    } showing: { _ in
      .about(GateID(service: request.service))
    }
    guard let line = try line(of: key, in: GateID(service: request.service).description) else {
      throw RemoteError.notUnderstood("log")
    }
    return Register.GateOutcome(
      overrides: try register.overrides(service: request.service, touchedBy: line.sequence),
      isReplay: written.isReplay(line), decidedAt: line.at)
  }

  // MARK: Sending

  /// What the server answered, and what tells whether that was recorded now or earlier.
  struct Written<Answer> {
    let answer: Answer
    /// Whether the server has answered again what it had recorded before this command.
    let isRepeated: Bool
    /// How many events were known before it.
    let known: Int

    /// - Parameter line: the event that the request recorded; nil where there is none.
    func isReplay(_ line: StoredEvent?) -> Bool { line.map { isRepeated || $0.sequence <= known } ?? false }
  }

  /// - Parameter question: what is looked at afterwards.
  func write<Answer>(
    _ request: ServerRequest, key: WriteKey? = nil, _ read: (Courier.Delivery) throws -> Answer,
    showing question: (Answer) -> Question
  ) throws -> Written<Answer> {
    // A note that is damaged is told before anything is recorded there.
    let known = try noted()?.size ?? 0
    let delivery = try RemoteRegister.send(request, courier, key: key?.text)
    let answer = try read(delivery)
    try afterWriting { try lookAnew(question(answer)) }
    // Of an answer that was lost the next attempt is told that it comes again.
    let isRepeated = delivery.answer.headers["idempotency-replayed"] != nil && !delivery.isAmbiguous
    return Written(answer: answer, isRepeated: isRepeated, known: known)
  }

  /// Once the server has answered, nothing that goes wrong here may say that nothing was recorded.
  func afterWriting(_ look: () throws -> Void) throws {
    do {
      try look()
    } catch RemoteError.unreachable(let text) {
      throw RemoteError.recordedUnseen(text)
    } catch let error as RemoteError {
      throw error
    } catch {
      throw RemoteError.recordedUncopied(place.seen)
    }
  }

  /// The body of an answer that is as it was asked for.
  static func json(
    _ delivery: Courier.Delivery, key: WriteKey? = nil, stale: (Int?) -> any Error = { _ in RemoteError.stale }
  ) throws -> JSON {
    guard [200, 201].contains(delivery.answer.status) else {
      throw RemoteError.error(delivery, key: key?.text, stale: stale)
    }
    return try RemoteError.understood { try JSON(parsing: delivery.answer.body) }
  }

  /// The newest event of a stream that a request of this token with that key recorded; nil where it recorded none. The
  /// same key may stand behind the names of others: only where that leaves a doubt is the server asked whose the token is.
  ///
  /// - Parameters:
  ///   - made: whether the request made the stream.
  ///   - recorded: whether it is sure that it recorded something.
  func line(
    of key: WriteKey, in stream: String, made: Bool = false, recorded: Bool = true
  ) throws -> StoredEvent? {
    let lines = try register.store.read { try $0.events(stream: stream) }.compactMap { line in
      (try? JSON(parsing: line.body)).flatMap { body -> (line: StoredEvent, actor: String)? in
        guard let actor = body["actor"]?.string,
          body["idempotency_key"]?.string == KeyScope.prefix(actor) + key.text
        else { return nil }
        return (line, actor)
      }
    }
    guard let first = lines.first else { return nil }
    let isOwn = made || key.isOwn || recorded && lines.allSatisfy { $0.actor == first.actor }
    let actor = isOwn ? first.actor : try whoami().name
    return lines.last { $0.actor == actor }?.line
  }

  /// Whose the token is. Servers of before do not tell when it ends.
  package func whoami() throws -> (name: String, role: String, expiresAt: Instant?) {
    let json = try RemoteRegister.json(
      try RemoteRegister.send(WriteCall.plain(.get, Operation.whoami.address()), courier))
    return try RemoteError.understood {
      let isKnown = json["expires_at"].map { !$0.isNull } ?? false
      return (
        try json.required("name"), try json.required("role"), isKnown ? try json.instant("expires_at") : nil
      )
    }
  }
}

/// The key of a command, the same for every attempt of it.
struct WriteKey {
  let text: String
  /// Whether it was made here, so that nobody else has it.
  let isOwn: Bool

  /// - Parameter given: nil makes one, of 128 bits of chance.
  init(_ given: String?) {
    isOwn = given == nil
    text =
      given
      ?? "cli-"
      + (0..<2).map { _ in
        let digits = String(UInt64.random(in: 0 ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
      }.joined()
  }
}
