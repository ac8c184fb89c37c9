/// How bad a finding is.
package enum Severity: String, Hashable, Comparable, Sendable, CaseIterable {
  /// Readers behave well; worth knowing.
  case note
  /// Some reader shows less, or shows it worse.
  case warning
  /// Breaks at least one reader, or loses or shifts events.
  case error

  package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// How an effect on a reader is known.
package enum Evidence: String, Hashable, Sendable, CaseIterable {
  /// The reader was run with such a file.
  case measured
  /// Read in the reader's source.
  case source
  /// A standard, or the vendor's documentation.
  case document
  /// Reports of users.
  case anecdote
}

/// What a reader does with a fault.
package struct Effect: Hashable, Sendable {
  package var reader: Reader
  package var behaviour: Behaviour
  package var evidence: Evidence
}

/// One thing that was found.
package struct Finding: Hashable, Sendable {
  package var code: FindingCode
  package var severity: Severity
  /// Physical line, from 1; nil when it concerns the feed as a whole, its transfer or its revision.
  package var line: Int?
  /// The name, value or figure that is meant: one line, at most 80 characters, without control characters.
  package var subject: String
  package var effects: [Effect] { code.effects }
  /// Where the rule stands, for instance `RFC 5545, 3.6.1`.
  package var source: String { code.source }

  /// The readers that would break or behave differently.
  package var readers: [Reader] { effects.map(\.reader) }

  /// The best evidence there is for it; a rule of a standard without a known effect is a document.
  package var evidence: Evidence {
    Evidence.allCases.first { kind in effects.contains { $0.evidence == kind } } ?? .document
  }
}
