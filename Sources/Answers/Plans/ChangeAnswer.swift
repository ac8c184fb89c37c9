import CivilTime
package import JSONText
package import Planning
package import Publication
package import Register

/// What came of a command on a change, with proposals where another time could mend a refusal.
package struct ChangeAnswer {
  package let outcome: Register.Outcome
  package let contract: Contract
  /// Nil where no other time would help.
  package let slots: [Slot]?
  /// What a refused move asked for, which the findings are about: the change stays where it was. Nil where it is there.
  package let asked: ChangeContent?
  /// What today's rules say of the change as it stands, where they refuse it: that work began is recorded all the same.
  package let standing: Standing?

  package init(
    _ outcome: Register.Outcome, to command: ChangeCommand, contract: Contract, register: Register
  ) throws {
    self.outcome = outcome
    self.contract = contract
    let change = outcome.change
    let wanted =
      outcome.verdict.status == .refused
      ? command.timed(change, by: contract, at: outcome.decidedAt) : nil
    let standing = try change.flatMap { try Standings(register, [contract]).standing(of: $0) }
    self.standing = standing.flatMap { $0.isRefused ? $0 : nil }
    asked = change.flatMap { change in
      guard let wanted, wanted.interval != change.content.interval else { return nil }
      // Another estimate is nothing that anybody asked for.
      let isSame = !wanted.isEndKnown && wanted.interval.start == change.content.interval.start
      return isSame && !change.content.isEndKnown ? nil : wanted
    }
    // Work under way is extended, not moved.
    guard outcome.verdict.status == .refused, let change, change.state != .inProgress else {
      slots = nil
      return
    }
    slots = try SlotProposals(
      contract: contract, environment: change.content.environment, register: register, now: outcome.decidedAt
    ).instead(
      of: (asked ?? change.content).interval, kind: change.content.kind, refusedBy: outcome.verdict, except: change.id)
  }

  /// The change with the verdict; the verdict alone where nothing is on record.
  package func json(_ json: ChangeJSON) -> JSON {
    guard let change = outcome.change else {
      return ["verdict": json.verdict(outcome.verdict, slots: slots).json(json.times)]
    }
    return json.change(
      change, verdict: outcome.verdict, slots: slots, asked: asked,
      standing: standing.map { json.standing($0) }, approval: .some(json.approval(of: change, by: contract)))
  }
}
