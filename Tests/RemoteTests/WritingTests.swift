import API
import Answers
import CivilTime
import Foundation
import Planning
import Register
import RegisterSQLite
import TestSupport
import Testing

@testable import Remote

@Suite struct WritingTests {
  /// Each command of a life, given to a file and to a server at the same moments.
  @Test(arguments: Bench.Reading.allCases)
  func `a server answers each command as a file does`(reading: Bench.Reading) throws {
    let local = try ServerAPI()
    let bench = try Bench()
    let remote = try bench.remote(reading)
    for (number, step) in Bench.life.enumerated() {
      local.clock.now = utc(step.clock)
      bench.api.clock.now = utc(step.clock)
      let expected = try local.register.execute(step.command, on: step.on, key: "ada/k\(number)")
      let found = try remote.execute(step.command, on: step.on, key: "k\(number)")
      #expect(found.essence == expected.essence, "step \(number): \(step.command)")
    }
    #expect(try bench.api.events() == local.events())
    #expect(try remote.register.store.read { try $0.events(after: 0, limit: 1000) } == local.events())
    #expect(try Register.verify(remote.replica.store).problems == [])
  }

  @Test(arguments: Bench.Reading.allCases)
  func `outages are recorded, amended and voided as in a file`(reading: Bench.Reading) throws {
    let local = try ServerAPI()
    let bench = try Bench()
    let remote = try bench.remote(reading)
    let id = OutageID(year: 2026, number: 1)
    let content = OutageContent(
      service: "profession-liberale", environment: "production", components: ["flux"], cause: .incident,
      start: utc("2026-11-02T08:00:00Z"), end: nil, title: "Login fails", evidence: "Ticket 1")
    var ended = OutageCommand.Amendment()
    ended.end = .at(utc("2026-11-02T08:30:00Z"))
    ended.cause = .forceMajeure
    var again = OutageCommand.Amendment()
    again.end = .ongoing
    let commands: [(OutageCommand, OutageID?)] = [
      (.record(content), nil), (.amend(ended, reason: "Report"), id), (.amend(again, reason: "Too early"), id),
      (.void(reason: "Probe"), id),
    ]
    for (number, (command, outage)) in commands.enumerated() {
      func request(_ key: String) -> Register.OutageRequest {
        Register.OutageRequest(command, on: outage, actor: "ada", idempotencyKey: key)
      }
      let expected = try local.register.execute(request("ada/\(number)"), contract: local.bound)
      let found = try remote.execute(request("\(number)"), contract: bench.api.bound)
      #expect(found.outage == expected.outage)
      #expect(!found.isReplay)
      #expect(try remote.execute(request("\(number)"), contract: bench.api.bound).isReplay)
    }
    #expect(try bench.api.events() == local.events())
    // A voided record is closed: refused by the record, not by a rule.
    #expect(throws: RemoteError.self) {
      try remote.execute(.init(.void(reason: "Again"), on: id), contract: bench.api.bound)
    }
    #expect(try Register.verify(remote.replica.store).problems == [])
  }

  @Test(arguments: [0, 1, 2], [TestTransport.Fault.answerLost, .badGateway, .notSent, .unavailable(retryAfter: nil)])
  func `with every third answer lost each command is recorded once`(rest: Int, fault: TestTransport.Fault) throws {
    let calm = try Bench()
    let rough = try Bench(fault: { number, _ in number % 3 == rest ? fault : nil })
    let quiet = try calm.connect()
    let remote = try rough.remote(fault.isOfAnswer ? .excerpts : .whole)
    for (number, step) in Bench.life.enumerated() {
      calm.api.clock.now = utc(step.clock)
      rough.api.clock.now = utc(step.clock)
      let expected = try quiet.execute(step.command, on: step.on, key: "k\(number)")
      #expect(try remote.execute(step.command, on: step.on, key: "k\(number)").essence == expected.essence)
    }
    #expect(try rough.api.events() == calm.api.events())
    #expect(!rough.patience.pauses.isEmpty)
  }

  @Test func `a command without a key is given one that every attempt carries`() throws {
    let bench = try Bench(fault: { number, request in request.method == .post && number < 5 ? .answerLost : nil })
    let outcome = try bench.connect().execute(.submit(Bench.content("2026-12-06T01:00:00Z")))
    #expect(!outcome.isReplay)
    #expect(outcome.verdict.status == .allowed)
    let keys = bench.api.received.filter { $0.method == "POST" }.map { $0.header("idempotency-key") }
    #expect(keys.count == 4)
    #expect(Set(keys).count == 1)
    #expect(try bench.api.types().filter { $0 == "planned" }.count == 1)
    let other = try Bench()
    _ = try other.connect().execute(.submit(Bench.content("2026-12-06T01:00:00Z")))
    #expect(other.api.received.last { $0.method == "POST" }?.header("idempotency-key") != keys[0])
  }

  @Test func `when no answer comes the key is told, and asks again without recording twice`() throws {
    let isOver = Flag()
    let bench = try Bench(fault: { _, request in request.method == .post && !isOver.value ? .answerLost : nil })
    let remote = try bench.connect()
    let command = ChangeCommand.submit(Bench.content("2026-12-06T01:00:00Z"))
    #expect(throws: RemoteError.unknownOutcome("reset", key: "mine")) { try remote.execute(command, key: "mine") }
    #expect(bench.patience.pauses.reduce(.zero, +) <= .seconds(30))
    #expect(bench.patience.pauses.count > 5)
    isOver.set()
    let outcome = try bench.connect().execute(command, key: "mine")
    #expect(outcome.isReplay)
    #expect(try bench.api.types().filter { $0 == "planned" }.count == 1)
  }

  @Test func `what never left this machine is not in doubt`() throws {
    let bench = try Bench(fault: { _, request in request.method == .post ? .notSent : nil })
    let remote = try bench.connect()
    #expect(throws: RemoteError.unreachable("refused")) {
      try remote.execute(.submit(Bench.content("2026-12-06T01:00:00Z")))
    }
    #expect(try bench.api.types() == ["register-created"])
  }

  @Test(arguments: Bench.Reading.allCases)
  func `a server that falls silent after its answer is not said to have done nothing`(reading: Bench.Reading) throws {
    let isSilent = Flag()
    let bench = try Bench(fault: { _, request in
      defer { if request.path == "/api/v1/changes" { isSilent.set() } }
      return isSilent.value ? .notSent : nil
    })
    let remote = try bench.remote(reading)
    #expect(throws: RemoteError.recordedUnseen("refused")) {
      try remote.execute(.submit(Bench.content("2026-12-06T01:00:00Z")))
    }
    #expect(try bench.api.types().contains("planned"))
  }

  @Test func `a copy that cannot be written does not say that nothing was recorded`() throws {
    let bench = try Bench()
    let remote = try bench.connect()
    let place = try bench.place()
    // Nothing can be written where a file stands in the place of the folder.
    try FileManager.default.removeItem(atPath: bench.folder.path("cache"))
    try Data().write(to: URL(fileURLWithPath: bench.folder.path("cache")))
    #expect(throws: RemoteError.recordedUncopied(place.seen)) {
      try remote.execute(.submit(Bench.content("2026-12-06T01:00:00Z")))
    }
    #expect(throws: RemoteError.recordedUncopied(place.seen)) {
      try remote.createToken(name: "eve", role: .engineer, expires: .never, actor: nil)
    }
    #expect(try bench.api.types().suffix(2) == ["planned", "token-created"])
  }

  @Test func `a change that somebody else moved is not moved again`() throws {
    let bench = try Bench()
    let mine = try bench.connect()
    let id = try mine.execute(.submit(Bench.content("2026-12-06T01:00:00Z"))).change!.id
    let desk = try Bench(bench.api)
    let colleague = try desk.connect()
    var amendment = ChangeCommand.Amendment()
    amendment[.title] = "Theirs"
    _ = try colleague.execute(.amend(amendment, reason: "Clearer"), on: id)
    amendment[.title] = "Mine"
    #expect(throws: RemoteError.stale) { try mine.execute(.amend(amendment, reason: "Clearer"), on: id) }
    #expect(throws: RegisterError.staleRevision(expected: 0, current: 1)) {
      try mine.execute(.amend(amendment, reason: "Clearer"), on: id, revision: 0)
    }
    #expect(try bench.connect().register.change(id).content.title == "Theirs")
  }

  @Test func `an outage that somebody else has corrected is not corrected again`() throws {
    let bench = try Bench()
    let mine = try bench.connect()
    let content = OutageContent(
      service: "profession-liberale", environment: "production", cause: .incident, start: utc("2026-11-02T08:00:00Z"),
      end: nil)
    let id = try mine.execute(.init(.record(content)), contract: bench.api.bound).outage.id
    var amendment = OutageCommand.Amendment()
    amendment.title = "Theirs"
    let desk = try Bench(bench.api)
    _ = try desk.connect().execute(.init(.amend(amendment, reason: nil), on: id), contract: bench.api.bound)
    amendment.title = "Mine"
    #expect(throws: RegisterError.staleOutage(id, expected: 0, current: 1)) {
      try mine.execute(.init(.amend(amendment, reason: nil), on: id), contract: bench.api.bound)
    }
    #expect(throws: RegisterError.staleOutage(id, expected: 7, current: 1)) {
      try mine.execute(.init(.void(reason: "x"), on: id, expectedRevision: 7), contract: bench.api.bound)
    }
    #expect(try bench.connect().register.outage(id).content.title == "Theirs")
  }

  /// Two people, one key, one change: each is told of the own event, also when its answer was lost.
  @Test func `the same key of somebody else is not taken for the own one`() throws {
    let bench = try Bench()
    let ada = try bench.connect()
    let id = try ada.execute(.submit(Bench.content("2026-12-06T01:00:00Z"))).change!.id
    let other = try bench.api.register.createToken(name: "bob", role: .releaseManager, expires: .never, actor: nil)
    let bob = try RemoteRegister.connect(
      place: try ReplicaPlace(bench.address, folder: bench.folder.path("bob")),
      courier: bench.courier(token: other.secret.text))
    var amendment = ChangeCommand.Amendment()
    amendment[.title] = "By Ada"
    let first = try ada.execute(.amend(amendment, reason: "Clearer"), on: id, key: "k")
    try bob.refresh()
    amendment[.title] = "By Bob"
    let second = try bob.execute(.amend(amendment, reason: "Clearer"), on: id, key: "k")
    #expect(!second.isReplay)
    #expect(second.change?.content.title == "By Bob")
    try ada.refresh()
    amendment[.title] = "By Ada"
    let again = try ada.execute(.amend(amendment, reason: "Clearer"), on: id, key: "k", revision: 0)
    #expect(again.isReplay)
    #expect(again.newest == first.newest)
    #expect(again.change?.content.title == "By Ada")
  }

  @Test func `a key that was used for another request is refused`() throws {
    let bench = try Bench()
    let remote = try bench.connect()
    _ = try remote.execute(.submit(Bench.content("2026-12-06T01:00:00Z")), key: "k")
    #expect(throws: RegisterError.idempotencyKeyReused("k")) {
      try remote.execute(.submit(Bench.content("2026-12-13T01:00:00Z")), key: "k")
    }
  }

  @Test(arguments: [(false, false), (true, false), (true, true)])
  func `an import judges, numbers and records as in a file`(keepsGoing: Bool, isRehearsal: Bool) throws {
    let local = try ServerAPI()
    let bench = try Bench()
    let remote = try bench.connect()
    var terms = Register.BatchTerms()
    terms.keepsGoing = keepsGoing
    terms.isRehearsal = isRehearsal
    func requests(_ scope: String) -> [Register.Request] {
      ["2026-12-06T01:00:00Z", "2026-12-06T02:00:00Z", "2026-12-13T01:00:00Z", "2026-12-06T01:00:00Z"].enumerated().map
      {
        Register.Request(
          .submit(Bench.content($1)), actor: "ada", idempotencyKey: "\(scope)row-\($0 == 3 ? 0 : $0)")
      }
    }
    for _ in 0..<2 {
      let expected = try local.register.executeAll(
        requests("ada/"), terms: terms, contract: local.bound, isFault: { _ in true })
      let found = try remote.executeAll(
        requests(""), terms: terms, contract: local.bound, isFault: { _ in true }, progress: { _ in })
      #expect(found.isRecorded == expected.isRecorded)
      for (one, other) in zip(found.results, expected.results) {
        guard case .judged(let one) = one, case .judged(let other) = other else {
          Issue.record("not judged")
          continue
        }
        #expect(one.verdict.status == other.verdict.status)
        #expect(one.change?.content == other.change?.content)
        // What was not recorded has no identifier to be known by.
        guard expected.isRecorded else { continue }
        #expect(one.verdict == other.verdict)
        #expect(one.isReplay == other.isReplay)
        #expect(one.change?.id == other.change?.id)
      }
    }
    #expect(try bench.api.events() == local.events())
  }

  @Test func `an import larger than a server takes is not sent`() throws {
    let bench = try Bench()
    let remote = try bench.connect()
    let requests = (0..<5000).map { _ in Register.Request(.submit(Bench.content("2026-12-06T01:00:00Z"))) }
    #expect(throws: RemoteError.tooLarge) {
      try remote.executeAll(
        requests, terms: .init(), contract: bench.api.bound, isFault: { _ in true }, progress: { _ in })
    }
    #expect(!bench.api.lines.contains("POST /api/v1/imports"))
  }
}

extension TestTransport.Fault {
  /// Whether the request was carried out.
  fileprivate var isOfAnswer: Bool {
    switch self {
    case .answerLost, .badGateway: true
    case .notSent, .unavailable, .unknownRoute: false
    }
  }
}
