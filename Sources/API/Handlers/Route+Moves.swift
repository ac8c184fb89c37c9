import Answers
import Files
import JSONText
import Planning
import Register
import Wording

extension Route {
  /// Moving a change through its life.
  static let moves: [Route] = [
    move(
      .reschedule, "Plans a change anew: the notice runs again, except inside the announced interval.", .reschedule),
    move(.amend, "Rewords or narrows a change; more impact or more components is planning anew.", .amendment),
    move(.cancel, "Cancels a change; it stays in the feeds as cancelled.", .cancellation),
    move(.start, "Says that the work has begun.", .moment),
    move(.complete, "Says that the work has ended; after the announced end, with a reason.", .moment),
    move(.extend, "Announces a later end of work that is under way; it excuses nothing.", .prolongation),
  ]

  private static func move(_ move: ChangeMove, _ summary: String, _ schema: Schema) -> Route {
    Route(
      .post, "/changes/{change}/\(move.rawValue)", .move, name: move.rawValue, summary, body: Body(schema),
      precondition: .required, takesKey: true, gives: Success(200, .named("Change"))
    ) { try MoveCalls.move($0, move) }
  }
}

enum MoveCalls {
  static func move(_ exchange: Exchange, _ move: ChangeMove) throws -> APIAnswer {
    let found = try exchange.change()
    try exchange.checkOwner(of: found)
    let expected = try exchange.expected()
    let loaded = try exchange.contract(found.change.content.service)
    var reading = ChangeReading(wording: exchange.wording(loaded.contract))
    var request = Register.Request(
      try reading.command(move, of: found.change, exchange.row), on: found.change.id, actor: exchange.principal?.name,
      idempotencyKey: try exchange.key())
    request.expected = expected
    let outcome = try exchange.register.execute(request) { _ in exchange.bound(loaded) }
    return try OutcomeAnswer(exchange, creates: false).answer(outcome, to: request.command)
  }
}

extension Exchange {
  /// Engineers move what they made themselves.
  func checkOwner(of found: FoundChange) throws {
    let creator = try register.creator(of: found.change.id)
    guard case .notOwn = Permission.check(route.action, by: principal, creator: creator) else { return }
    throw Problem(
      .notOwnChange,
      language(
        "\(found.change.id) was made by someone else; a release manager may move it.",
        "\(found.change.id) est d’une autre personne\(Typography.narrow); un release manager peut le déplacer."))
  }
}
