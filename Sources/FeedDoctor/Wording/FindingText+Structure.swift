import Wording

extension FindingText {
  /// Components and properties as such.
  static func structure(_ code: FindingCode, _ pick: Language) -> String? {
    switch code {
    case .severalCalendars:
      pick(
        "There are several VCALENDARs; put one into each file.",
        "Il y a plusieurs VCALENDAR\u{202F}; n’en mettez qu’un par fichier.")
    case .lowerCaseComponent:
      pick(
        "The name of a component is not in capitals; write it in capitals, without blanks.",
        "Le nom d’un composant n’est pas en majuscules\u{202F}; écrivez-le en majuscules, sans espace.")
    case .unknownComponent:
      pick(
        "No standard knows this component; name it X-… or leave it out.",
        "Aucune norme ne connaît ce composant\u{202F}; nommez-le X-… ou ôtez-le.")
    case .badNesting:
      pick(
        "This component may not stand here; move it to where it belongs.",
        "Ce composant n’a pas sa place ici\u{202F}; mettez-le où il doit être.")
    case .mismatchedEnd:
      pick(
        "This END closes something else than what is open; balance BEGIN and END.",
        "Ce END ferme autre chose que ce qui est ouvert\u{202F}; équilibrez BEGIN et END.")
    case .unclosed:
      pick(
        "This component never ends: the file was cut short. Serve whole files only.",
        "Ce composant ne finit pas\u{A0}: le fichier a été coupé. Ne servez que des fichiers entiers.")
    case .outsideCalendar:
      pick(
        "This stands outside VCALENDAR; move it into the calendar.",
        "Ceci se trouve hors de VCALENDAR\u{202F}; mettez-le dans le calendrier.")
    case .nestedTooDeep:
      pick(
        "Components are nested more than eight deep; nothing needs more than three.",
        "Les composants s’emboîtent sur plus de huit niveaux\u{202F}; trois suffisent à tout.")
    case .tooManyComponents:
      pick(
        "There are more than 50,000 components; the rest was not examined.",
        "Il y a plus de 50\u{202F}000 composants\u{202F}; le reste n’a pas été examiné.")
    case .unknownProperty:
      pick(
        "No standard knows this property; name it X-….",
        "Aucune norme ne connaît cette propriété\u{202F}; nommez-la X-….")
    case .badExtensionName:
      pick(
        "The name of this extension is empty or begins with two hyphens; name it X-VENDOR-NAME.",
        "Le nom de cette extension est vide ou commence par deux traits d’union\u{202F}; nommez-la X-AUTEUR-NOM.")
    case .libicalErrorProperty:
      pick(
        "An error mark of libical was published; write without libical’s checks, and mend what it marked.",
        "Une marque d’erreur de libical a été publiée\u{202F}; réparez ce qu’elle marquait et ne publiez "
          + "pas la marque.")
    case .propertyRepeated:
      pick(
        "This property may stand only once here; leave one.",
        "Cette propriété ne peut figurer qu’une fois ici\u{202F}; n’en gardez qu’une.")
    case .otherComponent:
      pick(
        "The feed also holds a task or a journal entry, which most subscribers never show.",
        "Le flux contient aussi une tâche ou une note de journal, que la plupart des abonnés ne montrent jamais.")
    default: nil
    }
  }
}
