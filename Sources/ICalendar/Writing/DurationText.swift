import CivilTime

/// Elapsed time as a DURATION. Source: RFC 5545, section 3.3.6.
enum DurationText {
  /// `PT15M`, `PT36H`, `PT1H0M5S`, `-PT5M`, `PT0S`. Days are never written: a day is not always 24 hours.
  static func text(_ value: Elapsed) -> String {
    let seconds = value.seconds.magnitude
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
    var text = value.seconds < 0 ? "-PT" : "PT"
    if hours > 0 { text += "\(hours)H" }
    // The grammar has no hours followed by seconds.
    if minutes > 0 || (hours > 0 && rest > 0) { text += "\(minutes)M" }
    if rest > 0 || seconds == 0 { text += "\(rest)S" }
    return text
  }
}
