import CivilTime
import JSONText
import Planning
import Register

/// Commands as requests to the API: path, members of the JSON object, and headers. What comes back is read in
/// `WriteAnswer`.
enum WriteCall {
  static let base = "/api/v1"

  /// - Parameter tag: of the change as it was seen; nil for commands that create one.
  static func request(_ request: Register.Request, tag: String?, key: String) -> ServerRequest {
    let (path, body) = place(request.command, request.change)
    return post(path, body, tag: tag, key: key)
  }

  private static func place(_ command: ChangeCommand, _ id: ChangeID?) -> (String, JSON) {
    let change = "/changes/\(id.map(String.init(describing:)) ?? "")"
    switch command {
    case .submit(let content): return ("/changes", content.json)
    case .emergency(let content): return ("/emergencies", content.json)
    case .reschedule(let interval, let reason, let others):
      return (
        "\(change)/reschedule",
        .members([
          "start": interval.map { time($0.start) }, "end": interval.map { time($0.end) }, "reason": text(reason),
          "alongside": list(others),
        ])
      )
    case .amend(let fields, let reason):
      let said = reason.map { [JSON.Member("reason", .string($0))] } ?? []
      return ("\(change)/amend", .object(fields.json + said))
    case .cancel(let reason): return ("\(change)/cancel", .members(["reason": text(reason)]))
    case .start(let at, let reason):
      return ("\(change)/start", .members(["at": at.map(time), "reason": text(reason)]))
    case .extend(let end, let reason, let others):
      return (
        "\(change)/extend", .members(["end": time(end), "reason": text(reason), "alongside": list(others)])
      )
    case .complete(let at, let reason):
      return ("\(change)/complete", .members(["at": at.map(time), "reason": text(reason)]))
    case .recordNotice(let kind, let channel, let at):
      return (
        "\(change)/notices",
        .members([
          "kind": .string(kind.rawValue), "channel": .string(channel.rawValue), "at": at.map(time),
        ])
      )
    }
  }

  /// - Parameter tag: of the outage as it was seen; nil for the command that creates one.
  static func request(_ request: Register.OutageRequest, tag: String?, key: String) -> ServerRequest {
    let outage = "/outages/\(request.outage.map(String.init(describing:)) ?? "")"
    switch request.command {
    case .record(let content): return post("/outages", content.json, tag: nil, key: key)
    case .amend(let fields, let reason):
      var end: Instant?
      if case .at(let moment)? = fields.end { end = moment }
      let body = JSON.members([
        "components": fields.components.map { .array($0.map { .string($0) }) },
        "environment": text(fields.environment), "cause": text(fields.cause?.rawValue),
        "start": fields.start.map(time), "end": end.map(time), "ongoing": fields.end == .ongoing ? true : nil,
        "title": text(fields.title), "evidence": text(fields.evidence), "reason": text(reason),
      ])
      return post("\(outage)/amend", body, tag: tag, key: key)
    case .void(let reason):
      return post("\(outage)/void", .members(["reason": text(reason)]), tag: tag, key: key)
    }
  }

  static func request(_ request: Register.GateRequest, key: String) -> ServerRequest {
    let overrides = "/gate/\(request.service)/overrides"
    switch request.command {
    case .override(let environment, let length, let reason):
      let body: JSON = [
        "environment": .string(environment), "duration": duration(length), "reason": .string(reason),
      ]
      return post(overrides, body, tag: nil, key: key)
    case .overrideUntil(let end, let environment, let reason):
      let body: JSON = ["environment": .string(environment), "until": time(end), "reason": .string(reason)]
      return post(overrides, body, tag: nil, key: key)
    case .endOverride(let environment, let reason):
      return post(
        "\(overrides)/end", .members(["environment": .string(environment), "reason": text(reason)]), tag: nil, key: key)
    }
  }

  /// The digest is the key: a secret of 256 random bits is made once.
  static func token(name: String, role: Role, expires: Register.Expiry, digest: String) -> ServerRequest {
    let end: JSON? =
      switch expires {
      case .never: nil
      case .at(let moment): time(moment)
      case .after(let length): duration(length)
      }
    return post(
      "/tokens",
      .members([
        "name": .string(name), "role": .string(role.rawValue), "expires": end, "digest": .string(digest),
      ]), tag: nil, key: nil)
  }

  static func privateFeed(
    client: String, parts: [PrivateFeed.Part], language: String?, digest: String
  ) -> ServerRequest {
    post(
      "/private-feeds",
      .members([
        "client": .string(client), "services": parts.json, "language": text(language), "digest": .string(digest),
      ]), tag: nil, key: nil)
  }

  /// The secret travels, since the server signs with it.
  static func webhook(
    url: String, service: String, events: [ClientEvent], secret: WebhookSecret, key: String
  ) -> ServerRequest {
    post(
      "/webhooks",
      [
        "url": .string(url), "service": .string(service), "events": .array(events.map { .string($0.rawValue) }),
        "secret": .string(secret.text),
      ], tag: nil, key: key)
  }

  static func mailing(
    address: String, language: String, service: String, kinds: [NoticeKind], key: String
  ) -> ServerRequest {
    post(
      "/mailings",
      [
        "address": .string(address), "language": .string(language), "service": .string(service),
        "kinds": .array(kinds.map { .string($0.rawValue) }),
      ], tag: nil, key: key)
  }

  /// One row a line, each with its own key, so that none is recorded twice.
  static func request(_ requests: [Register.Request], _ terms: Register.BatchTerms) -> ServerRequest {
    var body: [UInt8] = []
    for request in requests {
      guard case .object(var members)? = request.command.content?.json else { continue }
      if let key = request.idempotencyKey { members.append(.init("idempotency_key", .string(key))) }
      JSON.object(members).write(to: &body)
      body.append(0x0A)
    }
    let flags = [("dry_run", terms.isRehearsal), ("keep_going", terms.keepsGoing), ("drafts", terms.keepsDrafts)]
    let query = flags.filter(\.1).map { "\($0.0)=true" }.joined(separator: "&")
    return ServerRequest(
      .post, "\(base)/imports\(query.isEmpty ? "" : "?\(query)")", headers: ["content-type": "application/x-ndjson"],
      body: body)
  }

  static func revocation(_ path: String, key: String?) -> ServerRequest {
    var headers = ["accept": "application/json"]
    headers["idempotency-key"] = key
    return ServerRequest(.delete, base + path, headers: headers)
  }

  private static func post(_ path: String, _ body: JSON, tag: String?, key: String?) -> ServerRequest {
    var headers = ["content-type": "application/json"]
    headers["idempotency-key"] = key
    headers["if-match"] = tag
    return ServerRequest(.post, base + path, headers: headers, body: body.bytes)
  }

  private static func duration(_ length: Elapsed) -> JSON { .string("PT\(length.seconds)S") }
  private static func time(_ instant: Instant) -> JSON { .string(TimeText.utc(instant)) }
  private static func text(_ text: String?) -> JSON? { text.map { .string($0) } }
  private static func list(_ changes: [ChangeID]) -> JSON? {
    changes.isEmpty ? nil : .array(changes.map { .string($0.description) })
  }
}
