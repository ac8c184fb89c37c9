import CivilTime
import Planning
import TestSupport
import Testing

/// What opens the gate, down to the second, and what is said where it is closed.
@Suite struct GateTests {
  typealias Samples = GateSamples
  /// Tuesday 2 June 2026, 00:00–02:00 in Paris.
  static let night = LifeCycle.night

  @Test func `A change opens the gate from its first second to the one before its end`() {
    let gate = Gate([Samples.change(1, Self.night)])
    let rows: [(String, GateState, String?)] = [
      ("2026-06-01T21:59:59Z", .closed, "2026-06-01T22:00:00Z"),
      ("2026-06-01T22:00:00Z", .open, "2026-06-02T00:00:00Z"),
      ("2026-06-01T23:59:59Z", .open, "2026-06-02T00:00:00Z"), ("2026-06-02T00:00:00Z", .closed, nil),
    ]
    for (at, state, next) in rows {
      let answer = gate.at(at)
      #expect(answer.state == state, "\(at)")
      #expect(answer.nextTransition == next.map { utc($0) }, "\(at)")
      #expect(answer.codes == [state == .open ? .change : .noChange], "\(at)")
    }
  }

  @Test func `Changes that touch or overlap are one opening, a second between them is a closing`() {
    let second = Interval(start: Self.night.end, length: .hours(1))!
    let gate = Gate([Samples.change(2, second), Samples.change(1, Self.night)])
    #expect(gate.at("2026-06-01T22:30:00Z").nextTransition == utc("2026-06-02T01:00:00Z"))
    let later = Interval(start: second.start + Elapsed(seconds: 1), end: second.end)!
    let parted = Gate([Samples.change(1, Self.night), Samples.change(2, later)])
    #expect(parted.at("2026-06-01T22:30:00Z").nextTransition == utc("2026-06-02T00:00:00Z"))
    #expect(parted.at("2026-06-02T00:00:00Z").state == .closed)
    #expect(parted.at("2026-06-02T00:00:00Z").nextTransition == utc("2026-06-02T00:00:01Z"))
    let inner = Samples.change(3, Samples.span(utc("2026-06-01T23:00:00Z"), minutes: 10))
    let both = Gate([Samples.change(1, Self.night), inner]).at("2026-06-01T23:05:00Z")
    #expect(both.reasons.compactMap(\.change?.number) == [1, 3])
    #expect(both.nextTransition == Self.night.end)
  }

  @Test func `Work beyond its announced end is closed until it is extended`() {
    let started = (ChangeEvent.started(at: Self.night.start, reason: nil), Self.night.start)
    let running = Gate([Samples.change(1, Self.night, started)])
    #expect(running.at("2026-06-01T23:59:59Z").state == .open)
    let over = running.at("2026-06-02T00:00:00Z")
    #expect(over.state == .closed)
    #expect(over.reasons == [.overrun(ChangeID(year: 2026, number: 1), end: Self.night.end)])
    #expect(over.nextTransition == nil)
    let extended = (ChangeEvent.extended(end: utc("2026-06-02T01:00:00Z"), reason: "More"), Self.night.end)
    let longer = Gate([Samples.change(1, Self.night, started, extended)])
    #expect(longer.at("2026-06-02T00:59:59Z").state == .open)
    #expect(longer.at("2026-06-02T01:00:00Z").codes == [.overrun])
  }

  @Test func `Planned work begun early opens nothing before its announced start, urgent work does`() {
    let early = utc("2026-06-01T21:30:00Z")
    let started = (ChangeEvent.started(at: early, reason: "Early"), early)
    let planned = Gate([Samples.change(1, Self.night, started)])
    #expect(planned.at("2026-06-01T21:45:00Z").codes == [.startedEarly])
    #expect(planned.at("2026-06-01T21:45:00Z").nextTransition == Self.night.start)
    #expect(planned.at("2026-06-01T22:00:00Z").state == .open)
    let urgent = Gate([Samples.change(1, Self.night, kind: .emergency, started)])
    #expect(urgent.at("2026-06-01T21:29:59Z").state == .closed)
    #expect(urgent.at("2026-06-01T21:30:00Z").state == .open)
    #expect(urgent.at("2026-06-01T21:30:00Z").nextTransition == Self.night.end)
  }

