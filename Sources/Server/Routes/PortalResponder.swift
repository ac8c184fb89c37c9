import API
import CivilTime
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import Publication
import Register

/// Answers what is not in memory yet: files that have to be rendered, the API, and questions about the server itself.
struct PortalResponder: HTTPResponder {
  typealias Context = BasicRequestContext

  let press: FilePress
  let api: @Sendable (APICall) -> APIAnswer
  /// Ends the mailing that a token belongs to.
  let leave: @Sendable (String) throws -> Void
  let subscriptions: SubscriptionDesk?
  let operation: OperationAnswers
  let threads: NIOThreadPool
  /// Those of the API, which may have to wait for another writer: pages and watchers do not wait behind them.
  let callThreads: NIOThreadPool
  let isStopping: @Sendable () -> Bool
  let metrics: Metrics
  let logger: Logger
  private let busySpell = BusySpell()

  init(
    press: FilePress, api: @escaping @Sendable (APICall) -> APIAnswer,
    leave: @escaping @Sendable (String) throws -> Void, subscriptions: SubscriptionDesk?,
    operation: OperationAnswers, threads: NIOThreadPool,
    callThreads: NIOThreadPool, isStopping: @escaping @Sendable () -> Bool, metrics: Metrics,
    logger: Logger
  ) {
    self.press = press
    self.api = api
    self.leave = leave
    self.subscriptions = subscriptions
    self.operation = operation
    self.threads = threads
    self.callThreads = callThreads
    self.isStopping = isStopping
    self.metrics = metrics
    self.logger = logger
  }

  func respond(to request: Request, context: Context) async throws -> Response {
    let clock = ContinuousClock()
    let start = clock.now
    // Holds: the name is one of a field.
    let id = RequestIdentifier(request.headers[.init("x-request-id")!])
    let (handler, response) = await answer(request)
    let elapsed = (clock.now - start).components
    let seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    metrics.answered(handler, status: response.status.code, seconds: seconds)
    var answer = response
    // Holds: the name is one of a field.
    answer.headers[.init("x-request-id")!] = id.text
    logger.info(
      "request",
      metadata: [
        "request_id": "\(id.text)", "method": "\(request.method.rawValue)",
        "path": "\(LoggedPath.of(request.uri.path))",
        "status": .stringConvertible(answer.status.code),
        "milliseconds": .stringConvertible(Int((seconds * 1000).rounded())),
        "handler": "\(handler.rawValue)",
      ])
    return answer
  }

  private func answer(_ request: Request) async -> (Metrics.Handler, Response) {
    let path = request.uri.path
    // Where the `type` of problem details leads, and who looks at the API in a browser.
    if let page = ProblemPage.answer(path) ?? APIPage.answer(path), request.method != .options {
      guard request.isReading else { return (.portal, .methodNotAllowed) }
      return (.portal, Response(page, withBody: request.method == .get))
    }
    if path == "/api" || path.hasPrefix("/api/") {
      return (.api, request.method == .options ? .preflight : await callAPI(request))
    }
    if let token = MailingLeave.token(inPath: path) { return (.portal, await leave(token, request)) }
    if let answer = await subscribe(request) { return (.portal, answer) }
    do {
      // Life is answered without a thread that may wait for the register.
      let own = path == "/healthz" ? operation.answer(path) : try await threads.runIfActive { operation.answer(path) }
      if let answer = own {
        guard request.isReading else { return (.operation, .methodNotAllowed) }
        return (.operation, answer.response(withBody: request.method == .get))
      }
      guard request.isReading else { return (.portal, .methodNotAllowed) }
      return try await PortalFiles(press: press).answer(FileRequest(request))
    } catch {
      logger.error("answer failed", metadata: ["path": "\(LoggedPath.of(path))", "error": "\(error)"])
      return (.portal, .unavailable)
    }
  }

  /// The same for every token, known or not. Only what a button or a program for mail posts ends anything: others follow
  /// links. Source: RFC 8058, section 3.2.
  private func leave(_ token: String, _ request: Request) async -> Response {
    let language = FileRequest(request).language
    var isDone = false
    if request.method == .post {
      guard let body = try? await request.body.collect(upTo: 4096) else { return .unavailable }
      isDone = String(buffer: body).contains("List-Unsubscribe=One-Click")
    } else if !request.isReading {
      return .methodNotAllowed
    }
    if isDone {
      let (leave, logger) = (leave, logger)
      let isRecorded = try? await callThreads.runIfActive {
        do {
          try leave(token)
          return true
        } catch {
          logger.error("a mailing could not be ended", metadata: ["error": "\(error)"])
          return false
        }
      }
      guard isRecorded == true else { return .unavailable }
    }
    return Response(form: PortalSite.leave(language, isDone: isDone), withBody: request.method != .head)
  }

