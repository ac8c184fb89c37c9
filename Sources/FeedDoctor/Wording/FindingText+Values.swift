import Wording

extension FindingText {
  /// Other values.
  static func values(_ code: FindingCode, _ pick: Language) -> String? {
    switch code {
    case .badDuration:
      pick(
        "This is not a duration; write for instance PT15M, P1D or P2W.",
        "Ce n’est pas une durée\u{202F}; écrivez par exemple PT15M, P1D ou P2W.")
    case .durationNotPositive:
      pick(
        "The duration is zero or negative; give a positive one.",
        "La durée est nulle ou négative\u{202F}; donnez-en une positive.")
    case .badSequence:
      pick(
        "SEQUENCE is not a whole number from 0 to 2,147 483,647; count the revisions from 0.",
        "SEQUENCE n’est pas un entier de 0 à 2\u{202F}147 483\u{202F}647\u{202F}; comptez les révisions à "
          + "partir de 0.")
    case .badPriority:
      pick(
        "PRIORITY is not a digit from 0 to 9.",
        "PRIORITY n’est pas un chiffre de 0 à 9.")
    case .badPercent:
      pick(
        "PERCENT-COMPLETE is not a number from 0 to 100.",
        "PERCENT-COMPLETE n’est pas un nombre de 0 à 100.")
    case .badTransparency:
      pick(
        "TRANSP is neither OPAQUE nor TRANSPARENT.",
        "TRANSP n’est ni OPAQUE ni TRANSPARENT.")
    case .badClass:
      pick(
        "CLASS is none of PUBLIC, PRIVATE and CONFIDENTIAL; clients treat it as private.",
        "CLASS n’est ni PUBLIC, ni PRIVATE, ni CONFIDENTIAL\u{202F}; les clients la traitent comme privée.")
    case .badPosition:
      pick(
        "GEO is not latitude;longitude with decimal points, as in 48.85;2.35.",
        "GEO n’est pas latitude;longitude avec des points décimaux, comme 48.85;2.35.")
    case .badRequestStatus:
      pick(
        "REQUEST-STATUS is not code;description, as in 2.0;Success; a feed needs none.",
        "REQUEST-STATUS n’est pas code;description, comme 2.0;Success\u{202F}; un flux n’en a pas besoin.")
    case .badStatus:
      pick(
        "STATUS of an event is TENTATIVE, CONFIRMED or CANCELLED.",
        "STATUS d’un événement est TENTATIVE, CONFIRMED ou CANCELLED.")
    case .badTime:
      pick(
        "There is no such day or time, or it is not written as 20260601T200000Z.",
        "Ce jour ou cette heure n’existe pas, ou ne s’écrit pas comme 20260601T200000Z.")
    case .timeNotUTC:
      pick(
        "This time has to be in UTC, with Z at its end.",
        "Ce temps doit être en UTC, avec Z à la fin.")
    case .timeInFuture:
      pick(
        "This revision is dated in the future; date it by the moment of the change.",
        "Cette révision est datée du futur\u{202F}; datez-la du moment du changement.")
    case .valueTypeMismatch:
      pick(
        "VALUE and the form of the value disagree; write VALUE=DATE for a day and nothing for a time.",
        "VALUE et la forme de la valeur se contredisent\u{202F}; écrivez VALUE=DATE pour un jour et rien "
          + "pour une heure.")
    case .yearOutOfRange:
      pick(
        "The year lies outside 1970 to 2199; readers compute wrongly there.",
        "L’année est hors de 1970 à 2199\u{202F}; les lecteurs y calculent mal.")
    case .tooManyValues:
      pick(
        "There are more than 500 values; libical keeps the first 500 without a word.",
        "Il y a plus de 500 valeurs\u{202F}; libical garde les 500 premières sans rien dire.")
    default: nil
    }
  }
}
