import ArgumentParser
import CivilTime
import Feeds
import Files
import JSONText
import Notices
import Planning
import Register
import Site
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
        preavis notice CHG-2026-0042 --format eml --bcc clients@example.org | sendmail -t
        preavis notice --kind availability --month 2026-11 --lang fr --format html
        preavis notice --kind availability --format eml --bcc clients@example.org | sendmail -t
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The change; none for a month's availability.", valueName: "CHG-…")) var change: String?
  @Option(
    help: """
      announcement, reminder, rescheduled, amended, cancelled, emergency, regularisation, update, started, extended, \
      completed or availability.
      """)
  var kind: String?
  @Option(help: "markdown, html, text, eml or json.") var format: String?
  @Option(
    help: ArgumentHelp("The month of a report of availability (the last one that is over).", valueName: "YYYY-MM"))
  var month: String?
  @Option(help: "The service of a report of availability; may be left out where there is one.") var service: String?
  @Option(help: ArgumentHelp("Whom the mail goes to; they see each other. Repeatable.", valueName: "address"))
  var to: [String] = []
  @Option(help: ArgumentHelp("Whom the mail goes to unseen by others; repeatable.", valueName: "address"))
  var bcc: [String] = []

  func run(_ session: Session) throws {
    let words = WordArgument(language: session.language)
    if kind == NoticeTemplates.availabilityKind {
      return try AvailabilityReport(
        month: month, service: service, format: format, recipients: to, hiddenRecipients: bcc
      ).write(session, change: change)
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
    let wanted: NoticeKind? = try kind.map { try words.read($0, flag: "--kind") }
    let format: NoticeFormat =
      try self.format.map { try words.read($0, flag: "--format") } ?? (session.options.json ? .json : .markdown)
    guard to.isEmpty && bcc.isEmpty || format == .eml else {
      throw Failure.usage(
        session.language("--to and --bcc need --format eml.", "--to et --bcc demandent --format eml."))
    }
    let open = try session.register(readOnly: true)
    let history = try open.register.history(id).map(\.after)
    let choice = NoticeChoice(history: history, language: session.language)
    let (subject, kind) = try choice.choose(wanted)
    let contract = try session.contract(subject.content.service).contract
    let templates = try NoticeTemplates(folder: try session.templatesFolder().path)
    let document = try templates.document(
      kind, of: subject, contract: contract, language: session.language, isSimulation: open.isSimulation,
      told: choice.told(before: subject))
    switch format {
    case .markdown, .html, .text:
      try session.output.write(templates.render(document, format: format.layout ?? .text))
    case .json:
      let json = ChangeJSON(wording: session.wording(contract), isSimulation: open.isSimulation)
      try session.output.write(document.json(kind: kind, change: json.change(subject)))
    case .eml:
      let language = session.language
      let method = ChangeMessage.Method(for: history[history.count - 1])
      // The event is that of the newest revision: nobody's calendar is set back by a late mail.
      let bytes = try ChangeMessage.render(id, from: open.register, language: language, method: method)
      let mail = NoticeMail(
        document, kind: kind, contract: contract, change: subject, identity: open.identity, date: open.register.now,
        recipients: to, hiddenRecipients: bcc, calendar: bytes.map { ($0, method == .cancel) })
      try session.output.write(try mail.render(by: templates))
    }
  }
}

/// Which state of a change a notice tells of.
struct NoticeChoice {
  /// The change after each of its events; never empty.
  let history: [Change]
  let language: Language

  /// A notice of a kind tells of the newest revision that called for it, with the amendments that followed.
  func choose(_ wanted: NoticeKind?) throws -> (change: Change, kind: NoticeKind) {
    let newest = history[history.count - 1]
    guard newest.revision != nil else {
      throw Failure.usage(
        language(
          "\(newest.id) is a draft: nothing of it is published, so there is no notice.",
          "\(newest.id) est un brouillon : rien n’en est publié, il n’y a donc pas d’avis."))
    }
    guard let wanted else {
      if let kind = NoticeKind.current(for: newest) { return (newest, kind) }
      throw RegisterError.damaged("\(newest.id) has a revision without an event")
    }
    guard let revision = newest.revision(toldBy: wanted, at: newest.revisedAt ?? newest.recordedAt),
      let change = history.last(where: { $0.revision == revision })
    else { throw CommandError.noticeNotApplicable(wanted, newest.id) }
    return (change, wanted)
  }

  /// What clients were told last before `change`, by a notice that was recorded as published; nil where none was, or
  /// where the notice told of this revision too.
  func told(before change: Change) -> ChangeContent? {
    let known = history[history.count - 1].notices.filter { $0.revision < change.revision ?? 0 }
    guard let revision = known.map(\.revision).max() else { return nil }
    return history.last { $0.revision == revision }?.content
  }
}
