import Answers
import ArgumentParser
import CivilTime
import Files
import Foundation
import JSONText
import Planning
import Publication
import Register
import RegisterSQLite
import Wording

struct ContractVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contract", abstract: "Look after contract files.", subcommands: [Check.self, Diff.self])

  struct Check: Verb {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Check every contract, holiday and freeze file, with file and line.",
      discussion: """
        With a register also the plans that these contracts refuse, exit 3 where there are any, and the months with stops on \
        record whose availability differs from what the contracts in force say, where --calendars names others.

        Examples:
          preavis contract check --calendars calendars
          preavis contract check --calendars next --register plans.sqlite
        """)

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
      let folder = try session.calendarsFolder()
      let problems = ContractFolder(folder.path).check()
      let effects = try problems.isEmpty ? judged(session, folder.path) : []
      if session.options.json {
        try session.output.write(
          JSON.array(
            problems.map {
              [
                "file": .string($0.file), "line": $0.line.map { .integer(Int64($0)) } ?? .null,
                "message": .string($0.message),
              ]
            } + effects.flatMap { ContractDifferenceJSON.found($0.effects, $0.wording) }))
      } else if problems.isEmpty {
        let services = try ContractFolder(folder.path).services().joined(separator: ", ")
        let told = effects.flatMap { effects, wording in
          ContractDiffText(wording: wording, output: session.output).effects(effects).flatMap(\.self)
        }
        let inOrder = session.language(
          "\(folder.path): in order (\(services)).", "\(folder.path) : en ordre (\(services)).")
        try session.output.write(([inOrder] + told).joined(separator: "\n"))
      } else {
        for problem in problems { Output.note("\(problem)") }
      }
      if !problems.isEmpty { throw ExitCode(ExitStatus.badData.rawValue) }
      if effects.contains(where: { !$0.effects.conflicts.isEmpty }) { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    private func judged(_ session: Session, _ folder: String) throws -> [(effects: ContractEffects, wording: Wording)] {
      guard let register = try named(session)?.register else { return [] }
      let inForce = global.calendars == nil ? [] : session.contractsInForce()
      return try ContractFolder(folder).loadAll().map(\.contract).map { new in
        let old = inForce.first { $0.service == new.service }
        return (try ContractEffects(of: new, insteadOf: old, on: register), session.wording(new))
      }
    }

    /// A register that is named on the line has to be there; one of the environment is looked at where it is.
    private func named(_ session: Session) throws -> OpenRegister? {
      if global.register != nil { return try session.register(readOnly: true) }
      return session.environment["PREAVIS_REGISTER"] == nil ? nil : try session.registerIfAny()
    }
  }

  struct Diff: Verb {
    static let configuration = CommandConfiguration(
      commandName: "diff",
      abstract: "What a contract says that another does not, and what that does to what is on record.",
      discussion: """
        OLD and NEW are folders of calendars, or contract files: the holidays and freezes of a file are those of the folder \
        that it lies in, or else those in force. Without NEW, what is in force.

        Terms are compared for all time; windows, holidays and freezes for a year from today, or ten at the most. With a register, also the \
        plans that NEW refuses, and the months with stops on record whose availability it would make another. Exit 3 where \
        NEW refuses a plan, else 0.

        Examples:
          preavis contract diff calendars next
          preavis contract diff next/services/profession-liberale.yaml --json
          preavis contract diff before after --from 2027-01-01 --to 2028-01-01
        """)

    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp("A folder of calendars, or a contract file.", valueName: "old")) var old: String
    @Argument(help: ArgumentHelp("The same; what is in force.", valueName: "new")) var new: String?
    @Option(help: "Only this service.") var service: String?
    @Option(help: ArgumentHelp("First day to compare (today).", valueName: "time")) var from: String?
    @Option(help: ArgumentHelp("Last moment, exclusive (366 days later).", valueName: "time")) var to: String?

    func run(_ session: Session) throws {
      let before = try contracts(old, session)
      let after = try new.map { try contracts($0, session) } ?? session.contracts().loadAll().map(\.contract)
      let pairs = after.compactMap { new in before.first { $0.service == new.service }.map { ($0, new) } }
        .filter { service == nil || $0.1.service == service }
      guard !pairs.isEmpty else { throw nothingToCompare(before, after, session.language) }
      let register = try session.registerIfAny()
      let results = try pairs.map { old, new in
        let wording = session.wording(new)
        let range = try range(session, wording)
        return (
          difference: ContractDifference(old, new, in: range, wording),
          effects: try register.map { try ContractEffects(of: new, insteadOf: old, on: $0.register) }, wording: wording
        )
      }
      if session.options.json {
        try session.output.write(
          JSON.array(results.map { ContractDifferenceJSON($0.difference, $0.effects, $0.wording).json }))
      } else {
        try session.output.write(text(results, before, after, session).joined(separator: "\n"))
      }
      if results.contains(where: { $0.effects?.conflicts.isEmpty == false }) {
        throw ExitCode(ExitStatus.refused.rawValue)
      }
    }

    private func text(
      _ results: [(difference: ContractDifference, effects: ContractEffects?, wording: Wording)],
      _ before: [Contract], _ after: [Contract], _ session: Session
    ) -> [String] {
      let alone = Set(before.map(\.service)).symmetricDifference(after.map(\.service)).sorted()
        .filter { service == nil || $0 == service }
      let notes = alone.map { name in
        before.contains { $0.service == name }
          ? session.language("\(name): only in the old.", "\(name) : seulement dans l’ancien.")
          : session.language("\(name): only in the new.", "\(name) : seulement dans le nouveau.")
      }
      let told = results.map { result in
        ContractDiffText(wording: result.wording, output: session.output).lines(result.difference, result.effects)
      }
      return Array((told + (notes.isEmpty ? [] : [notes])).joined(separator: [""]))
    }

    private func contracts(_ path: String, _ session: Session) throws -> [Contract] {
      let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
      if type == .typeDirectory { return try ContractFolder(path).loadAll().map(\.contract) }
      let place = URL(filePath: path).deletingLastPathComponent()
      let own = place.deletingLastPathComponent().path
      let hasOwn =
        place.lastPathComponent == "services" && FileManager.default.fileExists(atPath: own + "/holidays")
      let folder = hasOwn ? ContractFolder(own) : try session.contracts()
      return [try folder.load(file: path).contract]
    }

    private func range(_ session: Session, _ wording: Wording) throws -> Interval {
      let times = TimeArgument(wording: wording)
      let start =
        try from.map { try times.bound($0, field: .from) }
        ?? wording.zone.startOfDay(wording.zone.civil(session.now()).date)
      let end = try to.map { try times.bound($0, field: .to) } ?? start + .hours(366 * 24)
      let range = try times.range(start, end)
      guard range.length <= CommandError.Limits.horizon else {
        throw Failure.usage(
          session.language(
            "--from to --to: ten years at most; no plan lies further ahead.",
            "--from à --to : dix ans au plus ; aucun plan n’est plus lointain."))
      }
      return range
    }

    private func nothingToCompare(_ before: [Contract], _ after: [Contract], _ language: Language) -> Failure {
      let (old, new) = (before.map(\.service).joined(separator: ", "), after.map(\.service).joined(separator: ", "))
      return .usage(
        language(
          "No service stands in both: \(old); \(new). Name contracts of one service.",
          "Aucun service n’est dans les deux : \(old) ; \(new). Nommez des contrats d’un même service."))
    }
  }
}
