import CivilTime
import Planning
import TestSupport
import Testing

/// What today's rules say of plans that were made under others. Sources: ../shared/faults.md, part A; contract, article 5.
@Suite struct StandingTests {
  typealias Samples = GateSamples

  /// Thursday 24 December 2026, 01:00–03:00 in Paris.
  static let christmas = LifeCycle.span("2026-12-24T00:00:00Z", "2026-12-24T02:00:00Z")
  static let freeze = Freeze(
    title: "Year end", interval: LifeCycle.span("2026-12-19T23:00:00Z", "2027-01-02T23:00:00Z"), source: "freeze.ics")

  /// The codes that refuse each plan, by number; nothing for those that stand.
  static func conflicts(_ changes: [Change], _ contract: Contract) -> [Int: [FindingCode]] {
    var rules = TodaysRules(contract)
    return rules.conflicts(among: changes, at: .earliest).reduce(into: [:]) { found, conflict in
      found[conflict.change.id.number] = conflict.standing.obstacles.map(\.code)
    }
  }

  static func contract(_ change: (inout ContractTerms) -> Void) -> Contract {
    SampleContract.contract([SampleContract.terms(change)])
  }

  @Test func `A freeze that comes after the plan refuses it; its first and last seconds decide`() {
    let plan = Samples.change(1, Self.christmas)
    #expect(Self.conflicts([plan], SampleContract.contract()) == [:])
    #expect(Self.conflicts([plan], Self.contract { $0.freezes = [Self.freeze] }) == [1: [.freeze]])
    let rows: [(String, String, Bool)] = [
      ("2026-12-23T00:00:00Z", "2026-12-24T00:00:00Z", false), ("2026-12-23T00:00:00Z", "2026-12-24T00:00:01Z", true),
      ("2026-12-24T02:00:00Z", "2026-12-25T00:00:00Z", false), ("2026-12-24T01:59:59Z", "2026-12-25T00:00:00Z", true),
    ]
    for (start, end, isRefused) in rows {
      let freeze = Freeze(title: "Gel", interval: LifeCycle.span(start, end), source: "freeze.ics")
      let found = Self.conflicts([plan], Self.contract { $0.freezes = [freeze] })
      #expect(found == (isRefused ? [1: [.freeze]] : [:]), "\(start) \(end)")
    }
  }

