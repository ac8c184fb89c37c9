import Answers
import Files
import JSONText
import Planning
import Register
import Wording

extension Route {
  /// What is sent by itself, and what came of it.
  static let deliveries: [Route] = [
    Route(
      .get, "/webhooks", .manageWebhooks, name: "listWebhooks", "All webhooks that were ever made.",
      gives: Success(200, .list(.named("Webhook")))
    ) { exchange in
      exchange.json(.array(try exchange.register.webhooks().map { exchange.subscriptionJSON.webhook($0) }))
    },
    Route(
      .post, "/webhooks", .manageWebhooks, name: "createWebhook",
      "Has an https address told of what is published, signed as Standard Webhooks; the secret stands only here.",
      body: Body(.newWebhook), gives: Success(201, .named("Webhook")), DeliveryCalls.createWebhook),
    Route(
      .delete, "/webhooks/{webhook}", .manageWebhooks, name: "revokeWebhook",
      "Sends a webhook nothing more; what waits for it is given up.", gives: Success(200, .named("Webhook")),
      DeliveryCalls.revokeWebhook),
    Route(
      .get, "/mailings", .manageWebhooks, name: "listMailings", "All mailings that were ever made.",
      gives: Success(200, .list(.named("Mailing")))
    ) { exchange in
      exchange.json(.array(try exchange.register.mailings().map { exchange.subscriptionJSON.mailing($0) }))
    },
    Route(
      .post, "/mailings", .manageWebhooks, name: "createMailing", "Has a mailbox get the notices of a service.",
      body: Body(.newMailing), gives: Success(201, .named("Mailing")), DeliveryCalls.createMailing),
    Route(
      .delete, "/mailings/{mailing}", .manageWebhooks, name: "revokeMailing",
      "Sends a mailbox nothing more; what waits for it is given up.", gives: Success(200, .named("Mailing")),
      DeliveryCalls.revokeMailing),
    Route(
      .get, "/deliveries", .manageWebhooks, name: "listDeliveries", "The newest messages, and what came of them.",
      parameters: [
        Parameter("state", .choice(OutboxRow.State.self).saying("Only these states; repeatable."), isList: true),
        Parameter("to", .text(1...32).saying("Only one webhook or mailing.")),
        Parameter("limit", .whole(1...1000).saying("The most messages; 100 where left out.")),
      ], gives: Success(200, .list(.named("Delivery"))), DeliveryCalls.list),
    Route(
      .post, "/deliveries/{delivery}/retry", .manageWebhooks, name: "retryDelivery",
      "Sends what was given up again, from the first attempt on.", mayClash: true,
      gives: Success(200, .named("Delivery"))
    ) { exchange in
      let row = try exchange.register.retryDelivery(exchange.path["delivery"] ?? "")
      return exchange.json(try DeliveryCalls.json(row, exchange))
    },
  ]
}

enum DeliveryCalls {
  @Sendable static func createWebhook(_ exchange: Exchange) throws -> APIAnswer {
    let service = try exchange.contract(exchange.text("service")).contract.service
    let events = (exchange.texts("events") ?? []).compactMap(ClientEvent.init(rawValue:))
    let (webhook, secret) = try exchange.register.createWebhook(
      url: exchange.text("url") ?? "", service: service, events: events, actor: exchange.principal?.name)
    return exchange.json(
      exchange.subscriptionJSON.webhook(webhook, secret: secret),
      headers: [("location", "\(API.prefix)/webhooks/\(webhook.id)")])
  }

  @Sendable static func revokeWebhook(_ exchange: Exchange) throws -> APIAnswer {
    guard let id = exchange.path["webhook"].flatMap(WebhookID.init) else {
      throw Problem(.unknownSubscription, exchange.language("There is no such webhook.", "Il n’y a pas ce webhook."))
    }
    let (webhook, isNew) = try exchange.register.revokeWebhook(id, actor: exchange.principal?.name)
    return exchange.json(
      exchange.subscriptionJSON.webhook(webhook), headers: isNew ? [] : [("idempotency-replayed", "true")])
  }

  @Sendable static func createMailing(_ exchange: Exchange) throws -> APIAnswer {
    let service = try exchange.contract(exchange.text("service")).contract.service
    let kinds = (exchange.texts("kinds") ?? []).compactMap(NoticeKind.init(rawValue:))
    let mailing = try exchange.register.createMailing(
      address: exchange.text("address") ?? "", language: exchange.text("language") ?? Language.french.rawValue,
      service: service, kinds: kinds, actor: exchange.principal?.name)
    return exchange.json(
      exchange.subscriptionJSON.mailing(mailing),
      headers: [("location", "\(API.prefix)/mailings/\(mailing.id)")])
  }

  @Sendable static func revokeMailing(_ exchange: Exchange) throws -> APIAnswer {
    guard let id = exchange.path["mailing"].flatMap(MailingID.init) else {
      throw Problem(
        .unknownSubscription, exchange.language("There is no such mailing.", "Il n’y a pas cet abonnement."))
    }
    let (mailing, isNew) = try exchange.register.revokeMailing(id, actor: exchange.principal?.name)
    return exchange.json(
      exchange.subscriptionJSON.mailing(mailing), headers: isNew ? [] : [("idempotency-replayed", "true")])
  }

  @Sendable static func list(_ exchange: Exchange) throws -> APIAnswer {
    var filter = OutboxFilter()
    filter.states = Set(exchange.query.all("state").compactMap(OutboxRow.State.init(rawValue:)))
    filter.subscription = exchange.query.first("to")
    filter.limit = exchange.query.first("limit").flatMap(Int.init) ?? 100
    return exchange.json(.array(try exchange.register.deliveries(filter).map { try json($0, exchange) }))
  }

  static func json(_ row: OutboxRow, _ exchange: Exchange) throws -> JSON {
    let line = try exchange.register.state(after: row.sequence).line
    return exchange.subscriptionJSON.delivery(row, stream: line.stream)
  }
}

extension Exchange {
  var subscriptionJSON: SubscriptionJSON {
    SubscriptionJSON(zone: firstWording.zone, isSimulation: api.isSimulation)
  }
}
