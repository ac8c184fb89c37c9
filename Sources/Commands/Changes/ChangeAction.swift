import Answers
import CivilTime
import Files
import Planning
import Register
import Remote
import Wording

/// Sends a command to the register and reports what came of it.
struct ChangeAction {
  let session: Session

  func perform(
    _ command: ChangeCommand, on id: ChangeID?, key: String?, expectedRevision: Int? = nil, contract: LoadedContract?,
    subject: String
  ) throws {
    var used = contract?.contract
    let outcome = try session.writer().execute(
      Register.Request(
        command, on: id, actor: session.actor, idempotencyKey: key, expectedRevision: expectedRevision)
    ) { service in
      let loaded = try contract ?? session.contract(service)
      used = loaded.contract
      return session.bound(loaded)
    }
    let open = try session.register(asking: .clock)
    let bound = try used ?? session.contract(outcome.change?.content.service).contract
    try ChangeReport(session: session, contract: bound, open: open, isMove: id != nil).print(
      outcome, to: command, subject: subject)
  }

  /// The change and the contract that its times are read by.
  func find(_ text: String) throws -> (change: Change, contract: LoadedContract) {
    let id = try session.words.change(text)
    let change = try session.register(readOnly: true, asking: .about(id, .showChange)).register.change(id)
    return (change, try session.contract(change.content.service))
  }

  /// For questions that come before the command.
  func register() throws -> Register { try session.register(readOnly: true, asking: .clock).register }
}
