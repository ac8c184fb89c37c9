import Answers
package import ArgumentParser
import Foundation
import Wording

/// The program: one verb a file, in the habits of git and gh.
package struct Preavis: ParsableCommand {
  package static let version = "0.1.0"

  package static let configuration = CommandConfiguration(
    commandName: "preavis",
    abstract: "Plan maintenance and announce change under a service contract.",
    discussion: """
      Examples:
        preavis init
        preavis check --start 2026-12-06T01:00 --duration 2h
        preavis submit --start 2026-12-06T01:00 --duration 2h \\
          --title "Database migration"
        preavis feed -o maintenance.ics
        preavis notice CHG-2026-0001 --lang fr --format html

      Completion for bash, zsh and fish: preavis --generate-completion-script zsh

      Exit codes: 0 done or allowed, 1 failure, 3 refused by the rules or closed, \
      64 wrong usage, 65 bad data file, 69 no answer from an address, 75 try again, 77 not permitted.
      """,
    version: version,
    subcommands: [ImportReaderVerb.self],
    groupedSubcommands: [
      CommandGroup(
        name: "Plan",
        subcommands: [
          InitVerb.self, CheckVerb.self, SubmitVerb.self, EmergencyVerb.self, ImportVerb.self, SlotsVerb.self,
          ReleaseVerb.self,
        ]),
      CommandGroup(name: "Move", subcommands: MoveOptions.verbs),
      CommandGroup(
        name: "Read",
        subcommands: [ListVerb.self, ShowVerb.self, HistoryVerb.self, ConflictsVerb.self, GateVerb.self]),
      CommandGroup(name: "Calendar", subcommands: [WindowsVerb.self, HolidaysVerb.self, AnnexVerb.self]),
      CommandGroup(
        name: "Measure",
        subcommands: [OutageVerb.self, AvailabilityVerb.self, SupportClockVerb.self, ReportVerb.self, MonthVerb.self]),
      CommandGroup(name: "Publish", subcommands: [FeedVerb.self, NoticeVerb.self, NoticesVerb.self, ExportVerb.self]),
      CommandGroup(name: "Serve", subcommands: [ServeVerb.self, TokenVerb.self, PrivateFeedVerb.self]),
      CommandGroup(name: "Deliver", subcommands: [WebhookVerb.self, MailingVerb.self, DeliveriesVerb.self]),
      CommandGroup(
        name: "Look after", subcommands: [ContractVerb.self, TemplatesVerb.self, RegisterVerb.self, WhoamiVerb.self]),
    ])

  package init() {}

  /// Parses, runs and exits; never returns.
  package static func start() -> Never {
    let typed = TypedVerb.ordered(Array(CommandLine.arguments.dropFirst()))
    let language = TypedVerb.language(typed)
    if typed.first == CompletionScript.request, typed.count > 2, let shell = CompletionScript(rawValue: typed[1]) {
      shell.answer(Array(typed[2...]), language)
    }
    do {
      if let script = CompletionScript(asked: typed) { throw CleanExit.message(script.text) }
      let verb = TypedVerb(typed, in: self)
      if let failure = verb.failure(language) { throw failure }
      let asked = verb.isAlone ? typed + ["--help"] : typed
      if let page = try HelpPage(asked: asked, language: language) { throw CleanExit.message(try page.render()) }
      // Before the parser, which would look for what is missing first.
      let type = verb.type.configuration.defaultSubcommand ?? verb.type
      try GivenTwice.check(type, typed, language)
      var command = try parseAsRoot(typed)
      try command.run()
      exit(withError: nil)
    } catch let failure as Failure {
      Output.note("preavis: \(failure.message)")
      Foundation.exit(failure.status.rawValue)
    } catch {
      // Help, versions and scripts are answers; what is left quotes what was typed.
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      if let failure = try? TypedOption(typed, in: VerbTree(self))?.failure(language) {
        Output.note("preavis: \(failure.message)")
        Foundation.exit(failure.status.rawValue)
      }
      let message = fullMessage(for: error)
      let isTooMuch = message.contains("nexpected argument")
      let advice = isTooMuch ? (try? VerbTree(self)).flatMap { TypedOption.unquoted(typed, in: $0, language) } : nil
      Output.note((language == .french ? ParserMessage.french(message) : message) + (advice.map { "\n" + $0 } ?? ""))
      Foundation.exit(ExitStatus.usage.rawValue)
    }
  }
}
