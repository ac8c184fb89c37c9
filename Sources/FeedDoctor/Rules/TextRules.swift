/// What may stand in a TEXT value, and what reads badly. Source: RFC 5545, section 3.3.11.
enum TextRules {
  static func check(_ property: FeedProperty, into report: inout Report) {
    let isList = KnownNames.textLists.contains(property.name)
    let isExtension = property.name.hasPrefix("X-")
    let isText =
      KnownNames.text.contains(property.name) || isExtension && property.valueType == "TEXT"
      || property.name == "STYLED-DESCRIPTION" && property.valueType == "TEXT"
    guard isText || isList else { return }
    let scan = Scan(property.value)
    let line = property.line
    if scan.hasBadEscape { report.add(.badEscape, line, "\(property.name):\(property.value)") }
    let severity: Severity? = isExtension ? .warning : nil
    if scan.hasSemicolon { report.add(.bareSemicolon, line, property.name, severity: severity) }
    if scan.hasComma, !isList { report.add(.bareComma, line, property.name, severity: severity) }
    if isList, scan.hasEmptyItem { report.add(.emptyCategory, line, property.name) }
    if scan.hasOverride { report.add(.bidirectionalOverride, line, property.name) }
    // Where the octets are no UTF-8, the scanner itself has put the character there.
    if scan.hasReplacement, !report.contains(.notUTF8, line) { report.add(.replacementCharacter, line, property.name) }
    if scan.isEncodedTwice { report.add(.encodedTwice, line, "\(property.name):\(property.value)") }
    if scan.hasC1 { report.add(.c1Control, line, property.name) }
    if scan.hasBraces { report.add(.templateLeft, line, "\(property.name):\(property.value)") }
    if ["SUMMARY", "DESCRIPTION", "LOCATION"].contains(property.name), scan.hasMarkup {
      report.add(.markupInText, line, "\(property.name):\(property.value)")
    }
    if property.name == "SUMMARY" {
      if scan.length > 255 { report.add(.longSummary, line, "\(scan.length)") }
      if scan.hasLineBreak { report.add(.lineBreakInSummary, line, property.value) }
    }
  }

  /// One pass over the scalars, escapes undone.
  struct Scan {
    private(set) var hasBadEscape = false
    private(set) var hasSemicolon = false
    private(set) var hasComma = false
    private(set) var hasEmptyItem = false
    private(set) var hasOverride = false
    private(set) var hasReplacement = false
    private(set) var isEncodedTwice = false
    private(set) var hasC1 = false
    private(set) var hasBraces = false
    private(set) var hasMarkup = false
    private(set) var hasLineBreak = false
    /// Characters that are left once escapes are undone.
    private(set) var length = 0

    init(_ value: String) {
      var isEscaped = false
      var last: Unicode.Scalar = " "
      var itemLength = 0
      for scalar in value.unicodeScalars {
        defer { last = scalar }
        length += 1
        switch scalar.value {
        case 0x202A...0x202E, 0x2066...0x2069: hasOverride = true
        case 0xFFFD: hasReplacement = true
        case 0x80...0xBF:
          // «Ã©» is the two bytes of «é» read as two characters; C1 alone comes from Windows-1252 or NEL.
          if last == "Ã" || last == "Â" && scalar.value >= 0xA0 {
            isEncodedTwice = true
          } else if scalar.value <= 0x9F {
            hasC1 = true
          }
        case 0x20AC: if last == "â" { isEncodedTwice = true }
        default: break
        }
        if isEscaped {
          isEscaped = false
          length -= 1
          if scalar == "n" || scalar == "N" { hasLineBreak = true }
          if !("\\;,nN".unicodeScalars.contains(scalar)) { hasBadEscape = true }
          itemLength += 1
          continue
        }
        switch scalar {
        case "\\": isEscaped = true
        case ";": hasSemicolon = true
        case ",":
          hasComma = true
          if itemLength == 0 { hasEmptyItem = true }
          itemLength = 0
          continue
        case "{", "}": if last == scalar { hasBraces = true }
        case let letter where last == "<" && (letter.properties.isAlphabetic && letter.isASCII || letter == "/"):
          hasMarkup = hasMarkup || value.contains(">")
        default: break
        }
        if scalar != " " { itemLength += 1 }
      }
      if isEscaped { hasBadEscape = true }
      if itemLength == 0 { hasEmptyItem = true }
    }
  }

  /// `value` with its escapes undone.
  static func unescaped(_ value: String) -> String {
    var result = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in value.unicodeScalars {
      if isEscaped {
        result.append(scalar == "n" || scalar == "N" ? "\n" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  static func isBlank(_ text: String) -> Bool { text.unicodeScalars.allSatisfy { $0 == " " || $0 == "\t" } }
}
