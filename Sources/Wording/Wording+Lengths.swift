package import CivilTime
package import Planning

/// Lengths as people say them among themselves: `16 jours 14 h`. What has to be exact stays in hours, minutes and seconds.
extension Wording {
  /// From three days of 24 hours on, days and whole hours, rounded down.
  package func days(_ length: Elapsed) -> String {
    let hours = length.seconds / 3600
    guard hours >= 72 else { return duration(length) }
    let rest = hours % 24 == 0 ? "" : " \(hours % 24)\(Typography.narrow)h"
    return pick("\(hours / 24) days", "\(hours / 24) jours") + rest
  }

  /// `2 heures 18 minutes`, for sentences that clients read; whole minutes, rounded down.
  package func spelled(_ length: Elapsed) -> String {
    let (hours, minutes) = (Int(length.seconds / 3600), Int(length.seconds / 60 % 60))
    guard hours + minutes > 0 else { return duration(length) }
    return [(hours, language("hour", "heure")), (minutes, language("minute", "minute"))]
      .filter { $0.0 > 0 }.map { counted($0.0, $0.1) }.joined(separator: " ")
  }

  /// With a number that no line leaves behind.
  func counted(_ number: Int, _ noun: String) -> String {
    language.counted(number, noun).replacing(" ", with: Typography.hard)
  }

  /// A finding for whoever planned the work; the figures of the rule stand in JSON.
  package func told(_ finding: Finding, of id: ChangeID? = nil) -> String {
    guard case .notice(let given, let required) = finding.figures, given >= required, given > .zero else {
      return self.finding(finding, of: id)
    }
    return pick(
      "Notice: \(days(given)) (\(duration(required)) required\(finding.clause.map { ", \($0)" } ?? "")).",
      "Préavis\(colon)\(days(given)) (\(duration(required)) exigées\(finding.clause.map { ", \($0)" } ?? "")).")
  }
}
