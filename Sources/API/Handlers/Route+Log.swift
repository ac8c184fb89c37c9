import Answers
import CivilTime
import JSONText
import Register
import Synchronization
import Wording

extension Route {
  /// What a command line reads that works on this register as on a file.
  static let log: [Route] = [
    Route(
      .readCheckpoint,
      gives: Success(200, .text, types: ["text/plain"]), LogCalls.checkpoint),
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
      .readExcerpt, body: Body(.excerpt), gives: Success(200, .text, types: ["application/x-ndjson"]), LogCalls.excerpt),
    Route(
      .readContracts, gives: Success(200, .open())
    ) { exchange in
      ContractBundle.answer(exchange.api.folder, ifNoneMatch: exchange.call.header("if-none-match"))
    },
  ]
}

enum LogCalls {
  /// The calls are answered as they would be by themselves, and their answers dropped: what the register was asked for them is what
  /// whoever gets the excerpt needs to answer them.
  @Sendable static func excerpt(_ exchange: Exchange) throws -> APIAnswer {
    let store = exchange.register.store
    let needs = NeedList()
    for need in exchange.body["needs"]?.array ?? [] {
      do { try needs.meet(LogNeed(json: need)) } catch {
        throw Problem(.invalidValue, "needs: \(error.member)")
      }
    }
    let newest = try Register.newestMoment(store)
    let now = max(exchange.register.now, newest)
    var api = exchange.api
    api.register = exchange.register.watched(by: needs, at: now)
    for call in exchange.body["calls"]?.array ?? [] {
      if needs.all.contains(.whole) { break }
      guard let call = APICall(call, within: exchange.call) else { continue }
      _ = api.answer(call)
    }
    do {
      let excerpt = try LogExcerpt(
        of: needs.all, seen: exchange.body["seen"]?.integer.flatMap(Int.init(exactly:)), at: now, in: store,
        facts: (exchange.api.identity, exchange.api.isSimulation))
      return APIAnswer(
        status: 200, headers: [("content-type", LogExtract.contentType), ("cache-control", "no-store")],
        body: excerpt.bytes)
    } catch is LogNeed.TooMuch {
      throw Problem(
        .tooLarge,
        exchange.language(
          "This needs too much of the log for an excerpt: read GET \(Operation.readLog.address()).",
          "Il y faut trop du journal pour un extrait\(Typography.narrow); lisez GET \(Operation.readLog.address())."))
    }
  }

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

/// What was asked of a register while questions were answered.
private final class NeedList: LogWatch {
  private let needs = Mutex<Set<LogNeed>>([])
  var all: Set<LogNeed> { needs.withLock { $0 } }
  func meet(_ need: LogNeed) { needs.withLock { _ = $0.insert(need) } }
  func taken(_ need: LogNeed) -> IntervalSet? { nil }
}

extension APICall {
  /// A question that stands in the body of another call, from the same caller; nil for what may record something.
  fileprivate init?(_ json: JSON, within call: APICall) {
    guard let address = json["path"]?.string else { return nil }
    let parts = address.split(separator: "?", maxSplits: 1).map(String.init)
    guard let path = parts.first else { return nil }
    let isTrial = json["body"] != nil && path == Operation.check.address()
    guard isTrial || json["body"] == nil else { return nil }
    self.init(
      isTrial ? "POST" : "GET", path, query: parts.count > 1 ? parts[1] : nil,
      headers: call.headers.filter { isTrial || !$0.name.hasPrefix("content-") }.map { ($0.name, $0.value) },
      body: json["body"]?.bytes ?? [])
  }
}
