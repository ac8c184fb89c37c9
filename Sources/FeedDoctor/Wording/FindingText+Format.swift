import Wording

extension FindingText {
  /// The file as a whole.
  static func format(_ code: FindingCode, _ pick: Language) -> String? {
    switch code {
    case .emptyFile:
      pick(
        "The file is empty; serve the last good copy instead of nothing.",
        "Le fichier est vide\u{202F}; servez la dernière bonne copie plutôt que rien.")
    case .looksLikeHTML:
      pick(
        "This is an HTML page (a login or an error page?), not a calendar; use the address of the .ics file itself.",
        "C’est une page HTML (connexion ou erreur\u{202F}?), pas un calendrier\u{202F}; prenez l’adresse du "
          + "fichier .ics lui-même.")
    case .looksLikeXML:
      pick(
        "This is XML (a feed, xCal or an error message?), not iCalendar; export it as .ics.",
        "C’est du XML (un flux, du xCal ou un message d’erreur\u{202F}?), pas de l’iCalendar\u{202F}; "
          + "exportez-le en .ics.")
    case .looksLikeJSON:
      pick(
        "This is JSON (jCal or an error message?), not iCalendar; export it as .ics.",
        "C’est du JSON (du jCal ou un message d’erreur\u{202F}?), pas de l’iCalendar\u{202F}; exportez-le en .ics.")
    case .looksLikeGzip:
      pick(
        "This is compressed data (gzip); unpack it, or send Content-Encoding: gzip with it.",
        "Ce sont des données compressées (gzip)\u{202F}; décompressez-les, ou envoyez avec elles "
          + "Content-Encoding: gzip.")
    case .looksLikeZip:
      pick(
        "This is a ZIP archive; take the .ics file out of it.",
        "C’est une archive ZIP\u{202F}; sortez-en le fichier .ics.")
    case .looksLikeUTF16:
      pick(
        "This is UTF-16 text; save it as UTF-8.",
        "C’est du texte en UTF-16\u{202F}; enregistrez-le en UTF-8.")
    case .notCalendar:
      pick(
        "There is no VCALENDAR in this; the first line has to be BEGIN:VCALENDAR.",
        "Il n’y a pas de VCALENDAR ici\u{202F}; la première ligne doit être BEGIN:VCALENDAR.")
    case .tooLarge:
      pick(
        "The file is larger than 16 MiB and was not examined; split it, or let past events go.",
        "Le fichier dépasse 16 Mio et n’a pas été examiné\u{202F}; divisez-le, ou laissez partir les "
          + "événements passés.")
    case .largeFeed:
      pick(
        "The feed is larger than 1 MiB; let past events leave it after a while.",
        "Le flux dépasse 1 Mio\u{202F}; laissez-en partir les événements passés au bout d’un temps.")
    case .byteOrderMark:
      pick(
        "The file begins with a byte order mark; save it as UTF-8 without one.",
        "Le fichier commence par une marque d’ordre des octets (BOM)\u{202F}; enregistrez-le en UTF-8 sans BOM.")
    case .notUTF8:
      pick(
        "The line is not UTF-8; write the whole file in UTF-8.",
        "La ligne n’est pas en UTF-8\u{202F}; écrivez tout le fichier en UTF-8.")
    case .importRefuses:
      pick(
        "The import of Préavis does not take this file, though nothing above says that it is wrong.",
        "L’import de Préavis ne prend pas ce fichier, bien que rien d’autre ne le dise fautif.")
    case .libicalRefuses:
      pick(
        "libical, which many programs read with, marks something in this file as wrong.",
        "libical, avec laquelle lisent beaucoup de programmes, marque quelque chose comme fautif dans ce fichier.")
    default: nil
    }
  }
}
