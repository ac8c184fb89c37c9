package import CivilTime

/// Which rules a name of a time zone means in somebody else's calendar.
package struct ZoneBook: Sendable {
  /// Of whole days, and of times that name no zone.
  package let civil: ZoneRules
  private let rules: @Sendable (String) -> ZoneRules?

  /// - Parameter rules: of a name of the tz database or of Windows; it may be given anything.
  package init(civil: ZoneRules, rules: @escaping @Sendable (String) -> ZoneRules?) {
    self.civil = civil
    self.rules = rules
  }

  /// A leading `/` marks a global name: some programs write their own domain, and perhaps a version, before the name of
  /// the tz database, as in `/freeassociation.sourceforge.net/Europe/Paris`. Source: RFC 5545, section 3.2.19.
  package func named(_ written: String) -> ZoneRules? {
    let parts = written.split(separator: "/", omittingEmptySubsequences: false)
    guard written.utf8.count <= 200, !parts.contains("..") else { return nil }
    if written == civil.name { return civil }
    if let found = rules(written) { return found }
    guard written.hasPrefix("/") else { return nil }
    return (1...min(3, parts.count)).reversed().lazy.compactMap { rules(parts.suffix($0).joined(separator: "/")) }.first
  }
}

extension ZoneRules {
  /// The rules that a file's own VTIMEZONE gives; nil where a part of it could not be read.
  init?(_ zone: CalendarZone) {
    guard zone.isComplete, let first = zone.changes.first else { return nil }
    self.init(
      name: zone.name, initial: UTCOffset(seconds: Int32(first.from)),
      changes: zone.changes.map { ($0.instant, UTCOffset(seconds: Int32($0.to))) })
  }
}
