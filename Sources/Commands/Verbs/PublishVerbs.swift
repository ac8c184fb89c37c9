import ArgumentParser
import CivilTime
import Feeds
import Files
import Notices
import Planning
import Register
import Wording

struct FeedVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "feed", abstract: "Write the iCalendar feed that clients subscribe to.",
    discussion: "Examples:\n  preavis feed -o maintenance.ics\n  preavis feed --lang fr --service profession-liberale")

  @OptionGroup var global: GlobalOptions
  @Option(help: "The service; may be left out where there is only one contract.") var service: String?
  @Option(help: "Which kind of feed: standard.") var profile = "standard"

  func run(_ session: Session) throws {
    guard profile == "standard" else {
      throw Failure.usage(
        session.language(
          "--profile \(profile): unknown; use standard.", "--profile \(profile) : inconnu ; choisissez standard."))
    }
    let contract = try session.contract(service).contract
    let open = try session.register(readOnly: true)
    try session.output.write(
      try StandardFeed.render(
        contract, register: open.register, language: session.language, isSimulation: open.isSimulation))
  }
}

struct NoticeVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "notice", abstract: "Write the notice of a change for the portal.",
    discussion: """
      Without --kind, the notice that the newest revision calls for.

      Examples:
        preavis notice CHG-2026-0042 --lang fr
        preavis notice CHG-2026-0042 --lang en --format html -o notice.html
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The change.", valueName: "CHG-…")) var change: String
  @Option(help: "announcement, rescheduled, amended, cancelled, emergency, update, started, extended or completed.")
  var kind: String?
  @Option(help: "markdown, html or text.") var format = "markdown"

  func run(_ session: Session) throws {
    let open = try session.register(readOnly: true)
    let words = WordArgument(language: session.language)
    let id = try words.change(change)
    let wanted: NoticeKind? = try kind.map { try words.read($0, flag: "--kind") }
    let format: NoticeFormat = try words.read(self.format, flag: "--format")
    let history = try open.register.history(id).map(\.after)
    let change = history[history.count - 1]
    // A notice of an earlier kind tells of the newest revision that called for it.
    let subject = wanted.flatMap { wanted in history.last { NoticeKind.current(for: $0) == wanted } } ?? change
    guard let kind = wanted ?? NoticeKind.current(for: change) else {
      throw Failure.usage(
        session.language(
          "\(id) is a draft: nothing of it is published, so there is no notice.",
          "\(id) est un brouillon : rien n’en est publié, il n’y a donc pas d’avis."))
    }
    guard NoticeKind.current(for: subject) == kind else {
      throw Failure.usage(
        session.language(
          "--kind \(kind.rawValue): \(id) has no revision that calls for it.",
          "--kind \(kind.rawValue) : aucune révision de \(id) ne l’appelle."))
    }
    let contract = try session.contract(subject.content.service).contract
    let templates = try NoticeTemplates(folder: try session.templatesFolder().path)
    try session.output.write(
      try templates.render(
        kind, of: subject, contract: contract, language: session.language, format: format,
        isSimulation: open.isSimulation))
  }
}
