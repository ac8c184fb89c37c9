package import CivilTime
import Foundation
package import Planning
package import Wording

/// Reads the months that a verb is asked for.
package struct MonthArgument: Sendable {
  let language: Language
  let door: Door

  package init(language: Language, door: Door = .commandLine) {
    self.language = language
    self.door = door
  }

  private func name(_ field: Field) -> String { door.name(field) }

  /// More would be a mistake rather than a question.
  static let longest = 1200

  package func month(_ text: String, field: Field) throws -> CivilMonth {
    let isSpoken = door != .api
    if let month = CivilMonth(text) ?? spoken(text) { return month }
    throw BadValue(
      language(
        "\(name(field)) \(text): not a month; write YYYY-MM, such as 2026-11\(isSpoken ? ", or November 2026" : "").",
        "\(name(field)) \(text) : pas un mois ; écrivez AAAA-MM, par exemple 2026-11\(isSpoken ? ", ou novembre 2026" : "")."
      ))
  }

  /// `novembre 2026`; the API takes what programs write.
  private func spoken(_ text: String) -> CivilMonth? {
    let words = text.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil).split(separator: " ")
    guard door != .api, words.count == 2, let month = SpokenTimeReader.months[String(words[0])] else { return nil }
    return CivilMonth("\(words[1])-\(month < 10 ? "0" : "")\(month)")
  }

  /// One month, or all from one to another, both included; the month of `today` where none is named.
  package func months(month: String?, from: String?, to: String?, today: CivilDate) throws -> [CivilMonth] {
    if let month {
      guard from == nil, to == nil else {
        throw BadValue(
          language(
            "Give \(name(.month)), or \(name(.from)) and \(name(.to)), not both.",
            "Donnez \(name(.month)), ou \(name(.from)) et \(name(.to)), pas les deux."))
      }
      return [try self.month(month, field: .month)]
    }
    guard from != nil || to != nil else { return CivilMonth(of: today).map { [$0] } ?? [] }
    guard let from else {
      throw BadValue(
        language(
          "\(name(.to)) needs \(name(.from)): say which month comes first.",
          "\(name(.to)) demande \(name(.from)) : dites le premier mois."))
    }
    let first = try self.month(from, field: .from)
    let last = try to.map { try self.month($0, field: .to) } ?? CivilMonth(of: today) ?? first
    guard first <= last else {
      throw BadValue(
        language(
          "\(name(.to)) \(last) is before \(name(.from)) \(first).",
          "\(name(.to)) \(last) est avant \(name(.from)) \(first)."))
    }
    var months = [first]
    while let next = months[months.count - 1].next, next <= last {
      guard months.count < MonthArgument.longest else {
        throw BadValue(
          language(
            "\(name(.from)), \(name(.to)): more than \(MonthArgument.longest) months; ask in pieces.",
            "\(name(.from)), \(name(.to)) : plus de \(MonthArgument.longest) mois ; demandez par morceaux."))
      }
      months.append(next)
    }
    return months
  }

  /// The month that papers for clients are about: one that has begun, since nothing was kept to of another, or else the
  /// last one that is over, since a report is written when a month has ended.
  package func reported(_ text: String?, _ contract: Contract, at now: Instant) throws -> CivilMonth {
    let today = contract.timeZone(at: now).civil(now).date
    if let text {
      let month = try self.month(text, field: .month)
      guard month.first > today else { return month }
      throw BadValue(
        language(
          "\(name(.month)) \(month): the month has not begun; there is nothing to report of it yet.",
          "\(name(.month)) \(month) : le mois n’a pas commencé ; il n’y a rien à en rapporter."))
    }
    guard let month = CivilMonth(of: today.advanced(byDays: -today.day)) else {
      throw BadValue(
        language("Say which month: \(name(.month)) 2026-11.", "Dites quel mois : \(name(.month)) 2026-11."))
    }
    return month
  }
}
