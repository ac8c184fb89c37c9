/// A content line taken apart without judging it.
struct FeedProperty: Sendable {
  /// First physical line, from 1.
  var line: Int
  /// In capitals.
  var name: String
  /// Names in capitals, values without their quotation marks.
  var parameters: [(name: String, values: [String])]
  /// As it was written; bytes that are not UTF-8 became U+FFFD.
  var value: String

  /// The first value of a parameter.
  func parameter(_ wanted: String) -> String? {
    parameters.first { $0.name == wanted }.map { $0.values.first ?? "" }
  }

  /// The VALUE parameter in capitals.
  var valueType: String? { parameter("VALUE")?.uppercased() }
}

/// A component with what stands in it.
struct FeedComponent: Sendable {
  /// In capitals.
  var name: String
  /// Line of its BEGIN.
  var line: Int
  var properties: [FeedProperty] = []
  var children: [FeedComponent] = []

  func first(_ name: String) -> FeedProperty? { properties.first { $0.name == name } }
  func all(_ name: String) -> [FeedProperty] { properties.filter { $0.name == name } }
  func children(_ name: String) -> [FeedComponent] { children.filter { $0.name == name } }
}

/// How much the doctor looks at.
enum FeedBounds {
  static let octets = 16 * 1_048_576
  static let lines = 400_000
  /// Of an unfolded line, kept; what comes after is dropped.
  static let lineOctets = 1_048_576
  /// What libical's callers and Thunderbird still read in reasonable time.
  static let longLineOctets = 65_535
  /// The size beyond which services stop fetching (Google Calendar's documented limit is near it).
  static let largeOctets = 1_048_576
  static let components = 50_000
  static let depth = 8
  /// What RFC 5545, section 3.1, allows on a physical line, without its line end.
  static let physicalOctets = 75
  /// Findings of one code that are listed one by one.
  static let findingsPerCode = 20
}

/// One unfolded line and where it began.
struct FeedLine {
  var number: Int
  var bytes: [UInt8]
}
