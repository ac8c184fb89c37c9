import Answers
import CivilTime
import JSONText
import Planning
import Publication
import Register

/// The OpenAPI 3.1 document, written from the table of routes and the schemas that requests are checked against.
package enum OpenAPIDocument {
  package static let bytes: [UInt8] = Array((json.prettyText + "\n").utf8)

  static let json: JSON = [
    "openapi": "3.1.0",
    "info": [
      "title": "Préavis", "version": "1",
      "description":
        "Planned maintenance and announced change under a service contract. Reading what is public needs no token.",
    ],
    "servers": [["url": .string(API.prefix)]], "paths": paths,
    "components": [
      "schemas": .object(components.map { JSON.Member($0.name, $0.schema.document) }),
      "securitySchemes": ["bearer": ["type": "http", "scheme": "bearer"]],
      "responses": ["Problem": problem("Not answered as asked.")],
    ],
  ]

  /// The schemas that others refer to: those of the forms by which answers are written.
  private static let components = [
    Problem.form.component, ChangeJSON.form.component, ShownApproval.form.component, Judgement.form.component,
    WordedFinding.form.component,
    Slot.form.component, Interval.form.component, NoticeDocument.form.component, OutageJSON.form.component,
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
      "operationId": .string(route.name), "summary": .string(route.operation.summary),
      "description": .string(who(route.action)),
      "security": route.isPublic ? [.object([]), bearer] : [bearer],
      "parameters": .array(parameters(route)), "requestBody": route.body.map(body), "responses": responses(route),
    ])
  }

  private static func who(_ action: Permission.Action) -> String {
    guard let least = Permission.leastRole(for: action) else { return "For everyone." }
    guard action == .move else { return "For the role \(least.rawValue) and above." }
    return "For the role \(least.rawValue) on changes that its holder made, for "
      + "\(Permission.leastRoleForOthers.rawValue) and above on all."
  }

  private static func parameters(_ route: Route) -> [JSON] {
    var result: [JSON] = route.template.parameters.map { name in
      [
        "name": .string(name), "in": "path", "required": true,
        "schema": Schema.ofPaths[name]?.document ?? ["type": "string", "minLength": 1],
      ]
    }
    for parameter in route.allParameters {
      let schema = parameter.isList ? Schema.list(parameter.schema) : parameter.schema
      result.append(
        .members([
          "name": .string(parameter.name), "in": "query", "required": parameter.isRequired ? true : nil,
          "schema": schema.document,
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
        ["type": "string", "pattern": "^\"(0|[1-9][0-9]{0,8}|draft-[1-9][0-9]{0,12})\"$"])
    }
    if route.success.isRevalidated {
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

  private static func body(_ body: Route.Body) -> JSON {
    return [
      "required": .bool(!body.isJSON || body.schema.faults(.object([])).contains { $0.reason == .missing }),
      "content": .object(
        body.types.map { type in
          JSON.Member(type, ["schema": type == "application/json" ? body.schema.document : ["type": "string"]])
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
    var headers: [JSON.Member] = []
    func header(_ name: String, _ about: String) {
      headers.append(.init(name, ["description": .string(about), "schema": ["type": "string"]]))
    }
    if route.success.forms.contains(where: { isTagged($0.schema) }) || route.success.isRevalidated {
      header("ETag", "What If-Match or If-None-Match asks for.")
    }
    if route.success.status == 201 { header("Location", "Where it is.") }
    if route.allParameters.contains(where: { $0.name == "after" }) { header("Link", "The next page, rel=next.") }
    let content = JSON.object(
      route.success.forms.map { JSON.Member($0.type, ["schema": $0.schema.document]) })
    let success = JSON.members([
      "description": "As asked.", "headers": headers.isEmpty ? nil : .object(headers), "content": content,
    ])
    return .object(
      [JSON.Member(String(route.success.status), success)]
        + (route.success.isRevalidated ? [JSON.Member("304", ["description": "As it is known."])] : [])
        + problems(route).map { JSON.Member(String($0), ["$ref": "#/components/responses/Problem"]) })
  }

  /// Whether it is something that is moved, and so has a tag.
  private static func isTagged(_ schema: Schema) -> Bool {
    if case .named(let name) = schema.shape { ["Change", "Outage"].contains(name) } else { false }
  }

  private static func problem(_ about: String) -> JSON {
    [
      "description": .string(about),
      "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
    ]
  }
}
