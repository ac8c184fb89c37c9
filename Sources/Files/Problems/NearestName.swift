/// Guesses what someone meant to write.
package enum NearestName {
  /// `; did you mean …?`, or nothing when no name is near.
  static func hint(_ written: String, among names: [String]) -> String {
    nearest(to: written, among: names).map { "; did you mean `\($0)`?" } ?? ""
  }

  /// The name that is a few letters away at the most; nil when none is.
  package static func nearest(to written: String, among names: [String]) -> String? {
    let limit = max(1, min(3, written.count / 3))
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
