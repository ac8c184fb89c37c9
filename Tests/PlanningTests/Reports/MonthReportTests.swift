import CivilTime
import TestSupport
import Testing

@testable import Planning

/// June 2026 by hand; Paris is at UTC+2. The 1st is a Monday.
struct MonthReportTests {
  static let month = CivilMonth("2026-06")!

  static func id(_ number: Int) -> ChangeID { ChangeID(year: 2026, number: number) }

  static func stream(_ number: Int, _ events: (ChangeEvent, String)...) throws -> ChangeStream {
    try #require(ChangeStream(id: id(number), events: events.map { ($0.0, utc("2026-\($0.1)Z")) }))
  }

  static func span(_ start: String, _ end: String) -> Interval {
    LifeCycle.span("2026-\(start)Z", "2026-\(end)Z")
  }

  static let allowed = Verdict(findings: [])
  static let late = Finding(.notice(given: .hours(1), required: .hours(48)), clause: nil)
  static let outside = Finding(.window(nil, outside: []), clause: nil)
  static let booked = Finding(.overlap([Booking(change: id(1), interval: LifeCycle.night)]), clause: nil)

  /// Eight changes, and what happened to them from May to July.
  static func streams() throws -> [ChangeStream] {
    func at(_ text: String) -> Instant { utc("2026-\(text)Z") }
    let night = LifeCycle.maintenance()
    let second = LifeCycle.maintenance(span("06-08T22:00:00", "06-08T23:00:00"))
    let third = LifeCycle.maintenance(span("06-20T22:00:00", "06-20T23:00:00"))
    let moved = LifeCycle.maintenance(span("06-21T22:00:00", "06-21T23:00:00"))
    return [
      // 110 h of notice, extended by half an hour, and an hour over what was announced first.
      try stream(
        1, (.planned(night, allowed), "05-28T08:00:00"),
        (.noticePublished(.announcement, .portal, revision: 0, at: at("05-28T08:01:00")), "05-28T08:01:00"),
        (.started(at: at("06-01T22:00:00"), reason: nil), "06-01T22:00:00"),
        (.extended(end: at("06-02T00:30:00"), reason: "Slow"), "06-01T23:50:00"),
        (.completed(at: at("06-02T01:00:00"), reason: "Slow"), "06-02T01:00:00"),
        (.noticePublished(.completed, .portal, revision: 3, at: at("06-02T01:05:00")), "06-02T01:06:00")),
      // Refused twice, then planned 48 h 30 min ahead, and begun an hour early: 47 h 30 min.
      try stream(
        2, (.refused(second, Verdict(findings: [late])), "06-03T08:00:00"),
        (.draftRevised(second, Verdict(findings: [late, booked])), "06-03T09:00:00"),
        (.rescheduled(second, allowed), "06-06T21:30:00"), (.amended(second, allowed), "06-07T08:00:00"),
        (.started(at: at("06-08T21:00:00"), reason: "Early"), "06-08T21:00:00"),
        (.completed(at: at("06-08T23:30:00"), reason: "Slow"), "06-08T23:30:00")),
      // Moved and cancelled.
      try stream(
        3, (.planned(third, allowed), "06-05T10:00:00"),
        (.replanningRefused(third, Verdict(findings: [outside])), "06-06T10:00:00"),
        (.rescheduled(moved, allowed), "06-07T10:00:00"), (.cancelled(reason: "No need"), "06-10T10:00:00")),
      // Urgent, recorded when it was over; told in time, which was recorded in July.
      try stream(
        4,
        (
          .emergencyRecorded(
            LifeCycle.emergency(span("06-15T07:00:00", "06-15T07:30:00")), allowed, start: at("06-15T07:00:00"),
            end: at("06-15T07:30:00")), "06-15T08:00:00"
        ),
        (.noticePublished(.regularisation, .portal, revision: 0, at: at("06-30T20:00:00")), "07-02T08:00:00")),
      // Urgent, recorded as it began.
      try stream(
        5,
        (
          .emergencyRecorded(
            LifeCycle.emergency(span("06-16T09:00:00", "06-16T10:00:00")), allowed, start: at("06-16T09:00:00"),
            end: nil), "06-16T09:00:00"
        ), (.completed(at: at("06-16T10:00:00"), reason: nil), "06-16T10:00:00")),
      // Interrupts nothing, so that two hours of notice will do; ends in July, long after its time.
      try stream(
        6, (.planned(LifeCycle.update(span("06-29T08:00:00", "06-29T09:00:00")), allowed), "06-29T06:00:00"),
        (.started(at: at("06-29T08:00:00"), reason: nil), "06-29T08:00:00"),
        (.completed(at: at("07-01T09:00:00"), reason: "Slow"), "07-01T09:00:00")),
      // Planned in June for July: 180 h.
      try stream(
        7,
        (.planned(LifeCycle.maintenance(span("07-05T22:00:00", "07-05T23:00:00")), allowed), "06-28T10:00:00")),
      // A draft of May, dropped in June.
      try stream(
        8, (.refused(second, Verdict(findings: [late])), "05-20T10:00:00"),
        (.cancelled(reason: nil), "06-20T10:00:00")),
    ]
  }

