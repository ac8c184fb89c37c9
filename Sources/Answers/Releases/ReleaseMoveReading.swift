package import CivilTime
package import Planning
package import Wording

/// Reads what moves a release as it was written, whatever door it came by.
package struct ReleaseMoveReading {
  private let wording: Wording
  private var language: Language { wording.language }

  package init(_ wording: Wording) { self.wording = wording }

  /// `7d`, `2w`, `-1d`: civil days, over which the hour stays; `90m`, `-2h`: elapsed time.
  package func shift(_ text: String) throws -> TimeShift {
    let isBack = text.hasPrefix("-")
    let size = isBack ? String(text.dropFirst()) : text
    let sign = isBack ? -1 : 1
    for (unit, days) in [("d", 1), ("j", 1), ("w", 7)] where size.hasSuffix(unit) {
      if let count = Int(size.dropLast()), (1...3660).contains(count) { return .days(sign * days * count) }
    }
    guard let length = Elapsed(size), length > .zero, length.seconds % 60 == 0 else {
      let name = wording.door.name(.by)
      throw BadValue(
        language(
          "\(name) \(text): write how far it moves, such as 7d (the hour stays), 90m, or -1d.",
          "\(name) \(text) : écrivez de combien elle bouge, par exemple 7d (l’heure reste), 90m ou -1d."))
    }
    return .elapsed(Elapsed(seconds: Int64(sign) * length.seconds))
  }

  package func from(_ text: String?) throws -> Instant? {
    try text.map { try TimeArgument(wording: wording).bound($0, field: .from) }
  }
}
