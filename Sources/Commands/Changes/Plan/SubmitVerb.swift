import Answers
import ArgumentParser
import Files
import Planning
import Register
import Wording

struct SubmitVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Record a change request: allowed, it is planned and published; refused, a draft.",
    discussion: """
      Examples:
        preavis submit --start 2026-12-06T01:00 --duration 2h \\
          --title "Database migration"
        preavis submit --start 2026-12-08T01:00 --duration 1h --title "Version 5.2" \\
          --update 5.2 --category evolution --training \\
          --documentation https://portal.example/5.2
        preavis submit --start 2026-12-08T10:00 --duration 1h \\
          --title "Correction 5.2.1" \\
          --update 5.2.1 --category correction --no-interruption
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var service: ServiceOptions
  @OptionGroup var interval: IntervalOptions
  @OptionGroup var content: ContentOptions
  @OptionGroup var recording: RecordingOptions

  @Option(
    name: .customLong("update"),
    help: ArgumentHelp("The change is an update to this version (article 10).", valueName: "version"))
  var version: String?
  @Option(help: ArgumentHelp("evolution, ergonomics or correction.", valueName: "category"))
  var category: String?
  @Flag(help: "The update needs training.")
  var training = false
  @Flag(help: "The update needs configuration.")
  var configuration = false
  @Flag(name: .customLong("no-interruption"), help: "The update does not interrupt the service.")
  var noInterruption = false
  @Option(help: ArgumentHelp("Address of the update's documentation.", valueName: "url"))
  var documentation: String?

  func run(_ session: Session) throws {
    let loaded = try session.contract(service.service)
    let request = try RequestBuilder(session: session, contract: loaded.contract)
    let update = try details(session)
    let content = try request.content(
      kind: update == nil ? .maintenance : .update, service, interval, content, update: update,
      defaultImpact: noInterruption ? .none : .outage)
    try ChangeAction(session: session).perform(
      .submit(content), on: nil, key: recording.key(session), contract: loaded,
      subject: session.language("Change request", "Demande de changement"))
  }

  private func details(_ session: Session) throws -> UpdateDetails? {
    guard let version else {
      let isAsked = category != nil || training || configuration || noInterruption || documentation != nil
      if isAsked {
        throw Failure.usage(
          session.language(
            "--category, --training, --configuration, --no-interruption and --documentation go with --update VERSION.",
            "--category, --training, --configuration, --no-interruption et --documentation vont avec --update VERSION.")
        )
      }
      return nil
    }
    guard let category else {
      throw Failure.usage(
        session.language(
          "--update needs --category evolution, ergonomics or correction.",
          "--update demande --category evolution, ergonomics ou correction."))
    }
    return UpdateDetails(
      version: version, category: try WordArgument(language: session.language).read(category, field: .category),
      training: training, configuration: configuration, interruption: !noInterruption, documentation: documentation)
  }
}
