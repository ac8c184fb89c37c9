import CivilTime

/// What holds for a property wherever it stands. Source: RFC 5545, sections 3.3 and 3.8; RFC 7986, section 5.
struct PropertyRules {
  let now: Instant?

  func check(_ component: FeedComponent, into report: inout Report) {
    for property in component.properties {
      name(property, &report)
      parameters(property, &report)
      TextRules.check(property, into: &report)
      address(property, &report)
      value(property, &report)
    }
    for child in component.children { check(child, into: &report) }
  }

  private func name(_ property: FeedProperty, _ report: inout Report) {
    let name = property.name
    if name == "X-LIC-ERROR" { report.add(.libicalErrorProperty, property.line, property.value) }
    if name.hasPrefix("X-") {
      if name.utf8.count < 3 || name.utf8.dropFirst(2).first == UInt8(ascii: "-") {
        report.add(.badExtensionName, property.line, name)
      }
    } else if !KnownNames.properties.contains(name) {
      report.add(.unknownProperty, property.line, name)
    }
  }

  private func parameters(_ property: FeedProperty, _ report: inout Report) {
    for (name, values) in property.parameters
    where values.contains(where: { $0.unicodeScalars.contains { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7F } }) {
      report.add(.controlInParameter, property.line, name)
    }
    if let zone = property.parameter("TZID"), zone.contains("..") || zone.hasPrefix("/etc") || zone.contains("\\") {
      report.add(.zoneIsPath, property.line, zone)
    }
  }

  private static let addresses: Set<String> = ["URL", "TZURL", "SOURCE", "ORGANIZER", "ATTENDEE"]
  private static let dangerous = ["javascript:", "vbscript:", "data:", "file:"]

  private func address(_ property: FeedProperty, _ report: inout Report) {
    guard PropertyRules.addresses.contains(property.name) || property.valueType == "URI" else { return }
    guard PropertyRules.isURI(property.value) else {
      report.add(.badURI, property.line, "\(property.name):\(property.value)")
      return
    }
    let start = property.value.prefix(12).lowercased()
    if property.name != "IMAGE", PropertyRules.dangerous.contains(where: start.hasPrefix) {
      report.add(.dangerousURI, property.line, "\(property.name):\(property.value)")
    }
  }

  /// A scheme, a colon, and nothing that RFC 3986 wants encoded.
  private static func isURI(_ text: String) -> Bool {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon > text.startIndex else { return false }
    let scheme = text[..<colon].utf8
    guard let first = scheme.first, (0x61...0x7A).contains(first | 0x20),
      scheme.allSatisfy({ (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || "+.-".utf8.contains($0) })
    else { return false }
    return text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && !"<>\"{}|\\^`".utf8.contains($0) }
  }

  private func value(_ property: FeedProperty, _ report: inout Report) {
    let (line, value) = (property.line, property.value)
    func oneOf(_ words: [String], _ code: FindingCode) {
      if !words.contains(value), !value.hasPrefix("X-") { report.add(code, line, value) }
    }
    switch property.name {
    case "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "DURATION":
      if let duration = FeedDuration(value) {
        if duration.seconds <= 0 { report.add(.durationNotPositive, line, "\(property.name):\(value)") }
      } else {
        report.add(.badDuration, line, "\(property.name):\(value)")
      }
      if property.name == "REFRESH-INTERVAL", property.valueType != "DURATION" {
        report.add(.refreshWithoutType, line, value)
      }
    case "COLOR":
      if !KnownNames.colors.contains(value.lowercased()) { report.add(.badColor, line, value) }
    case "SEQUENCE":
      if PropertyRules.number(value).map({ $0 > Int(Int32.max) }) ?? true { report.add(.badSequence, line, value) }
    case "PRIORITY":
      if PropertyRules.number(value).map({ $0 > 9 }) ?? true { report.add(.badPriority, line, value) }
    case "PERCENT-COMPLETE":
      if PropertyRules.number(value).map({ $0 > 100 }) ?? true { report.add(.badPercent, line, value) }
    case "TRANSP": if value != "OPAQUE", value != "TRANSPARENT" { report.add(.badTransparency, line, value) }
    case "CLASS": oneOf(["PUBLIC", "PRIVATE", "CONFIDENTIAL"], .badClass)
    case "GEO": if !PropertyRules.isPosition(value) { report.add(.badPosition, line, value) }
    case "REQUEST-STATUS":
      let code = value.split(separator: ";", omittingEmptySubsequences: false)
      let digits = code[0].split(separator: ".", omittingEmptySubsequences: false)
      if !(2...3).contains(digits.count) || digits.contains(where: { PropertyRules.number(String($0)) == nil })
        || code.count < 2
      {
        report.add(.badRequestStatus, line, value)
      }
    case "DTSTAMP", "CREATED", "LAST-MODIFIED", "COMPLETED", "ACKNOWLEDGED", "TZUNTIL": moment(property, &report)
    default: break
    }
  }

  private func moment(_ property: FeedProperty, _ report: inout Report) {
    let subject = "\(property.name):\(property.value)"
    guard let time = FeedTime(property.value) else {
      report.add(.badTime, property.line, subject)
      return
    }
    guard time.scale == .utc else {
      report.add(.timeNotUTC, property.line, subject)
      return
    }
    if let now, ["DTSTAMP", "LAST-MODIFIED", "CREATED"].contains(property.name),
      time.civil.instant(at: .utc) > now + .minutes(5)
    {
      report.add(.timeInFuture, property.line, subject)
    }
  }

  /// One to ten digits, as a number.
  static func number(_ text: String) -> Int? {
    guard (1...10).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)
  }

  /// `48.85;2.35`, in the bounds of latitude and longitude.
  private static func isPosition(_ text: String) -> Bool {
    let sides = text.split(separator: ";", omittingEmptySubsequences: false)
    guard sides.count == 2 else { return false }
    return zip(sides, [90.0, 180.0]).allSatisfy { side, bound in
      let allowed = side.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.".utf8.contains($0) }
      return allowed && (Double(String(side)).map { $0.magnitude <= bound } ?? false)
    }
  }
}
