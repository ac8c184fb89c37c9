import CivilTime
import Dispatch
import Files
import Planning
import Register
import RegisterSQLite
import Synchronization
import TestSupport
import Testing

/// What every store has to give to the one write path.
@Suite struct SubmissionTests {
  @Test(arguments: StoreKind.allCases)
  func `An allowed request is planned and published at revision 0`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let outcome = try workshop.submit("2026-12-06T01:00:00Z")
    let change = try #require(outcome.change)
    #expect(outcome.verdict.status == .allowed)
    #expect(!outcome.isReplay)
    #expect(change.id == ChangeID(year: 2026, number: 1))
    #expect(change.state == .planned)
    #expect(change.revision == 0)
    #expect(change.plannedAt == workshop.clock.now)
    #expect(try workshop.types() == ["register-created", "contract-adopted", "planned"])
    for language in ["fr", "en"] {
      let fragment = try #require(try workshop.store.read { try $0.fragment(change.id, language: language) })
      #expect(fragment.revision == 0)
      let text = String(decoding: fragment.body, as: UTF8.self)
      #expect(text.contains("SEQUENCE:0\r\n"))
    }
    #expect(try workshop.register.change(change.id) == change)
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `A refused request is kept as a draft and nothing of it is published`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let outcome = try workshop.submit("2026-12-07T10:00:00Z")
    let change = try #require(outcome.change)
    #expect(outcome.verdict.status == .refused)
    #expect(outcome.verdict.findings.filter { !$0.isSatisfied }.map(\.code) == [.outsideWindow])
    #expect(change.state == .refused)
    #expect(change.revision == nil)
    #expect(try workshop.store.read { try $0.fragment(change.id, language: "fr") } == nil)
    #expect(try workshop.register.change(change.id).verdict == outcome.verdict)
  }

  @Test(arguments: StoreKind.allCases)
  func `Identifiers are numbered without gaps, drafts too`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let starts = ["2026-12-06T01:00:00Z", "2026-12-07T10:00:00Z", "2026-12-08T01:00:00Z", "2026-12-09T10:00:00Z"]
    let identifiers = try starts.map { try workshop.submit($0).change?.id.description }
    #expect(identifiers == ["CHG-2026-0001", "CHG-2026-0002", "CHG-2026-0003", "CHG-2026-0004"])
  }

  @Test(arguments: StoreKind.allCases)
  func `The year of an identifier is that of the civil date in Paris`(kind: StoreKind) throws {
    let workshop = try Workshop(kind, at: "2026-12-31T22:59:58Z")
    let old = try workshop.submit("2027-01-10T01:00:00Z").change?.id
    workshop.clock.now = utc("2026-12-31T22:59:59Z")
    let last = try workshop.submit("2027-01-10T04:00:00Z").change?.id
    workshop.clock.now = utc("2026-12-31T23:00:00Z")
    let new = try workshop.submit("2027-01-10T08:00:00Z").change?.id
    #expect([old, last, new].map { "\($0!)" } == ["CHG-2026-0001", "CHG-2026-0002", "CHG-2027-0001"])
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `A change that is not there is an error and records nothing`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let id = ChangeID(year: 2026, number: 7)
    #expect(throws: RegisterError.unknownChange(id)) { try workshop.execute(.cancel(reason: "x"), on: id) }
    #expect(throws: RegisterError.unknownChange(id)) { try workshop.register.change(id) }
    #expect(throws: RegisterError.unknownChange(id)) { try workshop.register.history(id) }
    #expect(try workshop.types() == ["register-created"])
  }

  @Test(arguments: StoreKind.allCases)
  func `A store is initialised once`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    #expect(throws: RegisterError.self) {
      try Register.initialise(workshop.store, isSimulation: true, identity: "0ther", now: workshop.clock.now)
    }
    let facts = try Register.facts(workshop.store)
    #expect(facts.identity == "5eed")
    #expect(!facts.isSimulation)
  }

  @Test(arguments: StoreKind.allCases)
  func `A revision that has moved on is refused as stale`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let id = try #require(try workshop.submit("2026-12-06T01:00:00Z").change?.id)
    let count = try workshop.events().count
    #expect(throws: RegisterError.staleRevision(expected: 1, current: 0)) {
      try workshop.execute(.cancel(reason: "x"), on: id, revision: 1)
    }
    #expect(try workshop.events().count == count)
    #expect(try workshop.execute(.cancel(reason: "x"), on: id, revision: 0).change?.revision == 1)
    #expect(throws: RegisterError.staleRevision(expected: 0, current: 1)) {
      try workshop.execute(.cancel(reason: "x"), on: id, revision: 0)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `An overlap is refused, a change that touches is not`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let first = try #require(try workshop.submit("2026-12-06T01:00:00Z").change)
    let second = try workshop.submit("2026-12-06T02:59:59Z")
    let finding = try #require(second.verdict.findings.first { $0.code == .overlap })
    #expect(finding.figures == .overlap([Booking(change: first.id, interval: first.content.interval)]))
    #expect(second.change?.state == .refused)
    #expect(try workshop.submit("2026-12-06T03:00:00Z").verdict.status == .allowed)
    _ = try workshop.execute(.cancel(reason: "x"), on: first.id)
    #expect(try workshop.submit("2026-12-06T01:00:00Z").verdict.status == .allowed)
  }

  @Test(arguments: StoreKind.allCases)
  func `A long booking is found from its last minute`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    // Saturday midnight to Monday 07:00 in Paris.
    #expect(try workshop.submit("2026-12-05T23:00:00Z", hours: 31).verdict.status == .allowed)
    #expect(try workshop.submit("2026-12-07T05:00:00Z", hours: 1).verdict.status == .refused)
    #expect(try workshop.submit("2026-12-07T23:00:00Z", hours: 1).verdict.status == .allowed)
  }

  @Test(arguments: StoreKind.allCases)
  func `Of writers that want the same slot at once, one gets it`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let verdicts = Mutex<[Verdict.Status]>([])
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 8) { number in
      do {
        let store = kind == .sqlite ? try SQLiteStore.open(at: workshop.path) : workshop.store
        let request = Register.Request(.submit(workshop.content("2026-12-06T01:00:00Z", title: "Writer \(number)")))
        let outcome = try workshop.register(on: store).execute(request) { _ in workshop.contract }
        verdicts.withLock { $0.append(outcome.verdict.status) }
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }
    #expect(failures.withLock { $0 } == [])
    #expect(verdicts.withLock { $0.filter { $0 == .allowed }.count } == 1)
    #expect(verdicts.withLock { $0.count } == 8)
    let result = try workshop.verify()
    #expect(result.problems == [])
    #expect(result.changes == 8)
  }

  @Test(arguments: StoreKind.allCases)
  func `Contract files that change are an event of their own, once`(kind: StoreKind) throws {
    var workshop = try Workshop(kind)
    try workshop.submit("2026-12-06T01:00:00Z")
    try workshop.submit("2026-12-08T01:00:00Z")
    var files = Workshop.shipped.sources
    files[0].bytes += Array("# loosened\n".utf8)
    let changed = BoundContract(contract: Workshop.shipped.contract, files: files)
    workshop.contract = changed
    try workshop.submit("2026-12-10T01:00:00Z")
    try workshop.submit("2026-12-11T01:00:00Z")
    #expect(
      try workshop.types() == [
        "register-created", "contract-adopted", "planned", "planned", "contract-adopted", "planned", "planned",
      ])
    let adopted = try workshop.events()[4]
    #expect(adopted.stream == StoredEvent.registerStream)
    #expect(adopted.body.contains(changed.digest))
    #expect(try workshop.store.read { try $0.contractDigest(of: "profession-liberale") } == changed.digest)
  }

  @Test(arguments: StoreKind.allCases)
  func `History tells every state that a change went through`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    try workshop.live()
    let first = try workshop.register.history(ChangeID(year: 2026, number: 1))
    #expect(first.map(\.line.type) == ["planned", "started", "extended", "completed"])
    #expect(first.map(\.after.revision) == [0, 1, 2, 3])
    #expect(first.map(\.after.state) == [.planned, .inProgress, .inProgress, .completed])
    let third = try workshop.register.history(ChangeID(year: 2026, number: 3))
    #expect(third.map(\.line.type) == ["planned", "replanning-refused", "rescheduled", "amended"])
    #expect(third.map(\.after.revision) == [0, 0, 1, 2])
  }

  @Test(arguments: StoreKind.allCases)
  func `Filters choose by state and by interval, in order of start`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    try workshop.live()
    var filter = ChangeFilter()
    #expect(try workshop.register.changes(filter).map(\.id.number) == [1, 2, 5, 4, 3])
    filter.states = [.cancelled, .completed]
    #expect(try workshop.register.changes(filter).map(\.id.number) == [1, 5, 4])
    filter.states = []
    filter.range = Interval(start: utc("2026-12-13T08:00:00Z"), end: utc("2026-12-20T08:00:01Z"))
    #expect(try workshop.register.changes(filter).map(\.id.number) == [3])
    filter.service = "another"
    #expect(try workshop.register.changes(filter).isEmpty)
  }
}
