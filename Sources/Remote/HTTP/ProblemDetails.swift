import Answers
import JSONText

/// What a server says of a failure (RFC 9457). Everything is optional: a proxy on the way answers in its own manner.
struct ProblemDetails {
  /// Nil also for one that this program does not know.
  let code: ErrorCode?
  /// For people, in their language.
  let text: String
  let json: JSON?

  init(_ answer: ServerAnswer) {
    let isProblem = answer.headers["content-type"]?.lowercased().hasPrefix("application/problem+json") ?? false
    json = isProblem ? try? JSON(parsing: answer.body) : nil
    code = json?["code"]?.string.flatMap(ErrorCode.init(rawValue:))
    text = json?["detail"]?.string ?? json?["title"]?.string ?? "HTTP \(answer.status)"
  }
}
