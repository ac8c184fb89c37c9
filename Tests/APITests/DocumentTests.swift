import API
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
      let moves = route.action == .move || ["/outages/{outage}/amend", "/outages/{outage}/void"].contains(route.path)
      #expect((names ?? []).contains("If-Match") == moves, "\(route.path)")
    }
  }

  private static func operation(_ route: Route) -> JSON? {
    (try? JSON(parsing: OpenAPIDocument.bytes))?["paths"]?[route.path]?[route.method.rawValue.lowercased()]
  }
}
