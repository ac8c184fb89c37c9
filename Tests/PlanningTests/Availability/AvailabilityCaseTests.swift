import CivilTime
import JSONText
import TestSupport
import Testing

@testable import Planning

/// The worked examples and the seeded months, whose answers were found second by second.
struct AvailabilityCaseTests {
  @Test(arguments: [("cases/availability.jsonl", 49), ("availability-random.jsonl", 400)])
  func `The sweep and the accounts give the seconds of the cases`(file: String, count: Int) throws {
    var wrong = Mismatches()
    let values = try Fixtures.values(file)
    #expect(values.count == count)
    for (number, value) in values.enumerated() {
      let id = value["id"]?.string ?? "line \(number + 1)"
      let (input, expected) = (try #require(value["input"]), try #require(value["expected"]))
      let contract = try #require(AvailabilitySample.byZone[CaseReading.zone(input)])
      let month = try #require(CivilMonth(input["month"]?.string ?? ""))
      let period = try #require(ReferencePeriod(contract, month: month))
      let answer = MonthAvailability(
        service: "hub", period: period, stops: try stops(input), now: period.bounds.end)
      wrong.check(period.days, expected["business_days"]?.integer.map { Int($0) }, "\(id) days")
      wrong.check(answer.figures.reference.seconds, expected["prt_seconds"]?.integer, "\(id) PRT")
      wrong.check(answer.figures.unavailable.seconds, expected["ti_seconds"]?.integer, "\(id) TI")
      wrong.check(answer.figures.percent, expected["td_percent"]?.string, "\(id) TD")
      wrong.check(answer.figures.isMet, expected["met"]?.bool, "\(id) met")
      wrong.check(answer.figures.budgetLeft >= .zero, expected["met"]?.bool, "\(id) budget")
      let counted = answer.accounts.reduce(0) { $0 + $1.counted.length.seconds }
      wrong.check(counted, expected["ti_seconds"]?.integer, "\(id) accounts")
      for account in answer.accounts {
        let left = account.leftOut.reduce(0) { $0 + $1.parts.length.seconds }
        wrong.check(
          account.counted.length.seconds + left, account.stop.interval.length.seconds, "\(id) an account is no whole")
      }
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  private func stops(_ input: JSON) throws -> [Stop] {
    try (input["outages"]?.array ?? []).compactMap { outage in
      let times = CaseReading.times(["start", "end"], of: outage).times
      let name = (outage["cause"]?.string ?? "").replacing("_", with: "-")
      guard let start = times["start"], let end = times["end"], let interval = Interval(start: start, end: end) else {
        return nil
      }
      return Stop(
        source: .supposed, title: "", cause: try #require(OutageCause(rawValue: name)),
        environment: outage["environment"]?.string ?? "", interval: interval)
    }
  }
}

/// The sample contract with the promise of article 6.
enum AvailabilitySample {
  static func promise(_ change: (inout ContractTerms.Availability) -> Void = { _ in }) -> ContractTerms.Availability {
    var promise = ContractTerms.Availability(
      clause: "6", targetBasisPoints: 9900, hours: TimeOfDayRange(startSeconds: 7 * 3600, endSeconds: 20 * 3600)!,
      weekdays: [.monday, .tuesday, .wednesday, .thursday, .friday], exceptHolidays: true, excludedCauseWins: true)
    change(&promise)
    return promise
  }

  static func terms(
    zone: String = "metropole", from: String = "2020-01-01",
    _ change: (inout ContractTerms.Availability) -> Void = { _ in }
  ) -> ContractTerms {
    SampleContract.terms(zone: zone, from: from) { $0.availability = promise(change) }
  }

  static let contract = SampleContract.contract([terms()])
  static let byZone = Dictionary(
    uniqueKeysWithValues: FrenchHolidays.zones.map { ($0, SampleContract.contract([terms(zone: $0)])) })

  static func period(_ month: String, _ contract: Contract = contract) -> ReferencePeriod {
    ReferencePeriod(contract, month: CivilMonth(month)!)!
  }

  static func stop(_ start: String, _ end: String, _ cause: OutageCause = .incident) -> Stop {
    Stop(
      source: .supposed, title: "", cause: cause, environment: "production",
      interval: Interval(start: utc(start), end: utc(end))!)
  }

  static func unavailable(_ stops: [Stop], in period: ReferencePeriod) -> Int64 {
    MonthAvailability(service: "hub", period: period, stops: stops, now: period.bounds.end).figures.unavailable.seconds
  }
}
