import CivilTime
import Planning
import TestSupport
import Testing

/// The days of a month, as pictures draw them.
struct AvailabilityDayTests {
  typealias Sample = AvailabilitySample

  private func days(
    _ name: String, _ intervals: [(String, String, OutageCause)], now: String = "2027-02-01T00:00:00Z"
  ) throws -> [AvailabilityDay] {
    let period = Sample.period(name)
    let stops = try intervals.map { start, end, cause in
      Stop(
        source: .supposed, title: "", cause: cause, environment: "production",
        interval: try #require(Interval(start: utc(start), end: utc(end))))
    }
    let month = MonthAvailability(service: "hub", period: period, stops: stops, now: utc(now))
    let days = month.days(Sample.contract, now: utc(now))
    #expect(days.map(\.date.day) == Array(1...period.month.length))
    #expect(days.reduce(0) { $0 + $1.lost.length.seconds } == month.figures.unavailable.seconds)
    #expect(days.reduce(0) { $0 + $1.reference.length.seconds } == month.figures.reference.seconds)
    #expect(days.reduce(0) { $0 + $1.interval.length.seconds } == period.bounds.length.seconds)
    return days
  }

  @Test func `A stop over several days is lost where each day's hours are, and meets the others all the same`() throws {
    // From Friday 6 November 2026, 19:00 in Paris, to Monday 9, 07:30: an hour, then half an hour.
    let days = try days("2026-11", [("2026-11-06T18:00:00Z", "2026-11-09T06:30:00Z", .incident)])
    #expect(days.map(\.lost.length.seconds).enumerated().filter { $0.element > 0 }.map(\.offset) == [5, 8])
    #expect(days[5].lost.length == .hours(1) && days[8].lost.length == .minutes(30))
    #expect(days.enumerated().filter(\.element.hasStop).map(\.offset) == [5, 6, 7, 8])
    // Wednesday 11 November is a public holiday, Sunday 1 another.
    #expect(days.filter { !$0.holiday.isEmpty }.map(\.date.day) == [1, 11])
    #expect(days[10].reference.isEmpty && days[10].windows.intervals == [days[10].interval])
    #expect(days[1].reference.length == .hours(13) && days[1].windows.length == .hours(7))
  }

  @Test func `Days have 23 and 25 hours where clocks change`() throws {
    #expect(try days("2026-10", [])[24].interval.length == .hours(25))
    #expect(try days("2026-03", [])[28].interval.length == .hours(23))
  }

  /// Of 13 hours; a quarter is 3 h 15 min. 07:00 in Paris is 06:00 UTC.
  @Test(arguments: [
    ("06:00:01", 1), ("09:15:00", 1), ("09:15:01", 2), ("12:30:00", 2), ("15:45:00", 3), ("15:45:01", 4),
    ("19:00:00", 4),
  ])
  func `What was lost of a day is told in quarters, rounded up`(end: String, quarters: Int) throws {
    let days = try days("2026-11", [("2026-11-03T06:00:00Z", "2026-11-03T\(end)Z", .incident)])
    #expect(days[2].lostQuarters == quarters)
    #expect(days[3].lostQuarters == 0 && days[0].lostQuarters == 0)
  }

  @Test func `An excluded cause loses nothing, and days after now are to come`() throws {
    let days = try days(
      "2026-11", [("2026-11-03T06:00:00Z", "2026-11-03T12:00:00Z", .forceMajeure)], now: "2026-11-03T12:00:00Z")
    #expect(days[2].lost.isEmpty && days[2].hasStop)
    #expect(days.firstIndex(where: \.isToCome) == 3)
  }
}
