import JSONText

/// What a server says of a failure (RFC 9457). Everything is optional: a proxy on the way answers in its own manner.
struct ProblemDetails {
  let code: String?
  /// For people, in their language.
  let text: String
  let json: JSON?

  init(_ answer: ServerAnswer) {
    let isProblem = answer.headers["content-type"]?.lowercased().hasPrefix("application/problem+json") ?? false
    json = isProblem ? try? JSON(parsing: answer.body) : nil
    code = json?["code"]?.string
    text = json?["detail"]?.string ?? json?["title"]?.string ?? "HTTP \(answer.status)"
  }
}