  @Test func `Completed work is over at its actual end, cancelled work opens nothing`() {
    let end = utc("2026-06-01T23:10:30Z")
    let gate = Gate([
      Samples.change(
        1, Self.night, (.started(at: Self.night.start, reason: nil), Self.night.start),
        (.completed(at: end, reason: nil), end))
    ])
    #expect(gate.at("2026-06-01T23:10:29Z").state == .open)
    #expect(gate.at("2026-06-01T23:10:29Z").nextTransition == end)
    #expect(gate.at("2026-06-01T23:10:30Z").reasons == [.completed(ChangeID(year: 2026, number: 1), at: end)])
    #expect(gate.at("2026-06-02T00:00:00Z").codes == [.noChange])
    let overrun = utc("2026-06-02T00:30:00Z")
    let late = Gate([
      Samples.change(
        1, Self.night, (.started(at: Self.night.start, reason: nil), Self.night.start),
        (.completed(at: overrun, reason: "Late"), overrun))
    ])
    #expect(late.at("2026-06-02T00:10:00Z").state == .closed)
    let cancelled = Gate([Samples.change(1, Self.night, (.cancelled(reason: "No"), Self.night.start))])
    #expect(cancelled.at("2026-06-01T23:00:00Z").codes == [.cancelled])
    #expect(cancelled.at("2026-06-01T23:00:00Z").nextTransition == nil)
  }

  @Test func `Only named changes may open the gate, and each says why it does not`() throws {
    let other = Samples.change(2, Samples.span(utc("2026-06-03T22:00:00Z"), minutes: 60))
    let changes = [Samples.change(1, Self.night), other]
    let gate = Gate(changes, named: [2])
    let answer = gate.at("2026-06-01T23:00:00Z")
    #expect(answer.state == .closed)
    #expect(answer.codes == [.notNamed, .notBegun])
    #expect(answer.nextTransition == utc("2026-06-03T22:00:00Z"))
    #expect(gate.at("2026-06-03T22:30:00Z").state == .open)
    #expect(gate.at("2026-06-03T23:00:00Z").codes == [.ended])
    #expect(Gate(changes, named: [1, 2]).at("2026-06-01T23:00:00Z").reasons.count == 1)
    let windowed = Gate(changes, terms: [Samples.terms(opens: .window)], named: [2])
    #expect(windowed.at("2026-06-01T23:00:00Z").state == .closed)
    let held = Gate(changes, overrides: [Samples.override(utc("2026-06-01T23:00:00Z"), minutes: 30)], named: [2])
    #expect(held.at("2026-06-01T23:00:00Z").codes == [.override])
    let draft = try #require(try LifeCycle.inState(.refused).change)
    #expect(Gate([draft], named: [1]).at("2026-06-01T23:00:00Z").codes == [.draft])
  }

  @Test func `A freeze over a part of planned work closes the gate for all of it, not for urgent work`() {
    let freeze = Samples.span(utc("2026-06-01T23:00:00Z"), minutes: 30)
    let terms = [Samples.terms(freezes: [freeze])]
    let planned = Gate([Samples.change(1, Self.night)], terms: terms)
    for moment in ["2026-06-01T22:30:00Z", "2026-06-01T23:10:00Z", "2026-06-01T23:30:00Z"] {
      #expect(planned.at(moment).codes == [.freeze])
      #expect(planned.at(moment).reasons.first?.change?.number == 1)
      #expect(planned.at(moment).nextTransition == nil)
    }
    #expect(planned.at("2026-06-02T00:00:00Z").codes == [.noChange])
    let urgent = Gate([Samples.change(1, Self.night, kind: .emergency)], terms: terms)
    #expect(urgent.at("2026-06-01T23:00:00Z").nextTransition == Self.night.end)
    let windowed = Gate(terms: [Samples.terms(opens: .window, freezes: [freeze])])
    #expect(windowed.at("2026-06-01T23:10:00Z").codes == [.freeze])
    #expect(windowed.at("2026-06-01T23:10:00Z").nextTransition == freeze.end)
  }

  @Test func `Planned work that a new version leaves outside the window opens nothing, its part inside neither`() {
    let terms = [Samples.terms(nights: [SampleContract.night(1, 5)])]
    let plan = Samples.span(utc("2026-06-01T22:15:00Z"), minutes: 60)
    let gate = Gate([Samples.change(1, plan)], terms: terms)
    for moment in ["2026-06-01T22:30:00Z", "2026-06-01T23:05:00Z"] {
      #expect(gate.at(moment).codes == [.outsideWindow])
      #expect(gate.at(moment).nextTransition == nil)
    }
    #expect(Gate([Samples.change(1, plan, kind: .emergency)], terms: terms).at("2026-06-01T22:30:00Z").state == .open)
    // Where the window opens the gate by itself, the part inside is open by that.
    let windowed = [Samples.terms(opens: .window, nights: [SampleContract.night(1, 5)])]
    let both = Gate([Samples.change(1, plan)], terms: windowed)
    #expect(both.at("2026-06-01T22:30:00Z").codes == [.outsideWindow, .outsideWindow])
    #expect(both.at("2026-06-01T23:05:00Z").codes == [.window])
  }

