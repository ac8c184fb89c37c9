import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Publication
import Register
import RegisterSQLite
import Wording

struct TemplatesVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "templates", abstract: "Look after notice templates.", subcommands: [Check.self])

  struct Check: Verb {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Check every template: unknown variables, missing partials, raw output.",
      discussion: "Example:\n  preavis templates check --templates templates")

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
      let folder = try session.templatesFolder()
      let problems = NoticeTemplates.check(folder: folder.path)
      for problem in problems { Output.note("\(problem)") }
      if !problems.isEmpty { throw ExitCode(ExitStatus.badData.rawValue) }
      try session.output.write(session.language("\(folder.path): in order.", "\(folder.path) : en ordre."))
    }
  }
}
