package import Wording

/// How bad a finding is.
package enum Severity: String, Hashable, Comparable, Sendable, CaseIterable {
  /// Readers behave well; worth knowing.
  case note
  /// Some reader shows less, or shows it worse.
  case warning
  /// Breaks at least one reader, or loses or shifts events.
  case error

  package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

  private var rank: Int { Severity.allCases.firstIndex(of: self) ?? 0 }
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

/// One row of the table of what the doctor can find. It stands beside the rule that raises it, as a static member of
/// this type and in the list of that file.
package struct FindingCode: Hashable, Sendable, CaseIterable {
  /// Stable; what programs and people quote.
  package let rawValue: String
  /// Of the code in general; one finding may be milder.
  package let severity: Severity
  /// Where the rule stands, for instance `RFC 5545, 3.6.1`.
  package let source: String
  /// What readers do, in the order of how it is known.
  package let effects: [Effect]
  private let english: String
  private let french: FrenchText

  /// - Parameters:
  ///   - english, french: what is wrong and what to do, in one or two sentences without line and subject.
  ///   - groups: readers that do the same, and how that is known.
  init(
    _ rawValue: String, _ severity: Severity, _ source: String, _ english: String, _ french: FrenchText,
    _ groups: (Behaviour, Evidence, [Reader])...
  ) {
    self.rawValue = rawValue
    self.severity = severity
    self.source = source
    self.english = english
    self.french = french
    effects = groups.flatMap { behaviour, evidence, readers in
      readers.map { Effect(reader: $0, behaviour: behaviour, evidence: evidence) }
    }
  }

  /// What is wrong and what to do.
  package func sentence(_ language: Language) -> String { language(english, french) }

  package static func == (a: FindingCode, b: FindingCode) -> Bool { a.rawValue == b.rawValue }
  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

  /// The rows of all files; a test sees to it that none is missing.
  package static let allCases =
    files + lines + structure + calendar + properties + texts + times + zones + events + availability
    + recurrenceRules + profiles + revisions + transfer
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

/// A finding in one language.
package struct FindingText: Hashable, Sendable {
  /// What is wrong and what to do: one or two sentences, without line and subject.
  package let sentence: String
  /// What each reader does with it, for instance `libical reports an error (measured)`.
  package let effects: [String]

  package init(_ finding: Finding, _ language: Language) {
    sentence = finding.code.sentence(language)
    effects = finding.effects.map { FindingText.effect($0, language) }
  }

  /// `Thunderbird (ical.js) refuses the whole feed (measured)`.
  package static func effect(_ effect: Effect, _ language: Language) -> String {
    "\(effect.reader.name) \(effect.behaviour.text(language)) (\(evidence(effect.evidence, language)))"
  }
}

extension FindingText {
  /// How it is known, in a word.
  package static func evidence(_ evidence: Evidence, _ pick: Language) -> String {
    switch evidence {
    case .measured: pick("measured", "mesuré")
    case .source: pick("read in its source", "lu dans sa source")
    case .document: pick("documented", "documenté")
    case .anecdote: pick("reported by users", "signalé par des utilisateurs")
    }
  }

  /// `error`, `warning` or `note`.
  package static func severity(_ severity: Severity, _ pick: Language) -> String {
    switch severity {
    case .error: pick("error", "erreur")
    case .warning: pick("warning", "avertissement")
    case .note: pick("note", "remarque")
    }
  }
}
