/// Messages are worded with the flags of the command line; whoever calls the API knows members and parameters.
enum MemberNames {
  private static let others = [
    "component": "components", "idempotency-key": "Idempotency-Key", "no-interruption": "interruption",
    "for": "duration",
  ]

  /// `--qualified-at` becomes `qualified_at`, where a word begins with it.
  static func named(in message: String) -> String {
    var result = String.UnicodeScalarView()
    var rest = Substring(message).unicodeScalars
    var isWordStart = true
    while let scalar = rest.first {
      if isWordStart, rest.starts(with: "--".unicodeScalars) {
        let name = rest.dropFirst(2).prefix { ("a"..."z").contains($0) || $0 == "-" }
        if let first = name.first, first != "-" {
          let flag = String(name)
          result.append(contentsOf: (others[flag] ?? flag.replacing("-", with: "_")).unicodeScalars)
          rest = rest.dropFirst(2 + name.count)
          isWordStart = false
          continue
        }
      }
      isWordStart = scalar == " " || scalar == "(" || scalar == "\u{A0}"
      result.append(scalar)
      rest.removeFirst()
    }
    return String(result)
  }
}
