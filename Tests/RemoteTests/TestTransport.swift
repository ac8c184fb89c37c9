import API
import Answers
import Remote
import Synchronization

/// Hands requests to the API in the same process, and does to them what networks do.
final class TestTransport: Transport {
  enum Fault: Sendable {
    /// The request does not arrive.
    case notSent
    /// It arrives and is carried out; the answer is lost.
    case answerLost
    /// A proxy answers for a server that did nothing.
    case unavailable(retryAfter: Int?)
    /// A proxy answers for a server that carried it out.
    case badGateway
    /// The server is of a time before this route.
    case unknownRoute
  }

  private let api: ServerAPI
  private let fault: @Sendable (_ number: Int, ServerRequest) -> Fault?
  private let count = Mutex(0)

  /// - Parameter fault: what befalls the request of that number, from 1.
  init(_ api: ServerAPI, fault: @escaping @Sendable (_ number: Int, ServerRequest) -> Fault? = { _, _ in nil }) {
    self.api = api
    self.fault = fault
  }

  func send(_ request: ServerRequest, within time: Duration) throws(TransportError) -> ServerAnswer {
    let number = count.withLock { count in
      count += 1
      return count
    }
    switch fault(number, request) {
    case .notSent?: throw .notConnected("refused")
    case .unavailable(let seconds)?:
      return ServerAnswer(status: 503, headers: seconds.map { ["retry-after": "\($0)"] } ?? [:])
    case .answerLost?:
      _ = api.answer(TestTransport.call(request))
      throw .lost("reset")
    case .badGateway?:
      _ = api.answer(TestTransport.call(request))
      return ServerAnswer(status: 502, headers: ["content-type": "text/html"], body: Array("<h1>502</h1>".utf8))
    case .unknownRoute?:
      let call = TestTransport.call(ServerRequest(request.method, "/api/v1/none", headers: request.headers))
      return ServerAnswer(status: api.answer(call).status)
    case nil:
      let answer = api.answer(TestTransport.call(request))
      return ServerAnswer(
        status: answer.status, headers: Dictionary(answer.headers.map { ($0.name, $0.value) }) { $1 },
        body: answer.body)
    }
  }

  static func call(_ request: ServerRequest) -> APICall {
    let parts = request.path.split(separator: "?", maxSplits: 1).map(String.init)
    return APICall(
      request.method.rawValue, parts[0], query: parts.count > 1 ? parts[1] : nil,
      headers: request.headers.map { ($0.key, $0.value) }, body: request.body)
  }
}

/// A clock that goes on only while somebody waits.
final class TestPatience: Sendable {
  private let state = Mutex<(elapsed: Duration, pauses: [Duration])>((.zero, []))

  var pauses: [Duration] { state.withLock { $0.pauses } }

  var patience: Courier.Patience {
    Courier.Patience(
      elapsed: { self.state.withLock { $0.elapsed } },
      pause: { pause in
        self.state.withLock { state in
          state.elapsed += pause
          state.pauses.append(pause)
        }
      }, chance: { 1 })
  }
}
