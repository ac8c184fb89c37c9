import Wording

extension FindingText {
  /// Octets, lines and folds.
  static func lines(_ code: FindingCode, _ pick: Language) -> String? {
    switch code {
    case .bareLineFeed:
      pick(
        "Lines end with LF alone; end every line with CR LF.",
        "Des lignes finissent par LF seul\u{202F}; finissez chaque ligne par CR LF.")
    case .bareReturn:
      pick(
        "A CR stands without LF; end every line with CR LF and write line breaks within a text as \\n.",
        "Un CR se trouve sans LF\u{202F}; finissez chaque ligne par CR LF et écrivez \\n pour un saut de "
          + "ligne dans un texte.")
    case .noFinalLineEnd:
      pick(
        "The last line has no line end; the file may have been cut. End it with CR LF.",
        "La dernière ligne n’a pas de fin\u{202F}; le fichier a peut-être été coupé. Finissez-la par CR LF.")
    case .lineOver75Octets:
      pick(
        "The line is longer than 75 octets; fold it (CR LF and a space).",
        "La ligne dépasse 75 octets\u{202F}; pliez-la (CR LF puis une espace).")
    case .foldWithinCharacter:
      pick(
        "A fold cuts a UTF-8 character in two; fold between characters.",
        "Un pli coupe un caractère UTF-8 en deux\u{202F}; pliez entre les caractères.")
    case .foldWithoutLine:
      pick(
        "The first line begins with a space, so that it continues nothing; take the space out.",
        "La première ligne commence par une espace, donc ne continue rien\u{202F}; ôtez l’espace.")
    case .emptyFold:
      pick(
        "A continuation line is empty; leave it out.",
        "Une ligne de continuation est vide\u{202F}; ôtez-la.")
    case .blankLine:
      pick(
        "There is a blank line; leave it out.",
        "Il y a une ligne vide\u{202F}; ôtez-la.")
    case .nul:
      pick(
        "There is a NUL; readers written in C stop there and lose the rest. Take it out.",
        "Il y a un NUL\u{202F}; les lecteurs écrits en C s’arrêtent là et perdent le reste. Ôtez-le.")
    case .controlCharacter:
      pick(
        "There is a control character; take it out.",
        "Il y a un caractère de contrôle\u{202F}; ôtez-le.")
    case .lineTooLong:
      pick(
        "The unfolded line is longer than 65,535 octets; shorten the text.",
        "La ligne dépliée dépasse 65\u{202F}535 octets\u{202F}; raccourcissez le texte.")
    case .tooManyLines:
      pick(
        "There are more than 400,000 lines; the rest was not examined.",
        "Il y a plus de 400\u{202F}000 lignes\u{202F}; le reste n’a pas été examiné.")
    case .badContentLine:
      pick(
        "This is no content line (NAME;PARAMETER=VALUE:VALUE); check names, quotation marks and the colon.",
        "Ce n’est pas une ligne de contenu (NOM;PARAMÈTRE=VALEUR:VALEUR)\u{202F}; vérifiez noms, guillemets "
          + "et deux-points.")
    case .controlInParameter:
      pick(
        "A parameter holds a control character; take it out.",
        "Un paramètre contient un caractère de contrôle\u{202F}; ôtez-le.")
    default: nil
    }
  }
}
