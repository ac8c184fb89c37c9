package import CivilTime
package import ICalendar

/// What the doctor cannot know from the bytes.
package struct Surroundings: Sendable {
  /// The present, to tell times that lie in the future; nil leaves those rules out.
  package var now: Instant?
  /// The zones that a VTIMEZONE is compared with.
  package var zones: ZoneBook

  package init(now: Instant? = nil, zones: ZoneBook = ZoneBook(civil: .utc) { _ in nil }) {
    self.now = now
    self.zones = zones
  }
}

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

/// Collects findings.
struct Report {
  private(set) var findings: [Finding] = []
  /// How many of each code there were beyond those listed.
  private(set) var unlisted: [FindingCode: Int] = [:]
  private var counts: [FindingCode: Int] = [:]

  mutating func add(_ code: FindingCode, _ line: Int?, _ subject: String = "", severity: Severity? = nil) {
    let count = counts[code, default: 0] + 1
    counts[code] = count
    guard count <= FeedBounds.findingsPerCode else {
      unlisted[code, default: 0] += 1
      return
    }
    findings.append(
      Finding(code: code, severity: severity ?? code.severity, line: line, subject: Report.cleaned(subject)))
  }

  func contains(_ code: FindingCode, _ line: Int) -> Bool {
    findings.contains { $0.code == code && $0.line == line }
  }

  /// One line of at most 80 characters that is safe to print.
  static func cleaned(_ text: String) -> String {
    let start = String(String.UnicodeScalarView(text.unicodeScalars.prefix(400)))
    var result = String.UnicodeScalarView()
    for scalar in ContentText.cleaned(start).unicodeScalars.prefix(80) {
      result.append(scalar.value < 0x20 ? " " : scalar)
    }
    return String(result)
  }
}
