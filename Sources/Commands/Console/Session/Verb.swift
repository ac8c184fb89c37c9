package import ArgumentParser
import CivilTime
import Files
import Planning
import Wording

/// A verb of the program: gets a session and words its own failures.
package protocol Verb: ParsableCommand {
  var global: GlobalOptions { get }
  func run(_ session: Session) throws
}

extension Verb {
  package mutating func run() throws {
    let session = try Session(global)
    if self is any RecordingVerb { session.server?.patience = 30 }
    do {
      try run(session)
    } catch let error as ExitCode {
      throw error
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(
        error,
        wording: Wording(
          session.language, zone: (try? session.contracts().loadAll().first?.contract.currentTimeZone) ?? .utc),
        records: self is any RecordingVerb)
    }
  }
}

/// A verb that records something: where nothing came of it, whoever ran it wants to know that nothing was recorded.
/// Verbs that only read have nothing to say of that.
package protocol RecordingVerb: Verb {}
