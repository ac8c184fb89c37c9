import ICalendar

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
