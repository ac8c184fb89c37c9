import JSONText
import Register

extension Route {
  /// What is asked of the API itself.
  static let about: [Route] = [
    Route(
      .get, "/openapi.json", .readPublished, name: "describe", "This document.", gives: Success(200, .open())
    ) { exchange in exchange.bytes(OpenAPIDocument.bytes, type: "application/json") },
    Route(
      .get, "/whoami", .readRegister, name: "whoami", "Whose token it is, and its role.",
      gives: Success(200, .named("Principal"))
    ) { exchange in
      exchange.json([
        "name": .string(exchange.principal?.name ?? ""), "role": .string(exchange.principal?.role.rawValue ?? ""),
      ])
    },
  ]
}
