import CivilTime
import Planning
import TestSupport

/// Changes for the gate, made event by event: what the rules would say of them does not matter here.
enum GateSamples {
  static func span(_ start: Instant, minutes: Int64) -> Interval { Interval(start: start, length: .minutes(minutes))! }

  static func content(_ interval: Interval, _ kind: ChangeKind = .maintenance) -> ChangeContent {
    ChangeContent(
      kind: kind, service: "hub", environment: "production", components: [], interval: interval, title: "Work",
      description: "", impact: .outage, reason: nil, update: nil, alongside: [])
  }

  /// A plan accepted three days ahead, and what came of it; each event is recorded at the moment that it states.
  static func change(
    _ number: Int, _ interval: Interval, kind: ChangeKind = .maintenance, _ events: (ChangeEvent, Instant)...
  ) -> Change {
    change(number, interval, kind: kind, events)
  }

  static func change(
    _ number: Int, _ interval: Interval, kind: ChangeKind = .maintenance, _ events: [(ChangeEvent, Instant)]
  ) -> Change {
    let id = ChangeID(year: 2026, number: number)
    let first = ChangeEvent.planned(content(interval, kind), Verdict(findings: []))
    var change = first.apply(to: nil, id: id, at: interval.start - .hours(72))!
    for (event, moment) in events { change = event.apply(to: change, id: id, at: moment)! }
    return change
  }

  static func override(_ start: Instant, minutes: Int64, in environment: String = "production") -> GateOverride {
    GateOverride(
      environment: environment, start: start, until: start + .minutes(minutes), reason: "Hotfix", actor: "ada")
  }

  static func terms(
    from date: String = "2020-01-01", opens: GateOpening = .changes, freezes: [Interval] = [],
    nights: [ContractTerms.NightRange]? = nil
  ) -> ContractTerms {
    SampleContract.terms(from: date) {
      $0.gate = opens
      $0.freezes = freezes.map { Freeze(title: "Tax deadline", interval: $0, source: "freeze.ics") }
      if let nights {
        $0.window.nights = nights
        $0.window.weekdays = []
        $0.window.holidays = false
      }
    }
  }
}

extension Gate {
  init(
    _ changes: [Change] = [], terms: [ContractTerms] = [GateSamples.terms()], overrides: [GateOverride] = [],
    named: [Int] = [], in environment: String = "production"
  ) {
    self.init(
      contract: SampleContract.contract(terms), environment: environment, changes: changes, overrides: overrides,
      named: Set(named.map { ChangeID(year: 2026, number: $0) }))
  }

  /// With a horizon of a year.
  func at(_ text: String) -> GateAnswer {
    let moment = utc(text)
    return answer(at: moment, horizon: moment + .hours(24 * 366))
  }
}

extension GateAnswer {
  var codes: [GateReasonCode] { reasons.map(\.code) }
}
