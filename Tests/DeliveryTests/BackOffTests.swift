import CivilTime
import Server
import Testing

@Suite struct BackOffTests {
  static let now = Post.utc("2026-11-02T09:00:00Z")

  @Test func `Ten attempts in about three days, and no eleventh`() {
    let delays: [Int64] = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
    for (index, delay) in delays.enumerated() {
      #expect(BackOff.next(after: index + 1, at: Self.now, jitter: 0) == Self.now + Elapsed(seconds: delay))
      let late = BackOff.next(after: index + 1, at: Self.now, jitter: 1)
      #expect(late == Self.now + Elapsed(seconds: delay + delay / 5))
    }
    #expect(BackOff.next(after: 10, at: Self.now, jitter: 0) == nil)
    #expect(BackOff.next(after: 0, at: Self.now, jitter: 0) == nil)
  }

  @Test func `A receiver may put us off, for a day at most, and never hurry us`() {
    func next(_ attempts: Int, _ seconds: Int64) -> Instant? {
      BackOff.next(after: attempts, at: Self.now, jitter: 0, putOff: Elapsed(seconds: seconds))
    }
    #expect(next(1, 120) == Self.now + Elapsed(seconds: 120))
    #expect(next(2, 1) == Self.now + Elapsed(seconds: 300))
    #expect(next(1, 999_999_999) == Self.now + .hours(24))
    #expect(next(10, 5) == nil)
  }

  @Test(
    arguments: [
      ("120", 120), ("0", 0), ("Mon, 02 Nov 2026 09:01:00 GMT", 60), ("Mon, 02 Nov 2026 08:59:00 GMT", nil),
      ("-1", nil),
      ("", nil), ("soon", nil), ("99999999999999999999", nil), ("1.5", nil), ("Mon, 02 Nov 2026 25:01:00 GMT", nil),
    ] as [(String, Int64?)])
  func `Retry-After is seconds or a date`(text: String, seconds: Int64?) {
    #expect(RetryAfter.read(text, at: Self.now) == seconds.map { Elapsed(seconds: $0) })
  }
}
