import Answers
import CivilTime
import JSONText
import Planning
import Register

/// Operations as requests to the API: path of the operation, JSON of the command, and headers.
enum WriteCall {
  /// - Parameter tag: of the change as it was seen; nil for commands that create one.
  static func request(_ request: Register.Request, tag: String?, key: String) -> ServerRequest {
    post(request.command.operation, on: request.change?.description, request.command.json, tag: tag, key: key)
  }

  /// - Parameter tag: of the outage as it was seen; nil for the command that creates one.
  static func request(_ request: Register.OutageRequest, tag: String?, key: String) -> ServerRequest {
    post(request.command.operation, on: request.outage?.description, request.command.json, tag: tag, key: key)
  }

  /// - Parameter tag: of the release as it was seen; nil for a submission.
  static func request(_ request: Register.ReleaseRequest, tag: String?, key: String) -> ServerRequest {
    post(request.command.operation, on: request.release?.description, request.command.json, tag: tag, key: key)
  }

  static func request(_ request: Register.GateRequest, key: String) -> ServerRequest {
    post(request.command.operation, on: request.service, request.command.json, key: key)
  }

  /// The digest is the key: a secret of 256 random bits is made once.
  static func token(name: String, role: Role, expires: Register.Expiry, digest: String) -> ServerRequest {
    let end: JSON? =
      switch expires {
      case .never: nil
      case .at(let moment): .string(TimeText.utc(moment))
      case .after(let length): .string("PT\(length.seconds)S")
      }
    return post(
      .createToken,
      .members([
        "name": .string(name), "role": .string(role.rawValue), "expires": end, "digest": .string(digest),
      ]))
  }

  static func privateFeed(
    client: String, parts: [PrivateFeed.Part], language: String?, digest: String
  ) -> ServerRequest {
    post(
      .createPrivateFeed,
      .members([
        "client": .string(client), "services": parts.json, "language": language.map { .string($0) },
        "digest": .string(digest),
      ]))
  }

  /// The secret travels, since the server signs with it.
  static func webhook(
    url: String, service: String, events: [ClientEvent], format: WebhookFormat, language: String?,
    secret: WebhookSecret, key: String
  ) -> ServerRequest {
    post(
      .createWebhook,
      .members([
        "url": .string(url), "service": .string(service), "events": .array(events.map { .string($0.rawValue) }),
        "format": format == .standard ? nil : .string(format.rawValue), "language": language.map { .string($0) },
        "secret": .string(secret.text),
      ]), key: key)
  }

  static func rotation(_ id: WebhookID, keep: Elapsed, secret: WebhookSecret, key: String) -> ServerRequest {
    post(
      .rotateWebhook, on: id.description,
      ["keep": .string("PT\(keep.seconds)S"), "secret": .string(secret.text)], key: key)
  }

  static func mailing(
    address: String, _ terms: MailingTerms, key: String
  ) -> ServerRequest { post(.createMailing, mailing("address", .string(address), terms), key: key) }

  static func mailings(_ addresses: [String], _ terms: MailingTerms) -> ServerRequest {
    post(.importMailings, mailing("addresses", .array(addresses.map { .string($0) }), terms))
  }

  private static func mailing(_ name: String, _ recipient: JSON, _ terms: MailingTerms) -> JSON {
    var members: [JSON.Member] = [
      .init(name, recipient), .init("language", .string(terms.language)), .init("service", .string(terms.service)),
      .init("kinds", .array(terms.kinds.map { .string($0.rawValue) })),
    ]
    // A server of before knows no such member, and needs none.
    if !terms.components.isEmpty {
      members.append(.init("components", .array(terms.components.map { .string($0) })))
    }
    return .object(members)
  }

  static func bounces(_ bounces: [MailBounce]) -> ServerRequest {
    post(
      .recordBounces,
      [
        "bounces": .array(
          bounces.map { bounce in
            .members([
              "addresses": .array(bounce.addresses.map { .string($0) }), "status": bounce.status.map { .string($0) },
              "message_id": bounce.messageID.map { .string($0) },
            ])
          })
      ])
  }

  /// One row a line, each with its own key, so that none is recorded twice.
  static func request(_ requests: [Register.OutageRequest], isRehearsal: Bool) -> ServerRequest {
    rows(.importOutages, requests.map { ($0.content?.json, $0.idempotencyKey) }, [("dry_run", isRehearsal)])
  }

  static func request(_ requests: [Register.Request], _ terms: Register.BatchTerms) -> ServerRequest {
    rows(
      .importChanges, requests.map { ($0.command.content?.request, $0.idempotencyKey) },
      [("dry_run", terms.isRehearsal), ("keep_going", terms.keepsGoing), ("drafts", terms.keepsDrafts)])
  }

  /// Notices that were published, each with its own key.
  static func notices(_ requests: [Register.Request], keys: [WriteKey]) -> ServerRequest {
    let items = zip(requests, keys).map { request, key -> JSON in
      var revision: Int?
      if case .published(let seen)? = request.expected { revision = seen }
      return .object(
        [.init("change", .string(request.change?.description ?? ""))] + (request.command.json.members ?? [])
          + (revision.map { [.init("revision", .integer(Int64($0)))] } ?? [])
          + [.init("idempotency_key", .string(key.text))])
    }
    return post(.recordNotices, ["notices": .array(items)])
  }

  private static func rows(
    _ operation: Operation, _ rows: [(content: JSON?, key: String?)], _ flags: [(String, Bool)]
  ) -> ServerRequest {
    var body: [UInt8] = []
    for row in rows {
      guard case .object(var members)? = row.content else { continue }
      if let key = row.key { members.append(.init("idempotency_key", .string(key))) }
      JSON.object(members).write(to: &body)
      body.append(0x0A)
    }
    let query = flags.filter(\.1).map { "\($0.0)=true" }.joined(separator: "&")
    return ServerRequest(
      .post, operation.address() + (query.isEmpty ? "" : "?\(query)"),
      headers: ["content-type": "application/x-ndjson"], body: body)
  }

  /// A call that brings nothing but its path.
  static func plain(_ method: Operation.Method, _ path: String, key: String? = nil) -> ServerRequest {
    var headers = ["accept": "application/json"]
    headers["idempotency-key"] = key
    return ServerRequest(method, path, headers: headers)
  }

  private static func post(
    _ operation: String, on thing: String?, _ body: JSON, tag: String? = nil, key: String
  ) -> ServerRequest {
    // Holds: commands name their operations as the table does, as a test sees.
    post(Operation(rawValue: operation)!, on: thing, body, tag: tag, key: key)
  }

  private static func post(
    _ operation: Operation, on thing: String? = nil, _ body: JSON, tag: String? = nil, key: String? = nil
  ) -> ServerRequest {
    var headers = ["content-type": "application/json"]
    headers["idempotency-key"] = key
    headers["if-match"] = tag
    return ServerRequest(operation.method, operation.address(of: thing), headers: headers, body: body.bytes)
  }
}
