import CivilTime
package import JSONText
package import Planning
import Register
package import Wording

/// The deadlines of one Request as stable JSON.
package enum SupportJSON {
  /// Why a Request has no deadlines.
  package static func sentence(_ error: SupportClockError, _ wording: Wording) -> String {
    switch error {
    case .noSupport(let day):
      wording.language(
        "the contract in force on \(wording.date(day)) has no support terms.",
        "le contrat en vigueur le \(wording.date(day)) ne prévoit pas de support.")
    case .neverReached:
      wording.language(
        "the hours of support end before the deadlines.", "les heures de support s’achèvent avant les échéances.")
    }
  }

  /// - Parameter only: leaves out the deadlines of other criticalities; nil for none.
  package static func json(
    _ deadlines: SupportDeadlines, contract: Contract, wording: Wording, only: Criticality?
  ) -> JSON {
    form.json((deadlines, contract, only), .local(wording.zone))
  }

  package static let form = Form<(deadlines: SupportDeadlines, contract: Contract, only: Criticality?)>(
    "Deadlines",
    [
      .must("service") { $0.contract.service },
      .must("clause") { $0.contract.terms(at: $0.deadlines.registeredAt).support?.clause },
      .must("registered_at") { $0.deadlines.registeredAt }, .must("qualified_at") { $0.deadlines.qualifiedAt },
      .must("reading") { $0.deadlines.reading },
      .must("qualification") {
        $0.contract.terms(at: $0.deadlines.registeredAt).support?.qualification
      },
      .must("delays_from") { $0.deadlines.delaysFrom }, .must("in_support_hours") { $0.deadlines.isInSupportHours },
      .must("clock_start") { $0.deadlines.clockStart }, .must("take_in_charge_deadline") { $0.deadlines.takeInCharge },
      .may("crit1_plan_deadline") { $0.only ?? .one == .one ? $0.deadlines.criticality1Plan : nil },
      .may("crit2_fix_deadline") { $0.only ?? .two == .two ? $0.deadlines.criticality2Correction : nil },
      // None is promised.
      .may("crit3_deadline") { shown -> Instant?? in shown.only ?? .three == .three ? .some(nil) : nil },
    ])
}
