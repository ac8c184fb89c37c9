import CivilTime
import Planning
import Publication
import Register
import TestSupport
import Testing

/// Many requests in one transaction.
@Suite struct BatchExecutionTests {
  static func batch(
    _ workshop: Workshop, _ contents: [ChangeContent], keys: [String] = [], _ terms: Register.BatchTerms = .init()
  ) throws -> Register.BatchOutcome {
    let requests = contents.enumerated().map { index, content in
      Register.Request(
        content.kind == .emergency ? .emergency(content) : .submit(content), actor: "test",
        idempotencyKey: keys.isEmpty ? nil : keys[index])
    }
    return try workshop.register.executeAll(
      requests, terms: terms, contract: { _ in workshop.contract }, isFault: { $0 is CommandError })
  }

  static func verdicts(_ outcome: Register.BatchOutcome) -> [String] {
    outcome.results.map { result in
      switch result {
      case .judged(let outcome): (outcome.isReplay ? "again " : "") + outcome.verdict.status.rawValue
      case .failed(let error): "\(error)"
      case .nothing: "nothing"
      }
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `Allowed requests are recorded together, at one moment`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let outcome = try Self.batch(
      workshop, [workshop.content("2026-12-06T01:00:00Z"), workshop.content("2026-12-08T00:00:00Z")])
    #expect(outcome.isRecorded)
    #expect(Self.verdicts(outcome) == ["allowed", "allowed"])
    #expect(try workshop.types() == ["register-created", "contract-adopted", "planned", "planned"])
    #expect(Set(try workshop.events().dropFirst().map(\.at)).count == 1)
    #expect(try workshop.verify().problems.isEmpty)
  }

  @Test(arguments: StoreKind.allCases)
  func `The clock is read once for all`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    // A clock that moves a second whenever it is read.
    let register = Register(store: workshop.store, publisher: workshop.publisher) {
      workshop.clock.now = workshop.clock.now + Elapsed(seconds: 1)
      return workshop.clock.now
    }
    let requests = ["2026-12-06T01:00:00Z", "2026-12-08T00:00:00Z", "2026-12-09T00:00:00Z"].map {
      Register.Request(.submit(workshop.content($0)))
    }
    let outcome = try register.executeAll(
      requests, terms: .init(), contract: { _ in workshop.contract }, isFault: { _ in false })
    #expect(outcome.isRecorded)
    #expect(Set(try workshop.events().dropFirst().map(\.at)) == [utc("2026-11-02T09:00:01Z")])
  }

