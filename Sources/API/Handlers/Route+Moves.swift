import Answers
import CivilTime
import Files
import JSONText
import Planning
import Register
import Wording

extension Route {
  /// Moving a change through its life.
  static let moves = [
    move(.reschedule, .reschedule), move(.amend, .amendment), move(.cancel, .cancellation), move(.start, .moment),
    move(.complete, .completion), move(.extend, .prolongation),
    move(.approve, .decision), move(.decline, .decision),
  ]

  private static func move(_ operation: Operation, _ form: Schema) -> Route {
    Route(operation, body: Body(form), gives: Success(200, .named("Change"))) { exchange in
      try exchange.move { found, loaded in
        var reading = ChangeReading(wording: exchange.wording(loaded.contract))
        return try reading.command(operation, of: found.change, exchange.row)
      }
    }
  }
}

extension Exchange {
  /// Sends a command on the change in the path to the register.
  func move(_ command: (FoundChange, LoadedContract) throws -> ChangeCommand) throws -> APIAnswer {
    let found = try change()
    try checkOwner(of: found)
    let expected = try expected()
    let loaded = try contract(found.change.content.service)
    try checkApprover(of: found.change, by: loaded.contract)
    var request = Register.Request(
      try command(found, loaded), on: found.change.id, actor: principal?.name, idempotencyKey: try key())
    request.expected = expected
    let outcome = try register.execute(request) { _ in bound(loaded) }
    return try OutcomeAnswer(exchange: self, creates: false).answer(outcome, to: request.command)
  }

  /// A contract may ask for a higher role than every approval needs.
  func checkApprover(of change: Change, by known: Contract? = nil) throws {
    guard route.action == .approve, let asked = change.awaiting,
      case let contract = try known ?? contract(change.content.service).contract,
      let role = contract.terms(at: asked.interval.start).approval.flatMap({ Role(rawValue: $0.by.rawValue) }),
      principal.map({ $0.role < role }) ?? true
    else { return }
    throw Problem(needing: role, of: principal, language)
  }

  /// Engineers move what they made themselves.
  func checkOwner(of found: FoundChange) throws {
    let creator = try register.creator(of: found.change.id)
    guard case .notOwn = Permission.check(route.action, by: principal, creator: creator) else { return }
    throw Problem(
      .notOwnChange,
      language(
        "\(found.change.id) was made by someone else; a release manager may move it.",
        "\(found.change.id) est d’une autre personne\(Typography.narrow); un responsable des mises en production peut le déplacer."
      ))
  }
}
