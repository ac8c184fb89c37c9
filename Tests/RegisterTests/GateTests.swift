import CivilTime
import Foundation
import GRDB
import Planning
import Register
import RegisterSQLite
import TestSupport
import Testing

/// The gate on a register: overrides go the one way of writing, and what is asked finds all that matters.
@Suite struct GateTests {
  static let service = "profession-liberale"

  @discardableResult
  func override(
    minutes: Int64 = 30, reason: String = "Hotfix", environment: String = "production", key: String? = nil,
    in workshop: Workshop
  ) throws -> Register.GateOutcome {
    try execute(
      .override(environment: environment, length: .minutes(minutes), reason: reason), key: key, in: workshop)
  }

  @discardableResult
  func execute(_ command: GateCommand, key: String? = nil, in workshop: Workshop) throws -> Register.GateOutcome {
    try workshop.register.execute(
      Register.GateRequest(command, service: Self.service, actor: "ada", idempotencyKey: key)
    ) { _ in workshop.contract }
  }

  func gate(_ workshop: Workshop, at moment: Instant? = nil, named: [ChangeID] = []) throws -> GateAnswer {
    try workshop.register.gate(
      GateQuestion(environment: "production", at: moment, named: named), contract: workshop.contract.contract)
  }

  @Test(arguments: StoreKind.allCases)
  func `An override is an event of a stream of its own, and opens until its end`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let outcome = try override(in: workshop)
    #expect(try workshop.types() == ["register-created", "contract-adopted", "gate-overridden"])
    #expect(try workshop.events().last?.stream == "GATE-profession-liberale")
    #expect(
      try workshop.events().last?.body.contains("\"until\":\"2026-11-02T09:30:00Z\",\"reason\":\"Hotfix\"") == true)
    #expect(outcome.overrides.map(\.actor) == ["ada"])
    #expect(try gate(workshop).state == .open)
    #expect(try gate(workshop).nextTransition == utc("2026-11-02T09:30:00Z"))
    workshop.clock.now = utc("2026-11-02T09:29:59Z")
    #expect(try gate(workshop).state == .open)
    workshop.clock.now = utc("2026-11-02T09:30:00Z")
    #expect(try gate(workshop).state == .closed)
    #expect(throws: GateError.noOverride(environment: "production")) {
      try execute(.endOverride(environment: "production", reason: nil), in: workshop)
    }
    try override(minutes: 60, in: workshop)
    try override(minutes: 60, environment: "preproduction", in: workshop)
    workshop.clock.now = utc("2026-11-02T09:40:00Z")
    let ended = try execute(.endOverride(environment: "production", reason: "Done"), in: workshop)
    #expect(ended.overrides.map(\.start) == [utc("2026-11-02T09:30:00Z")])
    #expect(try gate(workshop).state == .closed)
    #expect(try workshop.register.overrides(service: Self.service).map { $0.ended != nil } == [false, true, false])
    let result = try workshop.verify()
    #expect(result.problems == [])
    #expect(result.changes == 0)
  }

  @Test func `Both stores give the same log with overrides in it`() throws {
    let roots = try StoreKind.allCases.map { kind in
      let workshop = try Workshop(kind)
      try workshop.live()
      try override(key: "k", in: workshop)
      try execute(.endOverride(environment: "production", reason: nil), in: workshop)
      return try workshop.verify().root
    }
    #expect(roots[0] == roots[1])
  }

  @Test(arguments: StoreKind.allCases)
  func `A key gives the same answer and never records twice`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    try workshop.submit("2026-12-06T01:00:00Z", key: "taken")
    let first = try override(key: "one", in: workshop)
    workshop.clock.now = utc("2026-11-02T09:10:00Z")
    let second = try override(key: "one", in: workshop)
    #expect(second.isReplay)
    #expect(second.overrides == first.overrides)
    #expect(second.decidedAt == first.decidedAt)
    #expect(throws: RegisterError.idempotencyKeyReused("one")) { try override(minutes: 31, key: "one", in: workshop) }
    #expect(throws: RegisterError.idempotencyKeyReused("one")) {
      try execute(.endOverride(environment: "production", reason: "Hotfix"), key: "one", in: workshop)
    }
    #expect(throws: RegisterError.idempotencyKeyReused("taken")) { try override(key: "taken", in: workshop) }
    #expect(try workshop.register.overrides(service: Self.service).count == 1)
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `The key of an override is that of no change and no outage`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    try override(key: "one", in: workshop)
    #expect(throws: RegisterError.idempotencyKeyReused("one")) {
      try workshop.submit("2026-12-06T01:00:00Z", key: "one")
    }
    let outage = OutageContent(
      service: Self.service, environment: "production", components: [], cause: .incident,
      start: utc("2026-11-02T08:00:00Z"), end: nil, title: "Login fails", evidence: "")
    #expect(throws: RegisterError.idempotencyKeyReused("one")) {
      try workshop.register.execute(
        Register.OutageRequest(.record(outage), actor: "ada", idempotencyKey: "one")
      ) { _ in workshop.contract }
    }
    // A part of it, and what stands elsewhere in an event, is another key.
    try workshop.submit("2026-12-06T01:00:00Z", key: "on")
    try workshop.submit("2026-12-13T01:00:00Z", key: "Hotfix")
    #expect(try workshop.verify().problems == [])
  }

  @Test func `An override until a moment lasts to that moment, however late it is asked for`() throws {
    let workshop = try Workshop(.memory)
    let until = GateCommand.overrideUntil(
      utc("2026-11-02T09:30:00Z"), environment: "production", reason: "Hotfix")
    let first = try execute(until, key: "k", in: workshop)
    #expect(first.overrides.map(\.until) == [utc("2026-11-02T09:30:00Z")])
    workshop.clock.now = utc("2026-11-02T09:10:00Z")
    #expect(try execute(until, key: "k", in: workshop).isReplay)
    workshop.clock.now = utc("2026-11-02T09:30:00Z")
    #expect(throws: GateError.length(.zero)) { try execute(until, in: workshop) }
  }

  @Test func `A clock behind the newest event records no override`() throws {
    let workshop = try Workshop(.memory)
    try override(in: workshop)
    workshop.clock.now = utc("2026-11-02T08:00:00Z")
    #expect(throws: RegisterError.self) { try override(in: workshop) }
    #expect(try workshop.register.overrides(service: Self.service).count == 1)
  }

  @Test func `Verification finds overrides that were written past the program`() throws {
    func problems(_ type: String, _ body: String) throws -> [Damage] {
      let workshop = try Workshop(.memory)
      try override(in: workshop)
      try workshop.store.write { store in
        let newest = try store.newestEvent()
        try store.append(
          StoredEvent(
            after: newest, at: utc("2026-11-02T09:10:00Z"), stream: "GATE-profession-liberale", type: type, body: body))
      }
      return try workshop.verify().problems
    }
    let contract = "\"contract\":\"00\""
    let day = "{\"environment\":\"production\",\"until\":\"2026-11-03T09:10:00Z\",\"reason\":\"x\",\(contract)}"
    #expect(try problems("gate-overridden", day) == [.impossible(sequence: 4, stream: "GATE-profession-liberale")])
    let other = "{\"environment\":\"preproduction\",\(contract)}"
    #expect(
      try problems("gate-override-ended", other) == [.impossible(sequence: 4, stream: "GATE-profession-liberale")])
    #expect(try problems("gate-overridden", "{}") == [.unreadable(sequence: 4)])
    #expect(try problems("gate-opened", other) == [.unreadable(sequence: 4)])
    let good = "{\"environment\":\"production\",\(contract)}"
    #expect(try problems("gate-override-ended", good) == [])
  }

  /// What the look-ups leave out must not matter: at each moment the answer is that of the whole register.
  @Test(arguments: StoreKind.allCases)
  func `The gate of a register is that of all its changes`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    try workshop.live()
    try override(in: workshop)
    // Urgent work that began before its announced start, and work that runs over.
    var urgent = workshop.content("2026-12-11T20:00:00Z", title: "Patch", kind: .emergency)
    urgent.reason = "CVE"
    let patch = try #require(try workshop.execute(.emergency(urgent)).change).id
    let night = try #require(try workshop.submit("2026-12-17T00:00:00Z").change).id
    _ = try workshop.submit("2026-12-18T00:00:00Z")
    workshop.clock.now = utc("2026-12-11T19:00:00Z")
    _ = try workshop.execute(.start(at: nil, reason: "Now"), on: patch)
    workshop.clock.now = utc("2026-12-11T19:30:00Z")
    _ = try workshop.execute(.complete(at: nil, reason: nil), on: patch)
    workshop.clock.now = utc("2026-12-17T00:00:00Z")
    _ = try workshop.execute(.start(at: nil, reason: nil), on: night)
    workshop.clock.now = utc("2026-12-17T02:30:00Z")
    let register = workshop.register
    let all = try register.changes(ChangeFilter())
    let overrides = try register.overrides(service: Self.service)
    #expect(all.count == 8)
    for named in [[], [patch], [night, patch]] {
      let whole = Gate(
        contract: workshop.contract.contract, environment: "production", changes: all, overrides: overrides,
        named: Set(named))
      var moment = utc("2026-12-04T00:00:00Z")
      let end = utc("2026-12-22T00:00:00Z")
      while moment < end {
        let expected = whole.answer(at: moment, horizon: moment + .hours(24 * 4026))
        let found = try gate(workshop, at: moment, named: named)
        #expect(found == expected, "\(moment)")
        if found != expected { return }
        moment = moment + Elapsed(seconds: 1799)
      }
    }
  }

  @Test func `What makes no sense is an error, not a closed gate`() throws {
    let workshop = try Workshop(.memory)
    let id = try #require(try workshop.submit("2026-12-06T01:00:00Z").change).id
    #expect(throws: RegisterError.unknownChange(ChangeID(year: 2026, number: 9))) {
      try gate(workshop, named: [ChangeID(year: 2026, number: 9)])
    }
    #expect(throws: GateError.otherGate(id, service: Self.service, environment: "production")) {
      try workshop.register.gate(
        GateQuestion(environment: "preproduction", named: [id]), contract: workshop.contract.contract)
    }
    #expect(throws: GateError.self) {
      try workshop.register.gate(GateQuestion(environment: "moon"), contract: workshop.contract.contract)
    }
  }
}
