import Wording

/// The parameters of a query. Source: WHATWG URL, section 5.1 (`application/x-www-form-urlencoded`).
struct QueryText: Sendable {
  /// Decoded, in the order in which they came.
  let pairs: [(name: String, value: String)]

  /// Nil where it cannot be decoded, or has more parts than any question needs.
  init?(_ text: String?) {
    let parts = (text ?? "").split(separator: "&")
    guard parts.count <= 200 else { return nil }
    var pairs: [(String, String)] = []
    for part in parts {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = PercentText.decode(sides[0], isForm: true),
        let value = PercentText.decode(sides.count > 1 ? sides[1] : "", isForm: true)
      else { return nil }
      pairs.append((name, value))
    }
    self.pairs = pairs
  }

  func first(_ name: String) -> String? { pairs.first { $0.name == name }?.value }
  func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

  /// The same query with one parameter replaced, or left out where there is no value.
  func replacing(_ name: String, with value: String?) -> String {
    let kept = pairs.filter { $0.name != name } + (value.map { [(name, $0)] } ?? [])
    return kept.map { PercentText.encode($0.name) + "=" + PercentText.encode($0.value) }.joined(separator: "&")
  }
}
