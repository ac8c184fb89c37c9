package import CivilTime

/// `2026-12-06T00:00:00Z` in a test.
package func utc(_ text: some StringProtocol) -> Instant {
  guard case .instant(let instant) = WrittenTime(String(text)) else { fatalError("not an instant: \(text)") }
  return instant
}

/// `2026-12-06T00:00` in a test.
package func civil(_ text: some StringProtocol) -> CivilDateTime {
  guard case .civil(let civil) = WrittenTime(String(text)) else { fatalError("not a civil time: \(text)") }
  return civil
}

/// `2026-12-06` in a test.
package func day(_ text: some StringProtocol) -> CivilDate {
  guard let date = CivilDate(String(text)) else { fatalError("not a day: \(text)") }
  return date
}