  /// Forms by which clients subscribe themselves; nil for what is none.
  private func subscribe(_ request: Request) async -> Response? {
    guard let subscriptions, let path = SubscriptionPath(request.uri.path) else { return nil }
    guard request.isReading || request.method == .post else {
      return path.place == .form ? nil : .methodNotAllowed
    }
    // Holds: the name is one of a field.
    let site = HTTPField.Name("sec-fetch-site")!
    var call = SubscriptionDesk.Call(
      method: request.isReading ? .read : .post, path: request.uri.path,
      mediaType: request.headers[.contentType], site: request.headers[site], origin: request.headers[.origin],
      host: request.head.authority)
    if call.method == .post {
      guard let body = try? await request.body.collect(upTo: FormBody.longest) else {
        return Response(form: PortalSite.unreadableForm(path.language), withBody: true, status: 413)
      }
      call.body = Array(body.readableBytesView)
    }
    guard let answer = await subscriptions.answer(call, on: request.isReading ? threads : callThreads, logger) else {
      return nil
    }
    var response = Response(form: answer.page, withBody: request.method != .head, status: answer.status)
    if let seconds = answer.retryAfter { response.headers[.retryAfter] = String(seconds) }
    return response
  }

  /// What the program may commit is seen by everybody before its author knows.
  private func callAPI(_ request: Request) async -> Response {
    do {
      let body = try await request.body.collect(upTo: 2 << 20)
      let call = APICall(
        request.method.rawValue, request.uri.path, query: request.uri.query,
        headers: request.headers.map { ($0.name.canonicalName, $0.value) }, body: Array(body.readableBytesView))
      let api = api
      let snapshot = press.snapshot
      let isReading = request.isReading
      let acceptsGzip = AcceptedEncoding.takesGzip(request.headers[.acceptEncoding])
      let isStopping = isStopping
      let busySpell = busySpell
      let answer = try await callThreads.runIfActive {
        // What has not begun when the server stops is not begun: its author would not hear of it.
        guard !isStopping() else { return APIAnswer(status: 503, headers: [("retry-after", "2")]) }
        let began = NIODeadline.now()
        var answer = api(call)
        if answer.isBusy {
          answer.headers.removeAll { $0.name == "retry-after" }
          answer.headers.append(("retry-after", "\(busySpell.retryAfter(callBegan: began))"))
        } else if !isReading, answer.status < 300 {
          busySpell.end()
          try? snapshot.refresh()
        }
        if acceptsGzip { try? answer.compress() }
        return answer
      }
      return Response(answer, withBody: request.method != .head)
    } catch {
      logger.error("call failed", metadata: ["path": "\(LoggedPath.of(request.uri.path))", "error": "\(error)"])
      return DoorProblem.answer(503).map { Response($0, withBody: request.method != .head) } ?? .unavailable
    }
  }
}

/// Names a request in answers and logs; that of a proxy is taken over where it is harmless.
struct RequestIdentifier {
  let text: String

  init(_ given: String?) {
    if let given, (1...64).contains(given.utf8.count),
      given.utf8.allSatisfy({ LoggedPath.isAlphanumeric($0) || $0 == 0x2D }), !LoggedPath.mayHoldSecret(given)
    {
      text = given
    } else {
      text = UInt64.random(in: .min ... .max).padded(16, radix: 16)
    }
  }
}

/// Paths as they may stand in logs: the address of a private feed is its key, and a token may stand where it should not.
enum LoggedPath {
  private static let longest = 300

  static func isAlphanumeric(_ octet: UInt8) -> Bool {
    (octet | 0x20 >= 0x61 && octet | 0x20 <= 0x7A) || (octet >= 0x30 && octet <= 0x39)
  }

  /// Whether a text holds a token, or as many letters and digits in a row as the secret of a feed has. What names traces
  /// and digests has hexadecimal digits only.
  static func mayHoldSecret(_ text: String) -> Bool {
    if text.lowercased().contains(TokenSecret.prefix) { return true }
    return text.utf8.split { !isAlphanumeric($0) }
      .contains { run in run.count >= FeedSecret.length && !run.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
      }
  }

