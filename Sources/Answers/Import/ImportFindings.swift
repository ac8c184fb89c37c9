package import Planning
package import Publication
package import Wording

/// Findings on the rows of a file. Where nothing was recorded, the changes that earlier rows would have made do not
/// exist: an overlap with one of them names its line instead.
package struct ImportFindings {
  /// Lines of the changes that were undone; empty where the batch was recorded.
  let lines: [ChangeID: Int]

  package init(lines: [ChangeID: Int]) { self.lines = lines }

  package func text(_ finding: Finding, _ wording: Wording) -> String {
    let (inside, outside) = split(finding)
    guard !inside.isEmpty else { return wording.finding(finding) }
    let language = wording.language
    let sentences = inside.map { line, booking in
      language(
        "Overlaps line \(line) of this file, \(wording.range(booking.interval)); move one of the two.",
        "Chevauche la ligne \(line) de ce fichier, \(wording.range(booking.interval))\(Typography.narrow); "
          + "déplacez l’une des deux.")
    }
    let others = outside.isEmpty ? [] : [wording.finding(Finding(.overlap(outside), clause: finding.clause))]
    return (others + sentences).joined(separator: " ")
  }

  package func worded(_ finding: Finding, _ wording: Wording) -> WordedFinding {
    let (inside, outside) = split(finding)
    guard !inside.isEmpty else { return WordedFinding(finding, wording) }
    return WordedFinding(
      finding, message: text(finding, wording), told: Finding(.overlap(outside), clause: finding.clause),
      lines: inside.map(\.line))
  }

  private func split(_ finding: Finding) -> (inside: [(line: Int, booking: Booking)], outside: [Booking]) {
    guard case .overlap(let bookings) = finding.figures, !lines.isEmpty else { return ([], []) }
    var inside: [(line: Int, booking: Booking)] = []
    var outside: [Booking] = []
    for booking in bookings {
      if let line = lines[booking.change] { inside.append((line, booking)) } else { outside.append(booking) }
    }
    return (inside, outside)
  }
}
