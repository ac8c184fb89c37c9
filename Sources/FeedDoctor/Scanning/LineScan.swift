import Wording

/// Splits bytes into content lines, whatever their line ends, and tells what is wrong with them.
/// Source: RFC 5545, section 3.1.
enum LineScan {
  static func read(_ bytes: ArraySlice<UInt8>, into report: inout Report) -> [FeedLine] {
    var scan = Scan()
    // Files of old Macs end their lines with CR; elsewhere a CR alone is a fault within a line.
    let hasFeeds = bytes.contains(0x0A)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      scan.number += 1
      guard scan.number <= FeedBounds.lines else {
        report.add(.tooManyLines, scan.number)
        break
      }
      let start = index
      while index < bytes.endIndex, !isEnd(bytes, index, hasFeeds) { index += 1 }
      scan.take(bytes[start..<index], into: &report)
      index = scan.lineEnd(bytes, at: index, into: &report)
    }
    scan.finish(&report)
    return scan.lines
  }

  private static func isEnd(_ bytes: ArraySlice<UInt8>, _ index: Int, _ hasFeeds: Bool) -> Bool {
    if bytes[index] == 0x0A { return true }
    guard bytes[index] == 0x0D else { return false }
    return !hasFeeds || index + 1 < bytes.endIndex && bytes[index + 1] == 0x0A
  }

  private struct Scan {
    var lines: [FeedLine] = []
    var number = 0
    private var hasBareFeed = false
    private var hasBareReturn = false
    private var longCount = 0

    /// The index after the line end at `index`; each kind of fault is told once.
    mutating func lineEnd(_ bytes: ArraySlice<UInt8>, at index: Int, into report: inout Report) -> Int {
      guard index < bytes.endIndex else {
        report.add(.noFinalLineEnd, number)
        return index
      }
      if bytes[index] == 0x0A {
        if !hasBareFeed { report.add(.bareLineFeed, number) }
        hasBareFeed = true
        return index + 1
      }
      if index + 1 < bytes.endIndex, bytes[index + 1] == 0x0A { return index + 2 }
      tellBareReturn(&report)
      return index + 1
    }

    private mutating func tellBareReturn(_ report: inout Report) {
      if !hasBareReturn { report.add(.bareReturn, number) }
      hasBareReturn = true
    }

    mutating func take(_ content: ArraySlice<UInt8>, into report: inout Report) {
      if content.count > FeedBounds.physicalOctets {
        longCount += 1
        // One long description makes many; the first few say it all.
        if longCount <= 3 { report.add(.lineOver75Octets, number, "\(content.count)") }
      }
      if content.contains(0x0D) { tellBareReturn(&report) }
      if let control = content.first(where: { $0 < 0x20 && $0 != 0x09 && $0 != 0x0D || $0 == 0x7F }) {
        report.add(control == 0 ? .nul : .controlCharacter, number, "0x" + String(control, radix: 16))
      }
      guard let first = content.first else {
        report.add(.blankLine, number)
        return
      }
      guard first == 0x20 || first == 0x09 else {
        if let last = lines.last { check(last, &report) }
        lines.append(FeedLine(number: number, bytes: Array(content)))
        return
      }
      guard let last = lines.indices.last else {
        report.add(.foldWithoutLine, number)
        return
      }
      if content.count == 1 { report.add(.emptyFold, number) }
      let rest = content.dropFirst()
      if let byte = rest.first, byte & 0xC0 == 0x80 { report.add(.foldWithinCharacter, number) }
      if lines[last].bytes.count < FeedBounds.lineOctets { lines[last].bytes.append(contentsOf: rest) }
    }

    mutating func finish(_ report: inout Report) {
      if let last = lines.last { check(last, &report) }
    }

    private func check(_ line: FeedLine, _ report: inout Report) {
      if line.bytes.count > FeedBounds.longLineOctets {
        report.add(.lineTooLong, line.number, "\(line.bytes.count)")
      }
      if line.bytes.contains(where: { $0 >= 0x80 }), String(validating: line.bytes, as: UTF8.self) == nil {
        report.add(.notUTF8, line.number, String(decoding: line.bytes.prefix(60), as: UTF8.self))
      }
    }
  }
}

extension FindingCode {
  static let lines: [FindingCode] = [
    notUTF8, bareLineFeed, bareReturn, noFinalLineEnd, lineOver75Octets, foldWithinCharacter, foldWithoutLine,
    emptyFold, blankLine, nul, controlCharacter, lineTooLong, tooManyLines, badContentLine,
  ]

