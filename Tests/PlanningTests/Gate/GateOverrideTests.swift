import CivilTime
import Planning
import TestSupport
import Testing

/// Overrides: a reason, an end, one environment.
@Suite struct GateOverrideTests {
  static let now = utc("2026-06-02T12:00:00Z")
  static let contract = SampleContract.contract()

  private func error(_ command: GateCommand, on overrides: [GateOverride] = []) -> GateError? {
    do {
      _ = try command.decide(on: overrides, contract: Self.contract, now: Self.now)
      return nil
    } catch { return error }
  }

  private func override(_ seconds: Int64, _ reason: String = "Hotfix", in environment: String = "production")
    -> GateCommand
  {
    .override(environment: environment, length: Elapsed(seconds: seconds), reason: reason)
  }

  @Test func `An override lasts four hours at most and needs a reason that may be shown`() {
    #expect(error(override(4 * 3600)) == nil)
    #expect(error(override(4 * 3600 + 1)) == .length(Elapsed(seconds: 14_401)))
    #expect(error(override(0)) == .length(.zero))
    #expect(error(override(60, " \u{200B} ")) == .missingReason)
    #expect(error(override(60, "a\nb")) == .invalidText(.controlCharacter(field: .reason, scalar: 0x0A, position: 2)))
    #expect(
      error(override(60, "\u{202E}x"))
        == .invalidText(.bidirectionalOverride(field: .reason, scalar: 0x202E, position: 1)))
    #expect(error(override(60, in: "nowhere")) == .unknownEnvironment("nowhere", known: ["production", "test"]))
  }

  @Test func `An override opens its environment until its end, and closes when it is ended`() throws {
    let event = try override(1800).decide(on: [], contract: Self.contract, now: Self.now)
    let overrides = try #require(event.apply(to: [], at: Self.now, actor: "ada"))
    let gate = Gate(overrides: overrides)
    #expect(gate.at("2026-06-02T11:59:59Z").nextTransition == Self.now)
    #expect(gate.at("2026-06-02T12:00:00Z").reasons == [.override(overrides[0])])
    #expect(gate.at("2026-06-02T12:29:59Z").nextTransition == utc("2026-06-02T12:30:00Z"))
    #expect(gate.at("2026-06-02T12:30:00Z").state == .closed)
    #expect(Gate(overrides: overrides, in: "test").at("2026-06-02T12:00:00Z").state == .closed)

    let moment = utc("2026-06-02T12:10:00Z")
    let end = GateCommand.endOverride(environment: "production", reason: "Done")
    let ending = try end.decide(on: overrides, contract: Self.contract, now: moment)
    let ended = try #require(ending.apply(to: overrides, at: moment, actor: "bob"))
    #expect(Gate(overrides: ended).at("2026-06-02T12:09:59Z").nextTransition == moment)
    #expect(Gate(overrides: ended).at("2026-06-02T12:10:00Z").state == .closed)
    #expect(ended[0].ended == .init(at: moment, reason: "Done", actor: "bob"))
    // What is ended, or over, or of another environment, cannot be ended.
    #expect(ending.apply(to: ended, at: moment, actor: nil) == nil)
    #expect(error(end, on: ended) == nil, "at noon it was still in force")
    let late = utc("2026-06-02T12:30:00Z")
    #expect(throws: GateError.noOverride(environment: "production")) {
      _ = try end.decide(on: overrides, contract: Self.contract, now: late)
    }
    #expect(throws: GateError.noOverride(environment: "test")) {
      _ = try GateCommand.endOverride(environment: "test", reason: nil)
        .decide(on: overrides, contract: Self.contract, now: moment)
    }
  }

  @Test func `Overrides that touch are one opening`() {
    let gate = Gate(overrides: [
      GateSamples.override(Self.now, minutes: 30), GateSamples.override(Self.now + .minutes(30), minutes: 30),
    ])
    #expect(gate.at("2026-06-02T12:00:00Z").nextTransition == utc("2026-06-02T13:00:00Z"))
  }
}

/// Waiting, with a clock that only sleeping moves.
@Suite struct GateWaitTests {
  final class Clock {
    var now: Int64 = 0
    var sleeps: [Int64] = []
  }

  private func wait(_ clock: Clock, timeout: Int64, _ ask: (Instant) throws -> GateAnswer) throws -> GateAnswer {
    let start = utc("2026-06-01T21:59:00Z")
    return try GateWait(
      timeout: Elapsed(seconds: timeout), elapsed: { Elapsed(seconds: clock.now) },
      sleep: {
        clock.sleeps.append($0.seconds)
        clock.now += $0.seconds
      }
    ).run { try ask(start + Elapsed(seconds: clock.now)) }
  }

  private func gate(_ moment: Instant) -> GateAnswer {
    Gate([GateSamples.change(1, LifeCycle.night)]).answer(at: moment, horizon: moment + .hours(48))
  }

  @Test func `It sleeps until the transition and looks again at least every fifteen seconds`() throws {
    let clock = Clock()
    let answer = try wait(clock, timeout: 7200) { gate($0) }
    #expect(answer.state == .open)
    #expect(answer.at == LifeCycle.night.start)
    #expect(clock.now == 60)
    #expect(clock.sleeps.allSatisfy { (1...15).contains($0) })
  }

  @Test func `The time runs out on the second, closed`() throws {
    let clock = Clock()
    let answer = try wait(clock, timeout: 37) { gate($0) }
    #expect(answer.state == .closed)
    #expect(clock.now == 37)
  }

  @Test func `An open gate is not waited for, and what opens it meanwhile is seen`() throws {
    let clock = Clock()
    #expect(try wait(clock, timeout: 60) { gate($0 + .hours(1)) }.state == .open)
    #expect(clock.sleeps.isEmpty)
    let held = try wait(clock, timeout: 7200) { moment in
      let overrides = clock.now >= 25 ? [GateSamples.override(moment, minutes: 5)] : []
      return Gate(overrides: overrides).answer(at: moment, horizon: moment + .hours(1))
    }
    #expect(held.state == .open)
    #expect(clock.now < 25 + 15)
  }

  private struct Away: Error {}
  private struct Gone: Error {}

  @Test func `What may pass is waited for, and what may not ends the wait`() throws {
    func wait(_ clock: Clock, timeout: Int64, _ ask: (Int64) throws -> GateAnswer) throws -> GateAnswer {
      let wait = GateWait(
        timeout: Elapsed(seconds: timeout), elapsed: { Elapsed(seconds: clock.now) },
        sleep: { clock.now += $0.seconds })
      return try wait.run(isPassing: { $0 is Away }, { try ask(clock.now) })
    }
    let night = LifeCycle.night.start
    // Nobody answers for 25 seconds.
    let open = try wait(Clock(), timeout: 60) { if $0 < 25 { throw Away() } else { gate(night) } }
    #expect(open.state == .open)
    // Never an answer: why stands in the error, on the second.
    let clock = Clock()
    #expect(throws: Away.self) { try wait(clock, timeout: 37) { _ in throw Away() } }
    #expect(clock.now == 37)
    // What was known last is the answer when the time runs out.
    let closed = try wait(Clock(), timeout: 60) { if $0 > 5 { throw Away() } else { gate(night - .hours(3)) } }
    #expect(closed.state == .closed)
    #expect(throws: Gone.self) { try wait(Clock(), timeout: 60) { _ in throw Gone() } }
  }
}
