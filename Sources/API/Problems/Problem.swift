import JSONText
import Wording

/// A call that was not answered as asked, as problem details. Source: RFC 9457.
struct Problem: Error {
  var code: ProblemCode
  /// One or two sentences: what, where, what to do.
  var detail: String
  var members: [JSON.Member] = []
  var headers: [(name: String, value: String)] = []

  init(
    _ code: ProblemCode, _ detail: String, members: [JSON.Member] = [],
    headers: [(name: String, value: String)] = []
  ) {
    self.code = code
    self.detail = detail
    self.members = members
    self.headers = headers
  }

  static let mediaType = "application/problem+json"

  func answer(_ language: Language) -> APIAnswer {
    let json: [JSON.Member] = [
      .init("type", .string("/problems/\(code.rawValue)")), .init("title", .string(code.title(language))),
      .init("status", .integer(Int64(code.status))), .init("detail", .string(detail)),
      .init("code", .string(code.rawValue)),
    ]
    return APIAnswer(
      status: code.status, headers: [("content-type", Problem.mediaType)] + headers,
      body: JSON.object(json + members).bytes, isBusy: code == .busy)
  }
}
