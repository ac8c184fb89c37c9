import Answers
import ArgumentParser
import CivilTime
import Files
import Planning
import Wording

/// A verb of the program: gets a session and words its own failures.
protocol Verb: ParsableCommand {
  var global: GlobalOptions { get }
  /// Options that would say nothing beside one another.
  static var apart: [GivenTwice.Pair] { get }
  /// What `--batch` is taken with, other than what every verb takes.
  static var besideBatch: Set<String> { get }
  func run(_ session: Session) throws
}

extension Verb {
  static var apart: [GivenTwice.Pair] { [] }
  static var besideBatch: Set<String> { [] }

  mutating func run() throws {
    let session = try Session(global, isOfMachine: self is any MachineVerb)
    try GivenTwice.checkApart(type(of: self), Array(CommandLine.arguments.dropFirst()), session.language)
    guard session.languages.count == 1 || self is any VerbOfLanguages else {
      throw Failure.usage(
        session.language(
          "--lang: one language here; preavis notices write takes several.",
          "--lang : une seule langue ici ; preavis notices write en prend plusieurs."))
    }
    let records = (self as? any OperationVerb).map { type(of: $0).operation.records } ?? false
    if records { session.server?.patience = 30 }
    do {
      do { try run(session) } catch let error as ExitCode { if session.unread.problems == nil { throw error } }
      if let problems = session.unread.problems { throw problems }
    } catch let error as ExitCode {
      throw error
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(
        error,
        wording: Wording(
          session.language, zone: session.firstContract?.currentTimeZone ?? .utc),
        records: records)
    }
  }
}

/// A verb that machines run: services have a home too, and what a person keeps there must not stop them.
protocol MachineVerb: Verb {}

/// A verb that writes in each language that is named.
protocol VerbOfLanguages: Verb {}

/// A verb that does one operation.
protocol OperationVerb: Verb {
  static var operation: Operation { get }
}
