import Answers
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Register
import Wording

extension Route {
  /// Changes that are planned and moved together.
  static let releases: [Route] = [
    Route(.planRelease, body: Body(.releasePlan), gives: Success(200, .named("ReleasePlan")), ReleaseCalls.plan),
    Route(.submitRelease, body: Body(.release), gives: Success(201, .named("Release")), ReleaseCalls.submit),
    Route(.listReleases, parameters: [service], gives: Success(200, .list(.named("Release"))), ReleaseCalls.list),
    Route(.showRelease, gives: Success(200, .named("Release")), ReleaseCalls.show),
    move(.rescheduleRelease, .releaseMove) { exchange, reading in
      let reason = exchange.reason
      if let starts = exchange.body["starts"], !starts.isNull {
        var times: [ChangeID: Instant] = [:]
        for member in starts.members ?? [] {
          times[try exchange.words.change(member.key)] = try ReleaseCalls.time(member, exchange)
        }
        return .place(times, isFound: exchange.flag("searched") ?? false, reason: reason)
      }
      guard let by = exchange.text("by") else {
        throw Problem(.missingMember, exchange.language("Give by or starts.", "Donnez by ou starts."))
      }
      return .reschedule(by: try reading.shift(by), reason: reason)
    },
    move(.cancelRelease, .releaseCancellation) { exchange, reading in
      .cancel(from: try reading.from(exchange.text("from")), reason: exchange.reason)
    },
    move(.approveRelease, .decision) { exchange, _ in .approve(reason: exchange.text("reason")) },
    move(.declineRelease, .decision) { exchange, _ in .decline(reason: exchange.text("reason")) },
    move(.leaveRelease, .leaving) { exchange, _ in
      .leave(
        try (exchange.texts("changes") ?? []).map { try exchange.words.change($0, field: .change) },
        reason: exchange.text("reason"))
    },
  ]

  private static func move(
    _ operation: Operation, _ form: Schema,
    _ command: @escaping @Sendable (Exchange, ReleaseMoveReading) throws -> ReleaseCommand
  ) -> Route {
    Route(operation, body: Body(form), gives: Success(200, .named("Release"))) { exchange in
      let (record, changes) = try ReleaseCalls.find(exchange)
      try exchange.checkOwner(of: record)
      let contract = try exchange.contracts()[0]
      let command = try command(exchange, ReleaseMoveReading(exchange.wording(contract)))
      if operation.action == .approve {
        for change in changes { try exchange.checkApprover(of: change) }
      }
      return try ReleaseCalls.execute(command, on: record.id, exchange)
    }
  }
}

extension Exchange {
  fileprivate var reason: Reason? { Reason(text("reason"), clients: text("client_reason")) }

  /// Engineers move what they submitted themselves.
  fileprivate func checkOwner(of release: ReleaseRecord) throws {
    let creator = release.steps.first?.by
    guard case .notOwn = Permission.check(route.action, by: principal, creator: creator) else { return }
    throw Problem(
      .notOwnChange,
      language(
        "\(release.id) was submitted by someone else; a release manager may move it.",
        "\(release.id) est d’une autre personne\(Typography.narrow); un responsable des mises en production peut la déplacer."
      ))
  }
}

enum ReleaseCalls {
  @Sendable static func list(_ exchange: Exchange) throws -> APIAnswer {
    let wording = exchange.wording(try exchange.contracts()[0])
    let service = exchange.query.first("service")
    let shown = try exchange.register.releases().map {
      ShownRelease($0.record, $0.changes, isSimulation: exchange.api.isSimulation)
    }.filter { release in service.map(release.services.contains) ?? true }
    return exchange.json(.array(shown.map { $0.json(wording) }))
  }

  @Sendable static func show(_ exchange: Exchange) throws -> APIAnswer {
    let (record, changes) = try find(exchange)
    let shown = ShownRelease(record, changes, isSimulation: exchange.api.isSimulation)
    return exchange.json(
      shown.json(exchange.wording(try exchange.contracts()[0])),
      state: ETag(newest: try exchange.register.newest(of: record)))
  }

  static func find(_ exchange: Exchange) throws -> (record: ReleaseRecord, changes: [Change]) {
    guard let id = exchange.path["release"].flatMap({ ReleaseID($0) }) else {
      throw Problem(.unknownRelease, exchange.language("There is no such release.", "Il n’y a pas cette livraison."))
    }
    return try exchange.register.release(id)
  }

  static func time(_ member: JSON.Member, _ exchange: Exchange) throws -> Instant {
    let wording = exchange.wording(try exchange.contracts()[0])
    guard let text = member.value.string else {
      throw BadValue(
        exchange.language("starts: \(member.key) needs a time.", "starts : \(member.key) demande un moment."))
    }
    return try TimeArgument(wording: wording).instant(text, field: .start)
  }

