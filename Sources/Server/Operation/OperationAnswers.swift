import HTTPTypes
import Hummingbird
import JSONText
import NIOCore

/// One thing that has to hold for the server to be of use.
package struct ReadinessCheck: Sendable {
  package var name: String
  /// Nil where all is well.
  package var problem: String?

  package init(_ name: String, problem: String? = nil) {
    self.name = name
    self.problem = problem
  }
}

/// What whoever operates the server asks it: whether it lives, whether it is of use, and its figures.
struct OperationAnswers: Sendable {
  struct Answer: Sendable {
    var status: HTTPResponse.Status
    var mediaType: String
    var text: String

    func response(withBody: Bool) -> Response {
      Response(
        status: status,
        headers: [.contentType: mediaType, .contentLength: String(text.utf8.count), .cacheControl: "no-store"],
        body: withBody ? ResponseBody(byteBuffer: ByteBuffer(string: text)) : ResponseBody())
    }
  }

  let metrics: Metrics
  /// Reads the disk.
  let readiness: @Sendable () -> [ReadinessCheck]
  let samples: @Sendable () -> [Metrics.Sample]

  /// Nil where the path is none of these.
  func answer(_ path: String) -> Answer? {
    switch path {
    case "/healthz": return Answer(status: .ok, mediaType: "text/plain; charset=utf-8", text: "ok\n")
    case "/readyz":
      let checks = readiness()
      let isReady = checks.allSatisfy { $0.problem == nil }
      let body: JSON = [
        "ready": .bool(isReady),
        "checks": .array(
          checks.map { check in
            .members([
              "name": .string(check.name), "ok": .bool(check.problem == nil),
              "problem": check.problem.map { .string($0) },
            ])
          }),
      ]
      return Answer(
        status: isReady ? .ok : .serviceUnavailable, mediaType: "application/json", text: body.text + "\n")
    case "/metrics":
      return Answer(
        status: .ok, mediaType: "text/plain; version=0.0.4; charset=utf-8", text: metrics.text(more: samples()))
    default: return nil
    }
  }
}
