import ICalendar
import Wording

/// What may stand in a TEXT value, and what reads badly. Source: RFC 5545, section 3.3.11.
enum TextRules {
  static func check(_ property: CalendarProperty, into report: inout Report) {
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

extension FindingCode {
  static let texts: [FindingCode] = [
    badEscape, bareSemicolon, bareComma, emptyCategory, bidirectionalOverride, replacementCharacter, encodedTwice,
    c1Control, templateLeft, markupInText, longSummary, lineBreakInSummary,
  ]

  static let badEscape = FindingCode(
    "bad_escape", .error, "RFC 5545, 3.3.11",
    "A backslash stands before another character than \\ ; , n N; write it as \\\\ or leave it out.",
    "Une barre oblique inverse précède un autre caractère que \\ ; , n N ; écrivez \\\\ ou ôtez-la.",
    (.readsOtherText, .measured, [.kcalendarcore, .libical]), (.losesEvents, .measured, [.calcurse]))
  static let bareSemicolon = FindingCode(
    "bare_semicolon", .error, "RFC 5545, 3.3.11",
    "A semicolon in this text is not escaped; write \\;.",
    "Un point-virgule de ce texte n’est pas protégé ; écrivez \\;.",
    (.readsOtherText, .measured, [.vobject, .rubyICalendar]), (.losesEvents, .measured, [.calcurse]))
  static let bareComma = FindingCode(
    "bare_comma", .error, "RFC 5545, 3.3.11",
    "A comma in this text is not escaped; write \\,.",
    "Une virgule de ce texte n’est pas protégée ; écrivez \\,.",
    (.readsOtherText, .measured, [.vobject, .rubyICalendar]), (.losesEvents, .measured, [.calcurse]))
  static let emptyCategory = FindingCode(
    "empty_category", .warning, "RFC 5545, 3.8.1.2",
    "The list has an empty item; leave it out.",
    "La liste a un élément vide ; ôtez-le.")
  static let bidirectionalOverride = FindingCode(
    "bidirectional_override", .warning, "Unicode TR 36, 2.5",
    "The text holds a character that turns the order of reading; take it out.",
    "Le texte contient un caractère qui renverse le sens de lecture ; ôtez-le.")
  static let replacementCharacter = FindingCode(
    "replacement_character", .warning, "Unicode 15, 23.8",
    "The text holds U+FFFD: something was already lost in a conversion; mend the source.",
    "Le texte contient U+FFFD : une conversion a déjà perdu quelque chose ; réparez la source.")
  static let encodedTwice = FindingCode(
    "encoded_twice", .warning, "RFC 5545, 3.1.4",
    "The text looks encoded twice as UTF-8; encode it once.",
    "Le texte semble encodé deux fois en UTF-8 ; encodez-le une fois.")
  static let c1Control = FindingCode(
    "c1_control", .warning, "RFC 5545, 3.1",
    "The text holds a C1 control character (often Windows-1252 read as Latin-1); take it out.",
    "Le texte contient un caractère de contrôle C1 (souvent du Windows-1252 lu comme Latin-1) ; ôtez-le.")
  static let templateLeft = FindingCode(
    "template_left", .warning, "RFC 5545, 3.3.11",
    "Braces of a template were left in the text; fill the template.",
    "Des accolades d’un gabarit sont restées dans le texte ; remplissez le gabarit.")
  static let markupInText = FindingCode(
    "markup_in_text", .warning, "RFC 5545, 3.3.11",
    "The text holds HTML, which most clients show as it stands; write plain text.",
    "Le texte contient du HTML, que la plupart des clients montrent tel quel ; écrivez du texte simple.")
  static let longSummary = FindingCode(
    "long_summary", .warning, "MS-OXCICAL",
    "SUMMARY is longer than 255 characters, which is all that Outlook keeps; put the rest into DESCRIPTION.",
    "SUMMARY dépasse 255 caractères, soit tout ce qu’Outlook garde ; mettez le reste dans DESCRIPTION.",
    (.readsOtherText, .document, [.outlook, .exchange]))
  static let lineBreakInSummary = FindingCode(
    "line_break_in_summary", .error, "RFC 5545, 3.8.1.12",
    "SUMMARY holds a line break; keep it to one line.",
    "SUMMARY contient un saut de ligne ; tenez-la sur une ligne.",
    (.losesEvents, .measured, [.calcurse]))
}