  // MARK: Files

  /// Of larger releases the search belongs to whoever asks: the command line does it.
  private static let most = 100
  /// How far one search goes, and how long at the most.
  private static let steps = 1_000_000
  private static let longest = Duration.seconds(5)

  private static func read(_ exchange: Exchange) throws -> (file: ReleaseFile, wording: Wording) {
    let contract = try exchange.contracts()[0]
    let zone = contract.currentTimeZone
    var reader = ReleaseFileReader(
      file: "file", language: exchange.language, zone: zone, now: exchange.register.now,
      contract: { try exchange.contract($0).contract },
      open: { _ in throw RegisterError.notFound("") })
    return (try reader.read((exchange.body["file"] ?? .null).bytes), exchange.wording(contract))
  }

  /// One search at a time: whoever comes meanwhile is told to come again, and every other call is answered as ever.
  private static let desk = PlanningDesk()

  private static func plan(
    _ file: ReleaseFile, _ wording: Wording, _ exchange: Exchange
  ) throws -> PlannedRelease {
    guard file.changes.count <= most else {
      throw Problem(
        .tooLarge,
        exchange.language(
          "A server plans \(most) changes at most: plan it with preavis release plan, and send starts.",
          "Un serveur place \(most) changements au plus : placez-les avec preavis release plan, et envoyez starts."))
    }
    var choices = ReleasePlanning.Choices()
    choices.except = exchange.texts("except") ?? []
    guard desk.enter() else { throw RegisterError.busy }
    defer { desk.leave() }
    let start = ContinuousClock.now
    func isOver() -> Bool { ContinuousClock.now - start > longest }
    return try ReleasePlanning(
      file, choices, register: exchange.register, now: exchange.register.now, wording: wording
    ).plan(
      PlanningBudget(steps: steps), isSimulation: exchange.api.isSimulation, isCancelled: isOver, wasStopped: isOver)
  }

  @Sendable static func plan(_ exchange: Exchange) throws -> APIAnswer {
    let (file, wording) = try read(exchange)
    return exchange.json(ReleasePhrases(try plan(file, wording, exchange), wording).json)
  }

  @Sendable static func submit(_ exchange: Exchange) throws -> APIAnswer {
    let (file, wording) = try read(exchange)
    let isAnswered = try exchange.register.isAnswered(exchange.key())
    let given = exchange.body["starts"].flatMap { $0.isNull ? nil : $0 }
    var times: ReleaseTimes
    if let given {
      times = ReleaseTimes(starts: [:])
      for member in given.members ?? [] { times.starts[member.key] = try time(member, exchange) }
    } else {
      times = isAnswered ? ReleaseTimes(starts: [:]) : ReleaseTimes(try plan(file, wording, exchange))
    }
    times.excepted = exchange.texts("except") ?? []
    let submission = try ReleaseSubmitting(file, now: exchange.register.now, wording: wording).submission(
      times, isFound: given == nil || exchange.flag("searched") ?? false, isAnswered: isAnswered)
    return try execute(.submit(submission), on: nil, exchange)
  }

  // MARK: Recording

  static func execute(_ command: ReleaseCommand, on id: ReleaseID?, _ exchange: Exchange) throws -> APIAnswer {
    let request = Register.ReleaseRequest(
      command, on: id, actor: exchange.principal?.name, idempotencyKey: try exchange.key(),
      expected: try exchange.expectedRevision())
    let outcome = try exchange.register.execute(request) { exchange.bound(try exchange.contract($0)) }
    let wording = exchange.wording(try exchange.contracts()[0])
    let shown = try ShownRelease(
      outcome, to: command, register: exchange.register, wording: wording, isSimulation: exchange.api.isSimulation
    ) { try exchange.contract($0).contract }
    var headers: [(name: String, value: String)] = []
    if outcome.isReplay { headers.append(("idempotency-replayed", "true")) }
    guard outcome.isAllowed else {
      let reasons = outcome.rows.flatMap { row in
        row.verdict.findings.filter { !$0.isSatisfied }.map { "\(row.name): \(wording.finding($0))" }
      }
      return Problem(
        .refused, reasons.joined(separator: " "), members: [JSON.Member("release", shown.json(wording))],
        headers: headers
      ).answer(exchange.language)
    }
    if id == nil, let made = outcome.release { headers.append(("location", "\(API.prefix)/releases/\(made.id)")) }
    let state = try outcome.release.map { ETag(newest: try exchange.register.newest(of: $0)) }
    return exchange.json(shown.json(wording), state: state, headers: headers)
  }
}
