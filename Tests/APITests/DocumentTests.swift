import Answers
import JSONText
import Planning
import Register
import TestSupport
import Testing

@testable import API

/// The OpenAPI document. That answers keep to it is seen by Tests/Scripts/openapi_answers.py.
@Suite struct DocumentTests {
  @Test func `The document has every route, and its reference points somewhere`() throws {
    let answer = try House().call("GET", "/openapi.json")
    #expect(answer.status == 200)
    #expect(answer.json["openapi"] == "3.1.0")
    let paths = answer.json["paths"]?.members ?? []
    let operations = paths.flatMap { path in
      (path.value.members ?? []).map { "\($0.key.uppercased()) \(path.key)" }
    }
    #expect(Set(operations) == Set(API.routes.map(MatrixTests.key)))
    let names = (answer.json["components"]?["schemas"]?.members ?? []).map(\.key)
    let schemas = Set(names)
    #expect(schemas.count == names.count)
    func references(_ json: JSON) -> [String] {
      if let members = json.members {
        return members.flatMap { $0.key == "$ref" ? [$0.value.string ?? ""] : references($0.value) }
      }
      return (json.array ?? []).flatMap(references)
    }
    for reference in references(answer.json) where reference.hasPrefix("#/components/schemas/") {
      #expect(schemas.contains(String(reference.dropFirst("#/components/schemas/".count))), "\(reference)")
    }
  }

  @Test func `A route that needs a token says so, and one that moves something asks for If-Match`() {
    for route in API.routes {
      let operation = DocumentTests.operation(route)
      let security = operation?["security"]?.array ?? []
      #expect(security.contains(["bearer": []]))
      #expect(security.contains(.object([])) == route.isPublic, "\(route.path)")
      let names = operation?["parameters"]?.array?.filter { $0["required"] == true }.compactMap { $0["name"]?.string }
      let moves =
        [.move, .approve].contains(route.action)
        || ["/outages/{outage}/amend", "/outages/{outage}/void"].contains(route.path)
      #expect((names ?? []).contains("If-Match") == moves, "\(route.path)")
    }
  }

