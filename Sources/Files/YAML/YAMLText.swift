import CivilTime
import Planning
import Yams

/// Turns the bytes of a YAML file into nodes that know their lines.
enum YAMLText {
  /// The largest file that is read, in bytes.
  static let limit = 256 * 1024

  /// The most aliases that a file may use.
  static let mostAliases = 12

  /// Counts what may be an alias: an asterisk at the start of a token.
  private static func aliases(in bytes: [UInt8]) -> Int {
    let before = Set(" \t\n\r[{,:?-".utf8)
    return bytes.indices.count { bytes[$0] == UInt8(ascii: "*") && ($0 == 0 || before.contains(bytes[$0 - 1])) }
  }

  /// The document in `bytes`; nil after reporting why there is none.
  static func document(in bytes: [UInt8], _ problems: ProblemList) -> Node? {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      problems.add(lineOfBadUTF8(bytes), "not UTF-8; save the file as UTF-8")
      return nil
    }
    // Aliases of aliases double the document with each level; a contract has use for a few at the most.
    guard aliases(in: bytes) <= mostAliases else {
      problems.add(nil, "more than \(mostAliases) aliases (`*name`); write the values out")
      return nil
    }
    do {
      guard let node = try Yams.compose(yaml: text) else {
        problems.add(nil, "the file is empty")
        return nil
      }
      return node
    } catch let error as YamlError {
      report(error, problems)
    } catch {
      problems.add(nil, "not YAML")
    }
    return nil
  }

  private static func report(_ error: YamlError, _ problems: ProblemList) {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      problems.add(mark.line, "not YAML: " + (context.map { "\($0.text) " } ?? "") + problem)
    case .duplicatedKeysInMapping(let keys, let context):
      problems.add(context.mark.line, "key written twice: " + keys.map { "`\($0)`" }.joined(separator: ", "))
    case .reader(let problem, let offset, _, let text):
      let line = offset.map { text.prefix($0).count { $0.isNewline } + 1 }
      problems.add(line, "not YAML: \(problem)")
    default:
      problems.add(nil, "not YAML")
    }
  }

  /// The line on which the longest valid beginning stops.
  private static func lineOfBadUTF8(_ bytes: [UInt8]) -> Int {
    var line = 1
    for part in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if String(validating: part, as: UTF8.self) == nil { return line }
      line += 1
    }
    return line
  }
}

extension Node {
  /// From 1.
  var line: Int? { mark?.line }

  /// What kind of thing was written, for messages.
  var kind: String {
    switch self {
    case .scalar(let scalar): scalar.isNull ? "nothing" : "`\(scalar.string.prefix(60))`"
    case .mapping: "keys with values"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}

extension Node.Scalar {
  /// Plain and empty, or one of the words for it (YAML 1.2, section 10.3.2).
  var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(string) }

  /// Written without quotes and not as a block.
  var isPlain: Bool { style == .plain || style == .any }
}

/// The small languages in which contract files write values.
enum ValueText {
  private static let weekdayNames = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  // What would be right, for messages.
  static let weekdayForm = "a day (monday … sunday) or a range such as monday-thursday"
  static let rangeForm = "a range of times such as 07:00-20:00 (24:00 ends a day)"
  static let nightForm =
    "a range of times such as 00:00-07:00 or, over midnight, 22:00-06:00; some days only: { hours: 22:00-06:00, days: [friday] }"
  static let percentForm = "a percentage such as 99 % or 99.95 %, at most 100 %, with at most two decimals"
  static let elapsedForm = "a length of time such as 48h, 90m or 2h30"

  /// As contract files write it.
  static func name(_ day: Weekday) -> String { weekdayNames[day.rawValue - 1] }

  /// `monday`, or `monday-thursday` in the order of the week.
  static func weekdays(_ text: String) -> [Weekday]? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { part in
      weekdayNames.firstIndex(of: String(part)).flatMap { Weekday(rawValue: $0 + 1) }
    }
    switch (parts.first ?? nil, parts.last ?? nil, parts.count) {
    case (let day?, _, 1): return [day]
    case (let first?, let last?, 2) where first.rawValue < last.rawValue:
      return (first.rawValue...last.rawValue).compactMap { Weekday(rawValue: $0) }
    default: return nil
    }
  }

  /// Seconds after midnight of `HH:MM`; 24:00 is 86 400.
  private static func seconds(_ text: Substring) -> Int32? {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == UInt8(ascii: ":") else { return nil }
    let digits = [bytes[0], bytes[1], bytes[3], bytes[4]].map { Int32($0) - 0x30 }
    guard digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
    let (hour, minute) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
    guard minute < 60, hour < 24 || (hour == 24 && minute == 0) else { return nil }
    return hour * 3600 + minute * 60
  }

  private static func bounds(_ text: String) -> (start: Int32, end: Int32)? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let start = seconds(parts[0]), let end = seconds(parts[1]), start < 86_400 else {
      return nil
    }
    return (start, end)
  }

  /// A piece of one civil day.
  static func range(_ text: String) -> TimeOfDayRange? {
    bounds(text).flatMap { TimeOfDayRange(startSeconds: $0.start, endSeconds: $0.end) }
  }

  /// May run over midnight; equal ends are refused, since they could mean nothing or a whole day.
  static func night(_ text: String) -> ContractTerms.NightRange? {
    guard let (start, end) = bounds(text), start != end, let opening = timeOfDay(start) else { return nil }
    return ContractTerms.NightRange(start: opening, end: timeOfDay(end))
  }

  /// Nil for 24:00.
  private static func timeOfDay(_ seconds: Int32) -> TimeOfDay? {
    TimeOfDay(hour: Int(seconds) / 3600, minute: Int(seconds) / 60 % 60)
  }

  /// Hundredths of a percent, exactly, above 0 and up to 10 000.
  static func basisPoints(_ text: String) -> Int? {
    guard text.hasSuffix("%") else { return nil }
    var number = text.dropLast()
    if let last = number.last, last == " " || last == "\u{A0}" || last == "\u{202F}" { number.removeLast() }
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 1 || parts.count == 2, let whole = digits(parts[0], 1...3) else { return nil }
    var points = whole * 100
    if parts.count == 2 {
      guard let decimals = digits(parts[1], 1...2) else { return nil }
      points += parts[1].utf8.count == 1 ? decimals * 10 : decimals
    }
    return (1...10_000).contains(points) ? points : nil
  }

  /// `14 business days`, `90 days`: a whole number from `range`, then `unit` (its last s may go).
  static func count(_ text: String, of unit: String, in range: ClosedRange<Int>) -> Int? {
    let parts = text.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[1] == unit || parts[1] == unit.dropLast(), let count = digits(parts[0], 1...5),
      range.contains(count)
    else { return nil }
    return count
  }

  /// A positive length.
  static func elapsed(_ text: String) -> Elapsed? { Elapsed(text).flatMap { $0.seconds > 0 ? $0 : nil } }

  /// The number that ASCII digits write.
  static func digits(_ text: Substring, _ lengths: ClosedRange<Int>) -> Int? {
    guard lengths.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)
  }
}
