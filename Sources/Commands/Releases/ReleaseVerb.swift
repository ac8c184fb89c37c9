import Answers
import ArgumentParser
import CivilTime
import Files
import Foundation
import JSONText
import Planning
import Publication
import Wording

struct ReleaseVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Place, announce and move a set of changes as a whole.",
    subcommands: [
      Plan.self, Submit.self, Show.self, List.self, Reschedule.self, Cancel.self, Approve.self, Decline.self,
      Leave.self,
    ])

  struct Plan: Verb {
    static let configuration = CommandConfiguration(
      commandName: "plan", abstract: "Find the best times for the changes of a release; nothing is recorded.",
      discussion: """
        The file (YAML or JSON) has the changes; windows, notice and freezes come from the contracts, and what is planned \
        already from the register. Ctrl-C ends the search and keeps the best plan so far. docs/releases.md says how the file \
        is written and the plan found.

        Examples:
          preavis release plan winter.yaml
          preavis release plan winter.yaml --pin db=2026-12-08T01:00 --except cache
          preavis release plan winter.yaml --approved-by "2026-12-02 18:00" --budget 60
          preavis release plan winter.yaml --format csv -o plan.csv
          preavis release plan winter.yaml --out plan
          preavis release plan --batch releases.jsonl --budget 2000000 --seed 7
        """)

    static let besideBatch: Set<String> = ["--budget", "--seed"]
    static let apart = [GivenTwice.Pair("--json", "--format"), .init("--json", "--out"), .init("--format", "--out")]

    enum Format: String, CaseIterable { case text, svg, html, json, csv, ics }

    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp("The release; - reads standard input.", valueName: "file")) var file: String?
    @OptionGroup var choices: PlanChoices
    @Option(help: ArgumentHelp("text, svg, html, json, csv or ics.", valueName: "format")) var format = "text"
    @Option(
      help: ArgumentHelp("A folder for the plan in every format; made where there is none.", valueName: "folder"))
    var out: String?
    @Flag(help: "Overwrite what stands there.") var replace = false
    @Option(help: ArgumentHelp("JSON Lines of releases; - reads standard input.", valueName: "file")) var batch: String?
    @OptionGroup var search: SearchOptions

    func run(_ session: Session) throws {
      let language = session.language
      let budget = try search.limits(language)
      if let batch, file == nil {
        return try Batch.releases(budget, seed: search.seed).run(batch, session, service: nil)
      }
      guard let file, batch == nil else {
        throw Failure.usage(
          language(
            "Name the file of one release, or --batch with several.",
            "Nommez le fichier d’une livraison, ou --batch avec plusieurs."))
      }
      let words = WordArgument(language: language)
      let format: Format = try words.read(self.format, field: .format)
      let folder = try out.map { try session.folder($0) }
      let run = ReleaseRun(session: session, budget: budget, seed: search.seed)
      let source = try run.read(file)
      let planned = try run.plan(source, choices.read(source.wording))
      let phrases = ReleasePhrases(planned, Wording(language, zone: planned.release.zone))
      if let (path, session) = folder {
        let formats = Format.allCases.filter { $0 != .text }
        let files = try formats.map { OutFolder.File(name: "plan.\($0.rawValue)", bytes: try bytes($0, phrases)) }
        let folder = try OutFolder(path, language)
        try folder.put(files, replacing: replace)
        return try session.output.write(files.map { folder.place($0.name) }.joined(separator: "\n"))
      }
      guard format == .text, !session.options.json else {
        return try session.output.write(bytes(session.options.json ? .json : format, phrases))
      }
      let text = ChangeText(wording: phrases.wording, output: session.output, isSimulation: planned.isSimulation)
      try session.output.write(ReleaseText(phrases: phrases, text: text).lines().joined(separator: "\n"))
    }

    private func bytes(_ format: Format, _ phrases: ReleasePhrases) throws -> [UInt8] {
      switch format {
      case .svg: ReleasePicture(phrases).render()
      case .html: ReleasePage(phrases).render()
      case .csv: Array(phrases.csv.utf8)
      case .ics: try phrases.ics()
      case .json, .text: Array((phrases.json.prettyText + "\n").utf8)
      }
    }
  }
}

/// What is asked for beside the file of a release.
struct PlanChoices: ParsableArguments {
  @Option(help: ArgumentHelp("When approval is expected (now): notice counts from then.", valueName: "time"))
  var approvedBy: String?
  @Option(help: ArgumentHelp("A change that starts exactly then; repeatable.", valueName: "change=time"))
  var pin: [String] = []
  @Option(
    help: ArgumentHelp(
      "A change of the file to leave out, or one of the register (CHG-…) whose time is free; repeatable.",
      valueName: "change"))
  var except: [String] = []

  func read(_ wording: Wording) throws -> ReleasePlanning.Choices {
    let (language, times) = (wording.language, TimeArgument(wording: wording))
    var choices = ReleasePlanning.Choices()
    choices.approvedBy = try approvedBy.map { try times.instant($0, field: .column("approved-by")) }
    choices.except = except
    choices.pins = try pin.map { text in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw BadValue(
          language(
            "--pin \(text): write the change and its start, such as db=2026-12-06T01:00.",
            "--pin \(text) : écrivez le changement et son début, par exemple db=2026-12-06T01:00."))
      }
      return (parts[0], try times.instant(parts[1], field: .column("pin")))
    }
    return choices
  }
}

/// How far a search goes.
struct SearchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How long each release is searched: seconds, or steps from 10000 on.", valueName: "seconds|steps"))
  var budget = ReleaseBudget.standard
  @Option(help: ArgumentHelp("Makes another plan where the best is not proven.", valueName: "number"))
  var seed: UInt64 = 1

  func limits(_ language: Language) throws -> ReleaseBudget {
    guard let budget = ReleaseBudget(budget) else {
      throw Failure.usage(
        language(
          "--budget \(budget): write seconds (10, 0.5, 2m) up to a day, or steps from 10000 on.",
          "--budget \(budget) : écrivez des secondes (10, 0.5, 2m), un jour au plus, ou des pas à partir de 10000."))
    }
    return budget
  }
}
