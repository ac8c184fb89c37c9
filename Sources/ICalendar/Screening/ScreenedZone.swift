import CivilTime

/// What the screen has seen of one VTIMEZONE. Source: RFC 5545, section 3.6.5.
struct ScreenedZone {
  /// One STANDARD or DAYLIGHT.
  struct Observance {
    let line: Int
    private(set) var offset: UTCOffset?
    /// Whether it has a rule without end, so that it speaks of today.
    private(set) var isCurrent = false

    init(line: Int) { self.line = line }

    mutating func take(_ property: PropertyName, _ value: ValueScreen.Value) {
      switch (property, value) {
      case (.tzoffsetto, .offset(let offset)): self.offset = offset
      case (.rrule, .rule(let rule)): isCurrent = rule.until == nil && rule.count == nil
      default: break
      }
    }
  }

  /// Line of its BEGIN.
  let line: Int
  /// TZID as it was written.
  var name = ""
  var observances: [Observance] = []

  init(line: Int) { self.line = line }
}