  @Test(arguments: StoreKind.allCases)
  func `A later request meets what an earlier one booked, and then nothing stays`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let before = try workshop.events()
    let outcome = try Self.batch(
      workshop, [workshop.content("2026-12-06T01:00:00Z"), workshop.content("2026-12-06T02:00:00Z")])
    #expect(!outcome.isRecorded)
    #expect(Self.verdicts(outcome) == ["allowed", "refused"])
    #expect(try workshop.events() == before)
  }

  @Test(arguments: StoreKind.allCases, [false, true])
  func `Going on records what is allowed, and drafts when asked`(kind: StoreKind, drafts: Bool) throws {
    let workshop = try Workshop(kind)
    var terms = Register.BatchTerms()
    terms.keepsGoing = true
    terms.keepsDrafts = drafts
    let outcome = try Self.batch(
      workshop,
      [
        workshop.content("2026-12-07T10:00:00Z"), workshop.content("2026-12-06T01:00:00Z"),
        workshop.content("2026-12-08T00:00:00Z"),
      ], terms)
    #expect(outcome.isRecorded)
    #expect(Self.verdicts(outcome) == ["refused", "allowed", "allowed"])
    let types = try workshop.types().filter { $0 == "planned" || $0 == "refused" }
    #expect(types == (drafts ? ["refused", "planned", "planned"] : ["planned", "planned"]))
    #expect(try workshop.verify().problems.isEmpty)
  }

  @Test(arguments: StoreKind.allCases)
  func `A rehearsal gives the verdicts and records nothing`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    var terms = Register.BatchTerms()
    terms.isRehearsal = true
    let outcome = try Self.batch(workshop, [workshop.content("2026-12-06T01:00:00Z")], terms)
    #expect(!outcome.isRecorded)
    #expect(Self.verdicts(outcome) == ["allowed"])
    #expect(try workshop.types() == ["register-created"])
  }

  @Test(arguments: StoreKind.allCases)
  func `A request that makes no sense is told, the others are judged, nothing stays`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    var nameless = workshop.content("2026-12-06T01:00:00Z")
    nameless.title = " "
    var terms = Register.BatchTerms()
    terms.keepsGoing = true
    let outcome = try Self.batch(workshop, [nameless, workshop.content("2026-12-06T01:00:00Z")], terms)
    #expect(!outcome.isRecorded)
    #expect(Self.verdicts(outcome) == ["missingTitle", "allowed"])
    #expect(try workshop.types() == ["register-created"])
  }

  @Test(arguments: StoreKind.allCases)
  func `The same keys again record nothing, however late`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let contents = [workshop.content("2026-12-06T01:00:00Z"), workshop.content("2026-12-08T00:00:00Z")]
    _ = try Self.batch(workshop, contents, keys: ["a", "b"])
    let before = try workshop.events()
    workshop.clock.now = utc("2026-12-20T00:00:00Z")
    let again = try Self.batch(workshop, contents, keys: ["a", "b"])
    #expect(Self.verdicts(again) == ["again allowed", "again allowed"])
    #expect(try workshop.events() == before)
  }

  @Test(arguments: StoreKind.allCases)
  func `An error that no request is to blame for ends the batch`(kind: StoreKind) throws {
    let fragment = EventFragment(identity: "5eed", isSimulation: false, corrupt: { _ in [] })
    let workshop = try Workshop(kind, publisher: fragment)
    #expect(throws: (any Error).self) { try Self.batch(workshop, [workshop.content("2026-12-06T01:00:00Z")]) }
    #expect(try workshop.types() == ["register-created"])
  }

  @Test(arguments: StoreKind.allCases)
  func `A clock that stands behind records nothing but the incident`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    workshop.clock.now = utc("2026-10-01T00:00:00Z")
    #expect(throws: RegisterError.self) { try Self.batch(workshop, [workshop.content("2026-12-06T01:00:00Z")]) }
    #expect(try workshop.store.read { try $0.clockIncidents().count } == 1)
    #expect(try workshop.types() == ["register-created"])
  }

  /// The shipped contract; the same, with work allowed at any time; the same, without nights.
  static func contracts(_ workshop: Workshop) -> [BoundContract] {
    var (open, dark) = (workshop.contract.contract, workshop.contract.contract)
    for index in open.versions.indices {
      open.versions[index].window.anyTimeEnvironments = ["production"]
      dark.versions[index].window.nights = []
    }
    return [
      workshop.contract, BoundContract(contract: open, files: [("open", [])]),
      BoundContract(contract: dark, files: [("dark", [])]),
    ]
  }

  @Test(arguments: StoreKind.allCases)
  func `A request of a batch is judged as it is alone, whatever contract and window apply`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let contracts = Self.contracts(workshop)
    let first = utc("2026-11-05T00:00:00Z")
    // Over three years, forwards and backwards.
    let contents = (0..<120).map { number in
      var content = workshop.content("2026-12-06T01:00:00Z")
      let start = first + .hours(Int64((number * 97) % 120) * 223)
      content.interval = Interval(start: start, length: .hours(1 + Int64(number % 3)))!
      return content
    }
    var terms = Register.BatchTerms()
    (terms.keepsGoing, terms.keepsDrafts) = (true, true)
    var asked = 0
    let outcome = try workshop.register.executeAll(
      contents.map { Register.Request(.submit($0), actor: "test") }, terms: terms,
      contract: { _ in
        asked += 1
        return contracts[(asked - 1) % 3]
      }, isFault: { _ in false })
    #expect(outcome.isRecorded)
    for (number, (content, result)) in zip(contents, outcome.results).enumerated() {
      let context = DecisionContext(contract: contracts[number % 3].contract, now: workshop.clock.now, booked: [])
      let alone = try ChangeCommand.submit(content).decide(on: nil, in: context)
      guard case .judged(let judged) = result else {
        Issue.record("\(result)")
        continue
      }
      #expect(judged.verdict.findings == alone.verdict.findings, "\(content.interval)")
    }
    #expect(Set(Self.verdicts(outcome)) == ["allowed", "refused"])
    #expect(try workshop.verify().problems.isEmpty)
  }

  @Test(arguments: StoreKind.allCases)
  func `What a request wrote before it failed does not mislead those after it`(kind: StoreKind) throws {
    struct Picky: Publisher {
      func fragments(of change: Change, contract: Contract) throws -> [(language: String, body: [UInt8])] {
        if change.content.title == "second" { throw CommandError.missingTitle }
        return []
      }
    }
    let workshop = try Workshop(kind, publisher: Picky())
    let contracts = Self.contracts(workshop)
    var asked = 0
    // The second request notes another contract before it fails.
    let outcome = try workshop.register.executeAll(
      ["first", "second", "third"].enumerated().map { number, title in
        Register.Request(.submit(workshop.content("2026-12-0\(6 + number)T01:00:00Z", hours: 1, title: title)))
      }, terms: .init(),
      contract: { _ in
        asked += 1
        return contracts[(asked - 1) % 2]
      }, isFault: { $0 is CommandError })
    #expect(Self.verdicts(outcome) == ["allowed", "missingTitle", "allowed"])
    #expect(try workshop.types() == ["register-created"])
  }
}
