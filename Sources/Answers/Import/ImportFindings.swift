package import JSONText
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

  package func json(_ verdict: Verdict, _ json: ChangeJSON) -> JSON {
    let findings = json.verdict(verdict)["findings"]?.array ?? []
    return .array(
      zip(verdict.findings, findings).map { finding, written in
        let inside = split(finding).inside
        guard !inside.isEmpty, let members = written.members else { return written }
        var changed = members.map { member -> JSON.Member in
          switch member.key {
          case "message": .init("message", .string(text(finding, json.wording)))
          case "changes":
            .init(
              "changes",
              .array(
                member.value.array?.filter { change in
                  change["id"]?.string.flatMap(ChangeID.init).map { lines[$0] == nil } ?? true
                } ?? []))
          default: member
          }
        }
        changed.append(.init("lines", .array(inside.map { .integer(Int64($0.line)) })))
        return .object(changed)
      })
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
