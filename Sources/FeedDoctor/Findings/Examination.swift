/// What the doctor says of a feed.
package struct Examination: Hashable, Sendable {
  /// In order of lines; those of the feed as a whole come first.
  package let findings: [Finding]
  /// How many more there were of a code than the twenty that are listed.
  package let unlisted: [FindingCode: Int]
  /// Events that were seen.
  package let eventCount: Int

  init(_ report: Report, eventCount: Int) {
    findings = report.findings.enumerated().sorted {
      ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
    }.map(\.element)
    unlisted = report.unlisted
    self.eventCount = eventCount
  }

  /// The worst of all findings, nil where there is none.
  package var worst: Severity? { findings.map(\.severity).max() }

  package func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }

  /// What one reader makes of the feed.
  package struct ReaderSummary: Hashable, Sendable {
    package var reader: Reader
    /// Findings that concern it, notes aside; none means that nothing is known to go wrong.
    package var problems: Int
    package var isOK: Bool { problems == 0 }
  }

  /// Every reader, in the order of ``Reader``.
  package var readers: [ReaderSummary] {
    Reader.allCases.map { reader in
      ReaderSummary(
        reader: reader, problems: findings.count { $0.severity > .note && $0.readers.contains(reader) })
    }
  }
}
