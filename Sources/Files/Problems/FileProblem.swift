/// Something wrong in a file that an operator edits.
package struct FileProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// As the operator would open it.
  package let file: String
  /// From 1; nil when it concerns the file as a whole.
  package let line: Int?
  /// What is wrong and what would be right, in English.
  package let message: String

  package init(file: String, line: Int?, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  /// `file:line: message`
  package var description: String {
    line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
  }
}

/// Everything that is wrong, so that one run mends all.
package struct FileProblems: Error, Hashable, Sendable, CustomStringConvertible {
  /// By file and line; never empty.
  package let problems: [FileProblem]

  package init(_ problems: [FileProblem]) { self.problems = problems }

  /// A line for each problem.
  package var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// Collects the problems of one file while it is read.
final class ProblemList {
  /// The file as problems name it.
  let file: String
  /// In the order in which they were found.
  private(set) var problems: [FileProblem] = []
  private var seen: Set<FileProblem> = []

  init(file: String) { self.file = file }

  /// A problem said twice (through an alias) is kept once.
  func add(_ line: Int?, _ message: String) {
    add([FileProblem(file: file, line: line, message: message)])
  }

  /// Problems of another file that this one names.
  func add(_ others: [FileProblem]) {
    for problem in others where seen.insert(problem).inserted { problems.append(problem) }
  }

  /// In order of lines; those of other files last.
  var sorted: [FileProblem] {
    problems.sorted { a, b in
      if a.file != b.file { return a.file == file || (b.file != file && a.file < b.file) }
      return (a.line ?? 0) < (b.line ?? 0)
    }
  }
}

/// Guesses what someone meant to write.
package enum NearestName {
  /// `; did you mean …?`, or nothing when no name is near.
  static func hint(_ written: String, among names: [String]) -> String {
    nearest(to: written, among: names).map { "; did you mean `\($0)`?" } ?? ""
  }

  /// The name that is a few letters away at the most, or the only one that is longer; nil when there is none.
  package static func nearest(to written: String, among names: [String]) -> String? {
    let limit = max(1, min(3, written.count / 3))
    let longer = names.filter { written.count > 2 && $0.hasPrefix(written.lowercased()) }
    if longer.count == 1 { return longer[0] }
    return names.map { ($0, distance(Array(written.lowercased().utf8), Array($0.utf8))) }
      .filter { $0.1 <= limit }.min { $0.1 < $1.1 }?.0
  }

  /// Insertions, deletions, replacements and exchanges of two neighbours from `a` to `b` (optimal string alignment);
  /// long texts count as far away.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    guard a.count <= 64, b.count <= 64 else { return .max }
    var row = Array(0...b.count)
    var above = row
    for (i, x) in a.enumerated() {
      let before = above
      above = row
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        var next = min(row[j] + 1, row[j + 1] + 1, diagonal + (x == y ? 0 : 1))
        if i > 0, j > 0, x == b[j - 1], a[i - 1] == y { next = min(next, before[j - 1] + 1) }
        diagonal = row[j + 1]
        row[j + 1] = next
      }
    }
    return row[b.count]
  }
}