  @Test func `Only what has names of its own is left open`() {
    func open(_ json: JSON, _ path: String) -> [String] {
      if json["type"] == "object", json["properties"] == .object([]) { return [path] }
      let members = (json.members ?? []).flatMap { open($0.value, path + "/" + $0.key) }
      return members + (json.array ?? []).enumerated().flatMap { open($0.element, "\(path)/\($0.offset)") }
    }
    #expect(
      Set(open(DescribedAnswers.document, "")) == [
        "/components/schemas/DescribeAnswer", "/components/schemas/ReadContractsAnswer",
        "/components/schemas/EventBody", "/components/schemas/PrivateFeedAddresses",
        "/components/schemas/SubmitReleaseRequestStarts", "/components/schemas/RescheduleReleaseRequestStarts",
      ])
  }

  @Test func `A member that the document does not name is found, wherever it stands`() {
    let schema: JSON = [
      "type": "object", "properties": ["a": ["type": "array", "items": ["type": "object", "properties": ["b": [:]]]]],
    ]
    let answer: JSON = ["a": [["b": 1], ["c": 2]], "d": 3]
    #expect(DescribedAnswers.unnamed(answer, schema, "") == ["/a/c", "/d"])
  }

  /// A program that is made from the document reads no source.
  @Test func `Every member says of what type it is and what it means`() {
    var silent: [String] = []
    func look(_ schema: JSON, _ place: String) {
      for property in schema["properties"]?.members ?? [] {
        let place = "\(place).\(property.key)"
        let isTyped = ["type", "$ref", "anyOf"].contains { property.value[$0] != nil }
        // What an event says, and what a call brings, may be anything.
        if !isTyped, !["body", "needs"].contains(property.key) { silent.append("\(place): no type") }
        if property.value["description"]?.string?.isEmpty ?? true { silent.append("\(place): no description") }
        look(property.value, place)
      }
      if let items = schema["items"] { look(items, place) }
      for one in schema["anyOf"]?.array ?? [] { look(one, place) }
    }
    let document = DescribedAnswers.document
    for schema in document["components"]?["schemas"]?.members ?? [] { look(schema.value, schema.key) }
    for path in document["paths"]?.members ?? [] {
      for operation in path.value.members ?? [] {
        let place = operation.value["operationId"]?.string ?? ""
        for parameter in operation.value["parameters"]?.array ?? []
        where parameter["description"]?.string?.isEmpty ?? true {
          silent.append("\(place): the parameter \(parameter["name"]?.string ?? "")")
        }
        for answer in operation.value["responses"]?.members ?? [] {
          for content in answer.value["content"]?.members ?? [] {
            if let schema = content.value["schema"] { look(schema, place) }
          }
        }
      }
    }
    #expect(silent == [])
  }

  @Test func `No text of a member is left over`() {
    let document = String(decoding: OpenAPIDocument.bytes, as: UTF8.self)
    for (name, text) in MemberText.all {
      let words = JSON.string(text).prettyText
      let isThere = document.contains("\"description\": \(words)")
      #expect(isThere, "\(name)")
    }
  }

  /// What several members choose from has one name, so that no generator numbers it.
  @Test func `No choice stands twice, and each request has a name`() {
    var choices: [String: Int] = [:]
    func count(_ json: JSON) {
      if let words = json["enum"]?.array { choices["\(words.compactMap(\.string).sorted())", default: 0] += 1 }
      for member in json.members ?? [] where member.key != "example" { count(member.value) }
      for element in json.array ?? [] { count(element) }
    }
    count(DescribedAnswers.document["components"] ?? .null)
    count(DescribedAnswers.document["paths"] ?? .null)
    #expect(choices.filter { $0.value > 1 && $0.key.count > 12 }.isEmpty, "\(choices.filter { $0.value > 1 })")
    for route in API.routes where route.body?.types.contains("application/json") ?? false {
      let body = DocumentTests.operation(route)?["requestBody"]?["content"]?["application/json"]?["schema"]
      #expect(body?["$ref"]?.string?.hasSuffix("Request") ?? false, "\(route.path)")
    }
  }

  @Test func `Every operation has a tag that the document describes, and the title is of ASCII`() {
    let document = DescribedAnswers.document
    let tags = Set((document["tags"]?.array ?? []).compactMap { $0["name"]?.string })
    for route in API.routes {
      let own = DocumentTests.operation(route)?["tags"]?.array?.compactMap(\.string) ?? []
      #expect(own.count == 1 && tags.isSuperset(of: own), "\(route.path): \(own)")
    }
    #expect(document["info"]?["title"]?.string?.allSatisfy(\.isASCII) ?? false)
    #expect(document["webhooks"]?.members?.map(\.key) == ClientEvent.allCases.map(\.rawValue))
  }

  /// Each is sent as it stands, after those that have to come before it.
  @Test(arguments: API.routes.filter { $0.body != nil })
  func `An example can be sent as it stands`(_ route: Route) throws {
    for type in route.body?.types ?? [] where type != "text/calendar" {
      let example = try #require(RequestExamples.of(route.operation, type), "\(route.name) has no example of \(type)")
      #expect(!route.body!.isJSON || route.body!.schema.faults(example).isEmpty, "\(route.name)")
      let house = try House()
      try ExampleLife(house: house).prepare(route.operation)
      let answer = try ExampleLife(house: house).send(route, example, type)
      // The shipped contract asks for no approval and no review: nothing waits for either.
      let isIdle = [Operation.approve, .decline, .approveRelease, .declineRelease, .sendNotices].contains(
        route.operation)
      #expect(
        isIdle ? ["nothing_to_decide", "nothing_to_send"].contains(answer.code) : answer.status < 300, "\(answer.text)")
    }
  }

  private static func operation(_ route: Route) -> JSON? {
    (try? JSON(parsing: OpenAPIDocument.bytes))?["paths"]?[route.path]?[route.method.rawValue.lowercased()]
  }
}

/// What has to be there before the example of an operation can be sent.
private struct ExampleLife {
  let house: House

