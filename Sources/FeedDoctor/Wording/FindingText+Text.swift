import Wording

extension FindingText {
  /// TEXT values and addresses.
  static func text(_ code: FindingCode, _ pick: Language) -> String? {
    switch code {
    case .badEscape:
      pick(
        "A backslash stands before another character than \\ ; , n N; write it as \\\\ or leave it out.",
        "Une barre oblique inverse précède un autre caractère que \\\u{202F}; , n N\u{202F}; écrivez \\\\ "
          + "ou ôtez-la.")
    case .bareSemicolon:
      pick(
        "A semicolon in this text is not escaped; write \\;.",
        "Un point-virgule de ce texte n’est pas protégé\u{202F}; écrivez \\;.")
    case .bareComma:
      pick(
        "A comma in this text is not escaped; write \\,.",
        "Une virgule de ce texte n’est pas protégée\u{202F}; écrivez \\,.")
    case .emptyCategory:
      pick(
        "The list has an empty item; leave it out.",
        "La liste a un élément vide\u{202F}; ôtez-le.")
    case .bidirectionalOverride:
      pick(
        "The text holds a character that turns the order of reading; take it out.",
        "Le texte contient un caractère qui renverse le sens de lecture\u{202F}; ôtez-le.")
    case .replacementCharacter:
      pick(
        "The text holds U+FFFD: something was already lost in a conversion; mend the source.",
        "Le texte contient U+FFFD\u{A0}: une conversion a déjà perdu quelque chose\u{202F}; réparez la source.")
    case .encodedTwice:
      pick(
        "The text looks encoded twice as UTF-8; encode it once.",
        "Le texte semble encodé deux fois en UTF-8\u{202F}; encodez-le une fois.")
    case .c1Control:
      pick(
        "The text holds a C1 control character (often Windows-1252 read as Latin-1); take it out.",
        "Le texte contient un caractère de contrôle C1 (souvent du Windows-1252 lu comme Latin-1)\u{202F}; ôtez-le.")
    case .templateLeft:
      pick(
        "Braces of a template were left in the text; fill the template.",
        "Des accolades d’un gabarit sont restées dans le texte\u{202F}; remplissez le gabarit.")
    case .markupInText:
      pick(
        "The text holds HTML, which most clients show as it stands; write plain text.",
        "Le texte contient du HTML, que la plupart des clients montrent tel quel\u{202F}; écrivez du texte simple.")
    case .longSummary:
      pick(
        "SUMMARY is longer than 255 characters, which is all that Outlook keeps; put the rest into DESCRIPTION.",
        "SUMMARY dépasse 255 caractères, soit tout ce qu’Outlook garde\u{202F}; mettez le reste dans DESCRIPTION.")
    case .lineBreakInSummary:
      pick(
        "SUMMARY holds a line break; keep it to one line.",
        "SUMMARY contient un saut de ligne\u{202F}; tenez-la sur une ligne.")
    case .badURI:
      pick(
        "This is not an address (scheme, colon, no blanks); encode what may not stand in it.",
        "Ce n’est pas une adresse (schéma, deux-points, pas d’espace)\u{202F}; encodez ce qui n’y a pas sa place.")
    case .dangerousURI:
      pick(
        "This address runs a program or opens a local file; publish https or mailto only.",
        "Cette adresse exécute un programme ou ouvre un fichier local\u{202F}; ne publiez que https ou mailto.")
    default: nil
    }
  }
}
