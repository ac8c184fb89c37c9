import CivilTime
import ICalendar
import Wording

/// What holds for a property wherever it stands. Source: RFC 5545, sections 3.3 and 3.8; RFC 7986, section 5.
struct PropertyRules {
  let now: Instant?

  func check(_ component: CalendarComponent, into report: inout Report) {
    for property in component.properties {
      name(property, &report)
      parameters(property, &report)
      TextRules.check(property, into: &report)
      address(property, &report)
      value(property, &report)
    }
    for child in component.children { check(child, into: &report) }
  }

  private func name(_ property: CalendarProperty, _ report: inout Report) {
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

  private func parameters(_ property: CalendarProperty, _ report: inout Report) {
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

  private func address(_ property: CalendarProperty, _ report: inout Report) {
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

  /// What the value of a property has to be, where a look at it alone tells.
  private static let forms: [String: (code: FindingCode, holds: @Sendable (String) -> Bool)] = [
    "COLOR": (.badColor, { KnownNames.colors.contains($0.lowercased()) }),
    "SEQUENCE": (.badSequence, { number($0).map { $0 <= Int(Int32.max) } ?? false }),
    "PRIORITY": (.badPriority, { number($0).map { $0 <= 9 } ?? false }),
    "PERCENT-COMPLETE": (.badPercent, { number($0).map { $0 <= 100 } ?? false }),
    "TRANSP": (.badTransparency, { $0 == "OPAQUE" || $0 == "TRANSPARENT" }),
    "CLASS": (.badClass, { ["PUBLIC", "PRIVATE", "CONFIDENTIAL"].contains($0) || $0.hasPrefix("X-") }),
    "GEO": (.badPosition, isPosition), "REQUEST-STATUS": (.badRequestStatus, isRequestStatus),
  ]

  private func value(_ property: CalendarProperty, _ report: inout Report) {
    let (line, value) = (property.line, property.value)
    if let form = PropertyRules.forms[property.name], !form.holds(value) { report.add(form.code, line, value) }
    switch property.name {
    case "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "DURATION":
      if let duration = property.duration {
        if duration.seconds <= 0 { report.add(.durationNotPositive, line, "\(property.name):\(value)") }
      } else {
        report.add(.badDuration, line, "\(property.name):\(value)")
      }
      if property.name == "REFRESH-INTERVAL", property.valueType != "DURATION" {
        report.add(.refreshWithoutType, line, value)
      }
    case "DTSTAMP", "CREATED", "LAST-MODIFIED", "COMPLETED", "ACKNOWLEDGED", "TZUNTIL": moment(property, &report)
    default: break
    }
  }

  private func moment(_ property: CalendarProperty, _ report: inout Report) {
    let subject = "\(property.name):\(property.value)"
    guard let time = property.time else {
      report.add(.badTime, property.line, subject)
      return
    }
    guard time.isUTC else {
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

  /// `2.0;Success`
  private static func isRequestStatus(_ text: String) -> Bool {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false)
    let digits = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    return parts.count >= 2 && (2...3).contains(digits.count) && digits.allSatisfy { number(String($0)) != nil }
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

extension FindingCode {
  static let properties: [FindingCode] = [
    controlInParameter, unknownProperty, badExtensionName, libicalErrorProperty, refreshWithoutType, badColor, badURI,
    dangerousURI, badDuration, durationNotPositive, badSequence, badPriority, badPercent, badTransparency, badClass,
    badPosition, badRequestStatus, timeNotUTC, timeInFuture, zoneIsPath,
  ]

  static let controlInParameter = FindingCode(
    "control_in_parameter", .error, "RFC 5545, 3.1",
    "A parameter holds a control character; take it out.",
    "Un paramètre contient un caractère de contrôle ; ôtez-le.",
    (.reportsError, .measured, [.pythonICalendar]), (.refusesFeed, .measured, [.pythonICS, .golangICal]))
  static let unknownProperty = FindingCode(
    "unknown_property", .warning, "RFC 5545, 3.8.8",
    "No standard knows this property; name it X-….",
    "Aucune norme ne connaît cette propriété ; nommez-la X-….",
    (.reportsError, .measured, [.libical]))
  static let badExtensionName = FindingCode(
    "bad_extension_name", .warning, "RFC 5545, 3.8.8.2",
    "The name of this extension is empty or begins with two hyphens; name it X-VENDOR-NAME.",
    "Le nom de cette extension est vide ou commence par deux traits d’union ; nommez-la X-AUTEUR-NOM.")
  static let libicalErrorProperty = FindingCode(
    "libical_error_property", .warning, "libical 3.0, icalproperty.h",
    "An error mark of libical was published; write without libical’s checks, and mend what it marked.",
    "Une marque d’erreur de libical a été publiée ; réparez ce qu’elle marquait et ne publiez pas la marque.",
    (.reportsError, .measured, [.libical]))
  static let refreshWithoutType = FindingCode(
    "refresh_without_type", .warning, "RFC 7986, 5.7",
    "REFRESH-INTERVAL lacks VALUE=DURATION; write REFRESH-INTERVAL;VALUE=DURATION:PT15M.",
    "REFRESH-INTERVAL n’a pas VALUE=DURATION ; écrivez REFRESH-INTERVAL;VALUE=DURATION:PT15M.")
  static let badColor = FindingCode(
    "bad_color", .warning, "RFC 7986, 5.9",
    "COLOR is not a CSS3 name; write for instance steelblue.",
    "COLOR n’est pas un nom CSS3 ; écrivez par exemple steelblue.")
  static let badURI = FindingCode(
    "bad_uri", .error, "RFC 3986, 2",
    "This is not an address (scheme, colon, no blanks); encode what may not stand in it.",
    "Ce n’est pas une adresse (schéma, deux-points, pas d’espace) ; encodez ce qui n’y a pas sa place.")
  static let dangerousURI = FindingCode(
    "dangerous_uri", .error, "RFC 3986, 7",
    "This address runs a program or opens a local file; publish https or mailto only.",
    "Cette adresse exécute un programme ou ouvre un fichier local ; ne publiez que https ou mailto.")
  static let badDuration = FindingCode(
    "bad_duration", .error, "RFC 5545, 3.3.6",
    "This is not a duration; write for instance PT15M, P1D or P2W.",
    "Ce n’est pas une durée ; écrivez par exemple PT15M, P1D ou P2W.",
    (.refusesFeed, .measured, [.thunderbird, .pythonICalendar, .recurringICalEvents, .pythonICS, .sabreVObject]),
    (.reportsError, .measured, [.libical]), (.losesEvents, .measured, [.calcurse]), (.refusesFeed, .source, [.preavis]))
  static let durationNotPositive = FindingCode(
    "duration_not_positive", .error, "RFC 5545, 3.8.2.5",
    "The duration is zero or negative; give a positive one.",
    "La durée est nulle ou négative ; donnez-en une positive.",
    (.readsOtherTime, .measured, [.rubyICalendar]), (.losesEvents, .measured, [.calcurse]),
    (.refusesFeed, .source, [.preavis]))
  static let badSequence = FindingCode(
    "bad_sequence", .error, "RFC 5545, 3.8.7.4",
    "SEQUENCE is not a whole number from 0 to 2,147 483,647; count the revisions from 0.",
    "SEQUENCE n’est pas un entier de 0 à 2\u{202F}147 483\u{202F}647 ; comptez les révisions à partir de 0.",
    (.reportsError, .measured, [.pythonICalendar]), (.refusesFeed, .measured, [.recurringICalEvents]),
    (.readsZero, .measured, [.libical]), (.refusesFeed, .source, [.preavis]))
  static let badPriority = FindingCode(
    "bad_priority", .warning, "RFC 5545, 3.8.1.9",
    "PRIORITY is not a digit from 0 to 9.",
    "PRIORITY n’est pas un chiffre de 0 à 9.",
    (.reportsError, .measured, [.pythonICalendar]))
  static let badPercent = FindingCode(
    "bad_percent", .warning, "RFC 5545, 3.8.1.8",
    "PERCENT-COMPLETE is not a number from 0 to 100.",
    "PERCENT-COMPLETE n’est pas un nombre de 0 à 100.")
  static let badTransparency = FindingCode(
    "bad_transparency", .warning, "RFC 5545, 3.8.2.7",
    "TRANSP is neither OPAQUE nor TRANSPARENT.",
    "TRANSP n’est ni OPAQUE ni TRANSPARENT.")
  static let badClass = FindingCode(
    "bad_class", .warning, "RFC 5545, 3.8.1.3",
    "CLASS is none of PUBLIC, PRIVATE and CONFIDENTIAL; clients treat it as private.",
    "CLASS n’est ni PUBLIC, ni PRIVATE, ni CONFIDENTIAL ; les clients la traitent comme privée.",
    (.mayDiffer, .document, [.outlook]))
  static let badPosition = FindingCode(
    "bad_position", .error, "RFC 5545, 3.8.1.6",
    "GEO is not latitude;longitude with decimal points, as in 48.85;2.35.",
    "GEO n’est pas latitude;longitude avec des points décimaux, comme 48.85;2.35.",
    (.reportsError, .measured, [.pythonICalendar, .libical]), (.refusesFeed, .measured, [.pythonICS]))
  static let badRequestStatus = FindingCode(
    "bad_request_status", .warning, "RFC 5545, 3.8.8.3",
    "REQUEST-STATUS is not code;description, as in 2.0;Success; a feed needs none.",
    "REQUEST-STATUS n’est pas code;description, comme 2.0;Success ; un flux n’en a pas besoin.",
    (.reportsError, .measured, [.libical]))
  static let timeNotUTC = FindingCode(
    "time_not_utc", .error, "RFC 5545, 3.8.7",
    "This time has to be in UTC, with Z at its end.",
    "Ce temps doit être en UTC, avec Z à la fin.")
  static let timeInFuture = FindingCode(
    "time_in_future", .warning, "RFC 5545, 3.8.7",
    "This revision is dated in the future; date it by the moment of the change.",
    "Cette révision est datée du futur ; datez-la du moment du changement.")
  static let zoneIsPath = FindingCode(
    "zone_is_path", .error, "RFC 5545, 3.8.3.1",
    "This TZID is a path to a file; libical opens it. Use a name of the tz database.",
    "Ce TZID est un chemin de fichier ; libical l’ouvre. Prenez un nom de la base tz.",
    (.mayDiffer, .measured, [.libical]), (.refusesFeed, .source, [.preavis]))
}
