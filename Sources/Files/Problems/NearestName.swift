/// Guesses what someone meant to write.
enum NearestName {
  /// `; did you mean …?`, or nothing when no name is near.
  static func hint(_ written: String, among names: [String]) -> String {
    let limit = max(1, min(3, written.count / 3))
    let near = names.map { ($0, distance(Array(written.lowercased().utf8), Array($0.utf8))) }
      .filter { $0.1 <= limit }.min { $0.1 < $1.1 }
    return near.map { "; did you mean `\($0.0)`?" } ?? ""
  }

  /// Insertions, deletions and replacements from `a` to `b` (Levenshtein); long texts count as far away.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    guard a.count <= 64, b.count <= 64 else { return .max }
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (x == y ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = next
      }
    }
    return row[b.count]
  }
}