  static func report(now: String = "2026-08-01T00:00:00Z", _ streams: [ChangeStream]) throws -> MonthReport {
    let stops = streams.compactMap { Stop($0.newest, now: utc(now)) }
    let period = try #require(ReferencePeriod(AvailabilitySample.contract, month: month))
    return try #require(
      MonthReport(
        AvailabilitySample.contract, environment: "production", month: month, streams: streams,
        availability: MonthAvailability(service: "hub", period: period, stops: stops, now: utc(now)), now: utc(now)))
  }

  @Test func `Overrides of the gate count in the month and environment in which they began`() throws {
    let overrides = [
      GateSamples.override(utc("2026-05-31T21:59:59Z"), minutes: 30),
      GateSamples.override(Self.bounds.start, minutes: 30),
      GateSamples.override(Self.bounds.start, minutes: 30, in: "test"),
      GateSamples.override(Self.bounds.end, minutes: 30),
    ]
    let report = try #require(
      MonthReport(
        AvailabilitySample.contract, environment: "production", month: Self.month, streams: [], overrides: overrides,
        availability: nil, now: utc("2026-08-01T00:00:00Z")))
    #expect(report.overrides == [overrides[1]])
  }

  static let bounds = span("05-31T22:00:00", "06-30T22:00:00")

  @Test func `Plans, refusals and moves count when they were recorded`() throws {
    let report = try Self.report(try Self.streams())
    #expect(report.bounds == Self.span("05-31T22:00:00", "06-30T22:00:00"))
    #expect(report.planned == KindCounts([.maintenance, .maintenance, .maintenance, .emergency, .emergency, .update]))
    #expect(report.refusals.requests == 3)
    #expect(report.refusals.changes == 2)
    #expect(report.refusals.byRule.map(\.code) == [.outsideWindow, .insufficientNotice, .overlap])
    #expect(report.refusals.byRule.map(\.count) == [1, 2, 1])
    #expect(report.moves.rescheduled == 1)
    #expect(report.moves.amended == 1)
    #expect(report.moves.extended == 1)
    #expect(report.moves.cancelled == 1)
  }

  @Test func `Work counts when it was done, and urgent work that nobody had announced is named`() throws {
    let report = try Self.report(try Self.streams())
    #expect(report.begun == KindCounts([.maintenance, .maintenance, .emergency, .emergency, .update]))
    #expect(report.done == KindCounts([.maintenance, .maintenance, .emergency, .emergency]))
    #expect(report.urgency.count == 2)
    #expect(report.urgency.work == 5)
    #expect(report.urgency.shareInTenths == 400)
    #expect(report.urgency.recordedAfterwards == [Self.id(4)])
    #expect(report.overruns.map(\.change) == [Self.id(1), Self.id(2)])
    #expect(report.overruns.map(\.length) == [.hours(1), .minutes(30)])
    #expect(report.weeks.map(\.first) == ["01", "08", "15", "22", "29"].map { day("2026-06-\($0)") })
    #expect(report.weeks.map(\.last) == ["07", "14", "21", "28", "30"].map { day("2026-06-\($0)") })
    #expect(
      report.weeks.map(\.work) == [
        KindCounts([.maintenance]), KindCounts([.maintenance]), KindCounts([.emergency, .emergency]), KindCounts(),
        KindCounts([.update]),
      ])
    // 09:00 to 09:30 in Paris, on a Monday.
    #expect(report.availability?.figures.unavailable == .zero)
    #expect(report.availability?.withoutLateUrgency.unavailable == .minutes(30))
  }

  @Test func `Notice counts up to the start, or to an earlier one`() throws {
    let notice = try Self.report(try Self.streams()).notice
    #expect(notice.given.map(\.change) == [1, 2, 6, 7].map(Self.id))
    #expect(notice.given.map(\.length) == [.hours(110), .minutes(2850), .hours(2), .hours(180)])
    #expect(notice.shortest == .hours(2))
    // Half of 47 h 30 min and 110 h.
    #expect(notice.median == .minutes(4725))
    #expect(notice.given.map(\.isShort) == [false, true, false, false])
    #expect(notice.given.map(\.required) == [.hours(48), .hours(48), nil, .hours(48)])
  }

  @Test func `Notices that are owed count as they stood when the month ended`() throws {
    let report = try Self.report(try Self.streams())
    #expect(report.notices.published == 2)
    #expect(report.notices.late.map(\.change) == [2, 3, 5, 7, 6].map(Self.id))
    #expect(report.notices.late.map(\.kind) == [.completed, .cancelled, .regularisation, .announcement, .started])
    #expect(!report.isProvisional)
  }

  @Test func `In the middle of the month the account is provisional and says what is late now`() throws {
    let now = utc("2026-06-09T00:00:00Z")
    let streams = try Self.streams().compactMap { stream in
      ChangeStream(id: stream.id, entries: stream.entries.filter { $0.at <= now })
    }
    let report = try Self.report(now: "2026-06-09T00:00:00Z", streams)
    #expect(report.isProvisional)
    #expect(report.until == now)
    #expect(report.notices.late.map(\.change) == [3, 2].map(Self.id))
    #expect(report.notices.late.map(\.kind) == [.rescheduled, .completed])
    #expect(report.urgency.shareInTenths == 0)
  }

  @Test func `A month without anything has no share, no notice and no median`() throws {
    let report = try Self.report([])
    #expect(report.urgency.shareInTenths == nil)
    #expect(report.notice.shortest == nil)
    #expect(report.notice.median == nil)
    #expect(report.overruns.isEmpty)
    #expect(report.weeks.count == 5)
  }

  /// Of two notices half their sum, rounded down.
  @Test(arguments: [([3], 3), ([5, 2], 3), ([9, 1, 4], 4), ([-5, 2], -2)] as [([Int64], Int64)])
  func `The median is the middle one`(lengths: [Int64], median: Int64) {
    let given = lengths.map { length in
      NoticeGiven.Given(
        change: Self.id(1), kind: .maintenance, plannedAt: utc("2026-06-01T00:00:00Z"),
        start: utc("2026-06-01T00:00:00Z") + Elapsed(seconds: length), required: nil)
    }
    #expect(NoticeGiven(given: given, required: .hours(48)).median == Elapsed(seconds: median))
  }
}
