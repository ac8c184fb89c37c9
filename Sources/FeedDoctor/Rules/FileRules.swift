import Wording

/// What the first bytes seem to be, where that is no calendar.
enum FileRules {
  /// The one thing to say of input that is not worth examining further; nil for what may be a calendar.
  static func verdict(_ bytes: [UInt8]) -> FindingCode? {
    if bytes.isEmpty { return .emptyFile }
    if bytes.starts(with: [0x1F, 0x8B]) { return .looksLikeGzip }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .looksLikeZip }
    if isUTF16(bytes) { return .looksLikeUTF16 }
    let start = bytes.prefix(4096).drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
    guard let first = start.first else { return .emptyFile }
    if first == UInt8(ascii: "<") {
      let head = String(decoding: start.prefix(512), as: UTF8.self).lowercased()
      return head.contains("<html") || head.hasPrefix("<!doctype html") || head.hasPrefix("<body")
        ? .looksLikeHTML : .looksLikeXML
    }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return .looksLikeJSON }
    return nil
  }

  /// By its byte order mark, or by NUL at every second place of the beginning.
  private static func isUTF16(_ bytes: [UInt8]) -> Bool {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
    guard bytes.count >= 8 else { return false }
    let zeros = bytes.prefix(8).map { $0 == 0 }
    return zeros == [false, true, false, true, false, true, false, true]
      || zeros == [true, false, true, false, true, false, true, false]
  }
}

extension FindingCode {
  static let files: [FindingCode] = [
    emptyFile, looksLikeHTML, looksLikeXML, looksLikeJSON, looksLikeGzip, looksLikeZip, looksLikeUTF16, notCalendar,
    tooLarge, largeFeed, byteOrderMark, importRefuses, libicalRefuses,
  ]

  static let emptyFile = FindingCode(
    "empty_file", .error, "RFC 5545, 3.4",
    "The file is empty; serve the last good copy instead of nothing.",
    "Le fichier est vide ; servez la dernière bonne copie plutôt que rien.",
    (.refusesFeed, .measured, [.kcalendarcore, .libical, .rubyICalendar, .sabreVObject]))
  static let looksLikeHTML = FindingCode(
    "looks_like_html", .error, "RFC 5545, 3.4",
    "This is an HTML page (a login or an error page?), not a calendar; use the address of the .ics file itself.",
    "C’est une page HTML (connexion ou erreur ?), pas un calendrier ; prenez l’adresse du fichier .ics lui-même.",
    (.refusesFeed, .measured, Reader.parsers), (.emptiesCalendar, .measured, [.evolution]),
    (.losesEvents, .measured, [.calcurse]))
  static let looksLikeXML = FindingCode(
    "looks_like_xml", .error, "RFC 6321, 3",
    "This is XML (a feed, xCal or an error message?), not iCalendar; export it as .ics.",
    "C’est du XML (un flux, du xCal ou un message d’erreur ?), pas de l’iCalendar ; exportez-le en .ics.")
  static let looksLikeJSON = FindingCode(
    "looks_like_json", .error, "RFC 7265, 3",
    "This is JSON (jCal or an error message?), not iCalendar; export it as .ics.",
    "C’est du JSON (du jCal ou un message d’erreur ?), pas de l’iCalendar ; exportez-le en .ics.",
    (.refusesFeed, .measured, Reader.parsers), (.losesEvents, .measured, [.calcurse]))
  static let looksLikeGzip = FindingCode(
    "looks_like_gzip", .error, "RFC 9110, 8.4",
    "This is compressed data (gzip); unpack it, or send Content-Encoding: gzip with it.",
    "Ce sont des données compressées (gzip) ; décompressez-les, ou envoyez avec elles Content-Encoding: gzip.",
    (.refusesFeed, .measured, Reader.parsers), (.losesEvents, .measured, [.calcurse]))
  static let looksLikeZip = FindingCode(
    "looks_like_zip", .error, "RFC 5545, 3.4",
    "This is a ZIP archive; take the .ics file out of it.",
    "C’est une archive ZIP ; sortez-en le fichier .ics.")
  static let looksLikeUTF16 = FindingCode(
    "looks_like_utf16", .error, "RFC 5545, 3.1.4",
    "This is UTF-16 text; save it as UTF-8.",
    "C’est du texte en UTF-16 ; enregistrez-le en UTF-8.",
    (.refusesFeed, .measured, Reader.parsers), (.losesEvents, .measured, [.calcurse]))
  static let notCalendar = FindingCode(
    "not_calendar", .error, "RFC 5545, 3.4",
    "There is no VCALENDAR in this; the first line has to be BEGIN:VCALENDAR.",
    "Il n’y a pas de VCALENDAR ici ; la première ligne doit être BEGIN:VCALENDAR.",
    (.refusesFeed, .measured, Reader.parsers), (.losesEvents, .measured, [.calcurse]))
  static let tooLarge = FindingCode(
    "too_large", .error, "RFC 5545, 3.4",
    "The file is larger than 16 MiB and was not examined; split it, or let past events go.",
    "Le fichier dépasse 16 Mio et n’a pas été examiné ; divisez-le, ou laissez partir les événements passés.",
    (.refusesFeed, .document, [.googleCalendar]))
  static let largeFeed = FindingCode(
    "large_feed", .warning, "RFC 5545, 3.4",
    "The feed is larger than 1 MiB; let past events leave it after a while.",
    "Le flux dépasse 1 Mio ; laissez-en partir les événements passés au bout d’un temps.",
    (.refusesFeed, .document, [.googleCalendar]), (.refusesFeed, .source, [.preavis]))
  static let byteOrderMark = FindingCode(
    "byte_order_mark", .error, "RFC 5545, 3.1.4",
    "The file begins with a byte order mark; save it as UTF-8 without one.",
    "Le fichier commence par une marque d’ordre des octets (BOM) ; enregistrez-le en UTF-8 sans BOM.",
    (.refusesFeed, .measured, [.pythonICS, .vobject, .sabreVObject]), (.losesEvents, .measured, [.calcurse]))
  static let importRefuses = FindingCode(
    "import_refuses", .note, "RFC 5545, 3.4",
    "The import of Préavis does not take this file, though nothing above says that it is wrong.",
    "L’import de Préavis ne prend pas ce fichier, bien que rien d’autre ne le dise fautif.",
    (.refusesFeed, .source, [.preavis]))
  static let libicalRefuses = FindingCode(
    "libical_refuses", .error, "RFC 5545, 3.4",
    "libical, which many programs read with, marks something in this file as wrong.",
    "libical, avec laquelle lisent beaucoup de programmes, marque quelque chose comme fautif dans ce fichier.",
    (.reportsError, .measured, [.libical]))
}
