import Answers
import CivilTime
import JSONText
import Planning
import Publication
import Register

/// The OpenAPI 3.1 document, written from the table of routes and the schemas that requests are checked against; what
/// members mean: `MemberText`; requests as they can be sent: `RequestExamples`.
package enum OpenAPIDocument {
  package static let bytes: [UInt8] = Array((json.prettyText + "\n").utf8)

  static let json: JSON = [
    "openapi": "3.1.0",
    // Of ASCII, since generators make names of packages from it.
    "info": [
      "title": "Preavis", "version": "1",
      "description":
        "Préavis: planned maintenance and announced change under a service contract. Reading what is public needs no token.",
      "license": ["name": "MIT", "identifier": "MIT"],
    ],
    "servers": [["url": .string(API.prefix)]],
    "tags": .array(tags.map { ["name": .string($0.name), "description": .string($0.about)] }), "paths": paths,
    "webhooks": .object(ClientEvent.allCases.map { JSON.Member($0.rawValue, webhook($0)) }),
    "components": [
      "schemas": .object(schemas),
      "securitySchemes": ["bearer": ["type": "http", "scheme": "bearer"]],
      "responses": ["Problem": problem("Not answered as asked.")],
    ],
  ]

  /// All that has a name; and by operation what its answers say, where those have none of a form.
  private static let (schemas, answers): ([JSON.Member], [Operation: JSON]) = {
    var names = SchemaNames()
    let requests = API.routes.compactMap { route in
      route.body.flatMap {
        $0.types.contains("application/json") ? (name: pascal(route) + "Request", schema: $0.schema) : nil
      }
    }
    let forms = (components + [message] + requests).map {
      JSON.Member($0.name, names.lift(told($0.schema.document, in: [$0.name]), as: $0.name, isTop: true))
    }
    var answers: [Operation: JSON] = [:]
    for route in API.routes {
      let schema = route.success.forms.first { $0.type == "application/json" }?.schema.document
      answers[route.operation] = schema.map { names.lift(told($0, in: [route.name]), as: pascal(route) + "Answer") }
    }
    return (enumerations.map { JSON.Member($0.name, $0.schema.document) } + forms + names.found, answers)
  }()

  /// What several schemas choose from, under one name; programs that generate clients would number them otherwise.
  private static let enumerations = [
    words("ChangeKind", ChangeKind.self), words("ChangeState", ChangeState.self), words("Impact", Impact.self),
    words("UpdateCategory", UpdateDetails.Category.self), words("ApprovalState", Approval.State.self),
    words("VerdictStatus", Verdict.Status.self), words("FindingCode", FindingCode.self),
    words("NoticeKind", NoticeKind.self), words("NoticeChannel", NoticeChannel.self),
    words("NoticeStatus", NoticeObligation.Status.self), words("OutageCause", OutageCause.self),
    words("OutageState", OutageState.self), words("GateState", GateState.self),
    words("GateReason", GateReasonCode.self), words("GateOpening", GateOpening.self), words("Role", Role.self),
    words("WebhookEvent", ClientEvent.self), words("WebhookFormat", WebhookFormat.self),
    words("DeliveryState", OutboxRow.State.self), words("LeftOutReason", StopAccount.LeftOut.Reason.self),
    words("NoticeFormat", NoticeFormat.self),
    (name: "NoticeAsked", words: Set(noticesAsked), schema: Schema.choice(noticesAsked)),
    (name: "Language", words: ["fr", "en"], schema: Schema.choice(["fr", "en"])),
  ]

  private static let noticesAsked = ["current"] + NoticeKind.allCases.map(\.rawValue)

  private static func words<Word: RawRepresentable & CaseIterable>(
    _ name: String, _: Word.Type
  ) -> (name: String, words: Set<String>, schema: Schema) where Word.RawValue == String {
    (name, Set(Word.allCases.map(\.rawValue)), .choice(Word.self))
  }

  /// A schema as people and generators like it: each member says what it means, and what several choose from has a name.
  ///
  /// - Parameter owners: in what it stands, from outside inwards.
  private static func told(_ schema: JSON, in owners: [String]) -> JSON {
    guard let members = schema.members else { return schema }
    if let choices = schema["enum"]?.array, let shared = shared(Set(choices.compactMap(\.string))) {
      let reference: JSON = ["$ref": .string("#/components/schemas/\(shared)")]
      let form: JSON = choices.contains(.null) ? ["anyOf": [reference, ["type": "null"]]] : reference
      return described(form, schema["description"]?.string)
    }
    return .object(
      members.map { member in
        switch member.key {
        case "properties":
          let properties = (member.value.members ?? []).map { property in
            let text = property.value["description"] == nil ? MemberText.of(property.key, in: owners) : nil
            return JSON.Member(property.key, described(told(property.value, in: owners + [property.key]), text))
          }
          return JSON.Member(member.key, .object(properties))
        case "items": return JSON.Member(member.key, told(member.value, in: owners))
        case "anyOf": return JSON.Member(member.key, .array((member.value.array ?? []).map { told($0, in: owners) }))
        default: return member
        }
      })
  }

  private static func shared(_ words: Set<String>) -> String? { enumerations.first { $0.words == words }?.name }

  private static func described(_ schema: JSON, _ text: String?) -> JSON {
    guard let text, let members = schema.members else { return schema }
    return .object(members + [JSON.Member("description", .string(text))])
  }

  private static func pascal(_ route: Route) -> String { route.name.prefix(1).uppercased() + route.name.dropFirst() }

  /// Which operations belong together, by the first part of their paths.
  static let tags: [(name: String, about: String, paths: [String])] = [
    ("Changes", "Change requests through their life.", ["check", "changes", "emergencies", "imports", "conflicts"]),
    ("Releases", "Changes that are planned, announced and moved together.", ["releases", "release-plans"]),
    ("Contract", "What a service's contract says, and how it is kept.", ["services"]),
    ("Notices", "What clients are owed, and what they were told.", ["notices"]),
    ("Outages", "Stops that nobody planned.", ["outages", "outage-imports"]),
    ("Gate", "Whether work may go on now.", ["gate"]),
    (
      "Subscriptions", "Webhooks, mailings, private feeds, and what is sent.",
      ["webhooks", "mailings", "mailing-lists", "mailing-bounces", "private-feeds", "deliveries"]
    ),
    ("Access", "Tokens.", ["tokens", "whoami"]),
    ("Register", "The log, the contracts, and this document.", ["log", "contracts", "openapi.json"]),
    (tagOfWebhooks, "What is sent to webhooks.", []),
  ]
  private static let tagOfWebhooks = "Events"

  // MARK: Webhooks

  private static let message = (
    name: "Message",
    schema: Schema.open(
      .must("type", .choice(ClientEvent.self)), .must("timestamp", .text(format: "date-time")),
      .must(
        "data",
        .open(
          .must("change", .named("Change")), .may("notice", .choice(NoticeKind.self)), .may("lead_seconds", .whole))))
  )

  static func whoIsTold(of event: ClientEvent) -> String {
    event.isForStaff ? "Told to webhooks that name this type." : "Told to webhooks that name this type, or none."
  }

  private static func webhook(_ event: ClientEvent) -> JSON {
    let headers: [(String, String)] = [
      ("webhook-id", "The same each time that the message is sent."),
      ("webhook-timestamp", "Seconds since 1970 at which it was signed."),
      (
        "webhook-signature",
        "v1, and HMAC-SHA256 of id, timestamp and body; several, parted by blanks, while a secret is changed."
      ),
    ]
    return [
      "post": [
        "operationId": .string(
          "on" + event.rawValue.split(separator: ".").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()),
        "tags": [.string(tagOfWebhooks)],
        "summary": .string(whoIsTold(of: event)),
        "parameters": .array(
          headers.map { name, about in
            [
              "name": .string(name), "in": "header", "required": true, "description": .string(about),
              "schema": ["type": "string"],
            ]
          }),
        "requestBody": [
          "required": true,
          "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Message"]]],
        ],
        "responses": [
          "2XX": ["description": "Taken."], "410": ["description": "Nothing more is wanted: the webhook ends."],
          "default": ["description": "Sent again later; 4XX other than 408, 409, 425 and 429 give it up."],
        ],
      ]
    ]
  }

  /// The schemas that others refer to: those of the forms by which answers are written.
  private static let components = [
    Problem.form.component, ChangeJSON.form.component, ShownApproval.form.component, Judgement.form.component,
    WordedFinding.form.component,
    Slot.form.component, Interval.form.component, NoticeDocument.form.component, OutageJSON.form.component,
    ShownRelease.form.component,
    ReleasePhrases.form.component,
    HistoryJSON.form.component, ChangeJSON.conflict.component, Trial.form.component, CalendarCalls.service.component,
    AvailabilityJSON.month.component,
    AvailabilityJSON.simulation.component, HolidayJSON.form.component, AnnexJSON.form.component,
    ReportJSON.form.component, SupportJSON.form.component, SupportReportData.form.component,
    NoticesOwed.form.component, NoticesTold.form.component, ImportJSON.form.component, Principal.form.component,
    GateJSON.answer.component,
    GateJSON.override.component, WebhookContent.form.component, MailingContent.form.component,
    GrantJSON.imported.component, GrantJSON.bounces.component,
    OutboxRow.form.component, TokenContent.form.component, PrivateFeedContent.form.component,
  ]

  private static var paths: JSON {
    var order: [String] = []
    var operations: [String: [JSON.Member]] = [:]
    for route in API.routes {
      if operations[route.path] == nil { order.append(route.path) }
      operations[route.path, default: []].append(.init(route.method.rawValue.lowercased(), operation(route)))
    }
    return .object(order.map { JSON.Member($0, .object(operations[$0] ?? [])) })
  }

  private static func operation(_ route: Route) -> JSON {
    let bearer: JSON = ["bearer": []]
    return .members([
      "operationId": .string(route.name), "tags": .array(tagNames(route).map { .string($0) }),
      "summary": .string(route.operation.summary),
      "description": .string(who(route.action)),
      "security": route.isPublic ? [.object([]), bearer] : [bearer],
      "parameters": .array(parameters(route)), "requestBody": route.body.map { body($0, of: route) },
      "responses": responses(route),
    ])
  }

  private static func who(_ action: Permission.Action) -> String {
    guard let least = Permission.leastRole(for: action) else { return "For everyone." }
    guard action == .move else { return "For the role \(least.rawValue) and above." }
    return "For the role \(least.rawValue) on changes that its holder made, for "
      + "\(Permission.leastRoleForOthers.rawValue) and above on all."
  }

  static func tagNames(_ route: Route) -> [String] {
    let first = route.path.split(separator: "/").first.map(String.init) ?? ""
    return tags.filter { $0.paths.contains(first) }.map(\.name)
  }

  private static func parameters(_ route: Route) -> [JSON] {
    var result: [JSON] = route.template.parameters.map { name in
      [
        "name": .string(name), "in": "path", "required": true,
        "description": .string(MemberText.of(name, in: ["path"]) ?? ""),
        "schema": Schema.ofPaths[name].map { told($0.document, in: ["path"]) } ?? ["type": "string", "minLength": 1],
      ]
    }
    for parameter in route.allParameters {
      let schema = parameter.isList ? Schema.list(parameter.schema) : parameter.schema
      result.append(
        .members([
          "name": .string(parameter.name), "in": "query", "required": parameter.isRequired ? true : nil,
          "description": parameter.schema.about.map { .string($0) }, "schema": told(schema.document, in: ["query"]),
        ]))
    }
    func header(_ name: String, _ about: String, isRequired: Bool = false, _ schema: JSON) {
      result.append(
        .members([
          "name": .string(name), "in": "header", "required": isRequired ? true : nil, "description": .string(about),
          "schema": schema,
        ]))
    }
    if route.operation.precondition.takesTag {
      header(
        "If-Match", "The ETag of what is moved, as it was seen.", isRequired: route.operation.precondition == .required,
        ["type": "string", "pattern": "^\"(0|[1-9][0-9]{0,8}|draft-[1-9][0-9]{0,12})(\\.[0-9a-f]{16})?\"$"])
    }
    if route.isRevalidated {
      header("If-None-Match", "The ETag of the answer that is known.", ["type": "string"])
    }
    if route.operation.takesKey {
      header(
        "Idempotency-Key",
        "The same key and body give the same answer, and never record twice. A secret is told the first time only.",
        ["type": "string", "pattern": "^[\\x21-\\x7E]{1,200}$"])
    }
    return result
  }

  private static func body(_ body: Route.Body, of route: Route) -> JSON {
    let reference: JSON = ["$ref": .string("#/components/schemas/\(pascal(route))Request")]
    return [
      "required": .bool(!body.isJSON || body.schema.faults(.object([])).contains { $0.reason == .missing }),
      "content": .object(
        body.types.map { type in
          let example = RequestExamples.of(route.operation, type)
          return JSON.Member(
            type, .members(["schema": type == "application/json" ? reference : ["type": "string"], "example": example]))
        }),
    ]
  }

  // MARK: Answers

  /// The statuses of problems that a route can answer with.
  static func problems(_ route: Route) -> [Int] {
    // 408, 429 and 431 come from what stands before the API.
    var statuses: Set<Int> = [400, 401, 404, 405, 408, 414, 422, 429, 431, 500, 503]
    if !route.isPublic { statuses.insert(403) }
    if route.operation.mayClash { statuses.insert(409) }
    if route.operation.precondition != .none { statuses.insert(412) }
    if route.operation.precondition == .required { statuses.insert(428) }
    if route.operation.precondition == .optional { statuses.insert(428) }
    if route.body != nil { statuses.formUnion([413, 415]) }
    return statuses.sorted()
  }

  private static func responses(_ route: Route) -> JSON {
    var headers = allowance
    func header(_ name: String, _ about: String) {
      headers.append(.init(name, ["description": .string(about), "schema": ["type": "string"]]))
    }
    if route.success.forms.contains(where: { isTagged($0.schema) }) || route.isRevalidated {
      header("ETag", "What If-Match or If-None-Match asks for.")
    }
    if route.success.status == 201 { header("Location", "Where it is.") }
    if route.isRevalidated, route.allParameters.contains(where: { $0.name == "after" }) {
      header("Link", "The pages beside this one, rel=next and rel=prev, as far as there are any.")
    }
    let content = JSON.object(
      route.success.forms.map { form in
        let schema = form.type == "application/json" ? answers[route.operation] : nil
        return JSON.Member(form.type, ["schema": schema ?? form.schema.document])
      })
    let success = JSON.members([
      "description": "As asked.", "headers": .object(headers), "content": content,
    ])
    return .object(
      [JSON.Member(String(route.success.status), success)]
        + (route.isRevalidated
          ? [JSON.Member("304", ["description": "As it is known.", "headers": .object(allowance)])] : [])
        + problems(route).map { JSON.Member(String($0), ["$ref": "#/components/responses/Problem"]) })
  }

  /// What stands before the API says with each answer, where a limit is set.
  private static let allowance = [
    ("RateLimit-Policy", "How many calls an address may make: \"calls\";q=200;w=4 is 200 in each 4 seconds."),
    ("RateLimit", "What is left of them: \"calls\";r=199;t=1, of which t is the seconds until all are there again."),
  ].map { JSON.Member($0.0, ["description": .string($0.1), "schema": ["type": "string"]]) }

  /// Whether it is something that is moved, and so has a tag.
  private static func isTagged(_ schema: Schema) -> Bool {
    if case .named(let name) = schema.shape { ["Change", "Outage"].contains(name) } else { false }
  }

  private static func problem(_ about: String) -> JSON {
    [
      "description": .string(about),
      "headers": .object(
        allowance + [
          JSON.Member(
            "Retry-After",
            ["description": "Seconds after which to ask again, of 429 and 503.", "schema": ["type": "integer"]])
        ]),
      "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
    ]
  }
}
