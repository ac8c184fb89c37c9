import JSONText
package import Register

/// One operation of the API: who may, what it takes and gives, and what does it. Adding one is one entry in a table;
/// matrix, limits and OpenAPI document follow from it.
package struct Route: Sendable {
  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case delete = "DELETE"
  }

  /// Whether `If-Match` says what was seen.
  enum Precondition: Sendable { case none, optional, required }

  /// A parameter of the query.
  struct Parameter: Sendable {
    let name: String
    let schema: Schema
    var isRequired = false
    /// May be given several times.
    var isList = false

    init(_ name: String, _ schema: Schema, isRequired: Bool = false, isList: Bool = false) {
      self.name = name
      self.schema = schema
      self.isRequired = isRequired
      self.isList = isList
    }
  }

  /// What a call brings.
  struct Body: Sendable {
    var types = ["application/json"]
    let schema: Schema
    /// In octets.
    var limit = 256 << 10

    init(_ schema: Schema) { self.schema = schema }

    init(types: [String], limit: Int) {
      self.types = types
      self.limit = limit
      schema = .any
    }

    /// JSON, or text in one of `others`.
    init(_ schema: Schema, orText others: [String]) {
      types += others
      self.schema = schema
    }

    /// Whether it is JSON and nothing else.
    var isJSON: Bool { types == ["application/json"] }
  }

  /// What a call is answered with when it succeeds.
  struct Success: Sendable {
    let status: Int
    /// By media type.
    let forms: [(type: String, schema: Schema)]
    /// Whether it has a tag, with which it is asked for again (304).
    private(set) var isRevalidated = false

    init(_ status: Int = 200, _ schema: Schema, others: [String] = []) {
      self.status = status
      forms = [("application/json", schema)] + others.map { ($0, .text) }
    }

    init(_ status: Int, _ schema: Schema, types: [String]) {
      self.status = status
      forms = types.map { ($0, schema) }
    }

    var revalidated: Success {
      var copy = self
      copy.isRevalidated = true
      return copy
    }
  }

  package let method: Method
  let template: PathTemplate
  /// What a call of it asks to do: who may is `Permission`'s to say.
  package let action: Permission.Action
  /// Name of the operation, for generated clients.
  package let name: String
  let summary: String
  let parameters: [Parameter]
  let body: Body?
  let precondition: Precondition
  /// Whether `Idempotency-Key` is taken.
  let takesKey: Bool
  /// Whether what is there can stand in the way (409).
  let mayClash: Bool
  let success: Success
  let handle: @Sendable (Exchange) throws -> APIAnswer

  package var path: String { template.description }
  /// Whether it needs no token; with one, more may be shown.
  package var isPublic: Bool { Permission.leastRole(for: action) == nil }

  init(
    _ method: Method, _ path: String, _ action: Permission.Action, name: String, _ summary: String,
    parameters: [Parameter] = [], body: Body? = nil, precondition: Precondition = .none, takesKey: Bool = false,
    mayClash: Bool = false,
    gives success: Success, _ handle: @escaping @Sendable (Exchange) throws -> APIAnswer
  ) {
    self.method = method
    template = PathTemplate(path)
    self.action = action
    self.name = name
    self.summary = summary
    self.parameters = parameters
    self.body = body
    self.precondition = precondition
    self.takesKey = takesKey
    self.mayClash = mayClash
    self.success = success
    self.handle = handle
  }

  /// Parameters that every operation knows.
  static let common = [
    Parameter("lang", .choice(["fr", "en"]).saying("Language of messages; without it, what Accept-Language asks for."))
  ]

  var allParameters: [Parameter] { parameters + Route.common }
}
