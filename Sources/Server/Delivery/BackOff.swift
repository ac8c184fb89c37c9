package import CivilTime

/// When an attempt that failed is made again.
package enum BackOff {
  /// After the first attempt, the second, …; about three days and four hours in all. Source: Standard Webhooks 1.0,
  /// "Retry schedule".
  package static let delays: [Elapsed] =
    [5, 300, 1800].map { Elapsed(seconds: $0) } + [2, 5, 10, 14, 20, 24].map { .hours($0) }

  /// The longest that a receiver can put us off.
  package static let longestPutOff = Elapsed.hours(24)

  /// The moment of the next attempt after `attempts` of them failed; nil where it was the last.
  ///
  /// - Parameters:
  ///   - jitter: 0…1, adds up to a fifth, so that many messages that failed together do not come together again.
  ///   - putOff: what the receiver asked for in `Retry-After`; never shortens the delay.
  package static func next(
    after attempts: Int, at now: Instant, jitter: Double, putOff: Elapsed? = nil
  ) -> Instant? {
    guard attempts >= 1, attempts <= delays.count else { return nil }
    let delay = delays[attempts - 1].seconds
    let longer = delay + Int64(Double(delay) / 5 * min(max(jitter, 0), 1))
    return now + Elapsed(seconds: max(longer, min(putOff ?? .zero, longestPutOff).seconds))
  }
}

/// How long a receiver wants to be left alone. Source: RFC 9110, section 10.2.3.
package enum RetryAfter {
  /// Seconds, or the date of section 5.6.7 in its preferred form; nil for anything else and for what is past.
  package static func read(_ text: String, at now: Instant) -> Elapsed? {
    if (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let seconds = Int64(text)
    {
      return Elapsed(seconds: seconds)
    }
    guard text.utf8.count == 29, let moment = InternetDate.instant(http: text), moment > now else { return nil }
    return moment - now
  }
}
