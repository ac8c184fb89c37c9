import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Publication
import Register
import RegisterSQLite
import Wording

struct ContractVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contract", abstract: "Look after contract files.", subcommands: [Check.self])

  struct Check: Verb {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Check every contract, holiday and freeze file, with file and line.",
      discussion: "Example:\n  preavis contract check --calendars calendars")

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
      let folder = try session.calendarsFolder()
      let problems = ContractFolder(folder.path).check()
      if session.options.json {
        try session.output.write(
          JSON.array(
            problems.map {
              [
                "file": .string($0.file), "line": $0.line.map { .integer(Int64($0)) } ?? .null,
                "message": .string($0.message),
              ]
            }))
      } else if problems.isEmpty {
        let services = try ContractFolder(folder.path).services().joined(separator: ", ")
        try session.output.write(
          session.language("\(folder.path): in order (\(services)).", "\(folder.path) : en ordre (\(services))."))
      } else {
        for problem in problems { Output.note("\(problem)") }
      }
      if !problems.isEmpty { throw ExitCode(ExitStatus.badData.rawValue) }
    }
  }
}
