import Answers
import JSONText
import Register

extension Route {
  /// What a command line reads that works on this register as on a file.
  static let log: [Route] = [
    Route(
      .readCheckpoint,
      gives: Success(200, .text, types: ["text/plain"]).revalidated, LogCalls.checkpoint),
    Route(
      .readLog,
      parameters: [
        Parameter("after", .whole(0...1_000_000_000).saying("Events that are known already.")),
        Parameter("limit", .whole(1...1000).saying("The most events.")),
      ], gives: Success(200, .text, types: ["application/x-ndjson"])
    ) { exchange in
      try LogExtract.answer(
        after: exchange.query.first("after").flatMap(Int.init) ?? 0,
        limit: exchange.query.first("limit").flatMap(Int.init) ?? LogPage.largest, of: exchange.register)
    },
    Route(
      .readContracts, gives: Success(200, .open()).revalidated
    ) { exchange in
      ContractBundle.answer(exchange.api.folder, ifNoneMatch: exchange.call.header("if-none-match"))
    },
  ]
}

enum LogCalls {
  @Sendable static func checkpoint(_ exchange: Exchange) throws -> APIAnswer {
    let checkpoint = try Register.checkpoint(exchange.register.store)
    let tag = EntityTag(checkpoint.root)
    let headers = [(name: "etag", value: tag.text), (name: "cache-control", value: "no-cache")]
    if tag.matches(exchange.call.header("if-none-match")) { return APIAnswer(status: 304, headers: headers) }
    return APIAnswer(
      status: 200, headers: [("content-type", "text/plain; charset=utf-8")] + headers,
      body: Array("\(checkpoint)\n".utf8))
  }
}
