package import Planning
package import Wording

/// Reads what is asked of the support clock, and asks it.
package struct SupportReading {
  let contract: Contract
  let wording: Wording

  package init(contract: Contract, wording: Wording) {
    self.contract = contract
    self.wording = wording
  }

  private var language: Language { wording.language }

  private func name(_ field: Field) -> String { wording.door.name(field) }

  package func criticality(_ text: String) throws -> Criticality {
    if let value = Int(text).flatMap(Criticality.init) { return value }
    throw BadValue(
      language(
        "\(name(.criticality)) \(text): write 1, 2 or 3.", "\(name(.criticality)) \(text)\u{A0}: écrivez 1, 2 ou 3."))
  }

  package func deadlines(at registered: String, qualifiedAt qualified: String?) throws -> SupportDeadlines {
    let times = TimeArgument(wording: wording)
    let at = try times.instant(registered, field: .at)
    let qualifiedAt = try qualified.map { try times.instant($0, field: .qualifiedAt) }
    if let qualifiedAt, qualifiedAt < at {
      throw BadValue(
        language(
          "\(name(.qualifiedAt)) is before \(name(.at)); an anomaly is qualified once its Request is registered.",
          "\(name(.qualifiedAt)) est avant \(name(.at))\u{202F}; une anomalie est qualifiée une fois la Demande enregistrée."
        ))
    }
    var clocks = SupportClocks(contract: contract)
    do throws(SupportClockError) {
      return try clocks.deadlines(registeredAt: at, qualifiedAt: qualifiedAt)
    } catch {
      throw BadValue("\(name(.at)) \(registered)\(language.colon) " + SupportJSON.sentence(error, wording))
    }
  }
}
