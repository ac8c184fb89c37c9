import Answers
import JSONText
import Register
import Wording

extension Route {
  /// What is sent by itself, and what came of it.
  static let deliveries: [Route] = [
    Route(
      .listDeliveries,
      parameters: [
        Parameter("state", .choice(OutboxRow.State.self).saying("Only these states; repeatable."), isList: true),
        Parameter("to", .text(1...32).saying("Only one webhook or mailing.")),
        Parameter("limit", .whole(1...1000).saying("The most messages; 100 where left out.")),
      ], gives: Success(200, .list(.named("Delivery"))), DeliveryCalls.list),
    Route(
      .retryDelivery,
      gives: Success(200, .named("Delivery"))
    ) { exchange in
      let row = try exchange.register.retryDelivery(exchange.path["delivery"] ?? "")
      return exchange.json(try DeliveryCalls.json(row, exchange))
    },
  ]
}

enum DeliveryCalls {
  @Sendable static func list(_ exchange: Exchange) throws -> APIAnswer {
    var filter = OutboxFilter()
    filter.states = Set(exchange.query.all("state").compactMap(OutboxRow.State.init(rawValue:)))
    filter.subscription = exchange.query.first("to")
    filter.limit = exchange.query.first("limit").flatMap(Int.init) ?? 100
    return exchange.json(.array(try exchange.register.deliveries(filter).map { try json($0, exchange) }))
  }

  static func json(_ row: OutboxRow, _ exchange: Exchange) throws -> JSON {
    let line = try exchange.register.state(after: row.event).line
    return row.json(of: line.stream, in: exchange.firstWording.zone)
  }
}
