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
      "reschedule", "Plans a change anew: the notice runs again, except inside the announced interval.", .reschedule
    ) { reading, exchange in
      try reading.reschedule(
        start: exchange.text("start"), end: exchange.text("end"), duration: exchange.text("duration"),
        reason: exchange.text("reason"), alongside: exchange.texts("alongside") ?? [])
    },
    move("amend", "Rewords or narrows a change; more impact or more components is planning anew.", .amendment) {
      _, exchange in
      var amendment = ChangeCommand.Amendment()
      amendment.title = exchange.text("title")
      amendment.description = exchange.text("description")
      amendment.impact = exchange.text("impact").flatMap(Impact.init(rawValue:))
      amendment.components = exchange.texts("components")
      amendment.training = exchange.flag("training")
      amendment.configuration = exchange.flag("configuration")
      amendment.interruption = exchange.flag("interruption")
      amendment.documentation = exchange.text("documentation")
      return .amend(amendment, reason: exchange.text("reason"))
    },
    move("cancel", "Cancels a change; it stays in the feeds as cancelled.", .cancellation) { _, exchange in
      .cancel(reason: exchange.text("reason"))
    },
    move("start", "Says that the work has begun.", .moment) { reading, exchange in
      try reading.start(at: exchange.text("at"), reason: exchange.text("reason"))
    },
    move("complete", "Says that the work has ended; after the announced end, with a reason.", .moment) {
      reading, exchange in
      try reading.complete(at: exchange.text("at"), reason: exchange.text("reason"))
    },
    move("extend", "Announces a later end of work that is under way; it excuses nothing.", .prolongation) {
      reading, exchange in
      try reading.extend(
        end: exchange.text("end") ?? "", reason: exchange.text("reason"),
        alongside: exchange.texts("alongside") ?? [])
    },
  ]

  private static func move(
    _ verb: String, _ summary: String, _ schema: Schema,
    _ command: @escaping @Sendable (MoveReading, Exchange) throws -> ChangeCommand
  ) -> Route {
    Route(
      .post, "/changes/{change}/\(verb)", .move, name: verb, summary, body: Body(schema), precondition: .required,
      takesKey: true, gives: Success(200, .named("Change"))
    ) { exchange in
      try MoveCalls.move(exchange, command)
    }
  }
}

enum MoveCalls {
  static func move(
    _ exchange: Exchange, _ command: (MoveReading, Exchange) throws -> ChangeCommand
  ) throws -> APIAnswer {
    let found = try exchange.change()
    try exchange.checkOwner(of: found)
    let expected = try exchange.expected()
    let loaded = try exchange.contract(found.change.content.service)
    let reading = MoveReading(found.change, wording: exchange.wording(loaded.contract))
    var request = Register.Request(
      try command(reading, exchange), on: found.change.id, actor: exchange.principal?.name,
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
