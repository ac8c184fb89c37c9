import CivilTime
import Files
import Planning
import Wording

/// Reads the texts of a row as the command line reads its flags.
struct SupportRequestReading {
  let wording: Wording
  let asOf: Instant
  /// Whether the file has the columns that say what became of anomalies of criticality 1 and 2.
  let knowsPlans: Bool
  let knowsCorrections: Bool

  private var language: Language { wording.language }

  /// The Request, or everything that is wrong with its row.
  func read(_ row: SupportRows.Row) -> (request: SupportRequest?, problems: [String]) {
    var problems: [String] = []
    let registered = time(.registeredAt, row, after: nil, &problems)
    if row[.registeredAt] == nil {
      problems.append(
        language(
          "registered_at is empty; write when the Request was registered.",
          "registered_at est vide\u{202F}; écrivez quand la Demande a été enregistrée."))
    }
    let taken = time(.takenInChargeAt, row, after: registered, &problems)
    let qualified = time(.qualifiedAt, row, after: registered, &problems)
    let plan = time(.planAt, row, after: registered, &problems)
    let corrected = time(.correctedAt, row, after: registered, &problems)
    let criticality = criticality(row[.criticality], &problems)
    guard let registered, problems.isEmpty else { return (nil, problems) }
    let answer: SupportRequest.Answer =
      switch criticality {
      case .one where knowsPlans: plan.map { .given($0) } ?? .pending
      case .two where knowsCorrections: corrected.map { .given($0) } ?? .pending
      default: .unknown
      }
    return (
      SupportRequest(
        registeredAt: registered, takenInChargeAt: taken, criticality: criticality, qualifiedAt: qualified,
        answer: answer), []
    )
  }

  private func time(
    _ field: SupportField, _ row: SupportRows.Row, after registered: Instant?, _ problems: inout [String]
  ) -> Instant? {
    guard let text = row[field] else { return nil }
    let instant: Instant
    // The common case first: an instant with its offset needs no words.
    if case .instant(let value)? = WrittenTime(text) {
      instant = value
    } else {
      do {
        let shown = TextCleaning.clean(text, as: .title).text
        instant = try TimeArgument(wording: wording).instant(
          shown.count > 60 ? shown.prefix(59) + "…" : shown, field: .column(field.name))
      } catch let failure as BadValue {
        problems.append(failure.message)
        return nil
      } catch {
        problems.append("\(field.name)\(language.colon) \(error)")
        return nil
      }
    }
    if let registered, instant < registered {
      problems.append(
        language("\(field.name) is before registered_at.", "\(field.name) est avant registered_at."))
    }
    if instant > asOf {
      problems.append(
        language(
          "\(field.name) is after the moment of the report, \(wording.dateTime(asOf)); set that with --as-of.",
          "\(field.name) est après le moment du rapport, \(wording.dateTime(asOf))\u{202F}; "
            + "fixez celui-ci avec --as-of."))
    }
    return instant
  }

  private func criticality(_ text: String?, _ problems: inout [String]) -> Criticality? {
    guard let text else { return nil }
    if let value = Int(text).flatMap(Criticality.init), text.utf8.count == 1 { return value }
    let shown = TextCleaning.clean(text, as: .title).text.prefix(60)
    problems.append(
      language("criticality \(shown): write 1, 2 or 3.", "criticality \(shown)\u{A0}: écrivez 1, 2 ou 3."))
    return nil
  }
}
