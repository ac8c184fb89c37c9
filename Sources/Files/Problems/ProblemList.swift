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