  static let notUTF8 = FindingCode(
    "not_utf8", .error, "RFC 5545, 3.1.4",
    "The line is not UTF-8; write the whole file in UTF-8.",
    "La ligne n’est pas en UTF-8 ; écrivez tout le fichier en UTF-8.",
    (.refusesFeed, .measured, [.thunderbird, .pythonICS, .vobject, .rubyICalendar, .sabreVObject]))
  static let bareLineFeed = FindingCode(
    "bare_line_feed", .warning, "RFC 5545, 3.1",
    "Lines end with LF alone; end every line with CR LF.",
    "Des lignes finissent par LF seul ; finissez chaque ligne par CR LF.")
  static let bareReturn = FindingCode(
    "bare_return", .error, "RFC 5545, 3.1",
    "A CR stands without LF; end every line with CR LF and write line breaks within a text as \\n.",
    "Un CR se trouve sans LF ; finissez chaque ligne par CR LF et écrivez \\n pour un saut de ligne dans un texte.",
    (.refusesFeed, .measured, [.pythonICS, .vobject, .sabreVObject]))
  static let noFinalLineEnd = FindingCode(
    "no_final_line_end", .warning, "RFC 5545, 3.1",
    "The last line has no line end; the file may have been cut. End it with CR LF.",
    "La dernière ligne n’a pas de fin ; le fichier a peut-être été coupé. Finissez-la par CR LF.")
  static let lineOver75Octets = FindingCode(
    "line_over_75_octets", .warning, "RFC 5545, 3.1",
    "The line is longer than 75 octets; fold it (CR LF and a space).",
    "La ligne dépasse 75 octets ; pliez-la (CR LF puis une espace).")
  static let foldWithinCharacter = FindingCode(
    "fold_within_character", .error, "RFC 5545, 3.1",
    "A fold cuts a UTF-8 character in two; fold between characters.",
    "Un pli coupe un caractère UTF-8 en deux ; pliez entre les caractères.",
    (.refusesFeed, .measured, [.thunderbird, .pythonICS, .vobject, .rubyICalendar, .sabreVObject]))
  static let foldWithoutLine = FindingCode(
    "fold_without_line", .error, "RFC 5545, 3.1",
    "The first line begins with a space, so that it continues nothing; take the space out.",
    "La première ligne commence par une espace, donc ne continue rien ; ôtez l’espace.",
    (.refusesFeed, .measured, [.kcalendarcore, .vobject, .libical]), (.losesEvents, .measured, [.calcurse]))
  static let emptyFold = FindingCode(
    "empty_fold", .warning, "RFC 5545, 3.1",
    "A continuation line is empty; leave it out.",
    "Une ligne de continuation est vide ; ôtez-la.")
  static let blankLine = FindingCode(
    "blank_line", .warning, "RFC 5545, 3.1",
    "There is a blank line; leave it out.",
    "Il y a une ligne vide ; ôtez-la.")
  static let nul = FindingCode(
    "nul", .error, "RFC 5545, 3.1",
    "There is a NUL; readers written in C stop there and lose the rest. Take it out.",
    "Il y a un NUL ; les lecteurs écrits en C s’arrêtent là et perdent le reste. Ôtez-le.",
    (.refusesFeed, .measured, [.kcalendarcore, .pythonICS, .libical]))
  static let controlCharacter = FindingCode(
    "control_character", .error, "RFC 5545, 3.1",
    "There is a control character; take it out.",
    "Il y a un caractère de contrôle ; ôtez-le.",
    (.refusesFeed, .measured, [.pythonICS]))
  static let lineTooLong = FindingCode(
    "line_too_long", .error, "RFC 5545, 3.1",
    "The unfolded line is longer than 65,535 octets; shorten the text.",
    "La ligne dépliée dépasse 65\u{202F}535 octets ; raccourcissez le texte.",
    (.refusesFeed, .source, [.preavis]))
  static let tooManyLines = FindingCode(
    "too_many_lines", .error, "RFC 5545, 3.1",
    "There are more than 400,000 lines; the rest was not examined.",
    "Il y a plus de 400\u{202F}000 lignes ; le reste n’a pas été examiné.",
    (.refusesFeed, .source, [.preavis]))
  static let badContentLine = FindingCode(
    "bad_content_line", .error, "RFC 5545, 3.1",
    "This is no content line (NAME;PARAMETER=VALUE:VALUE); check names, quotation marks and the colon.",
    "Ce n’est pas une ligne de contenu (NOM;PARAMÈTRE=VALEUR:VALEUR) ; vérifiez noms, guillemets et deux-points.",
    (.reportsError, .measured, [.pythonICalendar]),
    (.refusesFeed, .measured, [.pythonICS, .vobject, .golangICal, .sabreVObject]))
}
