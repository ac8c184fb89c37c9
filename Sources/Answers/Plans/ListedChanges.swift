import CivilTime
package import JSONText
package import Planning
package import Publication
package import Register
package import Wording

extension ChangeFilter {
  /// The changes that someone asks to be listed, as they wrote it; nil where they wrote nothing.
  package init(
    service: String?, environment: String?, states: [String], from: String?, to: String?, wording: Wording
  ) throws {
    self.init()
    self.service = service
    self.environment = environment
    let words = WordArgument(language: wording.language, door: wording.door)
    self.states = Set(try states.map { try words.read($0, field: .state) })
    guard from != nil || to != nil else { return }
    let times = TimeArgument(wording: wording)
    range = try times.range(
      from.map { try times.bound($0, field: .from) } ?? .earliest, to.map { try times.bound($0, field: .to) } ?? .latest
    )
  }
}

/// One change as it is shown: of a draft with proposals, of work under way with what it costs, of both and of plans with
/// what today's rules say.
package struct ShownChange {
  package let change: Change
  private let contract: Contract
  /// Nil but for a draft, and for a plan that today's rules refuse and another time could mend.
  package let slots: [Slot]?
  package let standing: Standing?
  /// Nil but for work under way.
  package let running: RunningWork?

  /// - Parameter rollback: how long undoing work under way takes, as it was written.
  package init(
    _ change: Change, contract: Contract, register: Register, rollback: String?, wording: Wording
  ) throws {
    self.change = change
    self.contract = contract
    let standing = try Standings(register, [contract]).standing(of: change)
    self.standing = standing
    let isMovable = standing?.obstacles.contains { SlotProposals.movable.contains($0.code) } ?? false
    let proposals = SlotProposals(
      contract: contract, environment: change.content.environment, register: register, now: register.now)
    let (plan, kind) = (change.content.interval, change.content.kind)
    slots =
      switch change.state {
      // Urgent work waits for no window.
      case .refused where kind == .emergency:
        try proposals.instead(of: plan, kind: kind, refusedBy: change.verdict, except: change.id)
      case .refused: try proposals.near(plan, except: change.id)
      case .planned where isMovable: try proposals.near(plan, except: change.id)
      default: nil
      }
    running = try RunningWork(
      change, contract: contract, register: register,
      rollback: try rollback.map { try TimeArgument(wording: wording).duration($0, field: .rollback) })
  }

  /// - Parameter forEveryone: leaves out what is for staff to decide on.
  package func json(_ json: ChangeJSON, forEveryone: Bool = false) -> JSON {
    let isDraft = change.state == .refused
    return json.change(
      change, slots: isDraft ? slots : nil, running: running,
      standing: forEveryone ? nil : .some(json.standing(standing, slots: isDraft ? nil : slots)),
      approval: forEveryone ? nil : .some(json.approval(of: change, by: contract)),
      unsent: forEveryone ? [] : change.unsent(by: contract))
  }
}
