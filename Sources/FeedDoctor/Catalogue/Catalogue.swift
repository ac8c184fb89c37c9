/// What is known of a code: how bad it is, where the rule stands, and what readers do.
struct Catalogue: Sendable {
  var severity: Severity
  var source: String
  var effects: [Effect]

  init(_ severity: Severity, _ source: String, _ groups: [(Behaviour, Evidence, [Reader])] = []) {
    self.severity = severity
    self.source = source
    effects = groups.flatMap { behaviour, evidence, readers in
      readers.map { Effect(reader: $0, behaviour: behaviour, evidence: evidence) }
    }
  }

  /// The entries of all codes; a test sees to it that none is missing.
  static let entries: [FindingCode: Catalogue] = Dictionary(
    FindingCode.allCases.compactMap { code in entry(code).map { (code, $0) } },
    uniquingKeysWith: { first, _ in first })

  private static func entry(_ code: FindingCode) -> Catalogue? {
    let groups: [(FindingCode) -> Catalogue?] = [
      format, lines, structure, calendar, text, values, zones, events, recurrence, profiles, revision, transfer,
    ]
    return groups.lazy.compactMap { $0(code) }.first
  }
}

extension FindingCode {
  /// Of the code in general; one finding may be milder.
  package var severity: Severity { Catalogue.entries[self]?.severity ?? .error }
  /// Where the rule stands, for instance `RFC 5545, 3.6.1`.
  package var source: String { Catalogue.entries[self]?.source ?? "" }
  /// What readers do, in the order of how it is known.
  package var effects: [Effect] { Catalogue.entries[self]?.effects ?? [] }
}
