extension Catalogue {
  /// TEXT values and addresses.
  static func text(_ code: FindingCode) -> Catalogue? {
    switch code {
    case .badEscape:
      Catalogue(
        .error, "RFC 5545, 3.3.11",
        [
          (.readsOtherText, .measured, [.kcalendarcore, .libical]),
          (.losesEvents, .measured, [.calcurse]),
        ])
    case .bareSemicolon:
      Catalogue(
        .error, "RFC 5545, 3.3.11",
        [
          (.readsOtherText, .measured, [.vobject, .rubyICalendar]),
          (.losesEvents, .measured, [.calcurse]),
        ])
    case .bareComma:
      Catalogue(
        .error, "RFC 5545, 3.3.11",
        [
          (.readsOtherText, .measured, [.vobject, .rubyICalendar]),
          (.losesEvents, .measured, [.calcurse]),
        ])
    case .emptyCategory:
      Catalogue(.warning, "RFC 5545, 3.8.1.2")
    case .bidirectionalOverride:
      Catalogue(.warning, "Unicode TR 36, 2.5")
    case .replacementCharacter:
      Catalogue(.warning, "Unicode 15, 23.8")
    case .encodedTwice:
      Catalogue(.warning, "RFC 5545, 3.1.4")
    case .c1Control:
      Catalogue(.warning, "RFC 5545, 3.1")
    case .templateLeft:
      Catalogue(.warning, "RFC 5545, 3.3.11")
    case .markupInText:
      Catalogue(.warning, "RFC 5545, 3.3.11")
    case .longSummary:
      Catalogue(
        .warning, "MS-OXCICAL",
        [
          (.readsOtherText, .document, [.outlook, .exchange])
        ])
    case .lineBreakInSummary:
      Catalogue(
        .error, "RFC 5545, 3.8.1.12",
        [
          (.losesEvents, .measured, [.calcurse])
        ])
    case .badURI:
      Catalogue(.error, "RFC 3986, 2")
    case .dangerousURI:
      Catalogue(.error, "RFC 3986, 7")
    default: nil
    }
  }
}
