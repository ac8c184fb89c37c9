import CivilTime
package import JSONText
package import Planning
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
    func time(_ instant: Instant) -> JSON { .string(TimeText.local(instant, in: wording.zone)) }
    func shows(_ criticality: Criticality) -> Bool { only == nil || only == criticality }
    let support = contract.terms(at: deadlines.registeredAt).support
    return .members([
      "service": .string(contract.service), "clause": (support?.clause).map { .string($0) } ?? .null,
      "registered_at": time(deadlines.registeredAt), "qualified_at": deadlines.qualifiedAt.map(time) ?? .null,
      "reading": .string(deadlines.reading.rawValue), "in_support_hours": .bool(deadlines.isInSupportHours),
      "clock_start": time(deadlines.clockStart), "take_in_charge_deadline": time(deadlines.takeInCharge),
      "crit1_plan_deadline": shows(.one) ? time(deadlines.criticality1Plan) : nil,
      "crit2_fix_deadline": shows(.two) ? time(deadlines.criticality2Correction) : nil,
      "crit3_deadline": shows(.three) ? .null : nil,
    ])
  }
}
