import Wording

/// Puts the blanks and apostrophes of good typography into the operator's own words, so that templates are typed on an
/// ordinary keyboard. Applied to the source of templates, never to what people entered.
enum ProseTypography {
  static func polished(_ source: String, in language: Language) -> String {
    // Line ends of Windows mean the same as ours.
    var text = source.replacing("\r\n", with: "\n").replacing("'", with: "’")
    guard language == .french else { return text }
    text = text.replacing(" :", with: "\(Typography.hard):")
    for sign in [";", "!", "?"] { text = text.replacing(" \(sign)", with: "\(Typography.narrow)\(sign)") }
    return text.replacing("« ", with: "«\(Typography.hard)").replacing(" »", with: "\(Typography.hard)»")
  }
}
