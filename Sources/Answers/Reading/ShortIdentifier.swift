/// An identifier as people say it: `42`, `0042`, `2026-42`, `CHG-42`.
package struct ShortIdentifier: Hashable, Sendable {
  /// Nil where it is not said.
  package let year: Int?
  package let number: Int

  /// - Parameter prefix: `CHG`, which may be left out.
  package init?(_ text: String, prefix: String) {
    var rest = text[...]
    if text.lowercased().hasPrefix(prefix.lowercased() + "-") { rest = rest.dropFirst(prefix.count + 1) }
    let parts = rest.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count),
      parts.allSatisfy({ (1...9).contains($0.utf8.count) && $0.allSatisfy(\.isDigit) }),
      let number = Int(parts[parts.count - 1]), number > 0
    else { return nil }
    guard parts.count == 2 else {
      (year, self.number) = (nil, number)
      return
    }
    guard parts[0].utf8.count == 4, let year = Int(parts[0]) else { return nil }
    (self.year, self.number) = (year, number)
  }
}

extension Character {
  fileprivate var isDigit: Bool { isASCII && isNumber }
}
