import Answers
import CivilTime
import Files
import JSONText
import Planning
import Register
import Remote
import Wording

/// What the verbs on tokens, private feeds, webhooks, mailings and deliveries share.
struct GrantSession {
  let session: Session
  let open: OpenRegister
  /// Times are shown in the zone of the first contract, in UTC where there is none.
  let wording: Wording

  init(_ session: Session, readOnly: Bool = false, asking question: Question? = nil) throws {
    self.session = session
    open = try session.register(readOnly: readOnly, asking: question)
    wording = Wording(session.language, zone: session.firstContract?.currentTimeZone ?? .utc)
  }

  var keeper: any GrantKeeper { open.keeper }
  var changeText: ChangeText {
    ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation)
  }
  var text: GrantText { GrantText(changeText) }
  var json: GrantJSON { GrantJSON(zone: wording.zone, isSimulation: open.isSimulation) }

  /// Grants with what stands below each, in columns; never a secret.
  func write<Content: ListedGrant>(_ grants: [Grant<Content>]) throws {
    let now = open.register.now
    if session.options.json { return try session.output.write(JSON.array(grants.map { json.grant($0, at: now) })) }
    let lines = grants.isEmpty ? [Content.none(session.language)] : text.list(grants, at: now)
    try session.output.write((changeText.simulationMark + lines).joined(separator: "\n"))
  }

  /// One grant after it was made or taken back.
  func write<Content: ListedGrant>(_ grant: Grant<Content>, note: String? = nil) throws {
    let now = open.register.now
    if session.options.json { return try session.output.write(json.grant(grant, at: now)) }
    try session.output.write(
      (changeText.simulationMark + text.list([grant], at: now) + (note.map { ["  " + $0] } ?? [])).joined(
        separator: "\n"))
  }

  /// Hands out a new grant with what is shown only this once; when that cannot be written the grant is taken back, since
  /// nobody can use it any more.
  ///
  /// - Parameters:
  ///   - plain: what standard output gets, and nothing else.
  ///   - once: what JSON says of it.
  ///   - isKept: whether it was there before, and is not taken back.
  func handOut<Content: ListedGrant>(
    _ grant: Grant<Content>, plain: String, once: JSON.Member, notes: [String], isKept: Bool = false
  ) throws {
    let now = open.register.now
    let answer = session.options.json ? json.grant(grant, at: now, once: once).prettyText : plain
    try writeOnce(answer, notes: text.list([grant], at: now, isNote: true) + notes) {
      if !isKept { _ = try keeper.revoke(Grant<Content>.self, grant.id, actor: session.actor) }
    }
  }

  /// Writes what is shown only once: alone, so that a pipe gets nothing else; `notes` follow on standard error. When it
  /// cannot be written, `undo` takes back what nobody can use any more.
  private func writeOnce(_ answer: String, notes: [String], undo: () throws -> Void) throws {
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
