import Answers
import CivilTime
import Files
import Planning
import Register
import Wording

/// What the verbs on tokens and private feeds share.
struct AccessSession {
  let session: Session
  let open: OpenRegister
  /// Times are shown in the zone of the first contract, in UTC where there is none.
  let wording: Wording

  init(_ session: Session, readOnly: Bool = false) throws {
    self.session = session
    open = try session.register(readOnly: readOnly)
    let contract = try? session.contracts().loadAll().first?.contract
    wording = Wording(session.language, zone: contract?.currentTimeZone ?? .utc)
  }

  var text: AccessText {
    AccessText(ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation))
  }

  /// Writes what is shown only once: alone, so that a pipe gets nothing else; `notes` follow on standard error. When it
  /// cannot be written, `undo` takes back what nobody can use any more.
  func writeOnce(_ answer: String, notes: [String], undo: () throws -> Void) throws {
    do {
      try session.output.stream(isSecret: true) {
        try $0(Array((answer.hasSuffix("\n") ? answer : answer + "\n").utf8))
      }
    } catch {
      try undo()
      throw error
    }
    if !session.options.json {
      Output.note(((open.isSimulation ? ["[SIMULATION]"] : []) + notes).joined(separator: "\n"))
    }
  }
}
