import ArgumentParser
import Wording

struct ReleaseVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Place a set of changes as a whole.", subcommands: [Plan.self])

  struct Plan: Verb {
    static let configuration = CommandConfiguration(
      commandName: "plan", abstract: "Find the best times for the changes of a release; nothing is recorded.",
      discussion: """
        A line of the file has the release with the terms of its services; docs/releases.md says how it is placed.

        Examples:
          preavis release plan --batch releases.jsonl
          preavis release plan --batch releases.jsonl --budget 60
          preavis release plan --batch releases.jsonl --budget 2000000 --seed 7
        """)

    static let besideBatch: Set<String> = ["--budget", "--seed"]

    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("JSON Lines of releases; - reads standard input.", valueName: "file")) var batch: String
    @Option(
      help: ArgumentHelp(
        "How long each release is searched: seconds, or steps from 10000 on.", valueName: "seconds|steps"))
    var budget = ReleaseBudget.standard
    @Option(help: ArgumentHelp("Makes another plan where the best is not proven.", valueName: "number")) var seed:
      UInt64 = 1

    func run(_ session: Session) throws {
      guard let budget = ReleaseBudget(budget) else {
        throw Failure.usage(
          session.language(
            "--budget \(budget): write seconds (10, 0.5, 2m) up to a day, or steps from 10000 on.",
            "--budget \(budget) : écrivez des secondes (10, 0.5, 2m), un jour au plus, ou des pas à partir de 10000."))
      }
      try Batch.releases(budget, seed: seed).run(batch, session, service: nil)
    }
  }
}
