package import Answers
import JSONText
package import Register

/// An operation as the API answers it: what it takes and gives, and what does it.
package struct Route: Sendable {
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

    init(_ status: Int = 200, _ schema: Schema, others: [String] = []) {
      self.status = status
      forms = [("application/json", schema)] + others.map { ($0, .text) }
    }

    init(_ status: Int, _ schema: Schema, types: [String]) {
      self.status = status
      forms = types.map { ($0, schema) }
    }
  }

  package let operation: Operation
  let template: PathTemplate
  let parameters: [Parameter]
  let body: Body?
  let success: Success
  let handle: @Sendable (Exchange) throws -> APIAnswer

  package var method: Operation.Method { operation.method }
  package var path: String { operation.path }
  package var name: String { operation.rawValue }
  package var action: Permission.Action { operation.action }
  /// Whether what it answers has a tag, with which it is asked for again (304): all that is read, but the log, whose pages
  /// are asked for once.
  package var isRevalidated: Bool { method == .get && operation != .readLog }
  /// Whether it needs no token; with one, more may be shown.
  package var isPublic: Bool { Permission.leastRole(for: action) == nil }

  init(
    _ operation: Operation, parameters: [Parameter] = [], body: Body? = nil, gives success: Success,
    _ handle: @escaping @Sendable (Exchange) throws -> APIAnswer
  ) {
    self.operation = operation
    template = PathTemplate(operation.path)
    self.parameters = parameters
    self.body = body
    self.success = success
    self.handle = handle
  }

  /// Parameters that every operation knows.
  static let common = [
    Parameter("lang", .choice(["fr", "en"]).saying("Language of messages; without it, what Accept-Language asks for."))
  ]

  var allParameters: [Parameter] { parameters + Route.common }
}
