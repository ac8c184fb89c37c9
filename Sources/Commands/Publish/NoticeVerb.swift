import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Register
import Remote
import Wording

struct NoticeVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "notice",
    abstract: "Write the notice of a change, or of a month's availability, for the portal, for mail or for a program.",
    discussion: """
      Without --kind, the notice that the newest revision calls for. See also: preavis notices due

      Examples:
        preavis notice CHG-2026-0042 --lang fr
        preavis notice CHG-2026-0042 --lang en --format html -o notice.html
        preavis notice CHG-2026-0042 --fragment | xclip -sel clip -t text/html
        preavis notice CHG-2026-0042 --subject | xclip -sel clip
        preavis notice CHG-2026-0042 --draft --bcc clients@example.org -o notice.eml
        preavis notice CHG-2026-0042 --format letter --to-address "Cabinet Martin" \\
          --to-address "12 rue de la Paix" --to-address "75002 Paris" -o letter.html
        preavis notice CHG-2026-0042 --format eml --bcc clients@example.org |
          sendmail -t
        preavis notice REL-2026-0001 --lang fr --format html
        preavis notice REL-2026-0001 --format ics -o winter.ics
        preavis notice --kind availability --month 2026-11 --lang fr --format html
        preavis notice --kind availability --format eml --bcc clients@example.org |
          sendmail -t
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The change or the release; none for a month's availability.", valueName: "CHG-…|REL-…"))
  var change: String?
  @Option(
    help: ArgumentHelp(
      stringLiteral: NoticeKind.allCases.map(\.rawValue).joined(separator: ", ")
        + " or \(NoticeTemplates.availabilityKind)."))
  var kind: String?
  @OptionGroup var form: NoticeFormOptions
  @Option(
    help: ArgumentHelp("The month of a report of availability (the last one that is over).", valueName: "YYYY-MM"))
  var month: String?
  @Option(help: "The service of a report of availability, where there are several; of a release, only this one.")
  var service: String?

  func run(_ session: Session) throws {
    let words = session.words
    if kind == NoticeTemplates.availabilityKind {
      return try AvailabilityReport(
        month: month, service: service, form: try form.form(session)
      ).write(session, change: change)
    }
    let wanted: NoticeKind? = try kind.map { try words.read($0, field: .kind, and: [NoticeTemplates.availabilityKind]) }
    if let change, change.uppercased().hasPrefix(ReleaseID.prefix) {
      return try write(try session.release(change), wanted, try form.form(session), session)
    }
    guard month == nil, service == nil else {
      throw Failure.usage(
        session.language(
          "--month and --service need --kind availability.", "--month et --service demandent --kind availability."))
    }
    guard let change else {
      throw Failure.usage(
        session.language(
          "Say which change: preavis notice CHG-…", "Dites quel changement : preavis notice CHG-…"))
    }
    let id = try words.change(change)
    let form = try form.form(session)
    let open = try session.register(readOnly: true, asking: form.format == .eml ? .published(id) : .about(id))
    let history = try open.register.history(id).map(\.after)
    let newest = history[history.count - 1]
    let contract = try session.contract(newest.content.service).contract
    let writing = try NoticeWriting(open, session)
    let draft = try writing.draft(wanted, of: history, contract: contract)
    try session.output.write(try writing.write(draft, as: form), as: form)
    session.noteLanguage()
    if let told = draft.subject.revision, let now = newest.revision, told < now, draft.kind.tellsPlan {
      let wording = Wording(session.language, zone: contract.currentTimeZone)
      Output.note(
        session.language(
          "Written as it stood in \(wording.version(told)); what stands now is \(wording.version(now)) (preavis notice \(id)).",
          "Écrit dans l’état de la \(wording.version(told)) ; l’état actuel est la \(wording.version(now)) (preavis notice \(id))."
        ))
    }
    if wanted == nil {
      hint(
        newest, written: draft.kind, owed: NoticesOwed(contract, open.register).firstKind(of: newest), contract, session
      )
    }
  }

  /// One notice of all that is published of a release.
  private func write(_ id: ReleaseID, _ kind: NoticeKind?, _ form: NoticeForm, _ session: Session) throws {
    guard month == nil else {
      throw Failure.usage(
        session.language("--month needs --kind availability.", "--month demande --kind availability."))
    }
    let open = try session.register(readOnly: true, asking: .about(id, .showRelease))
    let (record, changes) = try open.register.release(id)
    let writing = try NoticeWriting(open, session)
    let notice = try writing.draft(kind, of: record, changes, service: service) {
      try session.contract($0).contract
    }
    try session.output.write(try writing.write(notice, as: form), as: form)
    session.noteLanguage()
  }

  /// What was not told yet comes first: a notice that changes it would speak of something that clients never read.
  private func hint(_ change: Change, written: NoticeKind, owed: NoticeKind?, _ contract: Contract, _ session: Session)
  {
    guard let owed, owed != written else { return }
    let wording = Wording(session.language, zone: contract.currentTimeZone)
    let command = "preavis notice \(change.id) --kind \(owed.rawValue)"
    Output.note(
      session.language(
        "Written: \(wording.notice(written)). Owed to clients first: \(wording.notice(owed)) (\(command)).",
        "Écrit\u{A0}: \(wording.notice(written)). Dû d’abord aux clients\u{A0}: \(wording.notice(owed)) (\(command))."))
  }
}

extension Session {
  /// Clients are not told in the language of somebody's terminal without a word.
  func noteLanguage() {
    guard clientLanguages == nil else { return }
    Output.note(
      language(
        "In English, as this terminal is; French: --lang fr (or language: fr in ~/.config/preavis/config.yaml).",
        "En français, comme ce terminal ; en anglais : --lang en (ou language: en dans ~/.config/preavis/config.yaml)."
      ))
  }
}

extension NoticeWriting {
  /// - Parameter language: nil for that of the session.
  init(_ open: OpenRegister, _ session: Session, in language: Language? = nil) throws {
    self.init(
      register: open.register, identity: open.identity, isSimulation: open.isSimulation,
      templates: try NoticeTemplates(folder: try session.templatesFolder().path),
      language: language ?? session.language)
  }
}