  @Test func `An extension that leaves the window is announced, and the gate follows it`() {
    let night = Samples.span(utc("2026-06-02T03:00:00Z"), minutes: 120)
    let started = (ChangeEvent.started(at: night.start, reason: nil), night.start)
    let extended = (ChangeEvent.extended(end: utc("2026-06-02T06:00:00Z"), reason: "More"), night.start)
    let gate = Gate([Samples.change(1, night, started, extended)])
    #expect(gate.at("2026-06-02T04:00:00Z").nextTransition == utc("2026-06-02T06:00:00Z"))
    #expect(gate.at("2026-06-02T05:30:00Z").state == .open)
  }

  @Test func `By choice of the contract the merged window opens the gate too`() throws {
    let gate = Gate(terms: [Samples.terms(opens: .window)])
    // Saturday 23:59:59, then Sunday and the night after it (article 5).
    #expect(gate.at("2026-06-06T21:59:59Z").codes == [.outsideWindow])
    let sunday = gate.at("2026-06-06T22:00:00Z")
    #expect(sunday.reasons == [.window(LifeCycle.span("2026-06-06T22:00:00Z", "2026-06-08T05:00:00Z"))])
    #expect(sunday.nextTransition == utc("2026-06-08T05:00:00Z"))
    // An emergency outside the window opens it all the same, up to the window's end where they touch.
    let evening = Samples.change(1, Samples.span(utc("2026-06-08T21:00:00Z"), minutes: 60), kind: .emergency)
    let both = Gate([evening], terms: [Samples.terms(opens: .window)]).at("2026-06-08T21:30:00Z")
    #expect(both.codes == [.change])
    #expect(both.nextTransition == utc("2026-06-09T05:00:00Z"))
    // An environment in which work is always allowed has no next closing.
    let free = Gate(terms: [Samples.terms(opens: .window)], in: "test").at("2026-06-08T12:00:00Z")
    #expect(free.reasons == [.window(nil)])
    #expect(free.nextTransition == nil)
  }

  @Test func `The version in force says what opens the gate`() {
    let terms = [Samples.terms(), Samples.terms(from: "2026-06-03", opens: .window)]
    let gate = Gate(terms: terms)
    #expect(gate.at("2026-06-02T01:00:00Z").codes == [.noChange])
    // Wednesday 3 June, 00:00 in Paris.
    #expect(gate.at("2026-06-02T01:00:00Z").nextTransition == utc("2026-06-02T22:00:00Z"))
    #expect(gate.at("2026-06-02T22:00:00Z").nextTransition == utc("2026-06-03T05:00:00Z"))
  }

  @Test func `In the nights of the clock changes the gate follows the instants, not the clock face`() {
    // 29 March 2026: 02:00 becomes 03:00, so 01:30 to 03:30 is one hour.
    let spring = Gate([Samples.change(1, LifeCycle.span("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"))])
    #expect(spring.at("2026-03-29T00:59:59Z").nextTransition == utc("2026-03-29T01:30:00Z"))
    #expect(spring.at("2026-03-29T01:30:00Z").state == .closed)
    // 25 October 2026: 02:30 comes twice; a window that ends there closes at the first, one that begins opens at the second.
    func night(_ from: Int, _ to: Int) -> ContractTerms.NightRange {
      .init(start: TimeOfDay(hour: from, minute: 0)!, end: TimeOfDay(hour: to, minute: 30))
    }
    let closing = Gate(terms: [Samples.terms(opens: .window, nights: [night(1, 2)])])
    #expect(closing.at("2026-10-25T00:00:00Z").nextTransition == utc("2026-10-25T00:30:00Z"))
    #expect(closing.at("2026-10-25T01:15:00Z").state == .closed)
    let half = ContractTerms.NightRange(
      start: TimeOfDay(hour: 2, minute: 30)!, end: TimeOfDay(hour: 4, minute: 0))
    let opening = Gate(terms: [Samples.terms(opens: .window, nights: [half])])
    #expect(opening.at("2026-10-25T00:45:00Z").state == .closed)
    #expect(opening.at("2026-10-25T00:45:00Z").nextTransition == utc("2026-10-25T01:30:00Z"))
    #expect(opening.at("2026-10-25T01:30:00Z").nextTransition == utc("2026-10-25T03:00:00Z"))
    // The whole of Sunday 25 October has 25 hours, and the night after belongs to it.
    let sunday = Gate(terms: [Samples.terms(opens: .window)]).at("2026-10-24T22:00:00Z")
    #expect(sunday.nextTransition == utc("2026-10-26T06:00:00Z"))
  }

  @Test func `Codes of reasons are what other programs rely on`() {
    #expect(
      GateReasonCode.allCases.map(\.rawValue) == [
        "change", "window", "override", "no_change", "outside_window", "freeze", "not_named", "not_begun", "ended",
        "overrun", "word_due", "started_early", "completed", "cancelled", "draft",
        "requested",
      ])
  }
}
