import TestSupport
import Testing

@testable import CivilTime

struct PosixRuleTests {
  @Test(arguments: [
    "UTC0", "CET-1CEST,M3.5.0,M10.5.0/3", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "<+0545>-5:45",
    "IST-1GMT0,M10.5.0,M3.5.0/1",
    "EET-2EEST,M3.4.4/50,M10.4.4/50", "XXX3EDT4,0/0,J365/23", "EST5EDT,J60,J300/-167", "ABC+1:02:03",
  ])
  func `A rule of the form of a TZif footer is read`(text: String) {
    #expect(PosixRule(text.utf8) != nil)
  }

  @Test(arguments: [
    "", "CET", "CE-1", "-1", "CET-", "CET-25", "CET-1:60", "CET-1:00:60", "CET-1:0", "<CET-1", "<C>-1", "<>-1",
    "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,", "CET-1CEST,M3.5.0,M10.5.0/3,", "CET-1CEST,M13.5.0,M10.5.0",
    "CET-1CEST,M0.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.0.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
    "CET-1CEST,J0,J365", "CET-1CEST,J366,J1", "CET-1CEST,366,0", "CET-1CEST,M3.5.0/168,M10.5.0",
    "CET-1CEST,M3.5.0/,M10.5.0",
    "CET-1 ", " CET-1", "CET-1\n", "CET−1", "CET-9999999999999999999", "<\u{0}\u{0}\u{0}>1",
  ])
  func `A rule of another form is refused`(text: String) {
    #expect(PosixRule(text.utf8) == nil)
  }

  /// Rule, instant, offset in seconds.
  static let offsets: [(String, String, Int32)] = [
    // Permanent summer time (RFC 9636, section 3.3.1).
    ("XXX3EDT4,0/0,J365/23", "2030-01-01T02:59:59Z", -14400), ("XXX3EDT4,0/0,J365/23", "2030-01-01T03:00:00Z", -14400),
    ("XXX3EDT4,0/0,J365/23", "2032-12-31T12:00:00Z", -14400), ("XXX3EDT4,0/0,J365/23", "2030-07-01T00:00:00Z", -14400),
    // A day counted without 29 February falls on the same date in every year, one counted with it does not.
    ("AAA0BBB,J60/0,J300", "2027-03-01T00:00:00Z", 3600), ("AAA0BBB,J60/0,J300", "2027-02-28T23:59:59Z", 0),
    ("AAA0BBB,J60/0,J300", "2028-03-01T00:00:00Z", 3600), ("AAA0BBB,J60/0,J300", "2028-02-29T23:59:59Z", 0),
    ("AAA0BBB,59/0,300", "2027-03-01T00:00:00Z", 3600), ("AAA0BBB,59/0,300", "2028-02-29T00:00:00Z", 3600),
    ("AAA0BBB,59/0,300", "2028-02-28T23:59:59Z", 0),
    // Times of day beyond a day and below zero.
    ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2099-03-27T23:59:59Z", 7200),
    ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2099-03-28T00:00:00Z", 10800),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2099-03-29T00:59:59Z", -7200),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2099-03-29T01:00:00Z", -3600),
    // Summer over the new year.
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2027-12-31T23:59:59Z", 39600),
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2028-01-01T00:00:00Z", 39600),
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2028-07-01T00:00:00Z", 36000),
    // No summer time.
    ("<+0545>-5:45", "2050-07-01T00:00:00Z", 20700),
  ]

  @Test(arguments: offsets)
  func `A rule gives the offset of an instant`(rule: String, instant: String, offset: Int32) throws {
    let rule = try #require(PosixRule(rule.utf8))
    #expect(rule.offset(at: utc(instant)) == UTCOffset(seconds: offset))
  }
}
