import Answers
import CivilTime
import Files
import JSONText
import Planning
import Register
import Wording

/// What the routes of tokens, private feeds, webhooks and mailings share.
enum GrantCalls<Content: AnsweredGrant> {
  @Sendable static func list(_ exchange: Exchange) throws -> APIAnswer {
    let now = exchange.register.now
    return exchange.json(
      .array(try exchange.register.grants(Grant<Content>.self).map { exchange.grantJSON.grant($0, at: now) }))
  }

  /// The identifier is the one parameter of the path. One that is malformed names nothing that there is.
  @Sendable static func revoke(_ exchange: Exchange) throws -> APIAnswer {
    guard let id = exchange.path.values.first.flatMap(Grant<Content>.ID.init) else {
      throw unknown(exchange)
    }
    let (grant, isNew) = try exchange.register.revoke(
      Grant<Content>.self, id, idempotencyKey: exchange.key(), actor: exchange.principal?.name)
    return answer(grant, isNew: isNew, exchange)
  }

  static func unknown(_ exchange: Exchange) -> Problem {
    Problem(
      Problem(Content.unknown(.init(number: 1)), wording: exchange.firstWording).code,
      exchange.language("There is nothing of that name.", "Il n’y a rien de ce nom."))
  }

  static func answer(
    _ grant: Grant<Content>, isNew: Bool, once secret: JSON.Member? = nil, _ exchange: Exchange
  ) -> APIAnswer {
    exchange.json(
      exchange.grantJSON.grant(grant, at: exchange.register.now, once: isNew ? secret : nil),
      headers: replayed(isNew))
  }

  /// - Parameter secret: only the answer that makes it tells; nobody can read it again.
  static func made(
    _ grant: Grant<Content>, isNew: Bool, once secret: JSON.Member? = nil, _ exchange: Exchange
  ) -> APIAnswer {
    exchange.json(
      exchange.grantJSON.grant(grant, at: exchange.register.now, once: isNew ? secret : nil),
      headers: [("location", "\(API.prefix)/\(Content.word)s/\(grant.id)")] + replayed(isNew))
  }

  private static func replayed(_ isNew: Bool) -> [(name: String, value: String)] {
    isNew ? [] : [("idempotency-replayed", "true")]
  }
}

extension Exchange {
  /// In the zone of the first contract, in UTC where there is none.
  var firstWording: Wording {
    Wording(language, zone: (try? api.contracts.loadAll())?.first?.contract.currentTimeZone ?? .utc, door: door)
  }

  var grantJSON: GrantJSON { GrantJSON(zone: firstWording.zone, isSimulation: api.isSimulation) }
}
