/// Why a calendar file cannot be used.
package struct CalendarFileError: Error, Hashable, Sendable {
  /// Physical line, from 1; nil when it concerns the file as a whole.
  package var line: Int?
  /// The event that is meant, empty when none is.
  package var uid: String
  package var reason: Reason

  package enum Reason: Hashable, Sendable {
    case screened(ScreenError)
    case unreadable(ReadError)
    /// A time without `Z` and without TZID.
    case floatingTime(String)
    /// A time that the clock of the zone skips, or shows twice.
    case gap(String)
    case fold(String)
    /// Ends no later than it begins.
    case empty
    /// A start that is not itself an occurrence of its RRULE: what that means is undefined (RFC 5545, section 3.8.5.3).
    case startOutsideRule
    /// More occurrences in the range than are expanded.
    case tooMany(Int)
    /// Rules that would take too long to follow from their starts to the days that are asked for.
    case tooFar
    /// A rule without COUNT and UNTIL, where each occurrence is to be a request of its own.
    case endless
    /// A VTIMEZONE that gives a known zone an offset that it does not have.
    case contradictoryZone(String)
  }

  /// One English line: where, what, and what to do.
  package var text: String {
    if case .screened(let error) = reason { return error.text }
    let what =
      switch reason {
      case .screened(let error): error.text
      case .unreadable(let error): error.text
      case .floatingTime(let time): "\(time) has no zone; add TZID or Z"
      case .gap(let time): "the clock never shows \(time) in its zone; write it in UTC"
      case .fold(let time): "the clock shows \(time) twice in its zone; write it in UTC"
      case .empty: "the event ends no later than it begins"
      case .startOutsideRule: "DTSTART is not an occurrence of its RRULE; move it to the first one"
      case .tooMany(let limit): "more than \(limit) occurrences"
      case .tooFar: "the recurrences of this file begin too long ago; give them UNTIL or a later DTSTART"
      case .endless: "the recurrence has no end; give it COUNT or UNTIL"
      case .contradictoryZone(let name): "VTIMEZONE \(name) contradicts the tz database; remove it"
      }
    let place = line.map { "line \($0): " } ?? ""
    return place + what + (uid.isEmpty ? "" : " (UID \(ContentText.cleaned(uid)))")
  }
}
