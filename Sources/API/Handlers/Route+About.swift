import Answers
package import JSONText
package import Register

extension Route {
  /// What is asked of the API itself.
  static let about: [Route] = [
    Route(
      .describe, gives: Success(200, .open())
    ) { exchange in exchange.bytes(OpenAPIDocument.bytes, type: "application/json") },
    Route(
      .whoami,
      gives: Success(200, .named("Principal"))
    ) { exchange in
      exchange.json(exchange.principal?.json(.utc) ?? .null)
    },
  ]
}

extension Principal: FormedObject {
  package static let form = Form<Principal>(
    "Principal", [.must("name") { $0.name }, .must("role") { $0.role }, .must("expires_at") { $0.expiresAt }])
}
