import CivilTime
import ICalendar
import Wording

/// How much the doctor looks at.
enum FeedBounds {
  static let octets = 16 * 1_048_576
  static let lines = 400_000
  /// Of an unfolded line, kept; what comes after is dropped.
  static let lineOctets = 1_048_576
  /// The size beyond which services stop fetching (Google Calendar's documented limit is near it).
  static let largeOctets = 1_048_576
  static let components = 50_000
  static let depth = 8
  /// Findings of one code that are listed one by one.
  static let findingsPerCode = 20
}

extension Leniency {
  /// What readers take without a word.
  static let doctor: Leniency = [.leapSecond, .zoneBesideUTC, .longNumbers, .leftOutMinutes, .anyRule]
}

extension CalendarProperty {
  var time: CalendarTime? { time(letting: .doctor) }
  var duration: CalendarDuration? { duration(letting: .doctor) }
  var offset: UTCOffset? { offset(letting: .doctor) }

  func time(_ text: String) -> CalendarTime? { time(text, letting: .doctor) }
  func rule() throws(RecurrenceRule.Fault) -> RecurrenceRule { try rule(letting: .doctor) }
}

extension Report {
  /// Takes a fault of the reading for the finding of the same name, where there is one.
  mutating func add(_ fault: CalendarFault) {
    guard let code = FindingCode.ofReading[fault.code] else { return }
    add(code, fault.line, code == .bareReturn ? "" : fault.subject)
  }
}

extension FindingCode {
  fileprivate static let ofReading: [CalendarFault.Code: FindingCode] = Dictionary(
    // Holds: the cases differ.
    uniqueKeysWithValues: allCases.compactMap { row in
      CalendarFault.Code(rawValue: row.rawValue).map { ($0, row) }
    })
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

extension FindingCode {
  static let structure: [FindingCode] = [
    severalCalendars, lowerCaseComponent, unknownComponent, badNesting, mismatchedEnd, unclosed, outsideCalendar,
    nestedTooDeep, tooManyComponents,
  ]

  static let severalCalendars = FindingCode(
    "several_calendars", .error, "RFC 5545, 3.4",
    "There are several VCALENDARs; put one into each file.",
    "Il y a plusieurs VCALENDAR ; n’en mettez qu’un par fichier.",
    (.losesEvents, .document, [.outlook, .exchange]), (.reportsError, .measured, [.libical]),
    (.refusesFeed, .measured, [.golangICal]), (.losesEvents, .measured, [.sabreVObject]),
    (.refusesFeed, .source, [.preavis]))
  static let lowerCaseComponent = FindingCode(
    "lower_case_component", .error, "RFC 5545, 2",
    "The name of a component is not in capitals; write it in capitals, without blanks.",
    "Le nom d’un composant n’est pas en majuscules ; écrivez-le en majuscules, sans espace.",
    (.losesEvents, .measured, [.pythonICS, .rubyICalendar, .golangICal]), (.refusesFeed, .measured, [.sabreVObject]))
  static let unknownComponent = FindingCode(
    "unknown_component", .warning, "RFC 5545, 3.6",
    "No standard knows this component; name it X-… or leave it out.",
    "Aucune norme ne connaît ce composant ; nommez-le X-… ou ôtez-le.",
    (.refusesFeed, .source, [.preavis]))
  static let badNesting = FindingCode(
    "bad_nesting", .error, "RFC 5545, 3.6",
    "This component may not stand here; move it to where it belongs.",
    "Ce composant n’a pas sa place ici ; mettez-le où il doit être.",
    (.refusesFeed, .measured, [.rubyICalendar]), (.refusesFeed, .source, [.preavis]))
  static let mismatchedEnd = FindingCode(
    "mismatched_end", .error, "RFC 5545, 3.6",
    "This END closes something else than what is open; balance BEGIN and END.",
    "Ce END ferme autre chose que ce qui est ouvert ; équilibrez BEGIN et END.",
    (.refusesFeed, .measured, [.pythonICS, .vobject, .golangICal, .sabreVObject]),
    (.losesEvents, .measured, [.calcurse]), (.refusesFeed, .source, [.preavis]))
  static let unclosed = FindingCode(
    "unclosed", .error, "RFC 5545, 3.6",
    "This component never ends: the file was cut short. Serve whole files only.",
    "Ce composant ne finit pas : le fichier a été coupé. Ne servez que des fichiers entiers.",
    (.refusesFeed, .measured, [.thunderbird, .kcalendarcore, .vobject, .libical, .golangICal, .sabreVObject]),
    (.losesEvents, .measured, [.pythonICalendar, .calcurse]), (.refusesFeed, .source, [.preavis]))
  static let outsideCalendar = FindingCode(
    "outside_calendar", .error, "RFC 5545, 3.4",
    "This stands outside VCALENDAR; move it into the calendar.",
    "Ceci se trouve hors de VCALENDAR ; mettez-le dans le calendrier.",
    (.refusesFeed, .source, [.preavis]))
  static let nestedTooDeep = FindingCode(
    "nested_too_deep", .error, "RFC 5545, 3.6",
    "Components are nested more than eight deep; nothing needs more than three.",
    "Les composants s’emboîtent sur plus de huit niveaux ; trois suffisent à tout.",
    (.refusesFeed, .source, [.preavis]))
  static let tooManyComponents = FindingCode(
    "too_many_components", .error, "RFC 5545, 3.6",
    "There are more than 50,000 components; the rest was not examined.",
    "Il y a plus de 50\u{202F}000 composants ; le reste n’a pas été examiné.",
    (.refusesFeed, .source, [.preavis]))
}
