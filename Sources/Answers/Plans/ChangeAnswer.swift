package import JSONText
package import Planning
package import Register
package import Site

/// What came of a command on a change, with proposals where another time could mend a refusal.
package struct ChangeAnswer {
  package let outcome: Register.Outcome
  /// Nil where no other time would help.
  package let slots: [Slot]?

  package init(_ outcome: Register.Outcome, contract: Contract, register: Register) throws {
    self.outcome = outcome
    let change = outcome.change
    // Work under way is extended, not moved.
    guard outcome.verdict.status == .refused, let change, change.state != .inProgress,
      outcome.verdict.findings.contains(where: { !$0.isSatisfied && ChangeAnswer.movable.contains($0.code) })
    else {
      slots = nil
      return
    }
    // A refused move leaves the change where it was; the slots are looked for where it was to go.
    var interval = change.content.interval
    if case .replanningRefused(let content, _)? = try register.history(change.id).last?.event {
      interval = content.interval
    }
    let proposals = SlotProposals(
      contract: contract, environment: change.content.environment, register: register, now: outcome.decidedAt)
    slots = try proposals.near(interval, except: change.id)
  }

  /// Refusals that another time could mend.
  private static let movable: Set<FindingCode> = [.outsideWindow, .insufficientNotice, .overlap, .freeze]

  /// The change with the verdict; the verdict alone where nothing is on record.
  package func json(_ json: ChangeJSON) -> JSON {
    if let change = outcome.change { return json.change(change, verdict: outcome.verdict, slots: slots) }
    return ["verdict": json.verdict(outcome.verdict, slots: slots)]
  }
}
