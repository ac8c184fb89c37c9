import TestSupport
import Testing

@testable import CivilTime

struct ZoneRulesTests {
  /// Zone, instant of change, offsets before and from it. Source: Python's zoneinfo, tzdata 2025b.
  static let changes: [(String, String, Int32, Int32)] = [
    ("Australia/Lord_Howe", "2026-04-04T15:00:00Z", 39600, 37800),
    ("Australia/Lord_Howe", "2026-10-03T15:30:00Z", 37800, 39600),
    ("Australia/Lord_Howe", "2038-04-03T15:00:00Z", 39600, 37800),
    ("Australia/Lord_Howe", "2038-10-02T15:30:00Z", 37800, 39600),
    ("Australia/Lord_Howe", "2099-04-04T15:00:00Z", 39600, 37800),
    ("Australia/Lord_Howe", "2099-10-03T15:30:00Z", 37800, 39600),
    ("America/Nuuk", "2026-03-29T01:00:00Z", -7200, -3600),
    ("America/Nuuk", "2026-10-25T01:00:00Z", -3600, -7200),
    ("America/Nuuk", "2038-03-28T01:00:00Z", -7200, -3600),
    ("America/Nuuk", "2038-10-31T01:00:00Z", -3600, -7200),
    ("America/Nuuk", "2099-03-29T01:00:00Z", -7200, -3600),
    ("America/Nuuk", "2099-10-25T01:00:00Z", -3600, -7200),
    ("America/Godthab", "2038-03-28T01:00:00Z", -7200, -3600),
    ("America/Godthab", "2038-10-31T01:00:00Z", -3600, -7200),
    ("Europe/Dublin", "2026-03-29T01:00:00Z", 0, 3600),
    ("Europe/Dublin", "2026-10-25T01:00:00Z", 3600, 0),
    ("Europe/Dublin", "2038-03-28T01:00:00Z", 0, 3600),
    ("Europe/Dublin", "2038-10-31T01:00:00Z", 3600, 0),
    ("Africa/Casablanca", "2026-02-15T02:00:00Z", 3600, 0),
    ("Africa/Casablanca", "2026-03-22T02:00:00Z", 0, 3600),
    ("Asia/Gaza", "2099-03-28T00:00:00Z", 7200, 10800),
    ("Asia/Gaza", "2099-10-23T23:00:00Z", 10800, 7200),
    ("America/St_Johns", "2038-03-14T05:30:00Z", -12600, -9000),
    ("America/St_Johns", "2038-11-07T04:30:00Z", -9000, -12600),
    ("Antarctica/Troll", "2038-03-28T01:00:00Z", 0, 7200),
    ("Antarctica/Troll", "2038-10-31T01:00:00Z", 7200, 0),
    ("Pacific/Chatham", "2099-04-04T14:00:00Z", 49500, 45900),
    ("Pacific/Chatham", "2099-09-26T14:00:00Z", 45900, 49500),
    ("America/Santiago", "2099-04-05T03:00:00Z", -10800, -14400),
    ("America/Santiago", "2099-09-06T04:00:00Z", -14400, -10800),
    ("Asia/Jerusalem", "2100-03-26T00:00:00Z", 7200, 10800),
    ("Asia/Jerusalem", "2100-10-30T23:00:00Z", 10800, 7200),
    ("America/New_York", "2100-03-14T07:00:00Z", -18000, -14400),
    ("America/New_York", "2100-11-07T06:00:00Z", -14400, -18000),
  ]

  @Test(arguments: changes)
  func `A zone changes its offset at the recorded second and civil times around it resolve`(
    name: String, change: String, before: Int32, after: Int32
  ) throws {
    let zone = try Fixtures.zone(name)
    let (instant, second) = (utc(change), Elapsed(seconds: 1))
    let (old, new) = (UTCOffset(seconds: before), UTCOffset(seconds: after))
    #expect(zone.offset(at: instant - second) == old)
    #expect(zone.offset(at: instant) == new)

    let first = instant.civil(at: before < after ? old : new)
    let length = Int64(abs(after - before))
    let last = CivilDateTime(secondsSinceCivilEpoch: first.secondsSinceCivilEpoch + length - 1)
    let next = CivilDateTime(secondsSinceCivilEpoch: first.secondsSinceCivilEpoch + length)
    if before < after {
      #expect(zone.resolve(first) == .gap(before: old, after: new))
      #expect(zone.resolve(last) == .gap(before: old, after: new))
      #expect(zone.resolve(next) == .unique(instant))
      #expect(zone.earliest(first) == instant)
      #expect(zone.earliest(last) == instant)
    } else {
      let length = Elapsed(seconds: length)
      #expect(zone.resolve(first) == .fold(earlier: instant - length, old, later: instant, new))
      #expect(
        zone.resolve(last) == .fold(earlier: instant - second, old, later: instant + length - second, new))
      #expect(zone.resolve(next) == .unique(instant + length))
    }
    let previous = CivilDateTime(secondsSinceCivilEpoch: first.secondsSinceCivilEpoch - 1)
    #expect(zone.resolve(previous) == .unique(previous.instant(at: old)))
  }

  @Test(arguments: [
    ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"),
    ("Pacific/Kwajalein", "1993-08-21", "1993-08-21T12:00:00Z"),
    ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),
    ("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z"),
    ("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z"),
  ])
  func `A day whose midnight is skipped, doubled or missing altogether still begins somewhere`(
    zone: String, date: String, start: String
  ) throws {
    #expect(try Fixtures.zone(zone).startOfDay(day(date)) == utc(start))
  }

  @Test func `Every second before the first transition has the first local time type`() throws {
    #expect(TimeText.offset(Fixtures.paris.offset(at: utc("1800-01-01T00:00:00Z"))) == "+00:09:21")
    #expect(TimeText.offset(Fixtures.paris.offset(at: utc("0001-01-02T00:00:00Z"))) == "+00:09:21")
    #expect(TimeText.offset(Fixtures.paris.offset(at: utc("1940-06-14T22:00:00Z"))) == "+02:00")
  }

  @Test func `UTC has no offset at any time`() {
    for text in ["0001-01-02T00:00:00Z", "2026-07-01T00:00:00Z", "9999-12-30T23:59:59Z"] {
      #expect(ZoneRules.utc.offset(at: utc(text)) == .utc)
      #expect(ZoneRules.utc.resolve(ZoneRules.utc.civil(utc(text))) == .unique(utc(text)))
    }
  }
}
