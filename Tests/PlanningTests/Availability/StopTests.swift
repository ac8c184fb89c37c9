import CivilTime
import TestSupport
import Testing

@testable import Planning

/// What maintenances and emergencies really did is what counts.
struct StopTests {
  /// Tuesday 2 June 2026, 00:00–02:00 in Paris, begun as announced.
  static func running(_ change: (inout ChangeContent) -> Void = { _ in }) throws -> LifeCycle {
    var cycle = LifeCycle()
    cycle.contract = AvailabilitySample.contract
    var content = ChangeContent(
      kind: .maintenance, service: "hub", environment: "production", components: [], interval: LifeCycle.night,
      title: "Migration", description: "", impact: .outage, reason: nil, update: nil, alongside: [])
    change(&content)
    try cycle.run(.submit(content))
    try cycle.run(.start(at: nil, reason: nil), at: LifeCycle.night.start)
    return cycle
  }

  @Test func `A stop goes from the actual start to the actual end, whatever was announced`() throws {
    var cycle = try Self.running()
    let change = try #require(cycle.change)
    let now = utc("2026-06-02T05:30:00Z")
    let ongoing = try #require(Stop(change, now: now))
    #expect(ongoing.isOngoing)
    #expect(ongoing.cause == .plannedMaintenance)
    #expect(ongoing.interval == Interval(start: LifeCycle.night.start, end: now))
    try cycle.run(.complete(at: nil, reason: "Slow disks"), at: now)
    let ended = try #require(cycle.change.flatMap { Stop($0, now: now + .hours(100)) })
    #expect(!ended.isOngoing)
    #expect(ended.interval == ongoing.interval)
    // The window ended at 07:00 in Paris, half an hour before the work did.
    #expect(AvailabilitySample.unavailable([ended], in: AvailabilitySample.period("2026-06")) == 1800)
  }

  @Test(arguments: [Impact.none, .reducedRedundancy, .degraded])
  func `Less than an outage is no stop`(impact: Impact) throws {
    let cycle = try Self.running { $0.impact = impact }
    #expect(cycle.change.flatMap { Stop($0, now: utc("2026-06-02T09:00:00Z")) } == nil)
  }

  @Test func `An emergency is excluded, and known to be late where it was over when it was recorded`() throws {
    for (end, isLate) in [(utc("2026-06-02T09:00:00Z"), true), (utc("2026-06-02T11:00:00Z"), false)] {
      var cycle = LifeCycle()
      let now = utc("2026-06-02T10:00:00Z")
      let content = ChangeContent(
        kind: .emergency, service: "hub", environment: "production", components: [],
        interval: Interval(start: utc("2026-06-02T08:00:00Z"), end: end)!, title: "Patch", description: "",
        impact: .outage, reason: "CVE", update: nil, alongside: [])
      try cycle.run(.emergency(content), at: now)
      if !isLate { try cycle.run(.complete(at: nil, reason: nil), at: now + .hours(1)) }
      let stop = try #require(cycle.change.flatMap { Stop($0, now: now + .hours(5)) })
      #expect(stop.cause == .urgentMaintenance)
      #expect(stop.isUrgencyRecordedAfterwards == isLate)
      let period = AvailabilitySample.period("2026-06")
      let month = MonthAvailability(service: "hub", period: period, stops: [stop], now: period.bounds.end)
      #expect(month.figures.unavailable == .zero)
      #expect(month.withoutLateUrgency.unavailable == (isLate ? .hours(1) : .zero))
      #expect(month.lateUrgency.count == (isLate ? 1 : 0))
    }
  }

  @Test func `A month is provisional while it runs, while something goes on, and where a start is missing`() throws {
    let period = AvailabilitySample.period("2026-06")
    let change = try #require(Self.running().change)
    let stop = try #require(Stop(change, now: utc("2026-06-02T09:00:00Z")))
    var planned = change
    planned.state = .planned
    let month = MonthAvailability(
      service: "hub", period: period, stops: [stop], unrecorded: [planned], now: utc("2026-06-02T09:00:00Z"))
    #expect(month.provisional == [.monthNotOver, .ongoing(.change(change.id)), .unrecordedStart(change.id)])
    #expect(
      MonthAvailability(service: "hub", period: period, stops: [], now: period.bounds.end).provisional == [])
  }

  @Test func `The point of no return is the middle to the end of the window, or a stated length before it`() throws {
    let change = try #require(Self.running().change)
    let now = utc("2026-06-01T23:00:00Z")
    // The window of 2 June ends at 07:00 in Paris, 05:00 UTC; the work began at 22:00 UTC.
    let assumed = try #require(StopCost(change, contract: AvailabilitySample.contract, rollback: nil, now: now))
    #expect(assumed.pointOfNoReturn == utc("2026-06-02T01:30:00Z"))
    #expect(assumed.rollback == .minutes(210))
    #expect(assumed.costsFrom == utc("2026-06-02T05:00:00Z"))
    let stated = StopCost(change, contract: AvailabilitySample.contract, rollback: .minutes(40), now: now)
    #expect(stated?.pointOfNoReturn == utc("2026-06-02T04:20:00Z"))
    let endless = StopCost(change, contract: AvailabilitySample.contract, rollback: .hours(8), now: now)
    #expect(endless?.pointOfNoReturn == nil)
    let late = utc("2026-06-02T09:00:00Z")
    #expect(StopCost(change, contract: AvailabilitySample.contract, rollback: nil, now: late)?.costsFrom == late)
  }
}