  func prepare(_ operation: Operation) throws {
    func first(_ operations: Operation...) throws {
      for operation in operations {
        let route = try #require(API.routes.first { $0.operation == operation })
        let body = try #require(RequestExamples.bodies[operation])
        let answer = try send(route, body, "application/json")
        try #require(answer.status < 300, "\(operation): \(answer.text)")
      }
    }
    switch operation {
    case .reschedule, .amend, .cancel, .approve, .decline, .recordNotice, .recordNotices, .sendNotices:
      try first(.submit)
    case .start:
      try first(.submit)
      house.clock.now = utc("2027-01-10T00:05:00Z")
    case .complete, .extend:
      try prepare(.start)
      try first(.start)
      house.clock.now = utc("2027-01-10T01:45:00Z")
    case .rescheduleRelease, .cancelRelease, .approveRelease, .declineRelease, .leaveRelease: try first(.submitRelease)
    case .amendOutage, .voidOutage: try first(.recordOutage)
    case .endOverrides: try first(.overrideGate)
    case .rotateWebhook: try first(.createWebhook)
    case .recordBounces: try first(.importMailings)
    default: break
    }
  }

  func send(_ route: Route, _ example: JSON, _ type: String) throws -> Answer {
    let path = route.path.replacing("{change}", with: "CHG-2026-0001").replacing("{service}", with: House.service)
      .replacing("{outage}", with: "OUT-2026-0001").replacing("{webhook}", with: "HOOK-0001")
      .replacing("{release}", with: "REL-2026-0001")
    var headers: [(String, String)] = []
    if route.operation.precondition == .required {
      headers = [
        ("if-match", house.call("GET", String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]), by: .ada).etag)
      ]
    }
    let body = type == "application/json" ? example.prettyText : example.string ?? ""
    return house.call(route.method.rawValue, path, by: .ada, body, type: type, headers: headers)
  }
}

/// What answers hold, beside what the document says that they hold.
enum DescribedAnswers {
  static let document = (try? JSON(parsing: OpenAPIDocument.bytes)) ?? .null

  /// The members of an answer that its schema does not name; every answer of every test of the API is asked.
  static func unnamed(_ call: APICall, _ answer: Answer) -> [String] {
    guard answer.header("content-type")?.hasSuffix("json") == true, !answer.body.isEmpty else { return [] }
    guard answer.status < 300 else {
      return unnamed(answer.json, ["$ref": "#/components/schemas/Problem"], "")
    }
    let route = API.routes.first { $0.method.rawValue == call.method && matches($0.path, call.path) }
    guard let route else { return ["an operation"] }
    let operation = document["paths"]?[route.path]?[route.method.rawValue.lowercased()]
    let schema = operation?["responses"]?[String(answer.status)]?["content"]?["application/json"]?["schema"]
    guard let schema else { return ["status \(answer.status)"] }
    return unnamed(answer.json, schema, "")
  }

  private static func matches(_ template: String, _ path: String) -> Bool {
    let (parts, given) = (template.split(separator: "/"), path.dropFirst("/api/v1".count).split(separator: "/"))
    return parts.count == given.count && zip(parts, given).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
  }

  static func unnamed(_ json: JSON, _ schema: JSON, _ place: String) -> [String] {
    if let reference = schema["$ref"]?.string {
      let name = reference.split(separator: "/").last.map(String.init) ?? ""
      return unnamed(json, document["components"]?["schemas"]?[name] ?? .null, place)
    }
    if let several = schema["anyOf"]?.array {
      return several.map { unnamed(json, $0, place) }.min { $0.count < $1.count } ?? []
    }
    if let elements = json.array {
      return elements.flatMap { unnamed($0, schema["items"] ?? .null, place) }
    }
    // What has names of its own is described without any.
    guard let members = json.members, schema["properties"] != .object([]) else { return [] }
    return members.flatMap { member in
      schema["properties"]?[member.key].map { unnamed(member.value, $0, place + "/" + member.key) }
        ?? [place + "/" + member.key]
    }
  }
}
