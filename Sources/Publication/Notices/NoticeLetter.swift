package import CivilTime
package import Planning
package import Wording

/// What stands on paper beside a notice: from whom, to whom, where and when, and how a letter begins and ends.
package struct NoticeLetter: Sendable {
  /// Lines.
  let sender: [String]
  /// Lines; what is to be filled in where nobody said whom it goes to.
  let addressee: [String]
  let placeAndDate: String
  let signature: [String]

  /// - Parameters:
  ///   - date: when it is written, on the register's clock.
  ///   - addressee: lines of the address; empty for a letter that is addressed later.
  package init(_ contract: Contract, language: Language, date: Instant, place: String?, addressee: [String]) {
    let wording = Wording(language, zone: contract.timeZone(at: date))
    let day = wording.date(wording.zone.civil(date).date)
    let service = language.choice(contract.name)
    placeAndDate = place.map { language("\($0), \(day)", "\($0), le \(day)") } ?? language("\(day)", "Le \(day)")
    let contact = contract.contact
    sender = [service, contact.name, contact.phone, contact.email, contact.url].compactMap(\.self)
    signature = NoticeDocument.signature(language, of: contract)
    let blanks =
      language == .french
      ? ["[Nom]", "[Adresse]", "[Code postal et ville]"] : ["[Name]", "[Street]", "[Postcode, town]"]
    self.addressee = addressee.isEmpty ? blanks : addressee
  }

  static let names: Set<String> = [
    "place-and-date", "subject-heading", "reference-heading", "greeting",
  ]
  static let lists: Set<String> = ["sender", "addressee", "signature"]

  func variables(_ language: Language) -> [String: Any] {
    [
      "sender": sender, "addressee": addressee, "place-and-date": placeAndDate, "signature": signature,
      "subject-heading": language("Subject", "Objet") + language.colon,
      "reference-heading": language("Our reference", "Référence") + language.colon,
      "greeting": NoticeDocument.greeting(language),
    ]
  }
}
