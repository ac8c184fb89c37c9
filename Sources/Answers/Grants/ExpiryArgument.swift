import CivilTime
package import Register
package import Wording

/// Reads `90d`, a duration, a day or a moment.
package struct ExpiryArgument: Sendable {
  let wording: Wording

  package init(wording: Wording) { self.wording = wording }

  /// Days are of 24 hours each. A day of the calendar counts to its end.
  package func read(_ text: String, field: Field) throws -> Register.Expiry {
    if let days = days(text) { return .after(Elapsed(seconds: days * 86_400)) }
    if let elapsed = Elapsed(text) { return .after(elapsed) }
    if let date = CivilDate(text) { return .at(wording.zone.startOfDay(date.advanced(byDays: 1))) }
    if WrittenTime(text) != nil { return .at(try TimeArgument(wording: wording).instant(text, field: field)) }
    throw BadValue(
      wording.language(
        "\(wording.door.name(field)) \(text): not an expiry; write 90d, 12h, 2027-03-31 (to the end of that day) or 2027-03-31T18:00.",
        "\(wording.door.name(field)) \(text) : échéance illisible ; écrivez 90d, 12h, 2027-03-31 (jusqu’à la fin de ce jour) ou 2027-03-31T18:00."
      ))
  }

  /// `90d`, or `90j` as the French write it.
  private func days(_ text: String) -> Int64? {
    guard let unit = text.utf8.last, "dDjJ".utf8.contains(unit), (2...6).contains(text.utf8.count) else { return nil }
    let digits = text.utf8.dropLast()
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int64(String(decoding: Array(digits), as: UTF8.self))
  }
}