  @Test func `A version with a later night leaves 45 minutes outside`() throws {
    // Thursday 10 December, 00:15–01:15; nights 01:00–05:00 from 1 December.
    let plan = Samples.change(1, LifeCycle.span("2026-12-09T23:15:00Z", "2026-12-10T00:15:00Z"))
    let later = SampleContract.terms(from: "2026-12-01") { $0.window.nights = [SampleContract.night(1, 5)] }
    var rules = TodaysRules(SampleContract.contract([SampleContract.terms(), later]))
    let found = rules.standing(of: plan, among: [plan], at: LifeCycle.early)
    let standing = try #require(found)
    #expect(standing.isRefused)
    #expect(
      standing.obstacles.map(\.figures) == [
        .window(nil, outside: [LifeCycle.span("2026-12-09T23:15:00Z", "2026-12-10T00:00:00Z")])
      ])
    // In force the day after the work only, it says nothing of it.
    let after = SampleContract.terms(from: "2026-12-11") { $0.window.nights = [SampleContract.night(1, 5)] }
    #expect(Self.conflicts([plan], SampleContract.contract([SampleContract.terms(), after])) == [:])
  }

  @Test func `A holiday that is none any more, and a weekday that is closed, refuse the plans of those days`() {
    // Tuesday 11 November 2025 and Sunday 7 June 2026, at noon.
    let armistice = Samples.change(1, LifeCycle.span("2025-11-11T11:00:00Z", "2025-11-11T12:00:00Z"))
    let sunday = Samples.change(2, LifeCycle.span("2026-06-07T10:00:00Z", "2026-06-07T11:00:00Z"))
    let plans = [armistice, sunday]
    #expect(Self.conflicts(plans, SampleContract.contract()) == [:])
    #expect(Self.conflicts(plans, Self.contract { $0.window.holidays = false }) == [1: [.outsideWindow]])
    #expect(Self.conflicts(plans, Self.contract { $0.window.weekdays = [.saturday] }) == [2: [.outsideWindow]])
  }

  @Test func `A holiday of one zone alone holds the plans of that zone`() {
    // Saturday 26 December 2026, at noon: a holiday in Alsace and Moselle.
    let plan = Samples.change(1, LifeCycle.span("2026-12-26T11:00:00Z", "2026-12-26T12:00:00Z"))
    for (zone, found) in [("alsace-moselle", [:]), ("metropole", [1: [FindingCode.outsideWindow]])] {
      #expect(Self.conflicts([plan], SampleContract.contract([SampleContract.terms(zone: zone)])) == found, "\(zone)")
    }
  }

  @Test func `Clock rules that change move the window under the plan`() throws {
    // 06:30–07:00 of a July morning in Paris; by the clock of UTC it is 04:30, by that of Athens 07:30.
    let plan = Samples.change(1, LifeCycle.span("2026-07-07T04:30:00Z", "2026-07-07T05:00:00Z"))
    let athens = try Fixtures.zone("Europe/Athens")
    #expect(Self.conflicts([plan], Self.contract { $0.timeZone = .utc }) == [:])
    #expect(Self.conflicts([plan], Self.contract { $0.timeZone = athens }) == [1: [.outsideWindow]])
  }

  @Test func `Components and environments that go, and what they leave alone`() {
    var content = LifeCycle.maintenance(Self.christmas)
    content.components = ["api", "database"]
    content.environment = "test"
    let id = ChangeID(year: 2026, number: 1)
    let now = LifeCycle.early
    let plan = ChangeEvent.planned(content, Verdict(findings: [])).apply(to: nil, id: id, at: now)!
    let whole = Samples.change(2, Self.christmas)
    var contract = SampleContract.contract()
    contract.components = ["portal"]
    #expect(Self.conflicts([plan, whole], contract) == [1: [.unknownComponent]])
    contract.environments = ["production"]
    #expect(Self.conflicts([plan, whole], contract) == [1: [.unknownComponent, .unknownEnvironment]])
    var rules = TodaysRules(contract)
    let standing = rules.standing(of: plan, among: [], at: LifeCycle.early)
    #expect(
      standing?.obstacles.map(\.figures) == [
        .components(unknown: ["api", "database"]), .environment("test", isKnown: false),
      ])
    // They keep nobody from working: clients were told of the time, and the contract still allows it.
    let obstacles = rules.obstacles(to: plan)
    #expect(obstacles.isEmpty)
  }

  @Test func `Urgent work waits for no window and no freeze, an update without interruption for no window`() {
    // Tuesday noon.
    let noon = LifeCycle.span("2026-06-02T10:00:00Z", "2026-06-02T11:00:00Z")
    let freeze = Freeze(title: "Gel", interval: noon, source: "freeze.ics")
    func change(_ number: Int, _ content: ChangeContent) -> Change {
      ChangeEvent.planned(content, Verdict(findings: []))
        .apply(to: nil, id: ChangeID(year: 2026, number: number), at: LifeCycle.early)!
    }
    let urgent = change(1, LifeCycle.emergency(noon))
    let update = change(2, LifeCycle.update(noon))
    let interrupting = change(3, LifeCycle.update(noon) { content, details in details.interruption = true })
    let apart = [urgent, update, interrupting].map { plan in
      Self.conflicts([plan], SampleContract.contract()).values.first ?? []
    }
    #expect(apart == [[], [], [.outsideWindow]])
    let frozen = [urgent, update, interrupting].map { plan in
      Self.conflicts([plan], Self.contract { $0.freezes = [freeze] }).values.first ?? []
    }
    #expect(frozen == [[], [.freeze], [.outsideWindow, .freeze]])
  }

  @Test func `An overlap is settled where either of the two says so`() {
    let first = Samples.change(1, Self.christmas)
    var second = Samples.change(2, Self.christmas)
    #expect(Self.conflicts([first, second], SampleContract.contract()) == [1: [.overlap], 2: [.overlap]])
    second.content.alongside = [first.id]
    #expect(Self.conflicts([first, second], SampleContract.contract()) == [:])
    second.content.alongside = []
    second.content.environment = "test"
    #expect(Self.conflicts([first, second], SampleContract.contract()) == [:])
  }

  @Test func `Only plans and work under way have a standing, and only plans are conflicts`() throws {
    let frozen = Self.contract {
      $0.freezes = [Freeze(title: "Gel", interval: LifeCycle.night, source: "freeze.ics")]
    }
    var rules = TodaysRules(frozen)
    let rows: [(ChangeState, hasStanding: Bool, isConflict: Bool)] = [
      (.planned, true, true), (.inProgress, true, false), (.completed, false, false), (.cancelled, false, false),
      (.refused, false, false),
    ]
    for (state, hasStanding, isConflict) in rows {
      let change = try #require(try LifeCycle.inState(state).change)
      let standing = rules.standing(of: change, among: [change], at: LifeCycle.early)
      let conflicts = rules.conflicts(among: [change], at: LifeCycle.early)
      #expect((standing != nil) == hasStanding, "\(state)")
      #expect(conflicts.count == (isConflict ? 1 : 0), "\(state)")
    }
  }

  @Test func `Notice that was given is not judged anew`() throws {
    // Planned five days ahead; by a contract that asks thirty it would be refused.
    let change = try #require(try LifeCycle.planned().change)
    var rules = TodaysRules(Self.contract { $0.planned.notice = .hours(24 * 30) })
    let found = rules.standing(of: change, among: [change], at: LifeCycle.early)
    let standing = try #require(found)
    #expect(!standing.isRefused)
    #expect(
      standing.verdict.findings.map(\.code) == [
        .outsideWindow, .freeze, .overlap, .unknownComponent, .unknownEnvironment,
      ])
  }
}
