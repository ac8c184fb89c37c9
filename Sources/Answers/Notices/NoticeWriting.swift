import JSONText
package import Planning
package import Publication
package import Register
package import Wording

/// Writes a notice of a change in any format.
package struct NoticeWriting {
  let register: Register
  let identity: String
  let isSimulation: Bool
  let templates: NoticeTemplates
  let language: Language

  package init(
    register: Register, identity: String, isSimulation: Bool, templates: NoticeTemplates, language: Language
  ) {
    self.register = register
    self.identity = identity
    self.isSimulation = isSimulation
    self.templates = templates
    self.language = language
  }

  /// - Parameters:
  ///   - history: the change after each of its events; never empty.
  ///   - wanted: nil for the notice that the newest revision calls for.
  package func write(
    _ wanted: NoticeKind?, of history: [Change], contract: Contract, format: NoticeFormat, recipients: [String] = [],
    hiddenRecipients: [String] = []
  ) throws -> [UInt8] {
    let choice = NoticeChoice(history: history, language: language)
    let (subject, kind) = try choice.choose(wanted)
    let document = try templates.document(
      kind, of: subject, contract: contract, language: language, isSimulation: isSimulation,
      told: choice.told(before: subject))
    switch format {
    case .markdown, .html, .text: return Array(templates.render(document, format: format.layout ?? .text).utf8)
    case .json:
      let json = ChangeJSON(
        wording: Wording(language, zone: contract.currentTimeZone), isSimulation: isSimulation)
      return Array(document.json(kind: kind, change: json.change(subject)).prettyText.utf8)
    case .eml:
      let method = ChangeMessage.Method(for: history[history.count - 1])
      // The event is that of the newest revision: nobody's calendar is set back by a late mail.
      let bytes = try ChangeMessage.render(subject.id, from: register, language: language, method: method)
      let mail = NoticeMail(
        document, kind: kind, contract: contract, change: subject, identity: identity, date: register.now,
        recipients: recipients, hiddenRecipients: hiddenRecipients, calendar: bytes.map { ($0, method == .cancel) })
      return try mail.render(by: templates)
    }
  }
}
