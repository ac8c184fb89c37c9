import Answers
import CivilTime
import Files
import Planning
import Publication
import Register
import Wording

/// `notice --kind availability`: the report of a month, for clients.
struct AvailabilityReport {
  let month: String?
  let service: String?
  let form: NoticeForm

  func write(_ session: Session, change: String?) throws {
    let language = session.language
    guard change == nil else {
      throw Failure.usage(
        language(
          "--kind availability: a report is of a month, not of a change; write --month 2026-11.",
          "--kind availability : un rapport porte sur un mois, pas sur un changement ; écrivez --month 2026-11."))
    }
    guard form.format != .ics else {
      throw Failure.usage(
        language("--format ics: a report has no event.", "--format ics : un rapport n’a pas d’événement."))
    }
    let contract = try session.contract(service).contract
    let open = try session.register(readOnly: true)
    let now = open.register.now
    let asked = try MonthArgument(language: language).reported(month, contract, at: now)
    let run = AvailabilityRun(contract: contract, register: open.register, now: now)
    guard let availability = try run.months([asked]).first else {
      throw Failure.usage(
        language(
          "The contract promises no availability in \(asked).",
          "Le contrat ne promet pas de disponibilité en \(asked)."))
    }
    let templates = try NoticeTemplates(folder: try session.templatesFolder().path)
    let document = try templates.document(
      availability: availability, contract: contract, language: language, isSimulation: open.isSimulation)
    if let text = try form.text(of: document, by: templates, contract: contract, at: now) {
      return try session.output.write(text)
    }
    if form.format == .eml {
      var mail = AvailabilityMail(
        document.addressed(by: contract), month: availability, contract: contract, identity: open.identity,
        date: now, recipients: form.recipients, hiddenRecipients: form.hiddenRecipients)
      mail.isDraft = form.isDraft
      return try session.output.write(try mail.render(by: templates))
    }
    let json = AvailabilityJSON(wording: session.wording(contract), isSimulation: open.isSimulation)
    try session.output.write(document.json(availability: json.month(availability)))
  }
}