  static func of(_ path: String) -> String {
    var isBehindMail = false
    let shown = withoutAddress(path).split(separator: "/", omittingEmptySubsequences: false).map { part in
      let name = decoded(String(part))
      // What is cut off one of them leaves little to guess.
      if isBehindMail || mayHoldSecret(name) { return part.isEmpty ? part : "…" }
      isBehindMail = [MailingLeave.folder, PortalPaths.subscriptions].contains(name.lowercased())
      return part
    }.joined(separator: "/")
    return shown.utf8.count <= longest ? shown : String(shown.prefix(longest)) + "…"
  }

  /// However often a mail program or a proxy has encoded it.
  private static func decoded(_ text: String) -> String {
    (text.removingPercentEncoding ?? text).removingPercentEncoding ?? text
  }

  private static func withoutAddress(_ path: String) -> String {
    let decoded = decoded(path)
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    // Also where a client has spelt the address in another way, and is told that there is none.
    guard let secret = parts.firstIndex(where: { ($0.removingPercentEncoding ?? "").lowercased() == "private" }) else {
      let names = decoded.lowercased().split(separator: "/").map { $0.prefix { $0 != ";" } }
      if names.contains("private") { return "/private/…" }
      return path
    }
    let name = parts.count > secret + 2 ? parts.last ?? "" : ""
    let isPlain = name.utf8.count <= 40 && name.hasSuffix(".ics")
    return "/private/…/" + (isPlain ? name : "")
  }
}

extension APIAnswer {
  /// Long answers travel compressed; that of the log is a tenth then.
  fileprivate mutating func compress() throws {
    guard body.count >= 1400 else { return }
    let compressed = try GzipStream.compressed(body, level: 3)
    guard compressed.count < body.count else { return }
    body = compressed
    headers.append(("content-encoding", "gzip"))
  }
}

extension Request {
  /// Changes nothing.
  var isReading: Bool { method == .get || method == .head }
}

extension Response {
  /// A page with a form that is of one person, or an answer to one.
  init(form page: [UInt8], withBody: Bool, status: Int = 200) {
    var fields: HTTPFields = [
      .contentType: "text/html; charset=utf-8", .contentLength: String(page.count), .cacheControl: "no-store",
    ]
    let own = [("content-security-policy", SecurityFields.formPolicy), ("x-robots-tag", "noindex")]
    // Holds: the names are those of fields.
    for (name, value) in SecurityFields.all + own { fields[HTTPField.Name(name)!] = value }
    self.init(
      status: .init(code: status), headers: fields,
      body: withBody ? ResponseBody(byteBuffer: ByteBuffer(bytes: page)) : ResponseBody())
  }

  init(_ answer: APIAnswer, withBody: Bool) {
    var fields = HTTPFields()
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
    }
    // Holds: the names of the table are those of fields.
    for (name, value) in SecurityFields.all { fields[HTTPField.Name(name)!] = value }
    // Tokens travel in a header that no browser adds by itself, so that pages of others may ask too.
    fields[.accessControlAllowOrigin] = "*"
    fields[.accessControlExposeHeaders] =
      "etag, location, link, idempotency-replayed, ratelimit, ratelimit-policy, retry-after, x-request-id"
    fields[.vary] = [fields[.vary], "Accept-Encoding"].compactMap { $0 }.joined(separator: ", ")
    if fields[.contentLength] == nil, answer.status != 204, answer.status != 304 {
      fields[.contentLength] = String(answer.body.count)
    }
    let body = withBody ? ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)) : ResponseBody()
    self.init(status: .init(code: answer.status), headers: fields, body: body)
  }

  /// What a browser asks before a page of another site may call. Source: WHATWG Fetch, section 3.2.
  static var preflight: Response {
    Response(
      status: .noContent,
      headers: [
        .accessControlAllowOrigin: "*", .accessControlAllowMethods: "GET, HEAD, POST, DELETE",
        .accessControlAllowHeaders: "authorization, content-type, idempotency-key, if-match, accept-language, prefer",
        .accessControlMaxAge: "86400",
      ])
  }

  static var methodNotAllowed: Response {
    Response(status: .methodNotAllowed, headers: [.allow: "GET, HEAD", .contentLength: "0"])
  }

  static var unavailable: Response {
    Response(status: .serviceUnavailable, headers: [.retryAfter: "2", .contentLength: "0"])
  }
}
