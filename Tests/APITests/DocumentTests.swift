import API
import Answers
import JSONText
import Register
import Testing

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
    let schemas = Set((answer.json["components"]?["schemas"]?.members ?? []).map(\.key))
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
        "/paths//openapi.json/get/responses/200/content/application/json/schema",
        "/paths//contracts/get/responses/200/content/application/json/schema",
        "/components/schemas/Event/properties/body", "/components/schemas/PrivateFeed/properties/addresses",
      ])
  }

  @Test func `A member that the document does not name is found, wherever it stands`() {
    let schema: JSON = [
      "type": "object", "properties": ["a": ["type": "array", "items": ["type": "object", "properties": ["b": [:]]]]],
    ]
    let answer: JSON = ["a": [["b": 1], ["c": 2]], "d": 3]
    #expect(DescribedAnswers.unnamed(answer, schema, "") == ["/a/c", "/d"])
  }

  private static func operation(_ route: Route) -> JSON? {
    (try? JSON(parsing: OpenAPIDocument.bytes))?["paths"]?[route.path]?[route.method.rawValue.lowercased()]
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
