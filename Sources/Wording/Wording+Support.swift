package import CivilTime
package import Planning

/// Support deadlines and shares.
extension Wording {
  /// `by Friday 13 March 2026, 09:30 (…)`, `au plus tard le vendredi 13 mars 2026 à 09:30 (…)`.
  package func by(_ instant: Instant) -> String { pick("by ", "au plus tard le ") + dateTime(instant) }

  /// `14 business days`, `14 jours ouvrés`.
  package func businessDays(_ count: Int) -> String {
    "\(count)\(Typography.narrow)"
      + (count == 1 ? pick("business day", "jour ouvré") : pick("business days", "jours ouvrés"))
  }

  /// `criticality 1`, `criticité 1`.
  package func criticality(_ criticality: Criticality) -> String {
    pick("criticality ", "criticité ") + String(criticality.rawValue)
  }

  /// What an anomaly of this criticality is owed; nil for nothing.
  package func owed(_ criticality: Criticality) -> String? {
    switch criticality {
    case .one: pick("action plan", "plan d’action")
    case .two: pick("correction or workaround", "correction ou contournement")
    case .three: nil
    }
  }

  /// `earliest reading`, `lecture « au plus tôt »`.
  package var earliestReading: String { pick("earliest reading", "lecture \(language.quoted("au plus tôt"))") }

  /// `75.00 %`, `75,00 %`; the last of the `digits` decimals is rounded down.
  package func percent(_ parts: Int, digits: Int = 2) -> String {
    "\(Wording.decimal(parts, digits: digits, mark: pick(".", ",")))\(percentSign)"
  }

  /// With the blank before it; English readers outside know none.
  var percentSign: String { audience == .clients && language == .english ? "%" : "\(Typography.narrow)%" }

  /// A promise without idle decimals: `75 %`, `99.5 %`.
  package func percent(basisPoints: Int) -> String {
    if basisPoints % 100 == 0 { return "\(basisPoints / 100)\(percentSign)" }
    return basisPoints % 10 == 0 ? percent(basisPoints / 10, digits: 1) : percent(basisPoints)
  }

  /// `parts` in units of the last of `digits` decimals: `75.000000`. Not negative.
  package static func decimal(_ parts: Int, digits: Int, mark: String = ".") -> String {
    let padded = parts.padded(digits + 1)
    return padded.dropLast(digits) + mark + padded.suffix(digits)
  }

  /// A number of things, in threes from five digits on.
  package func count(_ number: Int) -> String { grouped(UInt64(number)) }
}
