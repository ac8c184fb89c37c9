package import CivilTime
package import Planning
package import Wording

/// Reads the months that a verb is asked for.
package struct MonthArgument: Sendable {
  let language: Language

  package init(language: Language) { self.language = language }

  /// More would be a mistake rather than a question.
  static let longest = 1200

  package func month(_ text: String, flag: String) throws -> CivilMonth {
    if let month = CivilMonth(text) { return month }
    throw BadValue(
      language(
        "\(flag) \(text): not a month; write YYYY-MM, such as 2026-11.",
        "\(flag) \(text) : pas un mois ; écrivez AAAA-MM, par exemple 2026-11."))
  }

  /// One month, or all from one to another, both included; the month of `today` where none is named.
  package func months(month: String?, from: String?, to: String?, today: CivilDate) throws -> [CivilMonth] {
    if let month {
      guard from == nil, to == nil else {
        throw BadValue(
          language("Give --month, or --from and --to, not both.", "Donnez --month, ou --from et --to, pas les deux."))
      }
      return [try self.month(month, flag: "--month")]
    }
    guard from != nil || to != nil else { return CivilMonth(of: today).map { [$0] } ?? [] }
    guard let from else {
      throw BadValue(
        language("--to needs --from: say which month comes first.", "--to demande --from : dites le premier mois."))
    }
    let first = try self.month(from, flag: "--from")
    let last = try to.map { try self.month($0, flag: "--to") } ?? CivilMonth(of: today) ?? first
    guard first <= last else {
      throw BadValue(
        language("--to \(last) is before --from \(first).", "--to \(last) est avant --from \(first)."))
    }
    var months = [first]
    while let next = months[months.count - 1].next, next <= last {
      guard months.count < MonthArgument.longest else {
        throw BadValue(
          language(
            "--from, --to: more than \(MonthArgument.longest) months; ask in pieces.",
            "--from, --to : plus de \(MonthArgument.longest) mois ; demandez par morceaux."))
      }
      months.append(next)
    }
    return months
  }

  /// The last month that is over: a report is written when a month has ended.
  package func lastOver(_ contract: Contract, at now: Instant) throws -> CivilMonth {
    let today = contract.timeZone(at: now).civil(now).date
    guard let month = CivilMonth(of: today.advanced(byDays: -today.day)) else {
      throw BadValue(language("Say which month: --month 2026-11.", "Dites quel mois : --month 2026-11."))
    }
    return month
  }
}
